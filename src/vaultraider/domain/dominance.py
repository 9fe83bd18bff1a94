"""When one set of stats leaves nothing to be said for another: as high in every stat, and higher in at least one.

Sets are compared as whole numbers, a lane of bits for each stat with a guard bit above it: one subtraction compares all stats at
once, as a lane that is smaller borrows its guard.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
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
