"""What was seen in somebody's purse: written into the memory as an observation would."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from tests.people import House

from vaultraider.database.history import HistoryRepository
from vaultraider.ports.history import Gap, NewObservation

GLIMMER, BRIGHT_DUST, SILVER = 3159615086, 2817410917, 3147280338


def when(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def see(house: House, person: str, *seen: tuple[str, Mapping[int, int]]) -> None:
    """Each: when (in UTC), and what changed, by the currency's hash."""
    store, user = HistoryRepository(house.services.database), house.user(person)
    membership = house.services.accounts.destiny.membership(user)
    for text, amounts in seen:
        at = when(text)
        account = store.open(user.id, membership, at)
        figures = {f"currency:{hash}": amount for hash, amount in amounts.items()}
        observation = NewObservation(seq=account.seq + 1, at=at, since=account.seen, delta=b"", keyframe=b"", figures=figures)
        assert store.append(account, observation)


def look_away(house: House, person: str, since: str, until: str) -> None:
    """Nobody looked between the two."""
    store, user = HistoryRepository(house.services.database), house.user(person)
    account = store.account(user.id, house.services.accounts.destiny.membership(user))
    assert account is not None
    store.note_gap(account, Gap(when(since), when(until)))
