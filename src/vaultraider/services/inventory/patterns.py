"""How far a player's patterns are, beside their vault: asked for seldom, and missed by nobody.

Triumphs are the heaviest part of a profile, and patterns grow a few times a week. They are asked for with the first read, then at
most once an hour, or where a weapon that a pattern could be extracted from is gone, and by themselves: an answer that is late,
private or switched off leaves what was known, and the vault as it came.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from msgspec.structs import replace

from vaultraider.domain.errors import BungieError, SignInEnded
from vaultraider.domain.patterns import read_patterns, resonant
from vaultraider.domain.people import User
from vaultraider.domain.snapshot import ProfileSnapshot
from vaultraider.ports import Clock, MembershipRef

logger = logging.getLogger(__name__)

T = TypeVar("T")

EVERY = timedelta(hours=1)
SOONER = timedelta(minutes=5)
"""Where something says that a pattern has grown."""


class Credentials(Protocol):
    def with_credentials(self, user: User, call: Callable[[str], T]) -> T: ...


class Source(Protocol):
    def records(self, access_token: str, membership: MembershipRef) -> bytes: ...


class Patterns:
    """One for a process."""

    def __init__(
        self, source: Source, credentials: Credentials, pattern_records: Callable[[], Collection[int]], clock: Clock
    ) -> None:
        """``pattern_records``: none where the definitions know no patterns, or are not there yet; then nothing is asked."""
        self._source = source
        self._credentials = credentials
        self._pattern_records = pattern_records
        self._clock = clock

    def brought_along(
        self, user: User, membership: MembershipRef, before: ProfileSnapshot | None, after: ProfileSnapshot
    ) -> ProfileSnapshot:
        """``after`` with the patterns as far as they are known. Raises nothing of Bungie's."""
        known, asked = (before.body.patterns, before.body.patterns_asked) if before is not None else ({}, None)
        wanted = self._pattern_records()
        now = self._clock.now()
        if wanted and _is_due(asked, now, before, after):
            asked = now
            try:
                response = self._credentials.with_credentials(user, lambda token: self._source.records(token, membership))
                came = read_patterns(response, wanted)
                known = known if came is None else came
            except (BungieError, SignInEnded) as error:
                logger.info("The patterns of user %s could not be read: %s", user.id, type(error).__name__)
        return replace(after, body=replace(after.body, patterns=known, patterns_asked=asked))


def _is_due(asked: datetime | None, now: datetime, before: ProfileSnapshot | None, after: ProfileSnapshot) -> bool:
    # A time of asking that lies in the future is of a clock that was turned back since.
    if asked is None or before is None or not timedelta(0) <= now - asked < EVERY:
        return True
    return now - asked >= SOONER and bool(resonant(before) - resonant(after))
