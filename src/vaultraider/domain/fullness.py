"""How full the places are that overflow: the vault, and each guardian's postmaster, which deletes its oldest.

An alarm is raised at one height and cleared at a lower one, so that it is not told anew with each item that comes and goes.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Literal

import msgspec

from vaultraider.domain import hashes
from vaultraider.domain.buckets import capacity_of
from vaultraider.domain.characters import read_characters
from vaultraider.domain.definitions import Definitions
from vaultraider.domain.snapshot import ProfileSnapshot, decode_or_salvage

PlaceKind = Literal["vault", "postmaster"]


class Limits(msgspec.Struct, frozen=True):
    """In slots of a place that has ``of`` of them; a larger place's limits are larger in proportion."""

    raised: int
    cleared: int
    of: int


LIMITS: dict[PlaceKind, Limits] = {"vault": Limits(950, 920, 1000), "postmaster": Limits(16, 12, 21)}


class Place(msgspec.Struct, frozen=True):
    """``holder``: the guardian's id, "" for the vault. ``used`` and ``capacity`` in slots."""

    kind: PlaceKind
    holder: str
    used: int
    capacity: int

    @property
    def name(self) -> str:
        """The same for the same place of an account."""
        return f"{self.kind}-{self.holder}" if self.holder else self.kind


class Alarm(msgspec.Struct, frozen=True):
    """Raised, and not cleared since ``began``. ``told``: somebody was told."""

    began: datetime
    told: bool = False


class _Where(msgspec.Struct, rename="camel", gc=False):
    bucket_hash: int = 0


_WHERE = msgspec.json.Decoder(_Where)


def places(snapshot: ProfileSnapshot, definitions: Definitions) -> list[Place]:
    """Every such place. One whose list did not come is left out: what is known of it is old."""
    used: Counter[tuple[str, int]] = Counter()
    for holder, equipped, items in snapshot.holdings():
        if not equipped:
            used.update((holder, decode_or_salvage(raw, _WHERE, _Where).bucket_hash) for raw in items)
    found = []
    if "profileInventory" not in snapshot.incomplete and snapshot.body.profile_inventory is not None:
        found.append(Place("vault", "", used["", hashes.VAULT], capacity_of(hashes.VAULT, definitions)))
    if "characterInventories" not in snapshot.incomplete:
        size = capacity_of(hashes.POSTMASTER, definitions)
        ids = [each.character_id for each in read_characters(snapshot)]
        found += [Place("postmaster", id, used[id, hashes.POSTMASTER], size) for id in ids]
    return found


def look_at(place: Place, alarm: Alarm | None, now: datetime) -> Alarm | None:
    """The place's alarm after a look: a new one, the same, or None."""
    limits = LIMITS[place.kind]
    if place.capacity <= 0:
        return alarm
    if alarm is None:
        return Alarm(now) if place.used * limits.of >= limits.raised * place.capacity else None
    return None if place.used * limits.of <= limits.cleared * place.capacity else alarm
