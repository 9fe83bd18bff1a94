"""What a profile of Bungie's says of a step whose answer was unclear: pure.

Only a profile that speaks of the time after the call is evidence (``ProfileSnapshot.speaks_of``).
"""

from __future__ import annotations

from collections import Counter
from typing import Literal, NamedTuple

from vaultraider.domain.buckets import place_of
from vaultraider.domain.entries import decode_item
from vaultraider.domain.items import LOCKED, TRACKED
from vaultraider.domain.profile_parts import Place
from vaultraider.domain.snapshot import ProfileSnapshot
from vaultraider.domain.transfers.plans import Piece, Step

Finding = Literal["done", "not-done", "changed"]
"""``changed``: neither where it was nor where it should go: somebody moved it meanwhile."""


class Pile(NamedTuple):
    """All stacks of an item in a store, those in its postmaster apart."""

    hash: int
    store: str
    in_postmaster: bool


class Seen(NamedTuple):
    """Where an instance is, and Bungie's flags of it."""

    store: str
    place: Place
    state: int


class Whereabouts:
    """Where everything of a snapshot is: instances one by one, stacks by their amounts."""

    def __init__(self, snapshot: ProfileSnapshot) -> None:
        self.instances: dict[str, Seen] = {}
        self.amounts: Counter[Pile] = Counter()
        for holder, equipped, items in snapshot.holdings():
            for raw in items:
                data = decode_item(raw)
                store, place = place_of(data.bucket_hash, data.location, holder, equipped)
                if data.item_instance_id:
                    self.instances.setdefault(data.item_instance_id, Seen(store, place, data.state))
                else:
                    self.amounts[Pile(data.item_hash, store, place == "postmaster")] += data.quantity


def finding(step: Step, there: Whereabouts) -> Finding:
    """Whether the step was done."""
    if step.kind in ("lock", "track"):
        return _set(step, there)
    if step.kind in ("equip", "equip-all"):
        return _worn(step, there)
    return _moved(step, there) if step.piece.instance else _amounts(step, there)


def worn_of(step: Step, there: Whereabouts) -> tuple[Piece, ...]:
    """Which pieces of an equip are worn where it put them."""
    return tuple(piece for piece in step.pieces if _is_worn(piece, step, there))


def _set(step: Step, there: Whereabouts) -> Finding:
    seen = there.instances.get(step.piece.id)
    if seen is None:
        return "changed"
    flag = TRACKED if step.kind == "track" else LOCKED
    return "done" if bool(seen.state & flag) == bool(step.state) else "not-done"


def _worn(step: Step, there: Whereabouts) -> Finding:
    worn = worn_of(step, there)
    if len(worn) == len(step.pieces):
        return "done"
    seen = there.instances.get(step.piece.id)
    return "not-done" if not worn and seen is not None and seen.store == step.target else "changed"


def _is_worn(piece: Piece, step: Step, there: Whereabouts) -> bool:
    seen = there.instances.get(piece.id)
    return seen is not None and seen.store == step.target and seen.place == "equipped"


def _moved(step: Step, there: Whereabouts) -> Finding:
    seen = there.instances.get(step.piece.id)
    if seen is None:
        return "changed"
    if seen.place == "postmaster":
        return "not-done" if step.kind == "pull" and seen.store == step.source else "changed"
    if seen.store == step.target:
        return "done"
    return "not-done" if seen.store == step.source else "changed"


def _amounts(step: Step, there: Whereabouts) -> Finding:
    """By how many lie there now. The player may have spent or found some of the same in the same minute: then the one of the two
    places that nobody else touched tells. Where neither tells, nothing is claimed."""
    if step.amounts is None:
        return "changed"
    source = Pile(step.piece.hash, step.source, step.kind == "pull")
    target = Pile(step.piece.hash, step.target, False)
    lost = step.amounts[0] - there.amounts[source]
    got = there.amounts[target] - step.amounts[1]
    if lost == got == 0:
        return "not-done"
    if step.quantity in (lost, got):
        return "done"
    return "not-done" if 0 in (lost, got) else "changed"
