"""Writing down each accepted state of an account: what differs from the one before, exactly and in events.

state ─> the moment that is kept of it ─> the same as the newest stored one? seen again, unchanged
  ─> else the difference, its events (ours marked), changed figures and tallies ─> one observation, whole or not at all
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.errors import DefinitionsMissing, MemoryDamaged, NotFound
from vaultraider.domain.history.compare import events_between
from vaultraider.domain.history.delta import Delta, difference, encode_delta, encode_moment
from vaultraider.domain.history.events import Event
from vaultraider.domain.history.figures import DROP, POWER, changed_figures, drops_of, figures_of
from vaultraider.domain.history.moment import Moment
from vaultraider.domain.history.names import CatalogueNames, HashNames
from vaultraider.domain.history.ours import BEFORE, OwnStep, mark_ours
from vaultraider.domain.history.taking import can_begin, moment_of
from vaultraider.domain.history.tallies import tallies_of
from vaultraider.domain.people import User
from vaultraider.domain.snapshot import ProfileSnapshot
from vaultraider.ports import Effect, MembershipRef
from vaultraider.ports.history import Gap, HistoryAccount, HistoryStore, NewObservation
from vaultraider.services.history.moments import Moments

logger = logging.getLogger(__name__)

GAP = timedelta(minutes=45)
"""The watch stretches to half an hour: if it was longer, nobody looked."""
KEYFRAME_CHANGES = 1000
KEYFRAME_EVERY = timedelta(days=7)
"""When the whole state is stored once more: what lies between two keyframes is what building a moment costs."""
KEPT = 16
"""Accounts whose newest moment stays in memory; of the others it is built again."""
TRIES = 3


class Journal(Protocol):
    """What we did ourselves."""

    def done(self, user_id: int, membership: MembershipRef, since: datetime, until: datetime) -> list[Effect]: ...


class Known(NamedTuple):
    """The newest observation. ``changed``: things since its keyframe, which was made at ``keyframe_at``."""

    account_id: int
    seq: int
    at: datetime
    moment: Moment
    figures: Mapping[str, int]
    changed: int
    keyframe_at: datetime


Key = tuple[int, MembershipRef]


class Recording:
    """Fits ``ports.SnapshotListener``. Several processes may record one account: whoever was second compares again."""

    def __init__(self, *, store: HistoryStore, moments: Moments, journal: Journal, catalogue: Callable[[], Catalogue]) -> None:
        """``catalogue`` raises DefinitionsMissing."""
        self._store = store
        self._moments = moments
        self._journal = journal
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._newest: OrderedDict[Key, Known] = OrderedDict()

    def accepted(self, user: User, membership: MembershipRef, before: ProfileSnapshot | None, after: ProfileSnapshot) -> None:
        """Compares with what is stored, never with ``before``: who recorded that one may have died over it."""
        key = (user.id, membership)
        try:
            if not any(self._record(key, after) for _ in range(TRIES)):
                logger.warning("A state of user %s was not recorded: others were first, again and again.", user.id)
        except NotFound:
            self.forget(user)  # The person was deleted meanwhile.

    def forget(self, user: User) -> None:
        """Drops what is in memory about a person."""
        with self._lock:
            for key in [key for key in self._newest if key[0] == user.id]:
                del self._newest[key]

    def _record(self, key: Key, after: ProfileSnapshot) -> bool:
        """False when another process was first."""
        account = self._store.account(*key)
        if account is None or not account.seq:
            return self._begin(key, after) if can_begin(after) else True
        known = self._known(key, account)
        if known is None:
            return self._begin_anew(key, account, after) if can_begin(after) else True
        moment = moment_of(after, known.moment)
        whole = moment.items is not known.moment.items  # Else the lists did not come, or not all of them: nothing was seen.
        at = max(after.read, account.seen, known.at)  # A clock may be turned back; our times never fall.
        if whole:
            self._note_gap(account, at)
        delta = difference(known.moment, moment)
        if delta is not None:
            seen = self._seen(key, account, known, moment, delta, at, whole=whole)
            return self._append(key, account, seen, _after(known, account, seen, moment, delta.size))
        if whole:
            self._store.touch(account, at)
        return True

    def _begin(self, key: Key, after: ProfileSnapshot) -> bool:
        """The first state of all: nothing in it was found just now."""
        account = self._store.open(*key, after.read)
        if account.seq:
            return False
        moment = moment_of(after, None)
        first = NewObservation(
            seq=1,
            at=after.read,
            since=after.read,
            delta=b"",
            keyframe=encode_moment(moment),
            figures=_figures_now(moment, self._definitions(moment), {}),
        )
        return self._append(key, account, first, _after(None, account, first, moment, 0))

    def _begin_anew(self, key: Key, account: HistoryAccount, after: ProfileSnapshot) -> bool:
        """What is stored cannot be read: the memory goes on from here, with a gap, and tells of no events."""
        at = max(after.read, account.seen)
        self._store.note_gap(account, Gap(account.seen, at))
        moment = moment_of(after, None)
        known = self._figures(account, at)
        figures = changed_figures(known, _figures_now(moment, self._definitions(moment), known))
        body = encode_moment(moment)
        seen = NewObservation(seq=account.seq + 1, at=at, since=account.seen, delta=b"", keyframe=body, figures=figures)
        return self._append(key, account, seen, _after(None, account, seen, moment, 0))

    def _seen(
        self,
        key: Key,
        account: HistoryAccount,
        known: Known,
        moment: Moment,
        delta: Delta,
        at: datetime,
        *,
        whole: bool,
    ) -> NewObservation:
        catalogue = self._definitions(moment)
        events = self._events(key, account, known.moment, moment, at, catalogue)
        due = known.changed + delta.size >= KEYFRAME_CHANGES or at - known.keyframe_at >= KEYFRAME_EVERY
        return NewObservation(
            seq=account.seq + 1,
            at=at,
            since=account.seen,
            whole=whole,
            delta=encode_delta(delta),
            keyframe=encode_moment(moment) if due else None,
            events=events,
            figures=changed_figures(known.figures, _figures_now(moment, catalogue, known.figures)) | drops_of(events),
            tallies=tallies_of(events),
        )

    def _events(
        self, key: Key, account: HistoryAccount, old: Moment, new: Moment, at: datetime, catalogue: Catalogue | None
    ) -> list[Event]:
        names = CatalogueNames(catalogue) if catalogue is not None else HashNames()
        events = events_between(old, new, seq=account.seq + 1, at=at, since=account.seen, names=names)
        if not events:
            return []
        done = self._journal.done(*key, account.seen - BEFORE, at)
        return mark_ours(events, [OwnStep(transfer=str(each.transfer_id), step=each.step, ended=each.at) for each in done])

    def _append(self, key: Key, account: HistoryAccount, seen: NewObservation, newest: Known) -> bool:
        done = self._store.append(account, seen)
        with self._lock:
            if done:
                self._newest[key] = newest
                self._newest.move_to_end(key)
                while len(self._newest) > KEPT:
                    self._newest.popitem(last=False)
            else:
                self._newest.pop(key, None)
        return done

    def _known(self, key: Key, account: HistoryAccount) -> Known | None:
        """The newest stored moment; None where it cannot be read."""
        with self._lock:
            held = self._newest.get(key)
        if held is not None and (held.account_id, held.seq) == (account.id, account.seq):
            return held
        way = self._store.replay(account.id, None)
        if way is None:
            return None
        try:
            built = self._moments.built(account, way)
        except MemoryDamaged:
            logger.error("What is remembered of user %s cannot be read: the memory begins anew.", key[0])
            return None
        figures = self._figures(account, way.at)
        return Known(account.id, way.seq, way.at, built.moment, figures, built.changed, way.keyframe_at)

    def _figures(self, account: HistoryAccount, at: datetime) -> dict[str, int]:
        """What was written down last of each series."""
        found = self._store.figures(account.id, "", at, None)
        return {series: figures[-1].value for series, figures in found.items() if not series.startswith(DROP)}

    def _note_gap(self, account: HistoryAccount, at: datetime) -> None:
        if at - account.seen > GAP:
            self._store.note_gap(account, Gap(account.seen, at))

    def _definitions(self, moment: Moment) -> Catalogue | None:
        try:
            catalogue = self._catalogue()
        except DefinitionsMissing:
            return None
        catalogue.preload({item.hash for item in moment.items.values()})
        return catalogue


def _figures_now(moment: Moment, catalogue: Catalogue | None, known: Mapping[str, int]) -> dict[str, int]:
    """Without definitions nobody can tell a guardian's best: it stays what it was known to be, or unknown. Bungie's own number is
    another measure, and would look like a fall, or like a rise once the definitions are there."""
    now = figures_of(moment, catalogue)
    if catalogue is not None:
        return now
    unknown = {series for series in now if series.startswith(POWER) and not known.get(series)}
    return {series: known[series] if series.startswith(POWER) else now[series] for series in now.keys() - unknown}


def _after(known: Known | None, account: HistoryAccount, seen: NewObservation, moment: Moment, changed: int) -> Known:
    """What is known once ``seen`` is stored. ``known``: what was known before, if it goes on from there."""
    told = {series: value for series, value in seen.figures.items() if not series.startswith(DROP)}
    anew = known is None or seen.keyframe is not None
    return Known(
        account_id=account.id,
        seq=seen.seq,
        at=seen.at,
        moment=moment,
        figures={**known.figures, **told} if known is not None else told,
        changed=0 if known is None or anew else known.changed + changed,
        keyframe_at=seen.at if known is None or anew else known.keyframe_at,
    )
