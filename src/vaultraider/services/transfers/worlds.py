"""The world as transfers see it: Bungie's word with our own moves over it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from msgspec.structs import replace

from vaultraider.domain.buckets import ACCOUNT_STORE, VAULT_STORE
from vaultraider.domain.people import User
from vaultraider.domain.transfers.world import World
from vaultraider.domain.transfers.worlds import world_of
from vaultraider.ports import Clock, MembershipRef, TransferStore
from vaultraider.ports.annotations import AnnotationsOf
from vaultraider.services.transfers.looking import Inventory
from vaultraider.services.transfers.order import in_doubt, is_in_doubt

FRESH = timedelta(minutes=1)
"""How old a view may be when a transfer is taken up."""
REMEMBERED = timedelta(days=14)
"""What a person moved so recently is not moved aside where something else will do."""


class Likes(Protocol):
    """What a person prefers, as far as transfers care."""

    @property
    def keep_locked(self) -> bool: ...
    @property
    def wait_minutes(self) -> int: ...


class Preferences(Protocol):
    def of(self, user: User) -> Likes: ...


class Worlds:
    def __init__(
        self,
        inventory: Inventory,
        store: TransferStore,
        preferences: Preferences,
        clock: Clock,
        annotations: AnnotationsOf | None = None,
    ) -> None:
        """``annotations``: tags say what is rather moved aside, and what stays; without them all is the same."""
        self._annotations = annotations
        self._inventory = inventory
        self._store = store
        self._preferences = preferences
        self._clock = clock

    def freshen(self, user: User, membership: MembershipRef) -> None:
        """Asks Bungie where nothing is known, or what is known is old. Raises what the asking raises."""
        snapshot = self._inventory.snapshot_of(user, membership)
        if snapshot is None or self._clock.now() - snapshot.read > FRESH:
            self._inventory.refresh(user, membership=membership)

    def now(
        self,
        user: User,
        membership: MembershipRef,
        *,
        full: frozenset[tuple[str, int]] = frozenset(),
        untouchable: Iterable[str] = (),
        planning: int | None = None,
    ) -> World:
        """``full``: places that Bungie called full. ``untouchable``: what a plan must neither move aside nor put on instead.
        ``planning``: the transfer that a plan is made for; what calls of others left unclear is as untouchable to it.

        Raises DefinitionsMissing, and, where nothing is known yet, what the asking raises.
        """
        profile = self._inventory.profile_for_moving(user, membership)
        moved = self._store.moved_at(user.id, membership, self._clock.now() - REMEMBERED)
        world = world_of(
            profile,
            keep_locked=self._preferences.of(user).keep_locked,
            moved={id: moment.timestamp() for id, moment in moved.items()},
            full=full,
            annotations=self._annotations.of(user.id, membership) if self._annotations is not None else None,
        )
        stuck = {id: world.things[id] for id in untouchable if id in world.things}
        if planning is not None:
            others = (each for each in self._store.open_of(user.id, membership) if each.id != planning)
            if doubted := in_doubt(others):
                stuck |= {id: thing for id, thing in world.things.items() if is_in_doubt(id, doubted)}
        if not stuck:
            return world
        bound = {id: replace(thing, stuck="not-transferrable", equippable=False) for id, thing in stuck.items()}
        return replace(world, things={**world.things, **bound})

    def expiry(self, user: User) -> datetime:
        """Until when something asked for now may wait."""
        return self._clock.now() + timedelta(minutes=self._preferences.of(user).wait_minutes)


def store_names(world: World) -> dict[str, str]:
    """What stores are called, by id."""
    names = {guardian.id: guardian.name for guardian in world.guardians}
    return {**names, VAULT_STORE: "the vault", ACCOUNT_STORE: "the shared inventory"}
