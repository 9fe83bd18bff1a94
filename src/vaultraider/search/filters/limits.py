"""Limits of power, which the game had for three years: an item could be infused up to the limit of its version."""

from __future__ import annotations

from vaultraider.search.filters._filter import Asked, Filter, Test
from vaultraider.search.filters._making import of_item
from vaultraider.search.filters.power import POWER_WORDS
from vaultraider.search.items import SearchItem
from vaultraider.search.world import World

UNLIMITED = 999_990
"""What Bungie writes where there is no limit (DestinyPowerCapDefinition)."""


def _limit(item: SearchItem) -> int:
    """Of the copy's version, by its definition. What names none has none."""
    caps = item.definition.power_caps if item.definition is not None else ()
    version = item.entry.data.version_number
    if not 0 <= version < len(caps):
        return UNLIMITED
    row = item.lexicon.catalogue.definitions.named("PowerCap", caps[version])
    return row.value if row is not None and row.value else UNLIMITED


def _limited_to(asked: Asked, _world: World) -> Test:
    wanted = asked.range
    return lambda item: wanted is not None and wanted.holds(item.once(_limit))


def _is_sunset(item: SearchItem) -> bool:
    return item.once(_limit) < POWER_WORDS["pinnaclecap"]


FILTERS = (
    Filter(
        keywords=("powerlimit",),
        formats=("range",),
        make=_limited_to,
        overloads=POWER_WORDS,
        help="The power that an item can be infused to, as its definition has it. The game took all of these limits away.",
        example="powerlimit:>1000",
        deprecated="power:>=softcap",
    ),
    Filter(
        keywords=("sunset",),
        make=of_item(_is_sunset),
        help="What its definition keeps below the highest power of today. The game took all of these limits away.",
        example="is:sunset",
        deprecated="power:<softcap",
    ),
)
