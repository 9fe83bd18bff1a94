"""Asking Bungie for a newer state: one at a time for each account, not too often, and never backwards.

wait for the turn (threads, then processes) ─> too soon? the last outcome
  ─> GetProfile ─> not newer than what is held? dropped
  ─> holes filled with what was last known ─> now and then the patterns ─> kept in the database
  ─> shown, and handed to the listeners
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

import msgspec

from vaultraider.domain.continuity import keep_last_known
from vaultraider.domain.errors import BungieError, BungieGarbled, SignInEnded, VaultRaiderError
from vaultraider.domain.people import User
from vaultraider.domain.snapshot import ProfileSnapshot, is_newer, read_snapshot
from vaultraider.ports import (
    BungieUser,
    Clock,
    KeptSnapshot,
    Lease,
    Leases,
    MembershipRef,
    Nicknames,
    ProfileSource,
    SnapshotListener,
    Snapshots,
)
from vaultraider.services.inventory.held import Held, State
from vaultraider.services.inventory.patterns import Patterns

logger = logging.getLogger(__name__)

T = TypeVar("T")

FLOOR = timedelta(seconds=15)
"""Between two reads of one account. Bungie itself caches for 30 to 60 s."""
FORCED_FLOOR = timedelta(seconds=5)
"""The same where a person asks for it."""
LOOK_EVERY = timedelta(seconds=3)
"""How often the database is compared with: another process may have read something newer."""
CLAN_KEPT = timedelta(days=1)
CLAN_RETRY = timedelta(hours=1)
BELIEVE_EMPTY_AFTER = 2
"""Improbably empty answers in a row; the next one is believed."""
LEASE_SECONDS = 90.0
WAIT_SECONDS = 30.0


class Credentials(Protocol):
    def with_credentials(self, user: User, call: Callable[[str], T]) -> T: ...


class Refreshed(msgspec.Struct, frozen=True):
    """``changed``: there is a newer state than before. ``wait``: seconds until Bungie may be asked again; 0 when it was asked."""

    changed: bool
    read: datetime
    checked: datetime
    minted: str | None
    wait: float = 0.0


class _Groups(msgspec.Struct):
    class _Membership(msgspec.Struct):
        class _Group(msgspec.Struct):
            name: str = ""

        group: _Group = msgspec.field(default_factory=_Group)

    results: list[_Membership] = []


class Reading:
    def __init__(
        self,
        *,
        source: ProfileSource,
        people: BungieUser,
        credentials: Credentials,
        snapshots: Snapshots,
        nicknames: Nicknames,
        leases: Leases,
        clock: Clock,
        lay_over: Callable[[Held, ProfileSnapshot], ProfileSnapshot],
        pattern_records: Callable[[], Collection[int]],
    ) -> None:
        """``lay_over``: what we did, over what Bungie said of before. ``pattern_records``: which triumphs count patterns."""
        self._lay_over = lay_over
        self._patterns = Patterns(source, credentials, pattern_records, clock)
        self._source = source
        self._people = people
        self._credentials = credentials
        self._snapshots = snapshots
        self._nicknames = nicknames
        self._leases = leases
        self._clock = clock
        self.listeners: list[SnapshotListener] = []

    def look(self, held: Held, *, now: bool = False) -> None:
        """Takes over what the database has, if that is another state than the one held. Cheap when asked often."""
        moment = self._clock.now()
        if not now and held.looked is not None and timedelta(0) <= moment - held.looked < LOOK_EVERY:
            return
        held.looked = moment
        user_id, membership = held.key
        nicknames = self._nicknames.of(user_id, membership)
        if nicknames != held.nicknames:
            held.nicknames = nicknames
        mark = self._snapshots.mark(user_id, membership)
        if mark is None:
            return
        held.checked = mark.checked
        if held.state is None or held.state.snapshot.read != mark.read:
            kept = self._snapshots.load(user_id, membership)
            if kept is not None:
                held.state = _state_of(kept)

    def refresh(self, held: Held, user: User, *, forced: bool = False) -> Refreshed:
        """Asks Bungie, unless that was done a moment ago; whoever waits for another's turn gets the other's outcome.

        Raises what the asking raised: BungieError, SignInEnded, Conflict. What is held stays as it is then.
        """
        attempts, before = held.attempts, held.state
        with held.turn:
            if held.attempts != attempts:
                return self._outcome(held, before)
            floor = FORCED_FLOOR if forced else FLOOR
            wait = self._too_soon(held, floor)
            if wait > 0:
                return self._outcome(held, before, wait)
            try:
                self._ask(held, user, floor)
                held.failure = None
            except VaultRaiderError as error:
                held.failure = error
                raise
            finally:
                held.attempts += 1
                held.attempted = self._clock.now()
            return self._outcome(held, before)

    def known(self, held: Held) -> Refreshed | None:
        """What ``refresh`` says of a state that is held already."""
        if held.state is None:
            return None
        snapshot = held.state.snapshot
        return Refreshed(False, snapshot.read, held.checked or snapshot.read, snapshot.minted_text)

    def _too_soon(self, held: Held, floor: timedelta) -> float:
        now = self._clock.now()
        # What lies in the future is of a clock that was turned back since: nobody waits until it gets there.
        known = [moment for moment in (held.checked, held.attempted) if moment is not None and moment - now <= floor]
        if not known or (held.state is None and held.failure is None) or isinstance(held.failure, SignInEnded):
            return 0.0  # Who has just signed in again must not wait for it.
        return (max(known) + floor - now).total_seconds()

    def _outcome(self, held: Held, before: State | None, wait: float = 0.0) -> Refreshed:
        if held.failure is not None:
            raise held.failure.with_traceback(None)
        state = held.state
        if state is None:
            raise BungieGarbled
        snapshot = state.snapshot
        checked = held.checked or snapshot.read
        return Refreshed(state is not before, snapshot.read, checked, snapshot.minted_text, max(wait, 0.0))

    def _ask(self, held: Held, user: User, floor: timedelta) -> None:
        user_id, membership = held.key
        name = lease_name(user_id, membership)
        waited_from = self._clock.now()
        with self._leases.hold(name, seconds=LEASE_SECONDS, wait=WAIT_SECONDS) as lease:
            self.look(held, now=True)
            now = self._clock.now()
            if held.checked is not None and min(waited_from, now - floor) < held.checked <= now:
                return  # Another process did it while we waited, or just before.
            response = self._credentials.with_credentials(user, lambda token: self._source.profile(token, membership))
            came = read_snapshot(response, self._clock.now())
            _check_owner(came, membership)
            self._take(held, came, user, lease)

    def _take(self, held: Held, came: ProfileSnapshot, user: User, lease: Lease) -> None:
        user_id, membership = held.key
        old = held.state
        if old is not None and not is_newer(came, old.snapshot):
            logger.info("Bungie's answer for user %s is not newer than the held one (%s)", user_id, came.minted_text)
            self._snapshots.touch(user_id, membership, came.read)
            held.checked = came.read
            return
        # What we moved must not be lost between a new list that it has left and an old one that it has not reached.
        known = self._lay_over(held, old.snapshot) if old else None
        kept = keep_last_known(came, known, believe_empty=held.empties >= BELIEVE_EMPTY_AFTER)
        if kept.incomplete:
            logger.info("Bungie's answer for user %s lacks %s", user_id, [part.component for part in kept.incomplete])
        clan, clan_read = self._clan(user, membership, old)
        lease.renew()
        snapshot = self._patterns.brought_along(user, membership, old.snapshot if old is not None else None, kept.snapshot)
        lease.renew()
        state = State(snapshot, kept.incomplete, clan, clan_read)
        record = KeptSnapshot(
            body=snapshot.encode(),
            read=came.read,
            checked=came.read,
            incomplete=kept.incomplete,
            clan=clan,
            clan_read=clan_read,
        )
        self._snapshots.save(user_id, membership, record)
        held.empties = held.empties + 1 if kept.came_empty else 0
        held.state, held.checked, held.looked = state, came.read, self._clock.now()
        self._hand_on(user, membership, old.snapshot if old is not None else None, snapshot)

    def _hand_on(self, user: User, membership: MembershipRef, before: ProfileSnapshot | None, after: ProfileSnapshot) -> None:
        """Within the account's turn, so that the next state comes after this one. What a listener does costs no read."""
        for listener in self.listeners:
            try:
                listener.accepted(user, membership, before, after)
            except Exception:
                logger.exception("A listener failed over a new state of user %s's account.", user.id)

    def _clan(self, user: User, membership: MembershipRef, old: State | None) -> tuple[str, datetime | None]:
        """The clan's name, asked once a day. Not getting it is no failure: the last one stays."""
        now = self._clock.now()
        if old is not None and old.clan_read is not None and now - old.clan_read < CLAN_KEPT:
            return old.clan, old.clan_read
        try:
            response = self._credentials.with_credentials(user, lambda token: self._people.clan(token, membership))
            groups = msgspec.json.decode(response, type=_Groups)
        except (BungieError, SignInEnded, msgspec.DecodeError) as error:
            logger.info("The clan of user %s could not be read: %s", user.id, type(error).__name__)
            return (old.clan if old else ""), now - CLAN_KEPT + CLAN_RETRY
        return (groups.results[0].group.name if groups.results else ""), now


def lease_name(user_id: int, membership: MembershipRef) -> str:
    """Whoever holds this lease reads the account: one at a time, between all processes."""
    return f"profile-{user_id}-{membership.type}-{membership.id}"


def _state_of(kept: KeptSnapshot) -> State:
    snapshot = read_snapshot(kept.body, kept.read)
    missing = frozenset(part.component for part in kept.incomplete)
    return State(msgspec.structs.replace(snapshot, incomplete=missing), kept.incomplete, kept.clan, kept.clan_read)


def _check_owner(snapshot: ProfileSnapshot, membership: MembershipRef) -> None:
    """An answer about somebody else is never taken, whoever mixed it up on the way."""
    profile = snapshot.body.profile
    owner = profile.data.user_info.membership_id if profile is not None and profile.data is not None else ""
    if owner not in ("", membership.id):
        logger.error("Bungie answered about another account than the one that was asked for")
        raise BungieGarbled
