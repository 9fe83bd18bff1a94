"""Power: the best that a character could wear, and what it drops at.

Best item of each of the eight slots wherever it lies (vault, other characters, postmaster); of several exotic weapons, or
several exotic pieces of armour, only one can be worn: the single exotic whose keeping costs least stays. The mean is floored
to three decimals, as the game shows it. Near ties go to what the character has on, then carries, then the vault.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from vaultraider.domain import hashes
from vaultraider.domain.buckets import VAULT_STORE

ANY_CLASS = 3
_MOST_FAVOUR = 0.2
"""More than a tie-break can add; see ``_worth``."""


class Gear(NamedTuple):
    """What power needs to know of a weapon or a piece of armour. ``guardian``: class type, 3 for any. ``bound``: it cannot
    be transferred, so that only its owner can wear it."""

    id: str
    bucket: int
    power: int
    owner: str
    guardian: int
    exotic: bool
    equipped: bool = False
    bound: bool = False


class PowerSet(NamedTuple):
    """``items`` in slot order; ``mean`` floored to three decimals, 0 for none."""

    items: tuple[Gear, ...]
    mean: float


Wardrobe = Mapping[int, list[Gear]]


def wardrobe(gear: Iterable[Gear]) -> Wardrobe:
    """Gear by slot, strongest first: what the questions below are asked of. Others than the eight slots are left out."""
    slots: dict[int, list[Gear]] = {bucket: [] for bucket in hashes.GEAR_BUCKETS}
    for piece in gear:
        if piece.power > 0 and piece.bucket in slots:
            slots[piece.bucket].append(piece)
    for pieces in slots.values():
        pieces.sort(key=_power, reverse=True)
    return slots


def _power(piece: Gear) -> int:
    return piece.power


def max_power(slots: Wardrobe, owner: str, guardian: int) -> PowerSet:
    """The strongest set that the character can equip at once."""
    best = _best_of_each(slots, owner, guardian)
    for group in (hashes.WEAPON_BUCKETS, hashes.ARMOR_BUCKETS):
        best = _one_exotic(best, slots, group, owner, guardian)
    return _set(best)


def max_gear_power(slots: Wardrobe, owner: str, guardian: int) -> PowerSet:
    """The strongest of each slot, as if any number of exotics could be worn."""
    return _set(_best_of_each(slots, owner, guardian))


def drop_power(slots: Wardrobe, owner: str) -> PowerSet:
    """What drops are measured against: the strongest of each slot, of any class."""
    return _set(_best_of_each(slots, owner, ANY_CLASS))


def _best_of_each(slots: Wardrobe, owner: str, guardian: int) -> dict[int, Gear]:
    best = {bucket: _best(pieces, owner, guardian) for bucket, pieces in slots.items()}
    return {bucket: piece for bucket, piece in best.items() if piece is not None}


def _best(pieces: list[Gear], owner: str, guardian: int, *, plain: bool = False) -> Gear | None:
    """First of the most worth. ``pieces`` are strongest first, so that only near ties are looked at. ``plain``: no exotic."""
    best: Gear | None = None
    best_worth = -math.inf
    for piece in pieces:
        if piece.power + _MOST_FAVOUR < best_worth:
            break
        if (plain and piece.exotic) or not _wearable(piece, owner, guardian):
            continue
        worth = _worth(piece, owner)
        if worth > best_worth:
            best, best_worth = piece, worth
    return best


def _wearable(piece: Gear, owner: str, guardian: int) -> bool:
    if guardian == ANY_CLASS:
        return True
    return (piece.guardian in (guardian, ANY_CLASS)) and not (piece.bound and piece.owner != owner)


def _worth(piece: Gear, owner: str) -> float:
    """Power, and less than a quarter of a point for where it is."""
    if piece.owner == owner:
        return piece.power + (0.2 if piece.equipped else 0.1)
    return piece.power + (0.05 if piece.owner == VAULT_STORE else 0.0)


def _one_exotic(best: dict[int, Gear], slots: Wardrobe, group: tuple[int, ...], owner: str, guardian: int) -> dict[int, Gear]:
    exotics = [bucket for bucket in group if bucket in best and best[bucket].exotic]
    if len(exotics) < 2:
        return best
    options: list[dict[int, Gear]] = []
    for kept in exotics:
        swapped = {b: _best(slots[b], owner, guardian, plain=True) for b in exotics if b != kept}
        found = {bucket: piece for bucket, piece in swapped.items() if piece is not None}
        if len(found) == len(swapped):
            options.append(best | found)
    return max(options, key=lambda option: sum(_worth(piece, owner) for piece in option.values()), default=best)


def _set(best: dict[int, Gear]) -> PowerSet:
    items = tuple(best[bucket] for bucket in hashes.GEAR_BUCKETS if bucket in best)
    if not items:
        return PowerSet((), 0.0)
    # In whole numbers: a float mean of exactly n.125 could floor to n.124.
    return PowerSet(items, sum(piece.power for piece in items) * 1000 // len(items) / 1000)
