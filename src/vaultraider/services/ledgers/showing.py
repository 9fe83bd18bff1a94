"""A ledger as it is shown: with today's name and picture, and how much is in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from vaultraider.domain.catalogue import item_facts
from vaultraider.domain.definitions import Definitions
from vaultraider.domain.history.figures import CURRENCY
from vaultraider.domain.ledgers import GLIMMER, Kind
from vaultraider.ports.ledgers import LedgerRecord, Total

_LARGEST_HASH = 2**32 - 1


class ShownLedger(msgspec.Struct, frozen=True, kw_only=True):
    """``icon``: our address, "" where there is none. ``balance``: now. ``since``: when its first value was seen, or its first
    entry made; ``last``: a person's own one's last entry. None where there are none."""

    number: int
    kind: Kind
    hash: int
    name: str
    unit: str
    icon: str
    balance: int = 0
    since: datetime | None = None
    last: datetime | None = None


def show_own(record: LedgerRecord, total: Total | None) -> ShownLedger:
    made = ShownLedger(number=record.number, kind="own", hash=0, name=record.name, unit=record.unit, icon="")
    if total is None:
        return made
    return msgspec.structs.replace(made, balance=total.sum, since=total.first, last=total.last)


def show_currency(
    record: LedgerRecord, definitions: Definitions | None, balances: Mapping[int, int], begun: Mapping[int, datetime]
) -> ShownLedger:
    name, icon = facts_of(record.hash, definitions)
    return ShownLedger(
        number=record.number,
        kind="currency",
        hash=record.hash,
        name=name or record.name or fallback_name(record.hash),
        unit=record.unit,
        icon=icon,
        balance=balances.get(record.hash, 0),
        since=begun.get(record.hash),
    )


def facts_of(hash: int, definitions: Definitions | None) -> tuple[str, str]:
    """Name and picture by today's definitions; "" where those do not know it."""
    item = definitions.item(hash) if definitions is not None else None
    if definitions is None or item is None:
        return "", ""
    facts = item_facts(hash, item, definitions.key)
    return facts.name, facts.icon


def fallback_name(hash: int) -> str:
    return "Glimmer" if hash == GLIMMER else f"Currency {hash}"


def currency_of(series: str) -> int:
    """The hash in the name of a series of figures; 0 for what is none."""
    digits = series.removeprefix(CURRENCY)
    hash = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 10 else 0
    return hash if hash <= _LARGEST_HASH else 0
