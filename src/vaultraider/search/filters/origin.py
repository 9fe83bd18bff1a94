"""Where an item comes from."""

from __future__ import annotations

from vaultraider.domain.origins.events import EVENTS
from vaultraider.domain.origins.sources import ALIASES, SOURCES
from vaultraider.search.filters._filter import Asked, Filter, Test
from vaultraider.search.world import World

_EVENTS = tuple([event.word for event in EVENTS])
SOURCE_WORDS = (*[word for word in SOURCES if word not in _EVENTS], *ALIASES, *_EVENTS)
"""Names, other names, and events, in this order."""
FOUNDRIES = ("daito", "hakke", "omolon", "suros", "tex-mechanica", "veist")
ANY = "any"


def _from(asked: Asked, _world: World) -> Test:
    word = ALIASES.get(asked.text, asked.text)
    return lambda item: word in item.origin.sources


def _made_by(asked: Asked, _world: World) -> Test:
    foundry = asked.text
    if foundry == ANY:
        return lambda item: item.origin.foundry != ""
    return lambda item: item.origin.foundry == foundry


FILTERS = (
    Filter(
        keywords=("source",),
        formats=("query",),
        make=_from,
        values=SOURCE_WORDS,
        help="Where an item comes from: a raid, a dungeon, a destination, a vendor or an event. “dcv” is what has left the game.",
        example="source:raid is:weapon",
    ),
    Filter(
        keywords=("foundry",),
        formats=("query",),
        make=_made_by,
        values=(*FOUNDRIES, ANY),
        help="Weapons of this foundry; “any”: of any.",
        example="foundry:suros",
    ),
)
