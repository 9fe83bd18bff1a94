"""The texts of one world's items, made ready to be looked through: by item, by plug, and what the person wrote.

Texts hang on hashes, of which there are far fewer than items: each is looked through once, and what is found is then every item
that has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from vaultraider.search.bits import bits_of
from vaultraider.search.corpus import Corpus
from vaultraider.search.folding import fold, mark_words
from vaultraider.search.items import SearchItem
from vaultraider.search.lazily import lazily
from vaultraider.search.lexicon import lexicon_of
from vaultraider.search.plugs import Plug
from vaultraider.search.world import World

_NOWHERE = "\x00"
"""In no text."""


class Texts:
    """``needle``: a text as it was typed. What is found are bits: one an item of the world."""

    def __init__(self, world: World) -> None:
        self._lexicon = lexicon_of(world.catalogue)
        self._items: list[SearchItem] = world.items
        self._blueprints = {item.hash: item.blueprint for item in world.items}
        self._copies: dict[int, int] = {}
        """Bits by hash."""
        for place, item in enumerate(world.items):
            self._copies[item.hash] = self._copies.get(item.hash, 0) | 1 << place

    @lazily
    def _plugs(self) -> list[Plug]:
        hashes = frozenset[int]().union(*[item.perk_hashes for item in self._items])
        return [self._lexicon.plug(hash) for hash in hashes]

    @lazily
    def _by_item(self) -> Corpus[int]:
        return Corpus((hash, blueprint.all_words) for hash, blueprint in self._blueprints.items())

    @lazily
    def _by_name(self) -> Corpus[int]:
        return Corpus((hash, blueprint.name) for hash, blueprint in self._blueprints.items())

    @lazily
    def _by_description(self) -> Corpus[int]:
        return Corpus((hash, blueprint.description) for hash, blueprint in self._blueprints.items())

    @lazily
    def _by_perk(self) -> Corpus[int]:
        return Corpus((plug.hash, plug.all_words) for plug in self._plugs)

    @lazily
    def _by_perk_name(self) -> Corpus[int]:
        return Corpus((plug.hash, plug.name_words) for plug in self._plugs)

    def make_ready(self) -> None:
        """What the first free word and the first perk would wait for."""
        for corpus in (self._by_item, self._by_perk, self._by_name, self._by_perk_name):
            corpus.owners(_NOWHERE)

    def anywhere(self, needle: str) -> int:
        """In name, type, description, or a perk's name or description, at the beginning of a word."""
        wanted = self._marked(needle)
        return self._of_hashes(self._by_item.owners(wanted)) | self._with_any(self._by_perk.owners(wanted))

    def in_names(self, needle: str) -> int:
        """Anywhere in the name."""
        return self._of_hashes(self._by_name.owners(fold(needle)))

    def called(self, name: str) -> int:
        """Of just this name."""
        wanted = fold(name)
        return self._of_hashes(hash for hash, blueprint in self._blueprints.items() if wanted == blueprint.name)

    def in_descriptions(self, needle: str) -> int:
        """Anywhere in the description."""
        return self._of_hashes(self._by_description.owners(fold(needle)))

    def in_perks(self, needle: str) -> int:
        """In a perk's name or description, at the beginning of a word."""
        return self._with_any(self._by_perk.owners(self._marked(needle)))

    def in_perk_names(self, needle: str) -> int:
        """In a perk's name, at the beginning of a word."""
        return self._with_any(self._by_perk_name.owners(self._marked(needle)))

    def with_perk_called(self, name: str) -> int:
        """With a perk of just this name."""
        wanted = fold(name)
        return self._with_any(plug.hash for plug in self._plugs if wanted in plug.names)

    def perk_names(self) -> list[str]:
        """Of all perks, as they are written."""
        return sorted({plug.title for plug in self._plugs if plug.title})

    def _of_hashes(self, hashes: Iterable[int]) -> int:
        found = 0
        for hash in hashes:
            found |= self._copies[hash]
        return found

    def _with_any(self, hashes: Iterable[int]) -> int:
        perks = frozenset(hashes)
        return bits_of(self._items, lambda item: not perks.isdisjoint(item.perk_hashes)) if perks else 0

    def _marked(self, needle: str) -> str:
        return self._lexicon.needle(needle)


def texts_of(world: World) -> Texts:
    return world.once_of_items("texts", lambda: Texts(world))


def in_notes(world: World, needle: str) -> int:
    """In what the person wrote, at the beginning of a word."""
    lexicon = lexicon_of(world.catalogue)
    ready: Callable[[str], str] = mark_words if lexicon.words else str
    said = world.annotations.items()
    notes = world.once("texts.notes", lambda: Corpus((key, ready(fold(each.notes))) for key, each in said if each.notes))
    keys = frozenset(notes.owners(lexicon.needle(needle)))
    return bits_of(world.items, lambda item: item.key in keys) if keys else 0
