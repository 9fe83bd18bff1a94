"""Leaving: everywhere at once, or for good."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable

from vaultraider.domain.errors import InvalidInput
from vaultraider.domain.people import User
from vaultraider.ports import BrowserSessions, PersonalData

logger = logging.getLogger(__name__)


class AccountData:
    """What is kept of a person, and how it goes.

    Rows go by themselves (``database/personal_data.py``). Who keeps something elsewhere, in memory or in files, joins with
    ``on_delete``.
    """

    def __init__(self, *, personal_data: PersonalData, sessions: BrowserSessions) -> None:
        self._personal_data = personal_data
        self._sessions = sessions
        self._hooks: list[Callable[[User], None]] = []

    def on_delete(self, hook: Callable[[User], None]) -> None:
        """``hook`` is called after the rows of a person are gone; it forgets what is kept elsewhere."""
        self._hooks.append(hook)

    def sign_out_everywhere(self, user: User) -> int:
        """Ends every browser session of a person; how many. What runs in the background goes on."""
        ended = self._sessions.end_all(user.id)
        logger.info("User %s signed out everywhere: %s sessions", user.id, ended)
        return ended

    def delete(self, user: User, confirm: str) -> None:
        """Deletes everything that is kept of a person. ``confirm`` is the person's name, as a check against slips.

        Bungie keeps its record of our permission: it ends at Bungie.net, under the person's applications.
        Raises InvalidInput when the name is not right.
        """
        if not hmac.compare_digest(confirm.strip().encode(), user.name.encode()):
            raise InvalidInput("confirm", f"Type your name, {user.name}, to delete what is kept of you.")
        self.erase(user)

    def erase(self, user: User) -> None:
        """The same for whoever may do it without that check."""
        deleted = self._personal_data.purge(user.id, user.bungie_id)
        self._sessions.end_all(user.id)
        for hook in self._hooks:
            hook(user)
        logger.info("Everything of user %s was deleted: %s rows", user.id, sum(deleted.values()))
