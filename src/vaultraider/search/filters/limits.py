"""Limits of power, which the game had for three years."""

from __future__ import annotations

from vaultraider.search.filters._filter import Asked, Filter, Test
from vaultraider.search.filters._making import matches_nothing
from vaultraider.search.filters.power import POWER_WORDS
from vaultraider.search.world import World

UNLIMITED = 999_990
"""What Bungie writes where there is no limit (DestinyPowerCapDefinition)."""


def _limited_to(asked: Asked, _world: World) -> Test:
    holds = asked.range is not None and asked.range.holds(UNLIMITED)
    return lambda _item: holds


FILTERS = (
    Filter(
        keywords=("powerlimit",),
        formats=("range",),
        make=_limited_to,
        overloads=POWER_WORDS,
        help="The power that an item could be infused to. No item has a limit any more.",
        example="powerlimit:>1000",
        deprecated="power:>=softcap",
    ),
    Filter(
        keywords=("sunset",),
        make=matches_nothing,
        help="What could no longer be infused to today's power.",
        example="is:sunset",
        deprecated="power:<softcap",
        unanswerable="No item has a limit of power any more: the game took them all away.",
    ),
)
