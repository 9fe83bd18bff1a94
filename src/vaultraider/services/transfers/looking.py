"""Steps with an unknown end: the worker died in the middle, or Bungie's answer was unclear. We read, then decide; nothing is sent
again before."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from vaultraider.domain.errors import NotFound, VaultRaiderError
from vaultraider.domain.people import User
from vaultraider.domain.profile import Profile
from vaultraider.domain.snapshot import MARGIN, ProfileSnapshot
from vaultraider.domain.transfers.plans import Refusal
from vaultraider.ports import Clock, MembershipRef, Settled, StepRecord, TransferRecord
from vaultraider.services.transfers import history, sentences
from vaultraider.services.transfers.evidence import Whereabouts, finding, worn_of
from vaultraider.services.transfers.taken import Taken

logger = logging.getLogger(__name__)

UNKNOWN_END = timedelta(seconds=30)
"""How long after its mark a call may still be under way, where nobody is left who knows: it is sent within ten seconds, may wait
as long in the queue for its place, and is cut off after ten more."""
PATIENCE = timedelta(minutes=3)
"""How long we look for a word of Bungie's about one call."""
EVERY = 5.0
"""Seconds between two looks."""
SOON_ENOUGH = MARGIN.total_seconds() + 1
"""Seconds after a call before the first look: an earlier profile proves nothing, and then lies in Bungie's cache."""


class Inventory(Protocol):
    """What the mover needs of ``services.inventory.Inventory``."""

    def refresh(self, user: User, *, forced: bool = False, membership: MembershipRef | None = None) -> object: ...
    def profile_for_moving(self, user: User, membership: MembershipRef | None = None) -> Profile: ...
    def snapshot_of(self, user: User, membership: MembershipRef | None = None) -> ProfileSnapshot | None: ...
    def effects_changed(self, user_id: int, membership: MembershipRef) -> None: ...
    def verdicts(self, user: User, membership: MembershipRef | None = None) -> dict[int, Settled]: ...


@dataclass(frozen=True)
class Errand:
    """Whose transfers are carried out. ``check`` raises when the worker should stop."""

    user: User
    membership: MembershipRef
    check: Callable[[str, float | None], None]


class Looking:
    def __init__(self, inventory: Inventory, clock: Clock) -> None:
        self._inventory = inventory
        self._clock = clock
        self._ended: dict[int, datetime] = {}
        self._noticed: dict[datetime, datetime] = {}
        self._distrusted: dict[tuple[int, MembershipRef], datetime] = {}

    def remember(self, step: StepRecord) -> None:
        """The step's call has just ended, with an unclear answer. Another process does not know when: it waits longer."""
        self._ended[step.id] = self._clock.now()

    def resolve(self, errand: Errand, taken: Taken) -> bool:
        """Decides what can be decided by now. Whether no step is left unclear; else the transfer has been put down."""
        unclear = [each for each in taken.record.steps if each.state == "running"]
        if not unclear:
            return True
        trouble = self._look(errand, max(self._ended_of(each) for each in unclear))
        snapshot = self._snapshot(errand)
        there: Whereabouts | None = None
        left = []
        for each in unclear:
            ended = self._ended_of(each)
            if snapshot is not None and snapshot.speaks_of(ended):
                there = there or Whereabouts(snapshot)
                self._decide(taken, each, there)
            elif self._clock.now() - ended > PATIENCE and (
                trouble is None or isinstance(trouble, NotFound) or self._clock.now() > taken.record.expires
            ):
                self._give_up(taken, each)
            else:
                left.append(each)
        self._inventory.effects_changed(errand.user.id, errand.membership)
        if left:
            taken.pause("checking", sentences.checking(left[0].step, trouble), self._pause(left))
        return not left

    def distrust(self, errand: Errand) -> None:
        """Bungie contradicts our view, and no step of ours explains it: it is out of date."""
        self._distrusted[errand.user.id, errand.membership] = self._clock.now()

    def needed(self, errand: Errand, record: TransferRecord) -> datetime | None:
        """What the view must be newer than before anything is planned; None: any will do."""
        moments = (history.stale_since(record), self._distrusted.get((errand.user.id, errand.membership)))
        return max((self._by_now(each) for each in moments if each is not None), default=None)

    def is_newer(self, errand: Errand, since: datetime) -> bool:
        """Whether the view is from after ``since``; asks Bungie when it is not. After a while any view will do."""
        if self._speaks_of(errand, since) or self._clock.now() - since > PATIENCE:
            return True
        self._look(errand, since)
        return self._speaks_of(errand, since)

    def _look(self, errand: Errand, ended: datetime) -> VaultRaiderError | None:
        """Asks Bungie, where it helps; why it could not be asked."""
        if self._speaks_of(errand, ended) or (self._clock.now() - ended).total_seconds() < SOON_ENOUGH:
            return None
        try:
            self._inventory.refresh(errand.user, forced=True, membership=errand.membership)
        except VaultRaiderError as error:
            return error
        return None

    def _speaks_of(self, errand: Errand, moment: datetime) -> bool:
        snapshot = self._snapshot(errand)
        return snapshot is not None and snapshot.speaks_of(moment)

    def _snapshot(self, errand: Errand) -> ProfileSnapshot | None:
        """None also where the account is no longer the person's: nothing is ever heard of it again."""
        try:
            return self._inventory.snapshot_of(errand.user, errand.membership)
        except NotFound:
            return None

    def _ended_of(self, each: StepRecord) -> datetime:
        return self._by_now(self._ended.get(each.id) or (each.begun or self._clock.now()) + UNKNOWN_END)

    def _by_now(self, moment: datetime) -> datetime:
        """The moment; or, when it lies so far ahead that our clock was turned back since, the time at which that was noticed."""
        latest = self._clock.now() + UNKNOWN_END
        if moment <= latest:
            return moment
        noticed = self._noticed.get(moment)
        if noticed is None or noticed > latest:
            noticed = self._noticed[moment] = latest
        return noticed

    def _pause(self, left: list[StepRecord]) -> float:
        due = max(self._ended_of(each) for each in left) + timedelta(seconds=SOON_ENOUGH)
        return max(EVERY, (due - self._clock.now()).total_seconds())

    def _decide(self, taken: Taken, each: StepRecord, there: Whereabouts) -> None:
        step, found = each.step, finding(each.step, there)
        logger.info("Step %s of transfer %s had an unclear end: %s", each.n, taken.record.id, found)
        if found == "done":
            taken.end(each, "done")
        elif step.kind == "equip-all" and (worn := worn_of(step, there)):
            taken.end(each, "done", instead=sentences.narrowed(step, worn))
        elif each.sentence is None and found == "not-done":
            # No answer came before the worker died: nothing that speaks against the item, however often workers die.
            taken.end(each, "skipped", sentence=sentences.NEVER_SENT)
        else:
            # Whether it is tried again is the next plan's to say.
            given = sentences.given_up(taken.record, each, sentences.NOT_DONE) if _too_often(taken, each) else ()
            taken.end(each, "refused", sentence=sentences.not_done(found), refusals=given)
        self._ended.pop(each.id, None)

    def _give_up(self, taken: Taken, each: StepRecord) -> None:
        sentence = sentences.unconfirmed(each.step)
        refusals = [
            Refusal(code="unconfirmed", sentence=sentence, item=id, name=sentences.name_of(taken.record, id))
            for id in history.served(each.step)
            if each.step.why != "lock-again"
        ]
        taken.end(each, "unconfirmed", sentence=sentence, refusals=refusals)
        self._ended.pop(each.id, None)


def _too_often(taken: Taken, each: StepRecord) -> bool:
    return history.surprises(taken.record, history.served(each.step)) + 1 >= history.SURPRISES
