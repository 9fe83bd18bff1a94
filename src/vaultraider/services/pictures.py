"""A picture for everything that has a hash: Bungie's where it has one and it can be had, else ours, drawn from the definition."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import msgspec

from vaultraider.domain.definitions import Definitions, ItemDefinition
from vaultraider.domain.errors import DefinitionsMissing
from vaultraider.domain.items import CLASSES, ELEMENTS, TIERS, is_classified, kind_of
from vaultraider.drawing import draw_banner, draw_emblem, draw_item
from vaultraider.ports import DefinitionsSource, PictureCache

SVG = "image/svg+xml"
LONGEST_WAIT = 0.4
"""Seconds. Browsers fetch six pictures at a time from one host: a longer wait would hold up the page's own requests."""
DRAWINGS = 2048
"""So many drawings of each sort stay in memory, some 6 MB in all."""


class Illustration(msgspec.Struct, frozen=True):
    """What to show. ``key`` is that of the definitions that it follows from ("" when there are none)."""

    content: bytes
    media_type: str
    key: str
    provisional: bool = False
    """Ours stands in for Bungie's, which is not here yet: ask again soon."""


class Pictures:
    """Every method takes an unsigned 32-bit hash and always gives a picture; a hash that nobody knows is a sealed crate.

    ``ask``: Bungie may be asked for what is not kept here yet. Only paths that the definitions name are ever asked for.
    """

    def __init__(self, definitions: DefinitionsSource, cache: PictureCache) -> None:
        self._definitions = definitions
        self._cache = cache

    def item(self, hash: int, *, ask: bool) -> Illustration:
        return self._illustrate(hash, lambda row: row.icon, _drawn_item, ask=ask)

    def plug(self, hash: int, *, ask: bool) -> Illustration:
        """Perks, mods and whatever else sits in a socket."""
        return self._illustrate(hash, lambda row: row.icon, _drawn_plug, ask=ask)

    def emblem(self, hash: int, *, ask: bool) -> Illustration:
        return self._illustrate(hash, lambda row: row.icon, _drawn_emblem, ask=ask)

    def banner(self, hash: int, *, ask: bool) -> Illustration:
        """What an emblem puts behind a guardian's name."""
        return self._illustrate(hash, lambda row: row.secondary_icon or row.secondary_special, _drawn_banner, ask=ask)

    def _illustrate(
        self,
        hash: int,
        path_of: Callable[[ItemDefinition], str],
        draw: Callable[[int, ItemDefinition | None], bytes],
        *,
        ask: bool,
    ) -> Illustration:
        definitions = self._current()
        row = definitions.item(hash) if definitions else None
        key = definitions.key if definitions else ""
        path = path_of(row) if row else ""
        if path:
            picture = self._cache.fetch(path, wait=LONGEST_WAIT) if ask else self._cache.find(path)
            if picture:
                return Illustration(content=picture.content, media_type=picture.media_type, key=key)
        return Illustration(content=draw(hash, row), media_type=SVG, key=key, provisional=bool(path) or definitions is None)

    def _current(self) -> Definitions | None:
        try:
            return self._definitions.current()
        except DefinitionsMissing:
            return None


def _drawn_item(hash: int, row: ItemDefinition | None) -> bytes:
    if row is None:
        return _item("unknown", "common", None, None, hash, classified=False)
    return _item(
        kind_of(row),
        TIERS.get(row.tier_type, "common"),
        ELEMENTS.get(row.damage_type),
        CLASSES.get(row.class_type),
        hash,
        classified=is_classified(row),
    )


def _drawn_plug(hash: int, row: ItemDefinition | None) -> bytes:
    is_mod = row is not None and row.plug is not None and row.plug.category.startswith("enhancements")
    return _item("mod" if is_mod else "perk", "common", None, None, hash, classified=False)


@lru_cache(maxsize=DRAWINGS)
def _item(kind: str, rarity: str, element: str | None, guardian_class: str | None, seed: int, *, classified: bool) -> bytes:
    return draw_item(kind, rarity, element, guardian_class, seed, classified=classified).encode()


def _drawn_emblem(hash: int, _row: ItemDefinition | None) -> bytes:
    return _emblem(hash)


def _drawn_banner(hash: int, _row: ItemDefinition | None) -> bytes:
    return _banner(hash)


@lru_cache(maxsize=DRAWINGS)
def _emblem(seed: int) -> bytes:
    return draw_emblem(seed).encode()


@lru_cache(maxsize=DRAWINGS)
def _banner(seed: int) -> bytes:
    return draw_banner(seed).encode()
