"""Which kinds of thing have a silhouette, and how each is drawn."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from vaultraider.drawing import armour, belongings, blades, guns, rifles
from vaultraider.drawing.shapes import Art

WEAPONS: dict[str, Callable[[Random], Art]] = {
    "auto_rifle": rifles.auto_rifle,
    "scout_rifle": rifles.scout_rifle,
    "pulse_rifle": rifles.pulse_rifle,
    "submachine_gun": guns.submachine_gun,
    "sidearm": guns.sidearm,
    "hand_cannon": guns.hand_cannon,
    "bow": blades.bow,
    "shotgun": guns.shotgun,
    "sniper_rifle": rifles.sniper_rifle,
    "fusion_rifle": rifles.fusion_rifle,
    "trace_rifle": rifles.trace_rifle,
    "linear_fusion": rifles.linear_fusion,
    "grenade_launcher": guns.grenade_launcher,
    "rocket_launcher": guns.rocket_launcher,
    "machine_gun": guns.machine_gun,
    "sword": blades.sword,
    "glaive": blades.glaive,
}
ARMOUR: dict[str, Callable[[Random, str], Art]] = {
    "helmet": armour.helmet,
    "gauntlets": armour.gauntlets,
    "chest": armour.chest,
    "legs": armour.legs,
    "class_item": armour.class_item,
}
BELONGINGS: dict[str, Callable[[Random], Art]] = {
    "ghost": belongings.ghost,
    "sparrow": belongings.sparrow,
    "ship": belongings.ship,
    "emblem": belongings.emblem,
    "shader": belongings.shader,
    "material": belongings.material,
    "consumable": belongings.consumable,
    "mod": belongings.mod,
    "perk": belongings.perk,
    "engram": belongings.engram,
    "subclass": belongings.subclass,
    "quest": belongings.quest,
    "unknown": belongings.unknown,
}
KINDS = (*WEAPONS, *ARMOUR, *BELONGINGS)
CLASSES = ("titan", "hunter", "warlock")

# Long things lie across the field, blades more steeply; what is held upright stays so.
TILT = dict.fromkeys(WEAPONS, -18) | {"sword": -40, "glaive": -40, "bow": 0, "sidearm": 0, "hand_cannon": 0}


def silhouette(kind: str, seed: int, guardian_class: str | None = None) -> Art:
    """The parts of one thing; the seed picks among them. An unknown kind gives a sealed crate."""
    rng = Random(seed * 7919 + 13)
    if kind in WEAPONS:
        return WEAPONS[kind](rng)
    if kind in ARMOUR:
        return ARMOUR[kind](rng, guardian_class if guardian_class in CLASSES else "titan")
    return BELONGINGS.get(kind, belongings.unknown)(rng)
