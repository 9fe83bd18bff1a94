"""Names of what a person has, for completion: items and their perks."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

from vaultraider.domain.items import TIERS, kind_of
from vaultraider.domain.wares import PERK_CATEGORIES
from vaultraider.search.folding import fold
from vaultraider.search.items import Seat
from vaultraider.search.plugs import DEFAULTS, Plug
from vaultraider.search.vocabulary import Vocabulary
from vaultraider.search.world import World

LEAST_WITHIN = 3
"""Letters from which a name is found by something within a word too."""
_ROLLED = frozenset(
    {
        *("armor_archetypes", "arrows", "barrels", "batteries", "blades", "bowstrings", "frames", "grips", "guards", "hafts"),
        *("intrinsics", "magazines", "magazines_gl", "origins", "rails", "scopes", "stocks", "tubes"),
    }
)
"""Bungie's categories of what a weapon or a piece of armour rolls, column by column."""
_WEAPON_MASTERWORKS = "plugs.weapons.masterworks.stat."


class OwnName(NamedTuple):
    """``name``: as shown. ``plain``: as it is compared. ``item_kind``, ``tier``: of an item, as the profile says them."""

    kind: Literal["item", "perk"]
    name: str
    plain: str
    hash: int
    item_kind: str = ""
    tier: str = ""


class Source(Protocol):
    """Where names come from. What was asked once may be kept."""

    def items(self) -> tuple[OwnName, ...]: ...
    def perks(self) -> tuple[OwnName, ...]: ...
    def hints(self, keyword: str) -> tuple[str, ...]:
        """Words for a filter that takes any words, such as the names of one's loadouts."""


def fitting(names: tuple[OwnName, ...], typed: str, most: int) -> list[OwnName]:
    """Those that begin with ``typed``, then those of which a word does, then those that hold it."""
    sought = fold(typed)
    ranked = [(rank, len(name.plain), place, name) for place, name in enumerate(names) if (rank := _rank(name.plain, sought)) < 3]
    ranked.sort(key=lambda each: each[:3])
    return [name for _, _, _, name in ranked[:most]]


def _rank(plain: str, sought: str) -> int:
    if plain.startswith(sought):
        return 0
    if f" {sought}" in plain:
        return 1
    return 2 if len(sought) >= LEAST_WITHIN and sought in plain else 3


class OwnNames:
    """Of one world: worked out when first asked for, and kept with it. ``vocabulary``: whose filters have hints."""

    def __init__(self, world: World, vocabulary: Vocabulary) -> None:
        self._world = world
        self._vocabulary = vocabulary

    def items(self) -> tuple[OwnName, ...]:
        return self._world.once_of_items("names.items", self._items)

    def perks(self) -> tuple[OwnName, ...]:
        return self._world.once_of_items("names.perks", self._perks)

    def hints(self, keyword: str) -> tuple[str, ...]:
        each = self._vocabulary.valued.get(keyword)
        hints = each.hints if each is not None else None
        return self._world.once(("names.hints", keyword), lambda: hints(self._world)) if hints is not None else ()

    def _items(self) -> tuple[OwnName, ...]:
        found: dict[str, OwnName] = {}
        for item in self._world.items:
            definition = item.definition
            if definition is not None and definition.name and item.name not in found:
                tier = TIERS.get(definition.tier_type, "unknown")
                found[item.name] = OwnName("item", definition.name, item.name, item.hash, kind_of(definition), tier)
        return tuple(found.values())

    def _perks(self) -> tuple[OwnName, ...]:
        found: dict[str, OwnName] = {}
        for item in self._world.items:
            for seat in item.seats:
                for plug in _shown(seat):
                    if plug.title and plug.name not in found and _is_perk(plug, seat):
                        found[plug.name] = OwnName("perk", plug.title, plug.name, plug.hash)
        return tuple(found.values())


def _shown(seat: Seat) -> tuple[Plug, ...]:
    """What is in it, and what it rolled beside that."""
    if not seat.visible or not seat.plug.hash:
        return ()
    return (seat.plug, *seat.choices) if seat.place.random else (seat.plug,)


def _is_perk(plug: Plug, seat: Seat) -> bool:
    """What players call one: traits, barrels, magazines, frames, origins, catalysts and masterworks.

    The same sockets, and those of other things, hold supers, paint, trackers, and words for "nothing is in here".
    """
    if plug.is_tracker or plug.hash in DEFAULTS:
        return False
    if plug.category in _ROLLED or plug.is_intrinsic or plug.is_catalyst:
        return True
    # Where the definition tells no category of the plug, that of the socket does.
    return _WEAPON_MASTERWORKS in plug.category or (not plug.category and seat.place.category in PERK_CATEGORIES)
