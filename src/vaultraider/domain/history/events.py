"""What happened, as a person reads it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, get_args

import msgspec

from vaultraider.domain.profile_parts import Kind, Tier

EventKind = Literal[
    "acquired",
    "lost",
    "moved",
    "equipped",
    "stack",
    "power",
    "perk",
    "locked",
    "masterwork",
    "crafted",
    "tracked",
    "postmaster-in",
    "postmaster-out",
    "currency",
    "loadout",
    "character-created",
    "character-deleted",
]
EventGroup = Literal["found", "moved", "changed", "gone"]
By = Literal["you", "game"]
"""``you``: by a transfer of ours. ``game``: anywhere else, in the game or by another program."""

KINDS: tuple[EventKind, ...] = get_args(EventKind)
GROUPS: dict[EventGroup, frozenset[EventKind]] = {
    "found": frozenset({"acquired", "character-created"}),
    "moved": frozenset({"moved", "equipped", "postmaster-in", "postmaster-out"}),
    "changed": frozenset({"stack", "power", "perk", "locked", "masterwork", "crafted", "tracked", "currency", "loadout"}),
    "gone": frozenset({"lost", "character-deleted"}),
}
"""What a person filters by; every kind is in one."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened to one item, stack, currency, loadout or guardian.

    ``seq``: of the observation that saw it; ``n``: its place in there. It happened after ``since``, when the account was last
    seen, and not after ``at``. ``item``: instance id, or "" for stacks, currencies and guardians. ``hash``: of the item, currency
    or class. ``name``, ``tier``, ``item_kind``: as they were called then. ``character``: the guardian that it is about (in a move
    the one that has it now, else the one that had it), or "". ``quantity``: how many are concerned. ``before`` and ``after``:
    JSON objects, small, by kind::

        acquired {} -> {store, place, power?, quantity?}        lost {store, place, power?, quantity?, locked?} -> {}
        moved {store, place} -> {store, place}                  equipped {item?, hash?, name?} -> {store}
        stack {quantity} -> {quantity}                          power {power} -> {power}
        perk {socket, hash, name, label?} -> the same            locked {locked} -> {locked}; tracked, crafted likewise
        masterwork {energy?, masterwork?} -> the same           postmaster-in {store?, place?} -> {store}
        postmaster-out {store} -> {store, place}                currency {amount} -> {amount}
        loadout {index, items?, names?} -> {…, changed?}        character-created {} -> {class, race}; deleted: the other way

    ``equipped`` tells before what it took the place of, ``postmaster-in`` nothing where it was found there. Of a
    loadout ``items`` is how many are in it, ``names`` those that the other does not have, ``changed`` ("mods", "look") what
    differs when the items are the same. ``compare`` says when which of them is told.
    """

    seq: int
    n: int
    at: datetime
    since: datetime
    kind: EventKind
    item: str = ""
    hash: int = 0
    name: str = ""
    tier: Tier = "unknown"
    item_kind: Kind = "unknown"
    character: str = ""
    quantity: int = 1
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    by: By = "game"
    transfer: str = ""

    @property
    def id(self) -> str:
        return f"{self.seq}-{self.n}"
