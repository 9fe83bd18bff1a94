"""Events in the making: numbered, named, and with the guardian whom they are about."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from vaultraider.domain.buckets import ACCOUNT_STORE, VAULT_STORE, place_of
from vaultraider.domain.history.events import Event, EventKind
from vaultraider.domain.history.moment import KeptItem
from vaultraider.domain.history.names import Named, Names
from vaultraider.domain.profile_parts import Place

NO_GUARDIAN = frozenset({VAULT_STORE, ACCOUNT_STORE})


class Spot(NamedTuple):
    """Where an item lies. ``store``: a character's id, "vault" or "account"."""

    store: str
    place: Place

    @property
    def character(self) -> str:
        return "" if self.store in NO_GUARDIAN else self.store

    def told(self) -> dict[str, Any]:
        return {"store": self.store, "place": self.place}


def spot_of(item: KeptItem) -> Spot:
    return Spot(*place_of(item.bucket, item.location, item.holder, item.equipped))


class Telling:
    """The events of one observation, in the order in which they are told."""

    def __init__(self, *, seq: int, at: datetime, since: datetime, names: Names) -> None:
        self.names = names
        self.events: list[Event] = []
        self._seq, self._at, self._since = seq, at, since

    def tell(
        self,
        kind: EventKind,
        named: Named,
        *,
        hash: int = 0,
        item: str = "",
        character: str = "",
        quantity: int = 1,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        event = Event(
            seq=self._seq,
            n=len(self.events),
            at=self._at,
            since=self._since,
            kind=kind,
            item=item,
            hash=hash,
            name=named.name,
            tier=named.tier,
            item_kind=named.kind,
            character=character,
            quantity=quantity,
            before=before or {},
            after=after or {},
        )
        self.events.append(event)

    def move(self, hash: int, old: Spot, new: Spot, *, item: str = "", quantity: int = 1) -> None:
        """From one place to another: into the postmaster, out of it, or simply moved."""
        named, character = self.names.item(hash), new.character or old.character
        kind: EventKind = "moved"
        before, after = old.told(), new.told()
        if old.place != "postmaster" and new.place == "postmaster":
            kind, after = "postmaster-in", {"store": new.store}
        elif old.place == "postmaster" and new.place != "postmaster":
            kind, before = "postmaster-out", {"store": old.store}
        self.tell(kind, named, hash=hash, item=item, character=character, quantity=quantity, before=before, after=after)

    def found_at_postmaster(self, hash: int, spot: Spot, *, item: str = "", quantity: int = 1) -> None:
        """It went there straight from the game."""
        after = {"store": spot.store}
        named = self.names.item(hash)
        self.tell("postmaster-in", named, hash=hash, item=item, character=spot.character, quantity=quantity, after=after)
