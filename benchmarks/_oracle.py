"""The recorded cases: small worlds, one wish each, and what another inventory manager did with it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from vaultraider.domain import hashes
from vaultraider.domain.profile_parts import Place
from vaultraider.domain.transfers.wishes import Move, Wanted
from vaultraider.domain.transfers.world import Guardian, Thing, World

BUCKETS = {
    "kinetic": hashes.KINETIC, "energy": hashes.ENERGY, "power": hashes.POWER, "helmet": hashes.HELMET,
    "gauntlets": hashes.GAUNTLETS, "chest": hashes.CHEST, "legs": hashes.LEGS, "leg": hashes.LEGS,
    "classitem": hashes.CLASS_ITEM, "class": hashes.CLASS_ITEM, "ghost": hashes.GHOST, "vehicle": hashes.VEHICLE,
    "ship": hashes.SHIP, "ships": hashes.SHIP, "consumables": hashes.CONSUMABLES, "modifications": hashes.MODIFICATIONS,
    "mods": hashes.MODIFICATIONS, "engrams": hashes.ENGRAMS, "subclass": hashes.SUBCLASS, "emblems": hashes.EMBLEM,
}  # fmt: skip
SHARED = frozenset({hashes.CONSUMABLES, hashes.MODIFICATIONS})
GUARDIANS = (("titan", "Brannoch"), ("hunter", "Ilse Varr"), ("warlock", "Odalys"))
"""The first one is the current one, the last one was played longest ago."""
TIERS = {"common": 2, "uncommon": 3, "rare": 4, "legendary": 5, "exotic": 6}
CAPACITY, SHARED_CAPACITY, VAULT_CAPACITY = 10, 50, 500


class Row(msgspec.Struct):
    """One item. ``owner``: a character or "vault"; what all characters share is said to be the current one's."""

    id: str
    hash: int
    bucket: str
    owner: str
    equipped: bool = False
    power: int = 0
    exotic: bool = False
    type: str = ""
    rarity: str = "Legendary"
    notransfer: bool = False
    tag: str | None = None
    cls: int | None = None
    amount: int = 1
    max_stack: int = msgspec.field(name="maxStack", default=1)
    unique: bool = False
    postmaster: bool = False
    locked: bool = False


class Asked(msgspec.Struct):
    id: str
    to: str
    equip: bool = False
    amount: int = 0


class Call(msgspec.Struct):
    op: str
    id: str
    error: int = 0


class Changed(msgspec.Struct):
    id: str
    owner: str
    equipped: bool = False
    amount: int = 1


class Expected(msgspec.Struct):
    ok: bool
    error: str = ""
    owner: str = ""
    equipped: bool = False
    calls: list[Call] = []
    changed: list[Changed] = []


class Case(msgspec.Struct):
    name: str
    items: list[Row]
    move: Asked
    expected: Expected
    vault_capacity: int = msgspec.field(name="vaultCap", default=VAULT_CAPACITY)
    missing: list[str] = msgspec.field(name="serverMissing", default_factory=list)

    def world(self, *, without: frozenset[str] = frozenset(), full: frozenset[tuple[str, int]] = frozenset()) -> World:
        things = [thing_of(row) for row in self.items if row.id not in without]
        buckets = {thing.slot for thing in things} | set(BUCKETS.values())
        return World(
            guardians=tuple(Guardian(id=id, name=name, guardian=n) for n, (id, name) in enumerate(GUARDIANS)),
            things={thing.id: thing for thing in things},
            capacities={bucket: SHARED_CAPACITY if bucket in SHARED else CAPACITY for bucket in buckets},
            vault_capacity=self.vault_capacity,
            vaulted=frozenset(buckets),
            full=full,
        )

    def wish(self) -> Move:
        return Move(items=(Wanted(id=self.move.id, quantity=self.move.amount),), to=self.move.to, equip=self.move.equip)


class File(msgspec.Struct):
    cases: list[Case]


def read_cases(path: Path) -> list[Case]:
    """The cases of a file. Fields that it has besides are passed over."""
    return msgspec.json.decode(path.read_bytes(), type=File).cases


def thing_of(row: Row) -> Thing:
    slot = bucket_of(row.bucket)
    shared = slot in SHARED
    store = "account" if shared and row.owner != "vault" and not row.postmaster else row.owner
    stack = row.max_stack > 1 or row.amount > 1
    return Thing(
        id=row.id,
        hash=row.hash,
        name=row.id,
        slot=slot,
        store=store,
        place=_place(row),
        instance="" if stack else row.id,
        quantity=row.amount,
        max_stack=row.max_stack,
        unique=f"unique-{row.hash}" if row.unique else "",
        account=shared,
        stuck="not-transferrable" if row.notransfer else None,
        bound=row.notransfer,
        equippable=not shared,
        guardian=row.cls if row.cls is not None else 3,
        label=_label(slot) if row.exotic else "",
        tier=6 if row.exotic else TIERS.get(row.rarity.lower(), 5),
        power=row.power,
        type=row.type,
        locked=row.locked,
        tag=row.tag or "",
    )


def bucket_of(name: str) -> int:
    """The bucket of a name; one that we have no name for is a bucket of its own all the same."""
    return BUCKETS.get(name.lower().replace(" ", ""), sum(name.encode()) + 1000)


def _place(row: Row) -> Place:
    if row.postmaster:
        return "postmaster"
    if row.owner == "vault":
        return "vault"
    return "equipped" if row.equipped else "inventory"


def _label(slot: int) -> str:
    return "exotic_armor" if slot in hashes.ARMOR_BUCKETS else "exotic_weapon"
