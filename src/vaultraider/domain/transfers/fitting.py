"""Who can wear what, and what could be worn in place of something else."""

from __future__ import annotations

from collections.abc import Iterable

from vaultraider.domain.transfers.ledger import Ledger, Spot
from vaultraider.domain.transfers.planner import Planner
from vaultraider.domain.transfers.world import ANY_CLASS, Thing

_TAGS = {tag: rank for rank, tag in enumerate(("favorite", "keep", "", "infuse", "junk", "archive"))}


def can_wear(ledger: Ledger, thing: Thing, store: str) -> bool:
    """Class and level."""
    guardian = ledger.guardians.get(store)
    if guardian is None or not thing.equippable or not thing.instance:
        return False
    return thing.guardian in (guardian.guardian, ANY_CLASS) and thing.level <= guardian.level


def exotics_in_the_way(ledger: Ledger, thing: Thing, store: str) -> list[Thing]:
    """What must come off before a thing can go on: its like in other slots, of which only one can be worn."""
    if not thing.label:
        return []
    return [worn for worn in ledger.worn_by(store) if worn.label == thing.label and worn.slot != thing.slot]


def stand_ins(planner: Planner, worn: Thing, among: Iterable[Thing], *, exotics: bool) -> list[Thing]:
    """What its wearer could put on in place of ``worn``, best first: of its kind, by tag, rarity and power."""
    ledger, wearer = planner.ledger, worn.store

    def fits(thing: Thing) -> bool:
        if thing.slot != worn.slot or thing.place == "equipped" or thing.id in planner.kept or thing.in_postmaster:
            return False
        if thing.exotic != exotics or not can_wear(ledger, thing, wearer):
            return False
        return not exotics or not exotics_in_the_way(ledger, thing, wearer)

    return sorted(filter(fits, among), key=lambda thing: _worth(thing, worn))


def stand_in_carried(planner: Planner, worn: Thing) -> Thing | None:
    """The best that the wearer has with them and that is not exotic."""
    carried = planner.ledger.lying(Spot(worn.store, worn.slot))
    return next(iter(stand_ins(planner, worn, carried, exotics=False)), None)


def _worth(thing: Thing, worn: Thing) -> tuple[bool, int, int, int, str]:
    return (thing.type != worn.type, _TAGS.get(thing.tag, 2), -thing.tier, -thing.power, thing.id)
