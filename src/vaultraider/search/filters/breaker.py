"""Which champions an item stops."""

from __future__ import annotations

from vaultraider.domain.origins.breakers import Breaker
from vaultraider.search.filters._filter import Asked, Filter, Test
from vaultraider.search.world import World

BREAKER_WORDS: dict[str, Breaker | None] = {
    "any": None,
    "antibarrier": "barrier",
    "shieldpiercing": "barrier",
    "barrier": "barrier",
    "disruption": "overload",
    "overload": "overload",
    "stagger": "unstoppable",
    "unstoppable": "unstoppable",
    "intrinsic": None,
}


def _stops(asked: Asked, _world: World) -> Test:
    breaker = BREAKER_WORDS[asked.text]
    if breaker is None:
        return lambda item: item.origin.breaker != ""
    return lambda item: item.origin.breaker == breaker


FILTERS = (
    Filter(
        keywords=("breaker",),
        formats=("query",),
        make=_stops,
        values=tuple(BREAKER_WORDS),
        help={
            "any": "What stops champions of any kind by itself, without the help of the season's artifact.",
            "antibarrier": "What pierces the shields of Barrier Champions by itself.",
            "shieldpiercing": "What pierces the shields of Barrier Champions by itself.",
            "barrier": "What pierces the shields of Barrier Champions by itself.",
            "disruption": "What disrupts Overload Champions by itself.",
            "overload": "What disrupts Overload Champions by itself.",
            "stagger": "What staggers Unstoppable Champions by itself.",
            "unstoppable": "What staggers Unstoppable Champions by itself.",
            "intrinsic": "What stops champions of any kind by itself.",
        },
        example="breaker:any is:weapon",
    ),
)
