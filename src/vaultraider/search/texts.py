"""The texts of one world's items, made ready to be looked through: by item, by plug, and what the person wrote.

Texts hang on hashes, of which there are far fewer than items: each is looked through once, and what is found is then a union of
the items that have it.
"""

from __future__ import annotations

from collections.abc import Iterable

from vaultraider.search.corpus import Corpus
from vaultraider.search.folding import fold, mark_words
from vaultraider.search.items import SearchItem
from vaultraider.search.lexicon import lexicon_of
from vaultraider.search.plugs import Plug
from vaultraider.search.world import World


class Texts:
    """``needle``: a text as it was typed. What is found are bits: one an item of the world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._words = lexicon_of(world.catalogue).words
        self._copies: dict[int, int] = {}
        self._bearers: dict[int, int] = {}
        self._plugs: dict[int, Plug] = {}
        self._by_name: Corpus[int] | None = None
        self._gather(world.items)
        blueprints = {item.hash: item.blueprint for item in world.items}
        self._items = Corpus((hash, blueprint.all_words) for hash, blueprint in blueprints.items())
        self._perks = Corpus((hash, plug.all_words) for hash, plug in self._plugs.items())

    def _gather(self, items: Iterable[SearchItem]) -> None:
        """Who has what: bits by the hash of the item, and by that of each perk."""
        copies: dict[int, list[int]] = {}
        bearers: dict[int, list[int]] = {}
        for index, item in enumerate(items):
            copies.setdefault(item.hash, []).append(index)
            for plug in item.perks:
                if plug.hash in bearers:
                    bearers[plug.hash].append(index)
                else:
                    bearers[plug.hash] = [index]
                    self._plugs[plug.hash] = plug
        self._copies = {hash: _bits(indexes) for hash, indexes in copies.items()}
        self._bearers = {hash: _bits(indexes) for hash, indexes in bearers.items()}

    def anywhere(self, needle: str) -> int:
        """In name, type, description, or a perk's name or description, at the beginning of a word."""
        wanted = self._marked(needle)
        return _union(self._items.owners(wanted), self._copies) | _union(self._perks.owners(wanted), self._bearers)

    def in_perks(self, needle: str) -> int:
        """In a perk's name or description, at the beginning of a word."""
        return _union(self._perks.owners(self._marked(needle)), self._bearers)

    def in_perk_names(self, needle: str) -> int:
        """In a perk's name, at the beginning of a word."""
        if self._by_name is None:
            self._by_name = Corpus((hash, plug.name_words) for hash, plug in self._plugs.items())
        return _union(self._by_name.owners(self._marked(needle)), self._bearers)

    def with_perk_called(self, name: str) -> int:
        """With a perk of just this name."""
        wanted = fold(name)
        return _union((hash for hash, plug in self._plugs.items() if plug.name == wanted), self._bearers)

    def in_notes(self, needle: str) -> int:
        """In what the person wrote, at the beginning of a word."""
        wanted = self._marked(needle)
        notes = self._world.once("texts.notes", lambda: _notes(self._world, self._words))
        keys = set(notes.owners(wanted))
        return _bits([index for index, item in enumerate(self._world.items) if item.key in keys]) if keys else 0

    def perk_names(self) -> list[str]:
        """Of all perks, as they are written."""
        return sorted({plug.title for plug in self._plugs.values() if plug.title})

    def _marked(self, needle: str) -> str:
        folded = fold(needle)
        return mark_words(folded) if self._words else folded


def texts_of(world: World) -> Texts:
    return world.once("texts", lambda: Texts(world))


def _notes(world: World, words: bool) -> Corpus[str]:
    folded = ((key, fold(said.notes)) for key, said in world.annotations.items() if said.notes)
    return Corpus((key, mark_words(notes) if words else notes) for key, notes in folded)


def _bits(indexes: Iterable[int]) -> int:
    bits = 0
    for index in indexes:
        bits |= 1 << index
    return bits


def _union(hashes: Iterable[int], bits_by_hash: dict[int, int]) -> int:
    found = 0
    for hash in hashes:
        found |= bits_by_hash[hash]
    return found
