"""Small worlds, said in a few words. Brannoch (titan) was played last, Odalys (warlock) longest ago."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from vaultraider.domain import hashes
from vaultraider.domain.transfers.plans import Plan
from vaultraider.domain.transfers.world import Guardian, Thing, World

TITAN, HUNTER, WARLOCK = "2305843009000000001", "2305843009000000002", "2305843009000000003"
KINETIC, ENERGY, HELMET, SALTS = hashes.KINETIC, hashes.ENERGY, hashes.HELMET, hashes.CONSUMABLES
CHEST, SHIP, EMBLEM, QUESTS = hashes.CHEST, hashes.SHIP, hashes.EMBLEM, hashes.QUESTS
EXOTIC_WEAPON, EXOTIC_ARMOR = "exotic_weapon", "exotic_armor"

GUARDIANS = (
    Guardian(id=TITAN, name="Brannoch", guardian=0),
    Guardian(id=HUNTER, name="Ilse Varr", guardian=1),
    Guardian(id=WARLOCK, name="Odalys", guardian=2),
)
CAPACITIES = {KINETIC: 10, ENERGY: 10, HELMET: 10, CHEST: 10, SHIP: 10, EMBLEM: 10, SALTS: 50, QUESTS: 63}
NAMES = {TITAN: "titan", HUNTER: "hunter", WARLOCK: "warlock"}
SLOTS = {KINETIC: "kinetic", ENERGY: "energy", HELMET: "helmet", SHIP: "ship"}
VAULTED = frozenset({KINETIC, ENERGY, HELMET, CHEST, SHIP, SALTS})


def gear(id: str, store: str, slot: int = KINETIC, **more: Any) -> Thing:
    """A legendary that anybody may wear; carried, or in the vault."""
    given: dict[str, Any] = {
        "hash": 1000 + sum(id.encode()) * 31 % 9000,
        "name": id,
        "place": "vault" if store == "vault" else "inventory",
        "instance": id,
        "equippable": True,
        "tier": 5,
        "power": 100,
        "type": "auto_rifle",
    } | more
    return Thing(id=id, store=store, slot=slot, **given)


def exotic(id: str, store: str, slot: int = KINETIC, **more: Any) -> Thing:
    return gear(id, store, slot, **{"tier": 6, "label": EXOTIC_ARMOR if slot in (HELMET, CHEST) else EXOTIC_WEAPON, **more})


def worn(id: str, store: str, slot: int = KINETIC, **more: Any) -> Thing:
    return gear(id, store, slot, **{"place": "equipped", **more})


def waiting(id: str, store: str, slot: int = KINETIC, **more: Any) -> Thing:
    """In a postmaster."""
    return gear(id, store, slot, **{"place": "postmaster", **more})


def stack(hash: int, store: str, quantity: int, n: int = 0, **more: Any) -> Thing:
    """Of what all characters share."""
    given: dict[str, Any] = {
        "name": "Ember Salt",
        "slot": SALTS,
        "place": "vault" if store == "vault" else "inventory",
        "max_stack": 100,
        "account": True,
        "lockable": False,
    } | more
    return Thing(id=f"s-{hash}-{store}-{n}", hash=hash, store=store, quantity=quantity, **given)


def filled(store: str, slot: int, number: int, **more: Any) -> list[Thing]:
    """So many alike, of growing power."""
    return [
        gear(f"{NAMES.get(store, store)}-{SLOTS[slot]}-{n}", store, slot, **{"power": 100 + n, **more}) for n in range(number)
    ]


def dressed(store: str, slot: int = KINETIC, carried: int = 0, **more: Any) -> list[Thing]:
    """One worn, and so many carried."""
    return [worn(f"{NAMES[store]}-{SLOTS[slot]}-worn", store, slot), *filled(store, slot, carried, **more)]


def world(*things: Thing | Iterable[Thing], vault: int = 100, **more: Any) -> World:
    flat = [each for one in things for each in ([one] if isinstance(one, Thing) else one)]
    given: dict[str, Any] = {"guardians": GUARDIANS, "capacities": CAPACITIES, "vaulted": VAULTED} | more
    return World(things={each.id: each for each in flat}, vault_capacity=vault, **given)


def calls(plan: Plan) -> list[str]:
    """Each step in a word or two: "rifle to vault", "rifle on"."""
    said = []
    for step in plan.steps:
        what = "+".join(piece.id for piece in step.pieces)
        if step.kind in ("transfer", "pull"):
            amount = f"{step.quantity} " if not step.piece.instance else ""
            said.append(f"{'pull ' if step.kind == 'pull' else ''}{amount}{what} to {NAMES.get(step.target, step.target)}")
        elif step.kind in ("equip", "equip-all"):
            said.append(f"{what} on")
        else:
            said.append(f"{what} {step.kind} {'on' if step.state else 'off'}")
    return said


def without(world: World, *ids: str) -> World:
    return replace(world, things={id: thing for id, thing in world.things.items() if id not in ids})
