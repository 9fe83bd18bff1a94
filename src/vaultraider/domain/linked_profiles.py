"""From what Bungie says about linked profiles to the Destiny accounts of a person.

The rules were learnt the hard way by others: in maintenance GetLinkedProfiles still answers "Success", but moves every
profile into ``profilesWithErrors`` (Bungie-net/api #1214, #1475). So trouble never makes an account disappear.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from vaultraider.domain.people import DestinyAccount

NO_SUCH_ACCOUNT = frozenset({1601, 1670})
"""DestinyAccountNotFound, DestinyLegacyPlatformInaccessible. Any other error is trouble, not absence."""

NOT_DESTINY = frozenset({20, 254})
"""Marathon and bungie.net itself."""

DESTINY_1_PLATFORMS = frozenset({1, 2})
NEVER = datetime.min.replace(tzinfo=UTC)


class Card(msgspec.Struct, rename="camel", kw_only=True):
    """UserInfoCard, as far as we use it."""

    membership_type: int
    membership_id: str
    display_name: str | None = None
    bungie_global_display_name: str | None = None
    bungie_global_display_name_code: int | None = None
    cross_save_override: int = 0
    applicable_membership_types: list[int] | None = None

    @property
    def name(self) -> str:
        """The Bungie name; the platform's own name where there is none. To be shown: anybody may choose such a name."""
        return self.bungie_name or self.bungie_global_display_name or self.display_name or "Guardian"

    @property
    def bungie_name(self) -> str:
        """As in "Marrow#4417": the number is Bungie's, so it is one person's alone. Empty where there is none yet."""
        if not self.bungie_global_display_name or self.bungie_global_display_name_code is None:
            return ""
        return f"{self.bungie_global_display_name}#{self.bungie_global_display_name_code:04}"

    @property
    def is_folded(self) -> bool:
        """Whether cross-save folds it into another account."""
        return self.cross_save_override not in (0, self.membership_type)


class LinkedProfile(Card, rename="camel", kw_only=True):
    date_last_played: datetime | None = None
    is_overridden: bool = False
    is_cross_save_primary: bool = False


class ProfileWithError(msgspec.Struct, rename="camel", kw_only=True):
    error_code: int
    info_card: Card


class LinkedProfiles(msgspec.Struct, rename="camel", kw_only=True):
    """``Response`` of GetLinkedProfiles."""

    profiles: list[LinkedProfile] = []
    profiles_with_errors: list[ProfileWithError] = []


class BungieNetUser(msgspec.Struct, rename="camel", kw_only=True):
    membership_id: str
    unique_name: str | None = None
    display_name: str | None = None
    cached_bungie_global_display_name: str | None = None
    cached_bungie_global_display_name_code: int | None = None

    @property
    def name(self) -> str:
        return self._card.name

    @property
    def bungie_name(self) -> str:
        return self._card.bungie_name

    @property
    def _card(self) -> Card:
        return Card(
            membership_type=254,
            membership_id=self.membership_id,
            display_name=self.display_name or self.unique_name,
            bungie_global_display_name=self.cached_bungie_global_display_name,
            bungie_global_display_name_code=self.cached_bungie_global_display_name_code,
        )


class Memberships(msgspec.Struct, rename="camel", kw_only=True):
    """``Response`` of GetMembershipsForCurrentUser."""

    bungie_net_user: BungieNetUser
    destiny_memberships: list[Card] = []
    primary_membership_id: str | None = None


def accounts_of(linked: LinkedProfiles) -> list[DestinyAccount]:
    """The Destiny 2 accounts that an answer of GetLinkedProfiles tells of."""
    good = [
        _account(each, each.date_last_played, primary=each.is_cross_save_primary)
        for each in linked.profiles
        if not each.is_overridden and each.membership_type not in NOT_DESTINY
    ]
    troubled = [
        msgspec.structs.replace(_account(each.info_card), problem=each.error_code)
        for each in linked.profiles_with_errors
        if each.error_code not in NO_SUCH_ACCOUNT
        and not each.info_card.is_folded
        and each.info_card.membership_type not in NOT_DESTINY
    ]
    return good + troubled


def accounts_of_memberships(memberships: Memberships) -> list[DestinyAccount]:
    """The accounts as GetMembershipsForCurrentUser tells them: less detail, for when GetLinkedProfiles does not answer."""
    return [
        _account(each, primary=each.membership_id == memberships.primary_membership_id)
        for each in memberships.destiny_memberships
        if not each.is_folded and each.membership_type not in NOT_DESTINY
    ]


def destiny_1_candidates(linked: LinkedProfiles) -> list[Card]:
    """Where a Destiny 1 account may be: folded profiles and those in error count too, as Destiny 1 knows no cross-save."""
    cards: list[Card] = [*linked.profiles, *(each.info_card for each in linked.profiles_with_errors)]
    return [each for each in cards if each.membership_type in DESTINY_1_PLATFORMS]


def merge(known: Sequence[DestinyAccount], linked: LinkedProfiles) -> list[DestinyAccount]:
    """What is known after this answer. An account once seen goes only when Bungie says that it was folded into another.

    A known account that is in error keeps its details, and gets the ``problem``.
    """
    before = {(each.type, each.id): each for each in known}
    after = {(each.type, each.id): each for each in accounts_of(linked)}
    errors = {(each.info_card.membership_type, each.info_card.membership_id): each for each in linked.profiles_with_errors}
    folded = {(each.membership_type, each.membership_id) for each in linked.profiles if each.is_overridden}
    folded |= {key for key, each in errors.items() if each.info_card.is_folded}
    for key, account in before.items():
        if key in folded or (key in after and after[key].problem is None):
            continue
        if key in errors:
            after[key] = msgspec.structs.replace(account, problem=errors[key].error_code)
        elif key not in after:
            after[key] = account
    return list(after.values())


def default_account(accounts: Sequence[DestinyAccount]) -> DestinyAccount | None:
    """The cross-save primary, else the one played last; one without trouble before one with."""
    return max(
        accounts,
        key=lambda each: (each.problem is None, each.cross_save_primary, each.last_played or NEVER),
        default=None,
    )


def _account(card: Card, last_played: datetime | None = None, *, primary: bool = False) -> DestinyAccount:
    return DestinyAccount(
        type=card.membership_type,
        id=card.membership_id,
        name=card.name,
        platforms=tuple(card.applicable_membership_types or (card.membership_type,)),
        last_played=last_played,
        cross_save_primary=primary,
    )
