"""Telling people that Xûr has come: each one once a weekend, with what he offers to them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

from vaultraider.domain.errors import BungieError, SignInEnded
from vaultraider.domain.notifications import Message
from vaultraider.domain.notifications.xur import Letter, xur_letter
from vaultraider.domain.people import User
from vaultraider.ports import Clock, Teller, XurRecord
from vaultraider.services.xur.eyes import Eyes
from vaultraider.services.xur.looking import Looking
from vaultraider.services.xur.showing import Showing

logger = logging.getLogger(__name__)

TOO_LATE = timedelta(hours=1)
"""So short before he leaves nobody is told any more that he has come."""


class TellOptions(NamedTuple):
    """``zone_of``: where a person is, None if that is not known. ``compose``: the letter made ready to be sent."""

    teller: Teller
    zone_of: Callable[[int], tzinfo | None]
    compose: Callable[[Letter], Message]


class Telling:
    def __init__(
        self, options: TellOptions, *, showing: Showing, looking: Looking, eyes: Eyes, record: XurRecord, clock: Clock
    ) -> None:
        self._teller, self._zone_of, self._compose = options
        self._showing = showing
        self._looking = looking
        self._eyes = eyes
        self._record = record
        self._clock = clock

    def tell(self, check: Callable[[], None]) -> int:
        """Tells those who have not been told; how many. Nothing while he is not here. ``check`` may raise, to stop.

        Who was told is written down after it: dying in between tells the teller again, who knows it.
        """
        stand = self._showing.stand()
        if stand.state != "here" or stand.visit.until - self._clock.now() < TOO_LATE:
            return 0
        told = self._record.told(stand.visit.weekend)
        waiting = [user for user in self._eyes.people() if user.id not in told]
        trouble: Exception | None = None
        for user in waiting:
            check()
            try:
                self._tell(user, stand.visit.weekend)
            except Exception as error:  # the others are told all the same; who was not is told by the next turn
                trouble = trouble or error
        if trouble is not None:
            raise trouble
        return len(waiting)

    def _tell(self, user: User, weekend: date) -> None:
        self._look_first(user)
        self._teller.tell(user.id, self.message(user))
        self._record.mark_told(user.id, weekend)

    def message(self, user: User) -> Message:
        """What this person is told now. Raises DefinitionsMissing."""
        shown = self._showing.now(user, None).xur
        guardian = shown.guardian if isinstance(shown.guardian, str) else None
        place = shown.place if isinstance(shown.place, str) else ""
        stand = self._showing.stand()
        return self._compose(xur_letter(shown.groups, stand.visit, place=place, zone=self._zone_of(user.id), guardian=guardian))

    def _look_first(self, user: User) -> None:
        """Through the guardian that they played last, so that the letter tells what bars them. Without it, it tells less."""
        mine = self._eyes.of(user) if user.sign_in == "ok" else []
        if not mine:
            return
        view = self._showing.view(user, mine[0].guardian, self._showing.stand().visit.weekend)
        if not self._showing.is_stale(view):
            return
        try:
            self._looking.through(mine[0])
        except (BungieError, SignInEnded) as error:
            logger.info("User %s is told of Xûr without a look of their own: %s", user.id, error.code)
