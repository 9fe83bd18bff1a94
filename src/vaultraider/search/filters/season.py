"""When an item was new."""

from __future__ import annotations

from collections.abc import Mapping

from vaultraider.domain.origins.seasons import CURRENT, SEASONS
from vaultraider.search.filters._filter import Asked, Filter, Test
from vaultraider.search.ranges import Range
from vaultraider.search.world import World

SEASON_WORDS: Mapping[str, float] = {
    "current": CURRENT,
    "next": CURRENT + 1,
    **{season.word: season.number for season in reversed(SEASONS)},
}
"""The newest first: what is looked for most."""
_NEVER = Range("<", 0)


def _of_season(asked: Asked, _world: World) -> Test:
    holds = (asked.range or _NEVER).holds
    return lambda item: (season := item.origin.season) > 0 and holds(season)


def _of_year(asked: Asked, _world: World) -> Test:
    holds = (asked.range or _NEVER).holds
    return lambda item: (year := item.origin.year) > 0 and holds(year)


FILTERS = (
    Filter(
        keywords=("season",),
        formats=("range",),
        make=_of_season,
        overloads=SEASON_WORDS,
        help="The season in which an item was new, by its number or its name. What carries no season matches none.",
        example="season:>=current",
    ),
    Filter(
        keywords=("year",),
        formats=("range",),
        make=_of_year,
        help="The year of the game in which an item was new: the first began in September 2017.",
        example="year:>=7 is:armor",
    ),
)
