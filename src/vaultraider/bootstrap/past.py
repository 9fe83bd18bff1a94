"""What was: the memory of accounts, and the ledgers of what was earned and spent."""

from __future__ import annotations

from vaultraider.bootstrap.ground import Ground
from vaultraider.database.history import HistoryRepository
from vaultraider.database.ledgers import LedgerRepository
from vaultraider.database.nicknames import NicknameRepository
from vaultraider.database.transfers import TransferRepository
from vaultraider.ports import DefinitionsSource
from vaultraider.services.accounts import Accounts
from vaultraider.services.history import History, build_history
from vaultraider.services.inventory import Inventory
from vaultraider.services.ledgers import Ledgers


def join_history(ground: Ground, accounts: Accounts, inventory: Inventory, journal: TransferRepository) -> History:
    history = build_history(
        store=HistoryRepository(ground.database),
        journal=journal,
        catalogue=inventory.catalogue,
        clock=ground.clock,
        chosen=accounts.destiny,
        people=accounts.users,
        states=inventory,
        nicknames=NicknameRepository(ground.database),
        days=ground.settings.history_days,
    )
    accounts.data.on_delete(history.forget)
    return history


def join_ledgers(ground: Ground, accounts: Accounts, definitions: DefinitionsSource) -> Ledgers:
    return Ledgers(
        store=LedgerRepository(ground.database),
        history=HistoryRepository(ground.database),
        accounts=accounts.destiny,
        definitions=definitions,
        clock=ground.clock,
    )
