"""Xûr: watching for him, the record of what he had, showing it, and telling people that he has come.

``watching`` decides when to look, ``looking`` asks Bungie and judges what it shows, ``showing`` makes the page's answer,
``telling`` tells each person once a weekend, by ``letters``.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from vaultraider.domain.errors import BungieError, SignInEnded
from vaultraider.domain.people import User
from vaultraider.domain.profile_parts import GuardianClass
from vaultraider.ports import Clock, DefinitionsSource, Teller, VendorSource, XurRecord
from vaultraider.services.inventory import Inventory
from vaultraider.services.jobs import JobService
from vaultraider.services.xur.counters import CurrentCounters
from vaultraider.services.xur.eyes import Accounts, Eyes, People
from vaultraider.services.xur.letters import ItemPictures, compose
from vaultraider.services.xur.looking import Credentials, Looking
from vaultraider.services.xur.showing import Showing, State, Xur
from vaultraider.services.xur.telling import Telling, TellOptions
from vaultraider.services.xur.watching import Watching

__all__ = ["Xur", "XurService", "build_xur"]

logger = logging.getLogger(__name__)

LOOK_JOB = "look_at_xur"
ASKED_KEPT = timedelta(minutes=1)
"""A person's own look is asked for once in so long, however often the page asks."""


class XurService:
    """What the doors call."""

    def __init__(
        self,
        *,
        showing: Showing,
        watching: Watching,
        looking: Looking,
        telling: Telling,
        eyes: Eyes,
        jobs: JobService,
        clock: Clock,
    ) -> None:
        self._showing = showing
        self._watching = watching
        self._looking = looking
        self._telling = telling
        self._eyes = eyes
        self._jobs = jobs
        self._clock = clock
        self._asked: dict[tuple[int, str], datetime] = {}
        self._lock = threading.Lock()

    def state(self) -> State:
        """Whether he is around, at the cost of one small read."""
        return self._showing.stand().state

    def now(self, user: User | None, guardian: GuardianClass | None = None) -> Xur:
        """What is known, at once. Where a person's own view is old or missing, it is asked for behind their back."""
        shown = self._showing.now(user, guardian)
        if user is not None and shown.stale_view is not None:
            self._ask_for(user, shown.stale_view)
        return shown.xur

    def on(self, weekend: date, user: User | None, guardian: GuardianClass | None = None) -> Xur:
        """One weekend of the record. Raises NotFound."""
        return self._showing.on(weekend, user, guardian).xur

    def watch(self, check: Callable[[], None]) -> dict[str, Any]:
        """One turn of the watch: looks, if it is time to, and tells who is to be told. Bungie's troubles are looked past.

        Raises DefinitionsMissing, and whatever ``check`` raises.
        """
        result = self._watching.turn(check)
        told = self._telling.tell(check)
        return result | ({"told": told} if told else {})

    def look_for(self, user_id: int, guardian: str) -> str:
        """Reads one person's own view, through their guardian of that class; what came of it."""
        user = next((each for each in self._eyes.people() if each.id == user_id), None)
        one = next((each for each in self._eyes.of(user) if each.guardian == guardian), None) if user is not None else None
        if one is None:
            return "nobody"
        try:
            return self._looking.through(one)
        except (BungieError, SignInEnded) as error:
            logger.info("User %s could not look at Xûr: %s", user_id, error.code)
            return error.code

    def _ask_for(self, user: User, guardian: GuardianClass) -> None:
        key, now = (user.id, guardian), self._clock.now()
        with self._lock:
            asked = self._asked.get(key)
            if asked is not None and now - asked < ASKED_KEPT:
                return
            self._asked = {each: when for each, when in self._asked.items() if now - when < ASKED_KEPT} | {key: now}
        self._jobs.ask(LOOK_JOB, {"user": user.id, "class": guardian}, asked_by=f"user {user.id}")


def build_xur(
    *,
    source: VendorSource,
    credentials: Credentials,
    people: People,
    accounts: Accounts,
    inventory: Inventory,
    record: XurRecord,
    definitions: DefinitionsSource,
    pictures: ItemPictures,
    teller: Teller,
    zone_of: Callable[[int], tzinfo | None],
    site: str,
    jobs: JobService,
    clock: Clock,
) -> XurService:
    """``zone_of``: a person's time zone, where known. ``site``: our public address, for the links of e-mails."""
    counters = CurrentCounters(definitions)
    eyes = Eyes(people=people, accounts=accounts, snapshots=inventory)
    looking = Looking(source=source, credentials=credentials, eyes=eyes, record=record, counters=counters, clock=clock)
    showing = Showing(record=record, counters=counters, eyes=eyes, profiles=inventory, clock=clock)
    options = TellOptions(teller, zone_of, lambda letter: compose(letter, pictures, site=site))
    return XurService(
        showing=showing,
        watching=Watching(looking=looking, record=record, clock=clock),
        looking=looking,
        telling=Telling(options, showing=showing, looking=looking, eyes=eyes, record=record, clock=clock),
        eyes=eyes,
        jobs=jobs,
        clock=clock,
    )
