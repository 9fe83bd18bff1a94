"""What a person owns, as far as it matters to buying: copies of what is on sale, and what can be paid with."""

from __future__ import annotations

import logging
from collections import Counter
from typing import Protocol

import msgspec

from vaultraider.domain.errors import VaultRaiderError
from vaultraider.domain.people import User
from vaultraider.domain.profile import Profile
from vaultraider.domain.snapshot import ITEM_LISTS, ProfileSnapshot
from vaultraider.ports import MembershipRef

logger = logging.getLogger(__name__)


class Belongings(msgspec.Struct, frozen=True):
    """How many of each hash, stacks and currencies counted by what is in them."""

    quantities: dict[int, int]

    def of(self, hash: int) -> int:
        return self.quantities.get(hash, 0)


class Profiles(Protocol):
    def snapshot_of(self, user: User, membership: MembershipRef | None = None) -> ProfileSnapshot | None: ...
    def profile_for_moving(self, user: User, membership: MembershipRef | None = None) -> Profile: ...


def belongings_of(profiles: Profiles, user: User) -> Belongings | None:
    """By the last profile; None where none was read yet, or where Bungie left a list of items out. Nobody is asked."""
    try:
        if profiles.snapshot_of(user) is None:
            return None
        profile = profiles.profile_for_moving(user)
    except VaultRaiderError as error:
        logger.info("What user %s owns is not known: %s", user.id, error.code)
        return None
    if profile.snapshot.incomplete & ITEM_LISTS:
        return None
    counted: Counter[int] = Counter()
    for entry in profile.entries:
        counted[entry.item.hash] += entry.data.quantity
    for currency in profile.currencies:
        counted[currency.hash] += currency.quantity
    return Belongings(dict(counted))
