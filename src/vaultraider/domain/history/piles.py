"""What happened to the stacks of one item. They have no identity: what left one place and appeared in another has moved, and only
what is left over came or went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vaultraider.domain.history.moment import KeptItem
from vaultraider.domain.history.telling import Spot, Telling, spot_of

Pile = tuple[KeptItem, ...]


class _Move(NamedTuple):
    source: Spot
    target: Spot
    quantity: int


def tell_pile(telling: Telling, hash: int, old: Pile, new: Pile) -> None:
    """Tells of all stacks of one item together. Never raises."""
    before, after = _amounts(old), _amounts(new)
    left, came = before - after, after - before
    for move in _moves(left, came):
        telling.move(hash, move.source, move.target, quantity=move.quantity)
    _tell_total(telling, hash, before, after)
    for spot, quantity in _in_order(came):
        if spot.place == "postmaster":
            telling.found_at_postmaster(hash, spot, quantity=quantity)


def _amounts(pile: Iterable[KeptItem]) -> Counter[Spot]:
    found: Counter[Spot] = Counter()
    for stack in pile:
        found[spot_of(stack)] += max(stack.quantity, 0)
    return found


def _moves(left: Counter[Spot], came: Counter[Spot]) -> Iterator[_Move]:
    """Pairs what left with what came, and takes it off both."""
    for source, _ in _in_order(left):
        for target, _ in _in_order(came):
            quantity = min(left[source], came[target])
            if quantity > 0:
                left[source] -= quantity
                came[target] -= quantity
                yield _Move(source, target, quantity)


def _tell_total(telling: Telling, hash: int, before: Counter[Spot], after: Counter[Spot]) -> None:
    had, has = before.total(), after.total()
    named = telling.names.item(hash)
    if not had and has:
        for spot, quantity in _in_order(after):
            told = spot.told() | {"quantity": quantity}
            telling.tell("acquired", named, hash=hash, character=spot.character, quantity=quantity, after=told)
    elif had and not has:
        for spot, quantity in _in_order(before):
            told = spot.told() | {"quantity": quantity}
            telling.tell("lost", named, hash=hash, character=spot.character, quantity=quantity, before=told)
    elif had != has:
        telling.tell(
            "stack",
            named,
            hash=hash,
            character=_only_guardian(before, after),
            quantity=abs(has - had),
            before={"quantity": had},
            after={"quantity": has},
        )


def _only_guardian(before: Counter[Spot], after: Counter[Spot]) -> str:
    changed = {spot.character for spot in {*before, *after} if before[spot] != after[spot]}
    return changed.pop() if len(changed) == 1 else ""


def _in_order(amounts: Counter[Spot]) -> list[tuple[Spot, int]]:
    return sorted((spot, quantity) for spot, quantity in amounts.items() if quantity > 0)
