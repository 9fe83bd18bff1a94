"""All that is known of an item's origin, by its definition and the version of the copy."""

from __future__ import annotations

from typing import NamedTuple

from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.origins.breakers import breaker_of
from vaultraider.domain.origins.events import event_of
from vaultraider.domain.origins.foundries import foundry_of
from vaultraider.domain.origins.seasons import season_of, year_of
from vaultraider.domain.origins.sources import sources_of

BROAD_SOURCES = frozenset({"raid", "calus", "dungeon", "dcv"})
"""Where a narrower one says more."""


class Origin(NamedTuple):
    """``season`` and ``year``: 0 when unknown. ``event``: its word, ``event_name``: as it is called. ``sources``: every word
    that fits. ``source_text``: Bungie's sentence, in the manifest's language. ``foundry`` and ``breaker``: "" for none."""

    season: int = 0
    year: int = 0
    event: str = ""
    event_name: str = ""
    sources: frozenset[str] = frozenset()
    source_text: str = ""
    foundry: str = ""
    breaker: str = ""

    @property
    def source(self) -> str:
        """One word: the first of the narrower ones; "" for none."""
        return min(self.sources - BROAD_SOURCES or self.sources, default="")


NOWHERE = Origin()
_Known = dict[tuple[int, int], Origin]


def origin_of(catalogue: Catalogue, hash: int, version: int = 0) -> Origin:
    """Worked out once for each hash and version. Of what the definitions do not know, ``NOWHERE``."""
    known = catalogue.once("origins", _Known)
    found = known.get((hash, version))
    if found is None:
        found = known[hash, version] = _work_out(catalogue, hash, version)
    return found


def _work_out(catalogue: Catalogue, hash: int, version: int) -> Origin:
    item = catalogue.item(hash).definition
    if item is None:
        return NOWHERE
    collectible = catalogue.definitions.collectible(item.collectible) if item.collectible else None
    source, text = (collectible.source, collectible.source_text) if collectible is not None else (0, "")
    event = event_of(item, version, source, text)
    word = event.word if event is not None else ""
    season = season_of(item, version, source)
    return Origin(
        season,
        year_of(season),
        word,
        event.name if event is not None else "",
        sources_of(hash, source, text, word),
        text,
        foundry_of(item),
        breaker_of(item),
    )
