"""Items: reading them, watching for new readings, moving them."""

from __future__ import annotations

from vaultraider.bootstrap.ground import Ground
from vaultraider.bootstrap.said import Said
from vaultraider.database.engine import is_away
from vaultraider.database.nicknames import NicknameRepository
from vaultraider.database.snapshots import SnapshotRepository
from vaultraider.database.transfers import TransferRepository
from vaultraider.database.watch_pauses import UnknownHashRepository, WatchPauseRepository
from vaultraider.database.watched_accounts import WatchedAccountRepository
from vaultraider.ports import DefinitionsSource
from vaultraider.services.accounts import Accounts
from vaultraider.services.inventory import Inventory
from vaultraider.services.notifications import Notifications
from vaultraider.services.transfers import Transfers, build_transfers
from vaultraider.services.watching import Watching, build_watching


def join_inventory(
    ground: Ground, accounts: Accounts, definitions: DefinitionsSource, journal: TransferRepository, said: Said
) -> Inventory:
    """``journal``: what we did ourselves, which Bungie may not show yet. ``said`` is laid over what Bungie says."""
    inventory = Inventory(
        source=ground.bungie.profile,
        bungie_user=ground.bungie.user,
        credentials=accounts.credentials,
        accounts=accounts.destiny,
        people=accounts.users,
        snapshots=SnapshotRepository(ground.database),
        nicknames=NicknameRepository(ground.database),
        definitions=definitions,
        leases=ground.leases,
        clock=ground.clock,
        effects=journal,
        annotations=said.annotations,
        verdicts=said.wishes,
    )
    accounts.data.on_delete(inventory.forget)
    return inventory


def join_watching(
    ground: Ground, accounts: Accounts, definitions: DefinitionsSource, inventory: Inventory, teller: Notifications
) -> Watching:
    return build_watching(
        store=WatchedAccountRepository(ground.database),
        pauses=WatchPauseRepository(ground.database),
        unknown=UnknownHashRepository(ground.database),
        inventory=inventory,
        chosen=accounts.destiny,
        people=accounts.users,
        nicknames=NicknameRepository(ground.database),
        definitions=definitions,
        budget=ground.throttle,
        teller=teller,
        jobs=ground.jobs,
        clock=ground.clock,
        is_away=is_away,
    )


def join_transfers(
    ground: Ground, accounts: Accounts, inventory: Inventory, journal: TransferRepository, said: Said, teller: Notifications
) -> Transfers:
    return build_transfers(
        store=journal,
        actions=ground.bungie.actions,
        credentials=accounts.credentials,
        inventory=inventory,
        preferences=accounts.preferences,
        accounts=accounts.destiny,
        people=accounts.users,
        jobs=ground.jobs,
        teller=teller,
        clock=ground.clock,
        annotations=said.annotations,
    )
