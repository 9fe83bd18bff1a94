"""Stat expressions: ``a+b`` adds, ``a&b`` takes the mean, and ``&`` binds tighter. Every part is a stat, a rank, or a total of
the person's own.

"health&class+melee" ──> ((health, class), (melee,)) ──> mean of the first two, and the third added
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from typing import NamedTuple

from vaultraider.domain import hashes
from vaultraider.domain.custom_stats import CustomStat
from vaultraider.search.items import SearchItem
from vaultraider.search.stat_names import ANY, RANKS, STATS

Values = Mapping[int, int]
"""An item's stats, shown or base."""


_NO_TOTALS: Mapping[str, int] = {}


class Expression(NamedTuple):
    """Sums of means of stats, by their words."""

    groups: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> frozenset[str]:
        return frozenset([word for group in self.groups for word in group])


def read_expression(text: str, own: Container[str] = ()) -> Expression | None:
    """None for what names something that is no stat. ``own``: words for totals of the person's own."""
    expression = Expression(tuple([tuple(group.split("&")) for group in text.split("+")]))
    return expression if all(word in STATS or word in RANKS or word in own for word in expression.words) else None


def is_stat(text: str, own: Container[str] = ()) -> bool:
    """Whether a range may follow it."""
    return text == ANY or read_expression(text, own) is not None


def value_of(expression: Expression, own: Iterable[CustomStat] = ()) -> Callable[[SearchItem, Values], float | None]:
    """What it comes to for one item; None where the item has none of the stats. One that it lacks counts as nothing.

    ``own``: the person's totals. Several may have one word, each for another class.
    """
    stats = frozenset([STATS[word] for word in expression.words if word in STATS])
    ranked = any(word in RANKS for word in expression.words)
    groups = expression.groups
    totals = [stat for stat in own if stat.keyword in expression.words]

    def value(item: SearchItem, values: Values) -> float | None:
        ranks = _ranked(values) if ranked and item.blueprint.is_armor else []
        sums = _totals(totals, item, values) if totals else _NO_TOTALS
        if not ranks and not sums and stats.isdisjoint(values):
            return None
        return sum([sum([_part(word, values, ranks, sums) for word in group]) / len(group) for group in groups])

    return value


def _ranked(values: Values) -> list[int]:
    """The six stats of armour, the highest first."""
    return sorted([values.get(stat, 0) for stat in hashes.ARMOR_STAT_HASHES], reverse=True) if values else []


def _totals(totals: Iterable[CustomStat], item: SearchItem, values: Values) -> Mapping[str, int]:
    """By word, those that a piece of armour for this class has."""
    if not item.armor_stats:
        return _NO_TOTALS
    guardian = item.blueprint.guardian
    return {stat.keyword: stat.of(values) for stat in totals if stat.fits(guardian)}


def _part(word: str, values: Values, ranks: list[int], sums: Mapping[str, int]) -> int:
    if word in STATS:
        return values.get(STATS[word], 0)
    if word in RANKS:
        return ranks[RANKS[word]] if ranks else 0
    return sums.get(word, 0)
