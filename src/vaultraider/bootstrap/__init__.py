"""The stairwell: the only folder that knows every adapter. Settings in, services out.

One file joins one group of services with their adapters, each from what it needs; this one is their table of contents.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from vaultraider.bell import CeleryBell
from vaultraider.bootstrap.board import join_board
from vaultraider.bootstrap.curation import join_curation, join_organizing
from vaultraider.bootstrap.definitions import join_definitions
from vaultraider.bootstrap.ground import lay_ground
from vaultraider.bootstrap.inventory import join_inventory, join_transfers, join_watching
from vaultraider.bootstrap.operation import join_backups, join_maintenance, join_status, join_system
from vaultraider.bootstrap.past import join_history, join_ledgers
from vaultraider.bootstrap.people import join_accounts
from vaultraider.bootstrap.said import hold_what_is_said
from vaultraider.bootstrap.telling import join_channels, join_notifications
from vaultraider.bootstrap.xur import join_xur
from vaultraider.bungie import Bungie
from vaultraider.channels import Channels
from vaultraider.database.engine import Database
from vaultraider.database.leases import DatabaseLeases
from vaultraider.database.transfers import TransferRepository
from vaultraider.ports import Clock, DefinitionsSource
from vaultraider.services.accounts import Accounts
from vaultraider.services.annotations import Annotations, Curation
from vaultraider.services.backups import BackupService
from vaultraider.services.board import Board
from vaultraider.services.custom_stats import CustomStats
from vaultraider.services.history import History
from vaultraider.services.inventory import Inventory
from vaultraider.services.jobs import JobService
from vaultraider.services.ledgers import Ledgers
from vaultraider.services.maintenance import MaintenanceWatch
from vaultraider.services.manifest import ManifestService
from vaultraider.services.manifest_overview import ManifestOverviews
from vaultraider.services.notifications import Notifications
from vaultraider.services.organizing import Organizing
from vaultraider.services.pictures import Pictures
from vaultraider.services.searches import Searches
from vaultraider.services.searching import Searching
from vaultraider.services.status import StatusService
from vaultraider.services.system import SystemService
from vaultraider.services.transfers import Transfers
from vaultraider.services.watching import Watching
from vaultraider.services.wish_lists import WishLists
from vaultraider.services.xur import XurService
from vaultraider.settings import Settings

__all__ = ["Services", "build_services"]


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything the doors may call. Made by ``build_services``, once a process; ``close`` ends it."""

    settings: Settings
    clock: Clock
    database: Database
    bell: CeleryBell
    leases: DatabaseLeases
    jobs: JobService
    bungie: Bungie
    accounts: Accounts
    inventory: Inventory
    watching: Watching
    transfers: Transfers
    history: History
    ledgers: Ledgers
    annotations: Annotations
    wish_lists: WishLists
    searches: Searches
    custom_stats: CustomStats
    curation: Curation
    searching: Searching
    organizing: Organizing
    definitions: DefinitionsSource
    manifest: ManifestService
    manifest_overviews: ManifestOverviews
    system: SystemService
    status: StatusService
    pictures: Pictures
    channels: Channels
    notifications: Notifications
    maintenance: MaintenanceWatch
    backups: BackupService
    xur: XurService
    board: Board
    _closers: list[Callable[[], None]] = field(default_factory=list, repr=False)

    def close(self) -> None:
        """Closes connections and files, last opened first. Calling it twice does nothing more."""
        while self._closers:
            self._closers.pop()()


def build_services(settings: Settings, *, clock: Clock | None = None, holder: str | None = None) -> Services:
    """Makes the data folder and the key where there are none, and joins services with their adapters.

    ``holder`` names this process in the jobs table; give one only to a process that is certainly alone under that name, because
    whatever an earlier process of that name left running is taken back at its start.
    It reads no table and calls nobody: the database may still be without its tables (``database.schema.upgrade``).
    Raises SettingsError when the data folder cannot be written or a key is malformed.
    """
    ground = lay_ground(settings, clock=clock, holder=holder)
    accounts = join_accounts(ground)
    channels = join_channels(ground)
    notifications = join_notifications(ground, accounts, channels)
    definitions = join_definitions(ground, notifications)
    journal = TransferRepository(ground.database)
    said = hold_what_is_said(ground, accounts)
    inventory = join_inventory(ground, accounts, definitions.shelf, journal, said)
    curated = join_curation(ground, accounts, inventory, said)
    maintenance = join_maintenance(ground, notifications)
    backups = join_backups(ground)
    board = join_board(ground, notifications)
    return Services(
        settings=settings,
        clock=ground.clock,
        database=ground.database,
        bell=ground.bell,
        leases=ground.leases,
        jobs=ground.jobs,
        bungie=ground.bungie,
        accounts=accounts,
        inventory=inventory,
        watching=join_watching(ground, accounts, definitions.shelf, inventory, notifications),
        transfers=join_transfers(ground, accounts, inventory, journal, said, notifications),
        history=join_history(ground, accounts, inventory, journal),
        ledgers=join_ledgers(ground, accounts, definitions.shelf),
        annotations=curated.annotations,
        wish_lists=curated.wish_lists,
        searches=curated.searches,
        custom_stats=curated.custom_stats,
        curation=curated.files,
        searching=curated.searching,
        organizing=join_organizing(ground, accounts, curated.searching),
        definitions=definitions.shelf,
        manifest=definitions.manifest,
        manifest_overviews=definitions.overviews,
        system=join_system(ground, backups),
        status=join_status(ground, definitions.manifest, maintenance),
        pictures=definitions.pictures,
        channels=channels,
        notifications=notifications,
        maintenance=maintenance,
        backups=backups,
        xur=join_xur(ground, accounts, definitions, inventory, notifications),
        board=board,
        _closers=[ground.database.close, ground.bungie.close, definitions.folder.close, board.close],
    )
