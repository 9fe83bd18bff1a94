"""What all copies of an item share, as filters see it."""

from __future__ import annotations

from typing import NamedTuple

from vaultraider.domain import hashes
from vaultraider.domain.catalogue import KnownItem
from vaultraider.domain.definitions import Definitions, SocketEntry
from vaultraider.domain.items import AMMO, CLASSES, ELEMENTS, TIERS, is_classified, kind_of
from vaultraider.domain.profile_parts import Kind
from vaultraider.search.folding import fold, marked
from vaultraider.search.lazily import lazily

_WEAPONS = frozenset(hashes.WEAPON_BUCKETS)
_ARMOR = frozenset(hashes.ARMOR_BUCKETS)
GRENADE_LAUNCHERS = 153950757


class Place(NamedTuple):
    """A socket as the definition has it. ``initial``: what is in it when nothing was chosen. ``random``: what can be in it
    differs from copy to copy. ``accepts``: identifiers of the plug categories that fit."""

    initial: int
    random: bool
    accepts: frozenset[str]
    category: int
    plug_set: int
    listed: tuple[int, ...]


class Blueprint:
    """``bucket``: the slot where it belongs, 0 if unknown."""

    def __init__(self, hash: int, known: KnownItem, definitions: Definitions, *, words: bool) -> None:
        self.hash = hash
        self.definition = known.definition
        self.bucket = known.slot
        self.is_weapon = known.slot in _WEAPONS
        self.is_armor = known.slot in _ARMOR
        self.is_exotic = known.exotic
        self._definitions = definitions
        self._words = words

    @lazily
    def title(self) -> str:
        return self.definition.name.strip() if self.definition is not None else ""

    @lazily
    def name(self) -> str:
        return fold(self.title)

    @lazily
    def description(self) -> str:
        return fold(self.definition.description) if self.definition is not None else ""

    @lazily
    def type_name(self) -> str:
        return self.definition.type_name if self.definition is not None else ""

    @lazily
    def all_words(self) -> str:
        """Name, type, description and the name of its set to look through for beginnings of words."""
        definition = self.definition
        if definition is None:
            return ""
        bonus = self._definitions.named("EquipableItemSet", definition.set_hash) if definition.set_hash else None
        texts = (definition.name, definition.type_name, definition.description, bonus.name if bonus is not None else "")
        return marked(texts, words=self._words)

    @lazily
    def kind(self) -> Kind:
        return kind_of(self.definition) if self.definition is not None else "unknown"

    @lazily
    def rarity(self) -> str:
        return TIERS.get(self.definition.tier_type, "unknown") if self.definition is not None else "unknown"

    @lazily
    def guardian(self) -> str:
        """The class that can wear it, or "" for all."""
        return CLASSES.get(self.definition.class_type, "") if self.definition is not None else ""

    @lazily
    def class_type(self) -> int:
        """3 for all."""
        return self.definition.class_type if self.definition is not None and self.guardian else 3

    @lazily
    def ammo(self) -> str:
        return AMMO.get(self.definition.ammo_type, "") if self.definition is not None else ""

    @lazily
    def element(self) -> str:
        return ELEMENTS.get(self.definition.damage_type, "") if self.definition is not None else ""

    @lazily
    def is_classified(self) -> bool:
        return self.definition is not None and is_classified(self.definition)

    @lazily
    def places(self) -> tuple[Place, ...]:
        """In the order of a copy's sockets."""
        definition = self.definition
        if definition is None:
            return ()
        category_of = {index: group.category for group in definition.socket_categories for index in group.indexes}
        return tuple([self._place(socket, category_of.get(index, 0)) for index, socket in enumerate(definition.sockets)])

    def _place(self, socket: SocketEntry, category: int) -> Place:
        row = self._definitions.socket_type(socket.socket_type) if socket.socket_type else None
        accepts = frozenset([identifier for _, identifier in row.whitelist]) if row is not None else frozenset[str]()
        # Rows of the first years list what a socket can roll in the socket itself, and the game's own choices as a plug set.
        random = bool(socket.randomized_plug_set) or (not socket.reusable_plug_set and len(socket.reusable_plugs) > 1)
        plug_set = socket.randomized_plug_set or socket.reusable_plug_set
        return Place(socket.initial_plug, random, accepts, category, plug_set, socket.reusable_plugs)

    @lazily
    def rolls(self) -> bool:
        """Whether copies differ in what they rolled."""
        return any(socket.randomized_plug_set for socket in self.definition.sockets) if self.definition is not None else False

    def accepts(self, identifier: str) -> bool:
        """Whether plugs of this category fit one of its sockets."""
        return any(identifier in place.accepts for place in self.places)
