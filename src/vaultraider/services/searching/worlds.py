"""What each person's queries are about, kept in memory until anything in it changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from vaultraider.domain.annotations import Annotation
from vaultraider.domain.custom_stats import CustomStat
from vaultraider.domain.people import User
from vaultraider.domain.profile import Profile
from vaultraider.domain.wishes import Verdict
from vaultraider.ports import MembershipRef
from vaultraider.search.world import World

KEPT = 16
"""Worlds in memory at once, over all people: those not asked for longest make room."""


class Profiles(Protocol):
    """The inventory, as far as a search needs it."""

    def profile_for_moving(self, user: User, membership: MembershipRef | None = None) -> Profile:
        """The same object until anything in it changes."""


class Accounts(Protocol):
    def membership(self, user: User) -> MembershipRef: ...


class Annotations(Protocol):
    def of(self, user: User, membership: MembershipRef | None = None) -> Mapping[str, Annotation]:
        """By ``annotation_key``; the same object until anything in it changes."""


class Wishes(Protocol):
    """What a person's wish lists say. ``wishable``: hashes of items that any of their rolls names."""

    @property
    def verdicts(self) -> Mapping[str, Verdict]: ...

    @property
    def wishable(self) -> frozenset[int]: ...


class WishLists(Protocol):
    def of(self, user: User, profile: Profile) -> Wishes:
        """The same object until lists or profile change."""


class CustomStats(Protocol):
    def of(self, user: User) -> tuple[CustomStat, ...]:
        """Totals of the person's own; the same object until anything in them changes."""


class _MadeOf(NamedTuple):
    profile: Profile
    annotations: Mapping[str, Annotation]
    wishes: Wishes
    custom_stats: tuple[CustomStat, ...]

    def same(self, other: _MadeOf) -> bool:
        return all(mine is theirs for mine, theirs in zip(self, other, strict=True))


class Worlds:
    """One for a process."""

    def __init__(
        self,
        *,
        profiles: Profiles,
        accounts: Accounts,
        annotations: Annotations,
        wish_lists: WishLists,
        custom_stats: CustomStats,
    ) -> None:
        self._profiles = profiles
        self._accounts = accounts
        self._annotations = annotations
        self._wish_lists = wish_lists
        self._custom_stats = custom_stats
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, MembershipRef], tuple[_MadeOf, World]] = OrderedDict()

    def of(self, user: User) -> World:
        """The person's chosen account as it is now. Raises what ``Inventory.answer`` raises."""
        membership = self._accounts.membership(user)
        key = (user.id, membership)
        profile = self._profiles.profile_for_moving(user, membership)
        made_of = _MadeOf(
            profile, self._annotations.of(user, membership), self._wish_lists.of(user, profile), self._custom_stats.of(user)
        )
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
        if known is not None and known[0].same(made_of):
            return known[1]
        world = World(
            made_of.profile,
            annotations=made_of.annotations,
            verdicts=made_of.wishes.verdicts,
            wishable=made_of.wishes.wishable,
            custom_stats=made_of.custom_stats,
            previous=known[1] if known is not None else None,
        )
        with self._lock:
            self._kept[key] = (made_of, world)
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return world

    def forget(self, user: User) -> None:
        """Drops what is in memory about a person."""
        with self._lock:
            for key in [key for key in self._kept if key[0] == user.id]:
                del self._kept[key]
