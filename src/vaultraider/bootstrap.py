"""The stairwell: the only file that knows every adapter. Settings in, services out."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from vaultraider.bell import CeleryBell, make_celery
from vaultraider.board.source import Places
from vaultraider.board.sources import open_source
from vaultraider.bungie import Bungie, build_bungie
from vaultraider.channels import Channels, MailServer
from vaultraider.clock import SystemClock
from vaultraider.database.annotations import AnnotationRepository
from vaultraider.database.backups import DatabaseBackups
from vaultraider.database.board import BoardInputRepository
from vaultraider.database.cipher import FernetCipher, derived_secret
from vaultraider.database.custom_stats import CustomStatRepository
from vaultraider.database.engine import Database, is_away
from vaultraider.database.history import HistoryRepository
from vaultraider.database.imported_loadouts import ImportedLoadoutRepository
from vaultraider.database.invitations import InvitationRepository
from vaultraider.database.jobs import Jobs
from vaultraider.database.leases import DatabaseLeases
from vaultraider.database.ledgers import LedgerRepository
from vaultraider.database.maintenance import MaintenanceRepository
from vaultraider.database.manifest_versions import ManifestVersions
from vaultraider.database.nicknames import NicknameRepository
from vaultraider.database.notification_channels import ChannelRepository
from vaultraider.database.notification_choices import ChoiceRepository
from vaultraider.database.notifications import NotificationRepository
from vaultraider.database.personal_data import PersonalDataRepository
from vaultraider.database.preferences import PreferencesRepository
from vaultraider.database.searches import SearchRepository
from vaultraider.database.sessions import BrowserSessionRepository
from vaultraider.database.size import DatabaseSize
from vaultraider.database.snapshots import SnapshotRepository
from vaultraider.database.throttle import DatabaseThrottle
from vaultraider.database.tokens import TokenRepository
from vaultraider.database.transfers import TransferRepository
from vaultraider.database.users import UserRepository
from vaultraider.database.vendor_stocks import VendorStocks
from vaultraider.database.watch_pauses import UnknownHashRepository, WatchPauseRepository
from vaultraider.database.watched_accounts import WatchedAccountRepository
from vaultraider.database.wish_lists import WishListRepository
from vaultraider.domain.backups import Keeping
from vaultraider.domain.wish_lists.limits import MOST_BYTES as LARGEST_WISH_LIST
from vaultraider.keys import encryption_keys, prepare_data_dir
from vaultraider.machine import ThisMachine
from vaultraider.manifest.shelf import ManifestShelf
from vaultraider.outbound import Doorway, OutboundClient
from vaultraider.outbound.documents import Documents
from vaultraider.pictures import PictureFolder
from vaultraider.ports import Clock, DefinitionsSource
from vaultraider.services.accounts import AccessRules, Accounts, build_accounts
from vaultraider.services.annotations import Annotations, Curation, Exporting, HeldAnnotations, Importing, Settling
from vaultraider.services.backups import BackupService
from vaultraider.services.board import Board
from vaultraider.services.custom_stats import CustomStats
from vaultraider.services.history import History, build_history
from vaultraider.services.inventory import Inventory
from vaultraider.services.jobs import JobService
from vaultraider.services.ledgers import Ledgers
from vaultraider.services.maintenance import MaintenanceWatch
from vaultraider.services.manifest import ManifestService
from vaultraider.services.manifest_overview import ManifestOverviews
from vaultraider.services.notifications import Notifications
from vaultraider.services.organizing import Organizing
from vaultraider.services.organizing.coming import Coming
from vaultraider.services.pictures import Pictures
from vaultraider.services.searches import Searches
from vaultraider.services.searching import Searching, build_searching
from vaultraider.services.status import StatusService
from vaultraider.services.system import SystemService
from vaultraider.services.transfers import Transfers, build_transfers
from vaultraider.services.watching import Watching, build_watching
from vaultraider.services.wish_lists import HeldWishes, WishLists
from vaultraider.services.xur import XurService, build_xur
from vaultraider.settings import Settings


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
    prepare_data_dir(settings.data_dir)
    keys = encryption_keys(settings)
    clock = clock or SystemClock()
    database = Database(settings.database)
    leases = DatabaseLeases(database, clock)
    bell = CeleryBell(make_celery(settings.redis_url))
    holder = holder or f"{socket.gethostname()} {os.getpid()} {uuid4().hex[:8]}"
    jobs = JobService(Jobs(database), bell, clock, leases, holder=holder)
    throttle = DatabaseThrottle(database, clock)
    bungie = build_bungie(
        www=settings.bungie_www,
        stats=settings.bungie_stats,
        api_key=settings.api_key,
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        redirect_url=settings.redirect_url,
        contact=settings.contact,
        throttle=throttle,
        clock=clock,
    )
    shelf = ManifestShelf(settings.data_dir / "manifest", settings.language, clock)
    manifest_versions = ManifestVersions(database)
    picture_folder = PictureFolder(settings.data_dir / "pictures", bungie.pictures, clock)
    accounts = _accounts(settings, database, clock, leases, bungie, keys)
    channels = _channels(settings, clock)
    notifications = Notifications(
        store=NotificationRepository(database),
        channels=ChannelRepository(database, FernetCipher(keys)),
        choices=ChoiceRepository(database),
        kinds=channels,
        users=accounts.users,
        jobs=jobs,
        clock=clock,
    )
    manifest = ManifestService(
        source=bungie.manifest,
        store=shelf,
        history=manifest_versions,
        leases=leases,
        clock=clock,
        origin=settings.bungie_www,
        language=settings.language,
        teller=notifications,
    )
    journal = TransferRepository(database)
    annotation_store = AnnotationRepository(database)
    held_annotations = HeldAnnotations(annotation_store, clock)
    wish_list_store = WishListRepository(database)
    held_wishes = HeldWishes(wish_list_store, clock)
    inventory = _inventory(database, clock, leases, bungie, accounts, shelf, journal, held_annotations, held_wishes)
    backups = BackupService(
        DatabaseBackups(database),
        clock,
        folder=settings.backups,
        keys=keys,
        keeping=Keeping(daily=settings.backup_daily, weekly=settings.backup_weekly),
        wanted_before_migration=settings.backup_before_migration,
    )
    maintenance = MaintenanceWatch(
        platform=bungie.platform,
        health=bungie.health,
        store=MaintenanceRepository(database),
        teller=notifications,
        clock=clock,
    )
    settling = Settling(store=annotation_store, held=held_annotations, catalogue=inventory.catalogue, clock=clock)
    inventory.listen(settling)
    accounts.data.on_delete(held_annotations.forget)
    annotations = Annotations(
        store=annotation_store, held=held_annotations, accounts=accounts.destiny, inventory=inventory, clock=clock
    )
    wish_lists = WishLists(
        store=wish_list_store,
        source=Documents(OutboundClient(Doorway(settings.allow_private_targets)), largest=LARGEST_WISH_LIST),
        held=held_wishes,
        inventory=inventory,
        jobs=jobs,
        clock=clock,
    )
    search_store = SearchRepository(database)
    custom_stat_store = CustomStatRepository(database)
    custom_stats = CustomStats(store=custom_stat_store, clock=clock)
    accounts.data.on_delete(custom_stats.forget)
    searching = build_searching(
        inventory=inventory,
        accounts=accounts.destiny,
        annotations=annotations,
        wish_lists=wish_lists,
        custom_stats=custom_stats,
        searches=search_store,
        clock=clock,
    )
    accounts.data.on_delete(searching.forget)
    coming = Coming(store=HistoryRepository(database), accounts=accounts.destiny)
    organizing = Organizing(searched=searching, memory=coming)
    accounts.data.on_delete(coming.forget)
    accounts.data.on_delete(organizing.forget)
    searches = Searches(store=search_store, read=searching.read, clock=clock)
    loadouts = ImportedLoadoutRepository(database)
    curation = Curation(
        importing=Importing(
            annotations=annotations,
            settling=settling,
            searches=searches,
            stats=custom_stats,
            loadouts=loadouts,
            accounts=accounts.destiny,
            people=accounts.users,
            inventory=inventory,
            clock=clock,
        ),
        exporting=Exporting(
            store=annotation_store, searches=search_store, stats=custom_stat_store, loadouts=loadouts, people=accounts.users
        ),
    )
    board = Board(
        source=settings.board,
        look=lambda: open_source(settings.board, Places(iio_root=settings.board_iio_root)),
        rate=settings.board_rate,
        quiet=settings.board_quiet,
        public=settings.board_public,
        store=BoardInputRepository(database),
        teller=notifications,
        clock=clock,
    )
    return Services(
        settings=settings,
        clock=clock,
        database=database,
        bell=bell,
        leases=leases,
        jobs=jobs,
        bungie=bungie,
        accounts=accounts,
        inventory=inventory,
        watching=build_watching(
            store=WatchedAccountRepository(database),
            pauses=WatchPauseRepository(database),
            unknown=UnknownHashRepository(database),
            inventory=inventory,
            chosen=accounts.destiny,
            people=accounts.users,
            nicknames=NicknameRepository(database),
            definitions=shelf,
            budget=throttle,
            teller=notifications,
            jobs=jobs,
            clock=clock,
            is_away=is_away,
        ),
        transfers=build_transfers(
            store=journal,
            actions=bungie.actions,
            credentials=accounts.credentials,
            inventory=inventory,
            preferences=accounts.preferences,
            accounts=accounts.destiny,
            people=accounts.users,
            jobs=jobs,
            teller=notifications,
            clock=clock,
            annotations=held_annotations,
        ),
        history=_history(settings, database, clock, accounts, inventory, journal),
        annotations=annotations,
        wish_lists=wish_lists,
        searches=searches,
        custom_stats=custom_stats,
        curation=curation,
        searching=searching,
        organizing=organizing,
        ledgers=Ledgers(
            store=LedgerRepository(database),
            history=HistoryRepository(database),
            accounts=accounts.destiny,
            definitions=shelf,
            clock=clock,
        ),
        definitions=shelf,
        manifest=manifest,
        manifest_overviews=ManifestOverviews(
            manifest=manifest,
            store=shelf,
            history=manifest_versions,
            jobs=jobs,
            origin=settings.bungie_www,
            language=settings.language,
        ),
        status=StatusService(
            platform=bungie.platform, health=bungie.health, manifest=manifest, jobs=jobs, maintenance=maintenance, clock=clock
        ),
        pictures=Pictures(shelf, picture_folder),
        channels=channels,
        notifications=notifications,
        maintenance=maintenance,
        backups=backups,
        system=SystemService(
            machine=ThisMachine(settings.data_dir),
            database=DatabaseSize(database),
            backups=backups,
            jobs=jobs,
            clock=clock,
            mode="demo" if settings.open_sign_in else "many machines" if settings.redis_url else "one machine",
            broker="redis" if settings.redis_url else "embedded",
            folders={"Definitions": "manifest", "Pictures": "pictures"},
        ),
        xur=build_xur(
            source=bungie.vendors,
            credentials=accounts.credentials,
            people=accounts.users,
            accounts=accounts.destiny,
            inventory=inventory,
            record=VendorStocks(database),
            definitions=shelf,
            pictures=Pictures(shelf, picture_folder),
            teller=notifications,
            zone_of=lambda user_id: notifications.choices.of(user_id).zone,
            site=settings.site,
            jobs=jobs,
            clock=clock,
        ),
        board=board,
        _closers=[database.close, bungie.close, picture_folder.close, board.close],
    )


def _channels(settings: Settings, clock: Clock) -> Channels:
    mail = MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        sender=settings.smtp_from,
        user=settings.smtp_user,
        password=settings.smtp_password,
        is_owners=True,
    )
    return Channels(
        clock=clock,
        site=settings.site,
        allow_private=settings.allow_private_targets,
        mail=mail if settings.smtp_host else None,
        demo=settings.open_sign_in,
    )


def _accounts(
    settings: Settings, database: Database, clock: Clock, leases: DatabaseLeases, bungie: Bungie, keys: list[str]
) -> Accounts:
    return build_accounts(
        oauth=bungie.oauth,
        bungie_user=bungie.user,
        users=UserRepository(database),
        tokens=TokenRepository(database, FernetCipher(keys)),
        sessions=BrowserSessionRepository(database),
        invitations=InvitationRepository(database),
        preferences=PreferencesRepository(database),
        personal_data=PersonalDataRepository(database),
        leases=leases,
        clock=clock,
        rules=AccessRules(allow=tuple(settings.allow), open_sign_in=settings.open_sign_in),
        setup_secret=derived_secret(keys, "set-up"),
        web_secret=derived_secret(keys, "web"),
    )


def _inventory(
    database: Database,
    clock: Clock,
    leases: DatabaseLeases,
    bungie: Bungie,
    accounts: Accounts,
    definitions: DefinitionsSource,
    journal: TransferRepository,
    annotations: HeldAnnotations,
    verdicts: HeldWishes,
) -> Inventory:
    inventory = Inventory(
        source=bungie.profile,
        bungie_user=bungie.user,
        credentials=accounts.credentials,
        accounts=accounts.destiny,
        people=accounts.users,
        snapshots=SnapshotRepository(database),
        nicknames=NicknameRepository(database),
        definitions=definitions,
        leases=leases,
        clock=clock,
        effects=journal,
        annotations=annotations,
        verdicts=verdicts,
    )
    accounts.data.on_delete(inventory.forget)
    accounts.data.on_delete(verdicts.forget)
    return inventory


def _history(
    settings: Settings, database: Database, clock: Clock, accounts: Accounts, inventory: Inventory, journal: TransferRepository
) -> History:
    history = build_history(
        store=HistoryRepository(database),
        journal=journal,
        catalogue=inventory.catalogue,
        clock=clock,
        chosen=accounts.destiny,
        people=accounts.users,
        states=inventory,
        nicknames=NicknameRepository(database),
        days=settings.history_days,
    )
    accounts.data.on_delete(history.forget)
    return history
