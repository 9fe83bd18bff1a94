"""Looking back: what happened, how things stood, what differs. All of it from the memory; nothing here asks Bungie."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.domain.answer import encode_answer
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.details import describe_item
from vaultraider.domain.errors import DefinitionsMissing, MemoryDamaged, NotFound
from vaultraider.domain.history.events import GROUPS, Event, EventGroup, EventKind
from vaultraider.domain.history.moment import Moment
from vaultraider.domain.history.showing import snapshot_from
from vaultraider.domain.people import DestinyAccount, User
from vaultraider.domain.profile import Profile, assemble_profile
from vaultraider.domain.profile_parts import ItemDetails
from vaultraider.ports import MembershipRef, Nicknames
from vaultraider.ports.history import EventQuery, Gap, HistoryAccount, HistoryStore, Replay
from vaultraider.services.history.differences import difference_of
from vaultraider.services.history.lifelines import NEVER, life_of
from vaultraider.services.history.naming import Naming
from vaultraider.services.history.shapes import Difference, EventCounts, EventPage, GapSpan, LifeLine, whole_second
from vaultraider.services.history.telling import GROUP_OF, told
from vaultraider.services.inventory import Answer

KEPT = 3
"""Past profiles in memory: who looks back steps from one moment to the next, and most of an account stays the same."""
NOTHING_YET = "Nothing is remembered of this account yet. The memory begins with the next state that is read."
_GUARDIANS: frozenset[EventKind] = frozenset({"character-created", "character-deleted"})


class Accounts(Protocol):
    """Which account of a person is looked at, without asking Bungie."""

    def known(self, user: User) -> MembershipRef | None: ...


class People(Protocol):
    def accounts(self, user_id: int) -> list[DestinyAccount]: ...


class Moments(Protocol):
    """How an account stood at a moment, and what that was built from; None where the memory begins later. The same state is the
    same object, as long as it is remembered."""

    def at(self, user: User, membership: MembershipRef, moment: datetime) -> tuple[Moment, Replay] | None: ...


class _AccountRef(msgspec.Struct):
    type: int
    id: str
    name: str


class _ManifestRef(msgspec.Struct):
    version: str
    language: str
    key: str


class _Observed(msgspec.Struct):
    since: datetime
    until: datetime | UnsetType = UNSET


class _Head(msgspec.Struct, kw_only=True):
    """How the answer begins: whose, from when, by which definitions."""

    account: _AccountRef
    read: datetime
    manifest: _ManifestRef
    past: bool
    at: datetime
    observed: _Observed


class _State(NamedTuple):
    """How an account stood."""

    account: HistoryAccount
    moment: Moment
    replay: Replay


class _Drawn(NamedTuple):
    """A past profile and what it was made of."""

    account_id: int
    moment: Moment
    nicknames: dict[str, str]
    profile: Profile


class Past:
    """One for a process. Every method looks only at the given person's chosen account.

    ``catalogue``: today's definitions made ready; it raises DefinitionsMissing.
    """

    def __init__(
        self,
        *,
        store: HistoryStore,
        moments: Moments,
        accounts: Accounts,
        people: People,
        nicknames: Nicknames,
        catalogue: Callable[[], Catalogue],
    ) -> None:
        self._store = store
        self._moments = moments
        self._accounts = accounts
        self._people = people
        self._nicknames = nicknames
        self._catalogue = catalogue
        self._drawn: list[_Drawn] = []
        self._lock = threading.Lock()

    # -- what happened --------------------------------------------------------------------------------------------------

    def events(self, user: User, wanted: EventQuery, *, group: EventGroup | None = None, counted: bool = False) -> EventPage:
        """A page of events, newest first. ``group``: only kinds of this one. ``counted``: with how many there are in all."""
        account = self._account(user)
        if account is None:
            return EventPage(events=[], gaps=[], counts=_no_counts() if counted else UNSET)
        found, following = self._page(account, wanted, group)
        naming = self._naming(user, account)
        counts = self._store.count(account.id, wanted) if counted else None
        return EventPage(
            events=[told(event, naming) for event in found],
            gaps=self._gaps(account, wanted, found[0].at if found else None, following.at if following else None),
            next=found[-1].id if following is not None else UNSET,
            first=whole_second(account.first),
            counts=_counts(counts) if counts is not None else UNSET,
        )

    def life(self, user: User, id: str) -> LifeLine:
        """All that is remembered of one item, also of one that is gone. Raises NotFound for what was never theirs."""
        account = self._account(user)
        state = self._state(user, account, account.seen) if account is not None and account.seq else None
        if state is None:
            raise NotFound(NEVER)
        return life_of(self._store, state.account, state.moment, self._naming(user, state.account, state.moment), id)

    # -- how things stood -----------------------------------------------------------------------------------------------

    def answer(self, user: User, at: datetime) -> Answer:
        """The profile at a past moment, ready to be sent, joined with today's definitions.

        Raises NotFound where the memory begins later, and DefinitionsMissing.
        """
        state = self._known(user, at)
        profile = self._profile(user, state)
        return Answer(encode_answer(profile, self._head(user, state, profile, at)))

    def profile(self, user: User, at: datetime) -> Profile:
        """The same, to look things up in."""
        return self._profile(user, self._known(user, at))

    def item(self, user: User, id: str, at: datetime) -> ItemDetails:
        """One item in full, as it was then. Raises NotFound for what was not theirs at that moment, too."""
        profile = self.profile(user, at)
        entry = profile.find(id)
        if entry is None:
            raise NotFound("You had no such item at that moment.")
        return describe_item(profile, entry)

    def difference(self, user: User, since: datetime, until: datetime) -> Difference:
        """What the two moments differ in. Raises NotFound where the memory begins later than the first."""
        before = self._known(user, since)
        after = self._known(user, until)
        return difference_of(
            before.moment,
            after.moment,
            self._naming(user, after.account, after.moment),
            since=since,
            until=until,
            gaps=self._store.gaps(after.account.id, since, until),
        )

    def forget(self, user: User) -> None:
        """Drops what is in memory: of everybody, as it is quickly made again."""
        with self._lock:
            self._drawn = []

    # -- parts ----------------------------------------------------------------------------------------------------------

    def _account(self, user: User) -> HistoryAccount | None:
        membership = self._accounts.known(user)
        return self._store.account(user.id, membership) if membership is not None else None

    def _state(self, user: User, account: HistoryAccount, at: datetime) -> _State | None:
        found = self._moments.at(user, account.membership, at)
        return _State(account, *found) if found is not None else None

    def _known(self, user: User, at: datetime) -> _State:
        account = self._account(user)
        if account is None or not account.seq:
            raise NotFound(NOTHING_YET)
        state = self._state(user, account, at)
        if state is None:
            first = f"{account.first.day} {account.first:%B %Y at %H:%M}"
            raise NotFound(f"The memory begins on {first} UTC. Choose a later moment.")
        return state

    def _page(
        self, account: HistoryAccount, wanted: EventQuery, group: EventGroup | None
    ) -> tuple[Sequence[Event], Event | None]:
        """What is on the page, and the first one that is not."""
        kinds = wanted.kinds
        if group is not None:
            kinds = GROUPS[group] & kinds if kinds else GROUPS[group]
            if not kinds:
                return (), None
        query = msgspec.structs.replace(wanted, kinds=kinds, limit=wanted.limit + 1)
        found = self._store.events(account.id, query)
        return found[: wanted.limit], found[wanted.limit] if len(found) > wanted.limit else None

    def _gaps(
        self, account: HistoryAccount, wanted: EventQuery, newest: datetime | None, following: datetime | None
    ) -> list[GapSpan]:
        """Those that end on this page: each is on one page, wherever the pages are cut. ``newest``: of its first event;
        ``following``: of the next page's."""
        until = wanted.until if wanted.before is None else newest
        gaps = self._store.gaps(account.id, following or wanted.since, until) if until or wanted.before is None else []
        shown = [
            gap
            for gap in gaps
            if (following is None or gap.until > following) and (until is None or wanted.before is None or gap.until <= until)
        ]
        return [_span(gap) for gap in reversed(shown)]

    def _naming(self, user: User, account: HistoryAccount, moment: Moment | None = None) -> Naming:
        moment = self._newest(user, account) if moment is None else moment
        try:
            catalogue: Catalogue | None = self._catalogue()
        except DefinitionsMissing:
            catalogue = None
        nicknames = self._nicknames.of(user.id, account.membership)
        return Naming(catalogue, nicknames, moment.characters, lambda: self._gone(account))

    def _newest(self, user: User, account: HistoryAccount) -> Moment:
        """For the names of guardians. Nothing, where it cannot be had: events are told all the same."""
        try:
            state = self._state(user, account, account.seen)
        except MemoryDamaged:
            state = None
        return state.moment if state is not None else Moment()

    def _gone(self, account: HistoryAccount) -> dict[str, str]:
        """What guardians were called who come and go in the memory."""
        found = self._store.events(account.id, EventQuery(kinds=_GUARDIANS))
        return {event.character: f"the {event.name}, who is gone" for event in reversed(found) if event.name}

    def _profile(self, user: User, state: _State) -> Profile:
        catalogue = self._catalogue()
        nicknames = self._nicknames.of(user.id, state.account.membership)
        with self._lock:
            for drawn in self._drawn:
                if drawn.moment is state.moment and drawn.profile.catalogue is catalogue and drawn.nicknames == nicknames:
                    return drawn.profile
            catalogue.preload(_hashes(state.moment))
            others = [drawn.profile for drawn in self._drawn if drawn.account_id == state.account.id]
            snapshot = snapshot_from(state.moment, state.replay.at)
            profile = assemble_profile(snapshot, catalogue, previous=others[-1] if others else None, nicknames=nicknames)
            self._drawn = [*self._drawn[1 - KEPT :], _Drawn(state.account.id, state.moment, nicknames, profile)]
            return profile

    def _head(self, user: User, state: _State, profile: Profile, at: datetime) -> _Head:
        membership, definitions = state.account.membership, profile.catalogue.definitions
        names = {(each.type, each.id): each.name for each in self._people.accounts(user.id)}
        until = state.replay.until
        return _Head(
            account=_AccountRef(membership.type, membership.id, names.get((membership.type, membership.id), "")),
            read=whole_second(state.replay.at),
            manifest=_ManifestRef(definitions.version, definitions.language, definitions.key),
            past=True,
            at=whole_second(at),
            observed=_Observed(whole_second(state.replay.at), whole_second(until) if until is not None else UNSET),
        )


def _span(gap: Gap) -> GapSpan:
    return GapSpan(whole_second(gap.since), whole_second(gap.until))


def _counts(by_kind: dict[EventKind, int]) -> EventCounts:
    counts = _no_counts()
    for kind, count in by_kind.items():
        counts.all += count
        setattr(counts, GROUP_OF[kind], getattr(counts, GROUP_OF[kind]) + count)
    return counts


def _no_counts() -> EventCounts:
    return EventCounts(all=0, found=0, moved=0, changed=0, gone=0)


def _hashes(moment: Moment) -> set[int]:
    """Items and plugs."""
    found = {item.hash for item in moment.items.values()} | moment.stacks.keys() | moment.currencies.keys()
    for item in moment.items.values():
        found.update([socket >> 2 for socket in item.sockets or ()])
    return found
