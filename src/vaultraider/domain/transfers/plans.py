"""The outcome of planning: steps, each one call to Bungie, with its reason in words; and what stays, with why and what helps."""

from __future__ import annotations

from typing import Literal

import msgspec

StepKind = Literal["transfer", "pull", "equip", "equip-all", "lock", "track"]
"""TransferItem, PullFromPostmaster, EquipItem, EquipItems, SetLockState, SetQuestTrackedState."""

Why = Literal["wished", "transit", "room", "replacement", "one-exotic", "lock-again"]
"""``wished``: what was asked for. ``transit``: on the way there, through the vault or out of the postmaster. ``room``: makes
place. ``replacement``: put on so that another can come off. ``one-exotic``: takes off the other exotic. ``lock-again``: Bungie
may copy the lock of a twin onto what moves (Bungie-net/api #764)."""

RefusalCode = Literal[
    "gone",
    "no-such-store",
    "not-transferrable",
    "no-vault-slot",
    "pull-side-effects",
    "not-equippable",
    "wrong-class",
    "level",
    "no-space",
    "unique-stack",
    "no-replacement",
    "equipped-elsewhere",
    "quantity",
    "not-lockable",
    "not-trackable",
    "moved-since",
    "cannot-return",
    "refused-by-bungie",
    "unconfirmed",
]


class Piece(msgspec.Struct, frozen=True, omit_defaults=True):
    """The item that a step is about. ``id`` is ours, ``instance`` Bungie's ("" for a stack)."""

    id: str
    hash: int
    name: str
    instance: str = ""


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One call. ``pieces`` has one entry, but for "equip-all".

    ``source`` and ``target`` are stores ("vault", "account", a character's id); for equip, lock and track both say where the item
    is. ``character`` is the id that Bungie wants with the call: the owner when vaulting, the receiver when pulling, the last
    played one for locks in the vault. ``state`` is what a lock or tracking is set to. ``wanted``: which item of the wish it
    serves. ``arrives``: with it that item is where the wish wants it.
    """

    kind: StepKind
    pieces: tuple[Piece, ...]
    source: str
    target: str
    character: str
    why: Why
    reason: str
    """One short sentence for the player: "Makes room: it has the lowest power of what is not locked."."""
    quantity: int = 1
    state: bool | None = None
    replaces: tuple[Piece, ...] = ()
    """What an equip takes off, as far as we know: so that it can be undone."""
    bucket: int = 0
    """The slot where the item belongs."""
    from_postmaster: bool = False
    wanted: str = ""
    arrives: bool = False
    amounts: tuple[int, int] | None = None
    """Of a stack's item: how many lay in source and target before, as far as was known when it was planned. Stacks have no
    identity; after an unclear answer this tells whether they went."""

    @property
    def piece(self) -> Piece:
        return self.pieces[0]


class Refusal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An item of the wish that stays. ``sentence`` names it, the reason, and what would help."""

    code: RefusalCode
    sentence: str
    item: str = ""
    name: str = ""
    error_code: int = 0
    """Bungie's number, where Bungie refused."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """``steps`` in order. ``refusals``: what stays; the rest goes all the same. ``already``: ids that are as wished without
    a call."""

    title: str
    """What it does, short: "Sable Verdict to Brannoch", "60 items to the vault"."""
    steps: tuple[Step, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    already: tuple[str, ...] = ()

    @property
    def impossible(self) -> bool:
        """Nothing can be done, and something should."""
        return not self.steps and bool(self.refusals)
