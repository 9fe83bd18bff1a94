"""From a leaf of a query to the filter it means and what it asks of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from vaultraider.search.filters._filter import Asked, Filter, Format
from vaultraider.search.ranges import range_of
from vaultraider.search.tree import Leaf
from vaultraider.search.vocabulary import Vocabulary

SIMPLE = "is"


class Meant(NamedTuple):
    filter: Filter
    asked: Asked


def meant_by(leaf: Leaf, vocabulary: Vocabulary) -> Meant | None:
    """None for what no filter knows: another keyword, value, range or stat."""
    if leaf.name == SIMPLE:
        simple = vocabulary.simple.get(leaf.value)
        return Meant(simple, Asked(leaf.value, "simple")) if simple is not None else None
    valued = vocabulary.valued.get(leaf.name)
    if valued is None or (not leaf.value and "freeform" not in valued.formats):
        return None
    for format, read in _READERS.items():
        asked = read(valued, leaf) if format in valued.formats else None
        if asked is not None:
            return Meant(valued, asked)
    return None


def knows_stat(known: Filter, stat: str) -> bool:
    return known.stats is not None and known.stats(stat, known.own_stats)


def _query(valued: Filter, leaf: Leaf) -> Asked | None:
    return Asked(leaf.name, "query", leaf.value) if leaf.value in valued.values else None


def _multiquery(valued: Filter, leaf: Leaf) -> Asked | None:
    values = tuple(leaf.value.split("+"))
    return Asked(leaf.name, "multiquery", leaf.value, values) if set(values) <= set(valued.values) else None


def _range(valued: Filter, leaf: Leaf) -> Asked | None:
    found = range_of(leaf.value, valued.overloads)
    return Asked(leaf.name, "range", leaf.value, range=found) if found is not None else None


def _stat(valued: Filter, leaf: Leaf) -> Asked | None:
    stat, colon, rest = leaf.value.partition(":")
    found = range_of(rest, valued.overloads) if colon else None
    if found is None or not knows_stat(valued, stat):
        return None
    return Asked(leaf.name, "stat", leaf.value, stat=stat, range=found)


def _freeform(_: Filter, leaf: Leaf) -> Asked | None:
    return Asked(leaf.name, "freeform", leaf.value)


_READERS: dict[Format, Callable[[Filter, Leaf], Asked | None]] = {
    "query": _query,
    "multiquery": _multiquery,
    "range": _range,
    "stat": _stat,
    "freeform": _freeform,
}
"""In the order in which they are tried: what may be anything comes last."""
