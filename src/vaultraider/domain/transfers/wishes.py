"""What a person can ask for. A wish says what should be, never how; ``planning`` finds the steps.

Items are named by our ids: Bungie's instance id, or ``s-<hash>-<store>-<n>`` for a stack (fullest first).
A store is a character's id, "vault", or "account" (the pocket that all characters share).
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

POSTMASTER = "postmaster"
"""Where nothing can be put back: in a ``Placement`` only."""

MAX_ITEMS = 1500
"""More than a vault and three characters hold."""

ItemId = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9-]+(?!\n)$")]
StoreId = Annotated[str, Meta(min_length=1, max_length=24, pattern=r"^[a-z0-9]+(?!\n)$")]
"""Nothing else is an id: what is shown, searched and stored holds no sign that means something elsewhere."""


class Wanted(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One item, or part of a stack. ``quantity`` 0: all of it."""

    id: ItemId
    quantity: Annotated[int, Meta(ge=0, le=1_000_000)] = 0


class Wish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="kind"):
    """Base of all wishes; ``kind`` tells which in JSON."""


class Move(Wish, frozen=True, kw_only=True, tag="move"):
    """Brings items to a store, and puts them on there if ``equip``.

    Account-wide items that are sent to a character go to the account's pocket. Asking for what is already so is no failure.
    """

    items: Annotated[tuple[Wanted, ...], Meta(min_length=1, max_length=MAX_ITEMS)]
    to: StoreId
    equip: bool = False


class Collect(Wish, frozen=True, kw_only=True, tag="collect"):
    """Everything out of the postmaster: of these characters (of all, when none is named); ``to`` the vault, or where it
    belongs."""

    characters: Annotated[tuple[StoreId, ...], Meta(max_length=8)] = ()
    to: StoreId | None = None
    started: Annotated[tuple[Wanted, ...], Meta(max_length=MAX_ITEMS)] = ()
    """What was pulled already and is still on its way to ``to``: a plan that goes on where another one stopped says so."""
    without: Annotated[tuple[ItemId, ...], Meta(max_length=MAX_ITEMS)] = ()
    """What stays in the postmaster."""


class SetLock(Wish, frozen=True, kw_only=True, tag="lock"):
    """Locks or unlocks."""

    items: Annotated[tuple[ItemId, ...], Meta(min_length=1, max_length=MAX_ITEMS)]
    state: bool


class SetTracked(Wish, frozen=True, kw_only=True, tag="track"):
    """Follows a quest or bounty, or stops to."""

    items: Annotated[tuple[ItemId, ...], Meta(min_length=1, max_length=MAX_ITEMS)]
    state: bool


class MakeRoom(Wish, frozen=True, kw_only=True, tag="make-room"):
    """Frees ``slots`` places in a store: in one bucket, or in each bucket of gear when ``bucket`` is 0. For the vault, in all."""

    store: StoreId
    bucket: Annotated[int, Meta(ge=0, le=0xFFFFFFFF)] = 0
    slots: Annotated[int, Meta(ge=1, le=50)] = 1


class Placement(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where an item was before a transfer (a store, or "postmaster"), and where that transfer left it. Of a stack: how many.

    ``hash`` finds a stack again, whose id may be another today.
    """

    id: str
    hash: int
    was: str
    left: str
    was_equipped: bool = False
    quantity: int = 1
    instance: str = ""


class LockChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """A lock (or the tracking of a quest) that a transfer changed, and how it was before."""

    id: str
    was: bool
    tracking: bool = False


class Restore(Wish, frozen=True, kw_only=True, tag="restore"):
    """Takes a transfer back. What is no longer where that transfer left it stays where it is now, and is told.

    Only the journal makes these; nobody can send one.
    """

    placements: tuple[Placement, ...] = ()
    locks: tuple[LockChange, ...] = ()


AskedWish = Move | Collect | SetLock | SetTracked | MakeRoom
"""What may come from outside."""

AnyWish = Move | Collect | SetLock | SetTracked | MakeRoom | Restore
