"""When each account is read: the only place that decides it.

    the background    looks for whoever is due, the most overdue first, one after the other, and sleeps until the next is
    an open page      asks how it stands: that is attention, and reads only what is due anyway; by hand it reads at once
    a turn            is taken in the database before anything is asked, so that of many processes one reads

What is read by others (a first visit, a transfer that looks what became of it) counts: the next read is that much later.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal, Protocol, TypeGuard

import msgspec

from vaultraider.domain.errors import (
    BungieGarbled,
    BungieMaintenance,
    BungieThrottled,
    BungieUnavailable,
    BungieUnreachable,
    Conflict,
    OperatorMistake,
    SignInEnded,
    VaultRaiderError,
)
from vaultraider.domain.notifications.accounts import sign_in_lapsed
from vaultraider.domain.people import User
from vaultraider.domain.watch_pace import Habits, interval, is_due, is_looked_at, is_playing, left_free
from vaultraider.ports import Clock, MembershipRef, Teller, WatchedAccount, WatchStore
from vaultraider.services.inventory import Refreshed
from vaultraider.services.watching.listeners import Asking
from vaultraider.services.watching.outages import Outages

logger = logging.getLogger(__name__)

JOB = "watch_accounts"
"""The job that looks (its file in ``jobs/``)."""
APART = 2.0
"""Seconds between the first reads of accounts that are new at once."""
ONE_READ = timedelta(minutes=3)
"""How long one read may take: waiting for a lease, a place and an answer. Then its account is anybody's again."""
NOTED = timedelta(seconds=20)
"""How often a page's attention is written down."""
RUN = timedelta(seconds=20)
"""How long one look may read before it lets other work have its thread."""
NAP = timedelta(minutes=5)
"""How long the background sleeps at most: somebody may be new, or their sign-in may have lapsed."""
NO_ROOM = timedelta(seconds=2)
BEING_READ = timedelta(seconds=2)
"""When to ask again about what somebody else reads just now."""

WatchState = Literal["watching", "idle", "waiting", "ended"]
LAPSED = "Bungie wants you to sign in again. Until then nothing new is read."


class Inventory(Protocol):
    """What watching needs of ``services.inventory.Inventory``."""

    def refresh(self, user: User, *, forced: bool = False, membership: MembershipRef | None = None) -> Refreshed: ...
    def last_read(self, user: User, membership: MembershipRef | None = None) -> Refreshed | None: ...


class Chosen(Protocol):
    def membership(self, user: User) -> MembershipRef: ...


class People(Protocol):
    def get(self, user_id: int) -> User | None: ...


class Budget(Protocol):
    """What is left of the calls to Bungie that all share."""

    def room(self) -> int:
        """How many places are free; 0 while not even one call could start now."""

    def paused(self) -> float:
        """Seconds in which nobody may start anything, as Bungie throttled us."""


class Looked(msgspec.Struct, frozen=True):
    """What one look did. ``wait``: until the next is needed."""

    read: int
    failed: int
    wait: timedelta


class Attended(msgspec.Struct, frozen=True):
    """``next``: when the account is read next by itself."""

    found: Refreshed
    next: datetime | None


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """How an account is watched. ``sentence``: why it waits, or has ended."""

    state: WatchState
    last: datetime | None
    next: datetime | None
    sentence: str = ""


class Watching:
    def __init__(
        self,
        *,
        store: WatchStore,
        outages: Outages,
        inventory: Inventory,
        chosen: Chosen,
        people: People,
        budget: Budget,
        teller: Teller,
        jobs: Asking,
        clock: Clock,
        is_away: Callable[[Exception], bool],
    ) -> None:
        """``is_away``: whether an exception says that the database is away, which ends a look."""
        self._store = store
        self._outages = outages
        self._inventory = inventory
        self._chosen = chosen
        self._people = people
        self._budget = budget
        self._teller = teller
        self._jobs = jobs
        self._clock = clock
        self._is_away = is_away

    # -- in the background ----------------------------------------------------------------------------------------------

    def look(self, check: Callable[[], None]) -> Looked:
        """Reads whoever is due, and asks for the next look. ``check`` raises when the worker should stop."""
        began = self._clock.now()
        self._store.enrol(began, apart=APART)
        self._tell_lapsed()
        read = failed = 0
        while True:
            check()
            account = self._store.most_overdue(self._clock.now())
            wait = self._standing_back(account, began)
            if account is None or wait is not None:
                break
            done = self._background_read(account)
            read, failed = read + (done is True), failed + (done is False)
        wait = min(wait if wait is not None else self._until_next(), NAP)
        self._jobs.ask(JOB, asked_by="schedule", after=max(0.0, wait.total_seconds()))
        return Looked(read, failed, wait)

    def _standing_back(self, account: WatchedAccount | None, began: datetime) -> timedelta | None:
        """Why the one that is due is not read now, as how long to wait; None: it is, or there is none."""
        now = self._clock.now()
        if account is None or self._read_meanwhile(account, now) is not None:
            return None
        if now - began >= RUN:
            return timedelta(0)
        if self._budget.room() < left_free(account.due, now):
            return max(NO_ROOM, timedelta(seconds=self._budget.paused()))
        return self._outages.wait(now)

    def _background_read(self, account: WatchedAccount) -> bool | None:
        """Whether it was read; None when somebody else did or does."""
        now = self._clock.now()
        later = self._read_meanwhile(account, now)
        if later is not None:
            self._store.settle(account, due=later, failures=account.habits.failures, trouble=account.trouble)
            return None
        taken = self._store.claim(account, now=now, until=now + ONE_READ)
        if taken is None:
            return None
        try:
            self._read(taken)
        except VaultRaiderError as error:
            logger.info("The account of user %s could not be read: %s", account.user.id, error.code)
            return False
        except Exception as error:
            if self._is_away(error):
                raise
            if self._people.get(account.user.id) is None:
                return None  # The person was deleted meanwhile.
            logger.exception("Reading the account of user %s failed.", account.user.id)
            return False
        return True

    def _read_meanwhile(self, account: WatchedAccount, now: datetime) -> datetime | None:
        """When it is due, where somebody has read it since that was written down and it is not due yet."""
        if account.checked is None or account.checked > now or account.habits.failures:
            return None
        due = account.checked + self._interval(account.habits, account.membership, now)
        return due if due > now else None

    def _until_next(self) -> timedelta:
        soonest = self._store.soonest(self._clock.now())
        return NAP if soonest is None else max(timedelta(0), soonest - self._clock.now())

    # -- for a page -----------------------------------------------------------------------------------------------------

    def attend(self, user: User, *, forced: bool = False) -> Attended:
        """A page is open and asks how its account stands. ``forced``: the person asks for a read, now.

        Raises BungieError, SignInEnded or Conflict when it was read and that failed, and while Bungie is known to be down.
        """
        membership = self._chosen.membership(user)
        account = self._account(user, membership)
        if account is None:
            return Attended(self._inventory.refresh(user, forced=forced, membership=membership), None)
        if forced or account.user.sign_in == "ended":
            return self._now(account, by_hand=True)
        now = self._clock.now()
        account = self._attended(account, now)
        known = self._inventory.last_read(user, membership)
        if known is not None and not is_due(account.due, now):
            return self._not_yet(known, account.due, now)
        wait = self._outages.wait(now, page=True)
        if wait is not None:
            return self._not_yet(known, now + wait, now)
        taken = self._store.claim(account, now=now, until=now + ONE_READ)
        if taken is None and known is not None:
            return self._not_yet(known, now + BEING_READ, now)
        return self._now(taken or account)

    def report(self, user: User) -> dict[MembershipRef, Watch]:
        """How each account of a person is watched."""
        now, paused = self._clock.now(), self._outages.sentence()
        return {each.membership: _report(each, now, paused) for each in self._store.of(user.id)}

    def _account(self, user: User, membership: MembershipRef) -> WatchedAccount | None:
        """The account's row; made, or brought back to life, where somebody came just now."""
        account = self._store.get(user.id, membership)
        if account is None or (account.ended and user.sign_in == "ok"):
            self._store.enrol(self._clock.now(), apart=APART)
            account = self._store.get(user.id, membership)
        return account

    def _attended(self, account: WatchedAccount, now: datetime) -> WatchedAccount:
        """Notes that a page is open, now and then; the account with what follows from that."""
        looked = account.habits.looked
        habits = msgspec.structs.replace(account.habits, looked=now)
        pause = self._interval(habits, account.membership, now)
        since = account.checked if account.checked is not None and account.checked <= now else None
        if habits.failures:
            due = min(account.due, now + pause)
        elif since is not None and account.due > now:
            due = min(account.due, since + pause)
        else:  # Somebody may have read it since it was written down when it is due.
            due = max(account.due, since + pause) if since is not None else account.due
        if looked is None or not timedelta(0) <= now - looked < NOTED:
            self._store.attend(account.user.id, account.membership, now=now, due=due)
            if due < account.due:
                self._wake(due, now)
        return msgspec.structs.replace(account, habits=habits, due=due)

    def _not_yet(self, known: Refreshed | None, due: datetime, now: datetime) -> Attended:
        """The last known state, and when there may be a newer one; or that Bungie is down."""
        trouble = self._outages.trouble(due - now, certain=known is not None)
        if trouble is not None:
            raise trouble
        if known is None:
            raise BungieUnavailable(retry_after=max(1.0, (due - now).total_seconds()))
        return Attended(msgspec.structs.replace(known, wait=max(0.1, (due - now).total_seconds())), due)

    def _now(self, account: WatchedAccount, *, by_hand: bool = False) -> Attended:
        found, due = self._read(account, by_hand=by_hand)
        if due != account.due:
            self._wake(due, self._clock.now())
        return Attended(found, due)

    def _wake(self, due: datetime, now: datetime) -> None:
        """The background may sleep for longer than that."""
        self._jobs.ask(JOB, asked_by="schedule", after=max(0.0, (due - now).total_seconds()))

    # -- one read -------------------------------------------------------------------------------------------------------

    def _read(self, account: WatchedAccount, *, by_hand: bool = False) -> tuple[Refreshed, datetime]:
        """Reads, and writes down how that ended and when it is due again. Raises what the reading raised."""
        began = self._clock.now()
        try:
            found = self._inventory.refresh(account.user, forced=by_hand, membership=account.membership)
        except Exception as error:
            if not self._is_away(error):
                self._failed(account, began, error, by_hand=by_hand)
            raise
        if by_hand and found.wait > 0:
            return found, account.due  # It was read a moment ago, and whoever did so wrote down when it is due.
        self._outages.answered()
        fresh = self._store.get(account.user.id, account.membership) or account
        habits = msgspec.structs.replace(fresh.habits, failures=0)
        due = found.checked + self._interval(habits, account.membership, began)
        self._store.settle(account, due=due, failures=0, trouble="")
        return found, due

    def _failed(self, account: WatchedAccount, began: datetime, error: Exception, *, by_hand: bool) -> None:
        now, failures = self._clock.now(), account.habits.failures
        ours = isinstance(error, Conflict) or (isinstance(error, BungieThrottled) and error.untouched)
        if not ours:  # Else our own queue was long: nothing is wrong with Bungie or the account.
            # Who presses again and again does not make the background more patient.
            failures = max(1, failures) if by_hand else failures + 1
        if not ours and _is_bungies(error):
            self._outages.failed(error, now, by_hand=by_hand)
        habits = msgspec.structs.replace(account.habits, failures=failures)
        sentence = error.sentence if isinstance(error, VaultRaiderError) else VaultRaiderError.default
        due = began + self._interval(habits, account.membership, now)
        self._store.settle(account, due=due, failures=failures, trouble=sentence)
        if isinstance(error, SignInEnded) and self._has_ended(account.user):
            self._tell_lapsed()

    def _has_ended(self, user: User) -> bool:
        """What refuses one call may pass; what ended the sign-in does not."""
        known = self._people.get(user.id)
        return known is not None and known.sign_in == "ended"

    def _tell_lapsed(self) -> None:
        """Told first and written down then: whoever dies between tells it again, under the same key."""
        for lapsed in self._store.lapsed():
            try:
                self._teller.tell(lapsed.user.id, sign_in_lapsed(lapsed.signed_in))
            except Exception as error:
                if self._is_away(error):
                    raise
                logger.exception("That the sign-in of user %s has lapsed could not be told.", lapsed.user.id)
                continue  # The next look tries again.
            self._store.end(lapsed.user.id)

    def _interval(self, habits: Habits, membership: MembershipRef, now: datetime) -> timedelta:
        return interval(habits, now, name=f"{membership.type}-{membership.id}")


def _is_bungies(error: Exception) -> TypeGuard[VaultRaiderError]:
    """Whether it would meet everybody, and not this account alone."""
    if isinstance(error, OperatorMistake | BungieMaintenance | BungieUnreachable | BungieGarbled):
        return True
    return isinstance(error, BungieUnavailable) and not error.untouched


def _report(account: WatchedAccount, now: datetime, paused: str) -> Watch:
    if account.user.sign_in == "ended":
        return Watch(state="ended", last=account.checked, next=None, sentence=LAPSED)
    due = max(account.due, now)
    if paused or account.habits.failures:
        return Watch(state="waiting", last=account.checked, next=due, sentence=account.trouble or paused)
    active = is_playing(account.habits, now) or is_looked_at(account.habits, now)
    return Watch(state="watching" if active else "idle", last=account.checked, next=due)
