"""An access token for each person, whenever one is needed: refreshed under a lease, one at a time for each person.

What a failed refresh means (the rules that keep an outage from signing everybody out):

==========================================  ==================================================================
no answer, no JSON, 5xx, maintenance        keep everything, wait a little, say that Bungie cannot answer
Bungie names the permission as dead         the sign-in has ended: the person must sign in again
any other refusal                           keep and count: ended after ``ODD_FAILURES`` over ``ODD_SPREAD``
our key or client is wrong                  keep everything: only the server's owner can mend it
==========================================  ==================================================================
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from vaultraider.domain.errors import BungieRefusal, BungieUnavailable, Conflict, CredentialsRefused, OperatorMistake, SignInEnded
from vaultraider.domain.people import User
from vaultraider.ports import Clock, KeptTokens, Leases, OAuthGateway, Tokens, Users

logger = logging.getLogger(__name__)

T = TypeVar("T")

MARGIN = timedelta(minutes=1)
"""A token this close to its end is taken for expired: the call must still arrive, and clocks differ."""

LEASE_SECONDS = 90.0
WAIT_SECONDS = 30.0
ODD_FAILURES = 5
ODD_SPREAD = timedelta(hours=1)
FIRST_PAUSE = 5.0
LONGEST_PAUSE = 120.0


class Credentials:
    """Fits every caller that talks to Bungie in a person's name."""

    def __init__(self, *, oauth: OAuthGateway, tokens: Tokens, users: Users, leases: Leases, clock: Clock) -> None:
        self._oauth = oauth
        self._tokens = tokens
        self._users = users
        self._leases = leases
        self._clock = clock
        self._pauses = _Pauses(clock)

    def access_token(self, user: User) -> str:
        """A token that should be good for a minute at least.

        Raises SignInEnded when the person must sign in again, BungieUnavailable when Bungie cannot renew it now.
        """
        kept = self._kept(user)
        return kept.pair.access_token if self._is_fresh(kept) else self._refreshed(user, kept)

    def with_credentials(self, user: User, call: Callable[[str], T]) -> T:
        """``call(access token)``; when Bungie refuses the token, one refresh and one more try, then SignInEnded."""
        kept = self._kept(user)
        token = kept.pair.access_token if self._is_fresh(kept) else self._refreshed(user, kept)
        try:
            return call(token)
        except CredentialsRefused:
            logger.info("Bungie refused the access token of user %s before its end; refreshing it", user.id)
        again = self._kept(user)
        if again.pair.access_token == token:
            token = self._refreshed(user, again)
        else:  # somebody else refreshed it meanwhile
            token = again.pair.access_token
        try:
            return call(token)
        except CredentialsRefused:
            # Not ended for good on this evidence: a wrong clock or a bad hour at Bungie looks the same.
            self._count(user, self._kept(user))
            raise SignInEnded from None

    def rotate(self) -> int:
        """Seals every token with the newest key; how many. Those whose key was lost are left: their owners sign in again."""
        return self._tokens.reseal()

    def _kept(self, user: User) -> KeptTokens:
        current = self._users.get(user.id)
        if current is None or current.sign_in == "ended":
            raise SignInEnded
        try:
            kept = self._tokens.load(user.id)
        except SignInEnded:
            self._users.mark_sign_in(user.id, "ended")
            logger.warning("The tokens of user %s cannot be opened with any known key", user.id)
            raise
        if kept is None:
            raise SignInEnded
        return kept

    def _is_fresh(self, kept: KeptTokens) -> bool:
        return kept.pair.access_expires - self._clock.now() > MARGIN

    def _refreshed(self, user: User, seen: KeptTokens) -> str:
        """A newer access token than ``seen`` has: from whoever refreshed it first, else by refreshing it."""
        self._pauses.check(user.id)
        try:
            with self._leases.hold(f"refresh-{user.id}", seconds=LEASE_SECONDS, wait=WAIT_SECONDS):
                kept = self._kept(user)
                if kept.version != seen.version:
                    return kept.pair.access_token
                return self._refresh(user, kept)
        except Conflict as error:
            busy = BungieUnavailable("The sign-in is being renewed. Try again in a moment.", retry_after=FIRST_PAUSE)
            busy.untouched = True
            raise busy from error

    def _refresh(self, user: User, kept: KeptTokens) -> str:
        if kept.pair.refresh_token is None:  # what a public client gets: an hour, and no more
            self._end(user, kept, "there is no refresh token")
            raise SignInEnded
        try:
            pair = self._oauth.refresh(kept.pair.refresh_token)
        except SignInEnded:
            if self._tokens.version(user.id) != kept.version:
                # Our lease ran out and another used the refresh token up: what Bungie refused is not what is kept now.
                return self._kept(user).pair.access_token
            self._end(user, kept, "Bungie does not accept the refresh token any more")
            raise
        except (BungieUnavailable, OperatorMistake, BungieRefusal) as error:
            # Whatever the token was wanted for has not been done, however unclear the end of the refresh is.
            error.untouched = True
            self._pauses.begin(user.id, error)
            if not isinstance(error, BungieRefusal):
                raise
            if self._count(user, kept):
                raise SignInEnded from error
            raise
        self._tokens.save(user.id, pair)  # before anybody uses it: the old one is dead already
        self._pauses.end(user.id)
        return pair.access_token

    def _count(self, user: User, kept: KeptTokens) -> bool:
        """Counts an odd failure; True when that was the one too many."""
        now = self._clock.now()
        counted = self._tokens.count_failure(user.id, kept.version, now)
        if counted is None or counted.first_failure is None:
            return False
        if counted.failures < ODD_FAILURES or now - counted.first_failure <= ODD_SPREAD:
            return False
        self._end(user, counted, f"{counted.failures} refreshes failed since {counted.first_failure:%Y-%m-%d %H:%M}")
        return True

    def _end(self, user: User, kept: KeptTokens, why: str) -> None:
        logger.warning("The sign-in of user %s has ended: %s", user.id, why)
        self._users.mark_sign_in(user.id, "ended")


class _Pauses:
    """After a failed refresh nobody asks again at once; the pause doubles. For this process only: it is kindness, not truth."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pauses: dict[int, tuple[datetime, float, Exception]] = {}

    def check(self, user_id: int) -> None:
        """Raises what the last refresh raised, as long as the pause lasts."""
        pause = self._pauses.get(user_id)
        if pause is not None and self._clock.now() < pause[0]:
            raise pause[2].with_traceback(None)

    def begin(self, user_id: int, error: Exception) -> None:
        before = self._pauses.get(user_id)
        told = error.retry_after if isinstance(error, BungieUnavailable) else None
        seconds = min(LONGEST_PAUSE, max(told or 0.0, before[1] * 2 if before else FIRST_PAUSE))
        self._pauses[user_id] = (self._clock.now() + timedelta(seconds=seconds), seconds, error)

    def end(self, user_id: int) -> None:
        self._pauses.pop(user_id, None)
