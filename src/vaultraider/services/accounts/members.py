"""Who may use this server and who runs it: for those who run it."""

from __future__ import annotations

import logging
from datetime import datetime

import msgspec

from vaultraider.domain.errors import Conflict, NotFound
from vaultraider.domain.people import DestinyAccount, Role, User
from vaultraider.ports import BrowserSessions, Users
from vaultraider.services.accounts.account_data import AccountData

logger = logging.getLogger(__name__)

LAST = "Somebody must run this server. Name another admin first."
YOURSELF = "Nobody removes themselves here. What is kept of you is deleted in your settings."


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """``seen``: when a browser of theirs last asked for something, to the hour; else when they signed in."""

    user: User
    accounts: list[DestinyAccount]
    seen: datetime | None


class Members:
    def __init__(self, *, users: Users, sessions: BrowserSessions, data: AccountData) -> None:
        self._users = users
        self._sessions = sessions
        self._data = data

    def all(self) -> list[Member]:
        """In the order in which they came."""
        seen = self._sessions.last_seen()
        return [self._member(user, seen) for user in self._users.all()]

    def set_role(self, by: User, user_id: int, role: Role) -> Member:
        """Makes somebody an admin, or no longer one. Raises NotFound, and Conflict for the last admin."""
        self._change_role(user_id, role)
        logger.info("User %s made user %s %s", by.id, user_id, role)
        return self._member(self._known(user_id), self._sessions.last_seen())

    def remove(self, by: User, user_id: int) -> None:
        """Ends a person's sessions and deletes everything that is kept of them. Raises NotFound, Conflict for oneself."""
        user = self._known(user_id)
        if user.id == by.id:
            raise Conflict(YOURSELF)
        # Two admins who remove each other in the same moment: the rows decide, and one of them stays.
        self._change_role(user_id, "member")
        self._data.erase(user)
        logger.info("User %s removed user %s", by.id, user_id)

    def _change_role(self, user_id: int, role: Role) -> None:
        outcome = self._users.change_role(user_id, role)
        self._sessions.look_again()
        if outcome == "unknown":
            raise NotFound("There is nobody with this number.")
        if outcome == "last":
            raise Conflict(LAST)

    def _known(self, user_id: int) -> User:
        user = self._users.get(user_id)
        if user is None:
            raise NotFound("There is nobody with this number.")
        return user

    def _member(self, user: User, seen: dict[int, datetime]) -> Member:
        return Member(user=user, accounts=self._users.accounts(user.id), seen=seen.get(user.id))
