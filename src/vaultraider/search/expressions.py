"""Stat expressions: ``a+b`` adds, ``a&b`` takes the mean, and ``&`` binds tighter. Every part is a stat or a rank.

"health&class+melee" ──> ((health, class), (melee,)) ──> mean of the first two, and the third added
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from vaultraider.domain import hashes
from vaultraider.search.items import SearchItem
from vaultraider.search.stat_names import ANY, RANKS, STATS

Values = Mapping[int, int]
"""An item's stats, shown or base."""


class Expression(NamedTuple):
    """Sums of means of stats, by their words."""

    groups: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> frozenset[str]:
        return frozenset([word for group in self.groups for word in group])


def read_expression(text: str) -> Expression | None:
    """None for what names something that is no stat."""
    expression = Expression(tuple([tuple(group.split("&")) for group in text.split("+")]))
    return expression if all(word in STATS or word in RANKS for word in expression.words) else None


def is_stat(text: str) -> bool:
    """Whether a range may follow it."""
    return text == ANY or read_expression(text) is not None


def value_of(expression: Expression) -> Callable[[SearchItem, Values], float | None]:
    """What it comes to for one item; None where the item has none of the stats. One that it lacks counts as nothing."""
    stats = frozenset([STATS[word] for word in expression.words if word in STATS])
    ranked = any(word in RANKS for word in expression.words)
    groups = expression.groups

    def value(item: SearchItem, values: Values) -> float | None:
        ranks = _ranked(values) if ranked and item.blueprint.is_armor else []
        if not ranks and stats.isdisjoint(values):
            return None
        return sum([sum([_part(word, values, ranks) for word in group]) / len(group) for group in groups])

    return value


def _ranked(values: Values) -> list[int]:
    """The six stats of armour, the highest first."""
    return sorted([values.get(stat, 0) for stat in hashes.ARMOR_STAT_HASHES], reverse=True) if values else []


def _part(word: str, values: Values, ranks: list[int]) -> int:
    if word in STATS:
        return values.get(STATS[word], 0)
    return ranks[RANKS[word]] if ranks else 0
