"""Which Destiny accounts a person has, and which one is looked at."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import msgspec

from vaultraider.domain.errors import AccountNotFound, BungieError, BungieGarbled, NotFound, SignInEnded, StorageFull
from vaultraider.domain.linked_profiles import LinkedProfiles, Memberships, accounts_of_memberships, default_account, merge
from vaultraider.domain.people import DestinyAccount, User
from vaultraider.ports import BungieUser, Clock, MembershipRef, Users
from vaultraider.services.accounts.credentials import Credentials

logger = logging.getLogger(__name__)

NONE_YET = (
    "Bungie.net knows no Destiny 2 account of yours. Sign in once in the game, then come back; "
    "if you play already, look whether the right platform is linked at Bungie.net."
)
REFRESH_EVERY = timedelta(hours=6)
REFRESH_TROUBLED_EVERY = timedelta(minutes=1)
CHOICE_KEPT = timedelta(seconds=3)
"""How long the answer to "which account?" is good where another process may have changed it: every request asks."""


class DestinyAccounts:
    """The list is kept and renewed now and then; trouble at Bungie never shortens it."""

    def __init__(self, *, bungie_user: BungieUser, users: Users, credentials: Credentials, clock: Clock) -> None:
        self._bungie_user = bungie_user
        self._users = users
        self._credentials = credentials
        self._clock = clock
        self._asked: dict[int, datetime] = {}
        self._choices: dict[int, tuple[datetime, MembershipRef]] = {}
        self._changes = 0

    def of(self, user: User) -> list[DestinyAccount]:
        """The accounts of a person, as last known. Asks Bungie when that is long ago; failing to is no failure."""
        known = self._users.accounts(user.id)
        troubled = not known or any(each.problem for each in known)
        pause = REFRESH_TROUBLED_EVERY if troubled else REFRESH_EVERY
        asked = self._asked.get(user.id)
        if asked is not None and self._clock.now() - asked < pause:
            return known
        try:
            return self.refresh(user)
        except (BungieError, SignInEnded, StorageFull) as error:
            logger.info("The accounts of user %s stay as they were: %s", user.id, error.code)
            return known

    def refresh(self, user: User) -> list[DestinyAccount]:
        """Asks Bungie now. Raises BungieError or SignInEnded, and then nothing has changed."""
        self._asked[user.id] = self._clock.now()
        answer = self._credentials.with_credentials(user, lambda token: self._bungie_user.linked_profiles(token, user.bungie_id))
        return self._take(user, answer)

    def learn(self, user: User, access_token: str, memberships: Memberships) -> list[DestinyAccount]:
        """At sign-in: from GetLinkedProfiles, or from what GetMembershipsForCurrentUser said when that does not answer."""
        self._asked[user.id] = self._clock.now()
        try:
            return self._take(user, self._bungie_user.linked_profiles(access_token, user.bungie_id))
        except BungieError as error:
            logger.info("GetLinkedProfiles did not answer at the sign-in of user %s: %s", user.id, error.code)
            known = self._users.accounts(user.id) or accounts_of_memberships(memberships)
            self._save(user, known)
            self._asked.pop(user.id)
            return known

    def _take(self, user: User, answer: bytes) -> list[DestinyAccount]:
        try:
            linked = msgspec.json.decode(answer, type=LinkedProfiles)
        except msgspec.DecodeError as error:
            raise BungieGarbled from error
        accounts = merge(self._users.accounts(user.id), linked)
        self._save(user, accounts)
        return accounts

    def _save(self, user: User, accounts: list[DestinyAccount]) -> None:
        self._users.save_accounts(user.id, accounts)
        self._changed(user)

    def _changed(self, user: User) -> None:
        """Whoever reads just now must not remember what he reads."""
        self._changes += 1
        self._choices.pop(user.id, None)

    def membership(self, user: User) -> MembershipRef:
        """The account to look at: the chosen one, else the cross-save primary or the one played last.

        Raises AccountNotFound when there is none at all.
        """
        now, changes = self._clock.now(), self._changes
        kept = self._choices.get(user.id)
        if kept is not None and now - kept[0] < CHOICE_KEPT:
            return kept[1]
        accounts = self._users.accounts(user.id) or self.of(user)
        chosen = self.selected(user, accounts)
        if chosen is None:
            raise AccountNotFound(NONE_YET)
        membership = MembershipRef(chosen.type, chosen.id)
        if changes == self._changes:
            self._choices[user.id] = (now, membership)
        return membership

    def known(self, user: User) -> MembershipRef | None:
        """The same from what is kept alone: asks nobody. None where no account is known."""
        chosen = self.selected(user, self._users.accounts(user.id))
        return MembershipRef(chosen.type, chosen.id) if chosen is not None else None

    def selected(self, user: User, accounts: list[DestinyAccount]) -> DestinyAccount | None:
        """Which of ``accounts`` is looked at."""
        choice = self._users.selected(user.id)
        chosen = (each for each in accounts if choice is not None and (each.type, each.id) == (choice.type, choice.id))
        return next(chosen, None) or default_account(accounts)

    def select(self, user: User, membership: MembershipRef) -> list[DestinyAccount]:
        """Remembers the choice. Raises NotFound for an account that is not this person's."""
        accounts = self._users.accounts(user.id)
        if all((each.type, each.id) != (membership.type, membership.id) for each in accounts):
            raise NotFound("This is none of your Destiny accounts. Choose one of the list.")
        self._users.select(user.id, membership)
        self._changed(user)
        return accounts
