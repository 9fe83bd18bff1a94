"""What Xûr sells, put on shelves as a player looks for it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from vaultraider.domain.items import ARMOR_KINDS, WEAPON_KINDS
from vaultraider.domain.wares import Ware

EXOTIC, WEAPONS, ARMOUR, OTHER, OFFERS = "Exotic gear", "Legendary weapons", "Legendary armour", "Other gear", "Offers"
SHELVES = (EXOTIC, WEAPONS, ARMOUR, OTHER, OFFERS)
_WEAPONS, _ARMOUR = frozenset(WEAPON_KINDS.values()), frozenset(ARMOR_KINDS.values())


class Shelf(msgspec.Struct, kw_only=True):
    name: str
    wares: list[Ware]


def shelves_of(wares: Iterable[Ware]) -> list[Shelf]:
    """In this order; those that are empty are left out. On a shelf the vendor's own order stays."""
    found: dict[str, list[Ware]] = {name: [] for name in SHELVES}
    for ware in wares:
        found[shelf_of(ware)].append(ware)
    return [Shelf(name=name, wares=listed) for name, listed in found.items() if listed]


def shelf_of(ware: Ware) -> str:
    """Where a ware stands. What the definitions know nothing of counts as gear, as what is new mostly is."""
    facts = ware.facts
    is_gear = facts.kind in _WEAPONS or facts.kind in _ARMOUR or ware.roll != "none"
    if not is_gear:
        return OFFERS
    if facts.tier == "exotic":
        return EXOTIC
    if facts.tier == "legendary" and facts.kind in _WEAPONS:
        return WEAPONS
    if facts.tier == "legendary" and (facts.kind in _ARMOUR or isinstance(facts.guardian, str)):
        return ARMOUR
    return OTHER
