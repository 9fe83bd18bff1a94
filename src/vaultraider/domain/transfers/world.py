"""What lies where, and what the game allows: all that a plan depends on, without Bungie's shapes."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from vaultraider.domain.profile_parts import Place, Stuck

ANY_CLASS = 3


class Thing(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One item, or one stack.

    ``slot``: the bucket where it belongs by its definition. ``account``: that bucket is shared by all characters.
    ``guardian``: 0 titan, 1 hunter, 2 warlock, 3 any. ``label``: ``equippingBlock.uniqueLabel`` ("exotic_weapon" ...): two of one
    label cannot be worn together. ``unique``: ``stackUniqueLabel``: one stack of it in an inventory. ``tier``: Bungie's (6
    exotic).
    ``stuck``: why the game does not let it move at all; being worn is no such reason. ``loadouts``: characters in whose in-game
    loadouts it is. ``moved``: when somebody last moved it through us, as a timestamp; 0 never.
    """

    id: str
    hash: int
    name: str
    slot: int
    store: str
    place: Place
    instance: str = ""
    quantity: int = 1
    max_stack: int = 1
    unique: str = ""
    account: bool = False
    stuck: Stuck | None = None
    bound: bool = False
    """It cannot be transferred: out of the postmaster, and no further."""
    equippable: bool = False
    guardian: int = ANY_CLASS
    level: int = 0
    label: str = ""
    tier: int = 0
    power: int = 0
    type: str = ""
    """What it is by name or kind ("hand_cannon"): replacements are looked for among the same."""
    element: str = ""
    locked: bool = False
    lockable: bool = True
    tracked: bool = False
    trackable: bool = False
    engram: bool = False
    tag: str = ""
    loadouts: frozenset[str] = frozenset()
    moved: float = 0.0

    @property
    def equipped(self) -> bool:
        return self.place == "equipped"

    @property
    def exotic(self) -> bool:
        return self.tier == 6 or bool(self.label)

    @property
    def in_postmaster(self) -> bool:
        return self.place == "postmaster"


class Guardian(msgspec.Struct, frozen=True, kw_only=True):
    """``name``: the nickname, or class and race: as shown. ``guardian``: 0 titan, 1 hunter, 2 warlock."""

    id: str
    name: str
    guardian: int
    level: int = 50


class World(msgspec.Struct, frozen=True, kw_only=True):
    """``guardians``: last played first; the first one is the current one.

    ``capacities``: slots of each bucket, the worn one counted. ``vaulted``: buckets whose items the vault takes.
    ``full``: places that Bungie said are full, whatever we see (store, bucket). ``keep_locked``: never move what is locked
    to make room for something else.
    """

    guardians: tuple[Guardian, ...]
    things: Mapping[str, Thing]
    capacities: Mapping[int, int]
    vault_capacity: int
    vaulted: frozenset[int]
    full: frozenset[tuple[str, int]] = frozenset()
    keep_locked: bool = False
