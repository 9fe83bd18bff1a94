"""A plug as filters see it: what it is, and what can be found in its texts."""

from __future__ import annotations

from vaultraider.domain import hashes
from vaultraider.domain.definitions import ItemDefinition
from vaultraider.search.folding import fold, marked
from vaultraider.search.lazily import lazily

SHADER_SUB_TYPE, ORNAMENT_SUB_TYPE = 20, 21
ENHANCED_TIER = 3
"""Enhanced traits wear the tier of what the game calls common; plain ones that of what it calls basic."""
MOD_CATEGORIES = ("enhancements.", "v400.weapon.mod_")
TUNING = "core.gear_systems.armor_tiering.plugs.tuning"
TRACKERS = "trackers"
MASTERWORKS = "masterworks"
CATALYSTS = ("exotic_weapon_masterwork_upgrade", "generic_exotic_masterwork")
DEFAULTS = frozenset(
    {4248210736, 2931483505, 1959648454, 702981643, 3854296178, 2323986101, 2600899007, 1835369552, 3851138800, 791435474}
)
"""Default shader, default ornaments and empty mod sockets by hash: definitions that are not whole do not say what a socket
begins with."""
_TRAITS = frozenset({"frames"})


class Plug:
    """``name``: as it is compared. ``category``: Bungie's identifier. Unknown to the definitions: all empty."""

    def __init__(self, hash: int, definition: ItemDefinition | None, *, words: bool) -> None:
        self.hash = hash
        self.definition = definition
        self.title = definition.name.strip() if definition is not None else ""
        info = definition.plug if definition is not None else None
        self.category = info.category if info is not None else ""
        self.category_hash = info.category_hash if info is not None else 0
        self._words = words

    @lazily
    def name(self) -> str:
        return fold(self.title)

    @lazily
    def names(self) -> frozenset[str]:
        """Its own, and of what it grants, as they are compared."""
        return frozenset([self.name, *[fold(name.strip()) for name, _ in self._grants]]) - {""}

    @lazily
    def name_words(self) -> str:
        """Its own name and those of what it grants to look through for beginnings of words."""
        return marked((self.title, *[name for name, _ in self._grants]), words=self._words)

    @lazily
    def all_words(self) -> str:
        """Names and descriptions, of what it grants as well, to look through for beginnings of words."""
        if self.definition is None:
            return ""
        granted = [text for grant in self._grants for text in grant]
        return marked((self.title, self.definition.description, *granted), words=self._words)

    @property
    def _grants(self) -> tuple[tuple[str, str], ...]:
        return self.definition.grants if self.definition is not None else ()

    @lazily
    def is_trait(self) -> bool:
        return self.category in _TRAITS

    @lazily
    def is_enhanced(self) -> bool:
        return self.is_trait and self.definition is not None and self.definition.tier_type == ENHANCED_TIER

    @lazily
    def is_origin(self) -> bool:
        return self.category == "origins"

    @lazily
    def is_intrinsic(self) -> bool:
        return self.category_hash == hashes.INTRINSICS or self.category == "intrinsics"

    @lazily
    def is_shader(self) -> bool:
        return self.definition is not None and self.definition.item_sub_type == SHADER_SUB_TYPE

    @lazily
    def is_ornament(self) -> bool:
        return self.definition is not None and self.definition.item_sub_type == ORNAMENT_SUB_TYPE

    @lazily
    def is_mod(self) -> bool:
        return self.category.startswith(MOD_CATEGORIES)

    @lazily
    def is_tuning(self) -> bool:
        return self.category.startswith(TUNING)

    @lazily
    def is_tracker(self) -> bool:
        return TRACKERS in self.category

    @lazily
    def is_memento(self) -> bool:
        return self.category == "mementos"

    @lazily
    def is_masterwork(self) -> bool:
        return MASTERWORKS in self.category and not self.is_tracker

    @lazily
    def is_armor_3_masterwork(self) -> bool:
        """Armour of before has its own below this one (".stat.resistance_1"), which the same sockets take."""
        return self.category == hashes.ARMOR_3_MASTERWORKS

    @lazily
    def is_catalyst(self) -> bool:
        traits = self.definition.trait_ids if self.definition is not None else ()
        return self.category.startswith(CATALYSTS) or hashes.EXOTIC_CATALYST in traits

    @lazily
    def stats(self) -> dict[int, int]:
        """What it changes, by stat; of several entries for one stat the last."""
        return {each.stat: each.value for each in self.definition.investment_stats} if self.definition is not None else {}

    @lazily
    def tunes(self) -> int:
        """The stat that a tuning raises; 0 for what is none, and for Balanced Tuning, which raises none above the rest."""
        raised = [stat for stat, value in self.stats.items() if value > 0] if self.is_tuning else []
        return raised[0] if len(raised) == 1 else 0
