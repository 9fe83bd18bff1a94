"""Many texts laid end to end, so that looking through all of them is one search; each belongs to one owner."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

Owner = TypeVar("Owner")

_BETWEEN = "\x03"


class _Text(NamedTuple, Generic[Owner]):
    owner: Owner
    text: str


class Corpus(Generic[Owner]):
    """Owners with an empty text are left out."""

    def __init__(self, texts: Iterable[tuple[Owner, str]]) -> None:
        listed = [_Text(owner, text) for owner, text in texts if text]
        self._owners = [each.owner for each in listed]
        self._whole = _BETWEEN.join([each.text for each in listed])
        ends = list(accumulate([len(each.text) + len(_BETWEEN) for each in listed]))
        self._starts = [0, *ends[:-1]] if ends else []
        self._ends = ends

    def owners(self, needle: str) -> list[Owner]:
        """Whose text has this in it, in their order; an empty needle is in every text. One search a hit, and after a hit on to
        the next owner."""
        if not needle:
            return list(self._owners)
        found: list[Owner] = []
        at = self._whole.find(needle)
        while at >= 0:
            index = bisect_right(self._starts, at) - 1
            if at + len(needle) < self._ends[index]:
                found.append(self._owners[index])
                at = self._whole.find(needle, self._ends[index])
            else:
                # It lies across two texts.
                at = self._whole.find(needle, at + 1)
        return found
