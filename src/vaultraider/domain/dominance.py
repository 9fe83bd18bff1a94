"""When one set of stats leaves nothing to be said for another: as high in every stat, and higher in at least one.

Sets are compared as whole numbers, a lane of bits for each stat with a guard bit above it: one subtraction compares all stats at
once, as a lane that is smaller borrows its guard.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

Stats = tuple[int, ...]
"""Values in an order that both sides share; all sets that are compared have as many."""

_LANE = 32
_ZERO = 1 << 20
"""Added to each value: tuning can leave a stat below nothing."""
_GUARD = 1 << (_LANE - 1)


class _Packed(NamedTuple):
    """``less``: the sum of the values, turned round, so that sorting puts the highest first."""

    less: int
    lanes: int
    guards: int


def _pack(stats: Iterable[int]) -> _Packed:
    total = lanes = guards = place = 0
    for value in stats:
        total += value
        lanes |= (value + _ZERO) << place
        guards |= _GUARD << place
        place += _LANE
    return _Packed(-total, lanes, guards)


def _dominates(one: _Packed, other: _Packed) -> bool:
    return ((one.lanes | one.guards) - other.lanes) & one.guards == one.guards and one.lanes != other.lanes


def beaten(stats: Iterable[int], others: Iterable[Iterable[int]]) -> bool:
    """Whether any of the others dominates it."""
    mine = _pack(stats)
    return any(_dominates(_pack(each), mine) for each in others)


class StatsSet:
    """Many sets of stats, of which only those are kept that no other dominates: they alone can beat anything."""

    def __init__(self, sets: Iterable[Iterable[int]] = ()) -> None:
        self._best: list[_Packed] = []
        """The highest sum first."""
        for new in sorted(map(_pack, sets)):
            # In this order no later one dominates an earlier one.
            if not self._is_needless(new):
                self._best.append(new)

    def insert(self, stats: Iterable[int]) -> None:
        new = _pack(stats)
        if not self._is_needless(new):
            self._best = [each for each in self._best if not _dominates(new, each)]
            insort(self._best, new)

    def better_exists(self, stats: Iterable[int]) -> bool:
        """Whether one that was inserted dominates these. Equal ones do not."""
        mine = _pack(stats)
        return self._is_needless(mine) and all(each.lanes != mine.lanes for each in self._best)

    def _is_needless(self, mine: _Packed) -> bool:
        """Whether one of the best is as high in every stat. What is so has a sum that is at least as high."""
        less, lanes, guards = mine
        for other, theirs, _ in self._best:
            if other > less:
                return False
            if ((theirs | guards) - lanes) & guards == guards:
                return True
        return False


def who_beats(options: Mapping[str, Sequence[Stats]]) -> dict[str, list[str]]:
    """Of what is beaten however it is made up, by name: the names of those that beat it, the highest sum first.

    ``options``: what each can be made into, one at least. Where nothing beats all that a thing can be, but several together do,
    it is those.
    """
    best = StatsSet(each for listed in options.values() for each in listed)
    packed = {name: sorted(map(_pack, listed)) for name, listed in options.items()}
    order = sorted(packed, key=lambda name: packed[name][0].less)
    return {
        name: _beaters(name, packed, order)
        for name, listed in options.items()
        if all(best.better_exists(each) for each in listed)
    }


def _beaters(name: str, packed: Mapping[str, Sequence[_Packed]], order: Iterable[str]) -> list[str]:
    mine = packed[name]
    alone, partly = [], []
    for other in order:
        # The first has the highest sum: what beats any of mine has a higher one than the last of them.
        if packed[other][0].less >= mine[-1].less:
            break
        if other == name:
            continue
        beaten_ones = [any(_dominates(theirs, each) for theirs in packed[other]) for each in mine]
        if all(beaten_ones):
            alone.append(other)
        elif any(beaten_ones):
            partly.append(other)
    return alone or partly
