"""Element, class, rarity and ammunition."""

from __future__ import annotations

from typing import get_args

from vaultraider.domain.profile_parts import Ammo, Element, GuardianClass
from vaultraider.search.filters._filter import Asked, Filter, Test
from vaultraider.search.filters._making import by_word
from vaultraider.search.items import SearchItem
from vaultraider.search.world import World

LIGHT, DARK = frozenset({"arc", "solar", "void"}), frozenset({"stasis", "strand"})
RARITY_WORDS = {
    "common": "common", "white": "common", "uncommon": "uncommon", "green": "uncommon", "rare": "rare", "blue": "rare",
    "legendary": "legendary", "purple": "legendary", "exotic": "exotic", "yellow": "exotic",
}  # fmt: skip


def _of_element(element: str) -> Test:
    return lambda item: item.element == element


def _of_class(guardian: str) -> Test:
    return lambda item: item.blueprint.guardian == guardian and not item.blueprint.is_classified


def _of_rarity(rarity: str) -> Test:
    return lambda item: item.blueprint.rarity == rarity


def _of_ammo(ammo: str) -> Test:
    return lambda item: item.blueprint.ammo == ammo


def _for_current_class(_asked: Asked, world: World) -> Test:
    current = next((character.guardian for character in world.profile.characters if character.current), "unknown")
    return lambda item: item.blueprint.guardian == current


def _with_wrong_class(_asked: Asked, world: World) -> Test:
    classes = {character.id: character.guardian for character in world.profile.characters}

    def test(item: SearchItem) -> bool:
        holder = classes.get(item.store)
        if holder is None or item.place == "postmaster" or item.blueprint.is_classified:
            return False
        return item.blueprint.guardian not in ("", holder)

    return test


FILTERS = (
    Filter(
        keywords=get_args(Element),
        make=by_word({element: _of_element(element) for element in get_args(Element)}),
        help="Items of this element.",
        example="is:solar is:weapon",
    ),
    Filter(
        keywords=("light", "dark"),
        make=by_word({"light": lambda item: item.element in LIGHT, "dark": lambda item: item.element in DARK}),
        help="Arc, solar and void are light; stasis and strand are dark.",
        example="is:dark is:weapon",
    ),
    Filter(
        keywords=get_args(GuardianClass),
        make=by_word({guardian: _of_class(guardian) for guardian in get_args(GuardianClass)}),
        help="Items that only this class can use.",
        example="is:warlock is:armor",
    ),
    Filter(
        keywords=("currentclass",),
        make=_for_current_class,
        help="Items for the class of the guardian played last.",
        example="is:currentclass is:armor",
    ),
    Filter(
        keywords=("onwrongclass",),
        make=_with_wrong_class,
        help="What a guardian carries and another class has to wear.",
        example="is:onwrongclass",
    ),
    Filter(
        keywords=tuple(sorted(get_args(Ammo), key=("special", "primary", "heavy").index)),
        make=by_word({ammo: _of_ammo(ammo) for ammo in get_args(Ammo)}),
        help="Weapons that use this ammunition.",
        example="is:special is:kineticslot",
    ),
    Filter(
        keywords=tuple(RARITY_WORDS),
        make=by_word({word: _of_rarity(rarity) for word, rarity in RARITY_WORDS.items()}),
        help="Items of this rarity, by its name or by its colour.",
        example="is:exotic",
    ),
)
