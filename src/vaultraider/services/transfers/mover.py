"""Carries an account's open transfers out, one after the other."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from msgspec.structs import replace

from vaultraider.domain.people import User
from vaultraider.ports import Clock, MembershipRef, TransferRecord, TransferStore
from vaultraider.services.jobs import JobHandle, JobInterrupted, JobLost
from vaultraider.services.transfers import sentences
from vaultraider.services.transfers.carrying import Carrying
from vaultraider.services.transfers.looking import Errand
from vaultraider.services.transfers.news import News
from vaultraider.services.transfers.order import next_due
from vaultraider.services.transfers.settling import Settling
from vaultraider.services.transfers.taken import Taken
from vaultraider.services.transfers.watching import Changes

logger = logging.getLogger(__name__)

LEAST = 1.0
AFTER_TROUBLE = 60.0
"""Seconds before a transfer is tried again that failed for a reason of our own."""


class Mover:
    """What the job ``carry_out_transfers`` calls. Only one at a time may run for an account."""

    def __init__(
        self,
        *,
        store: TransferStore,
        carrying: Carrying,
        settling: Settling,
        changes: Changes,
        news: News,
        clock: Clock,
    ) -> None:
        self._store = store
        self._carrying = carrying
        self._settling = settling
        self._changes = changes
        self._news = news
        self._clock = clock

    def run(self, user: User, membership: MembershipRef, handle: JobHandle) -> float | None:
        """Goes on until nothing can be done now; in how many seconds there may be, or None when all is done and seen.

        Raises JobInterrupted and JobLost: at whichever point, whoever comes next goes on from there.
        """
        errand = Errand(user, membership, handle.report)
        lost: set[int] = set()
        while (record := self._next(user, membership, lost)) is not None:
            if not handle.beat():  # Told by the database: a worker that slept must not take up what another has.
                raise JobLost
            handle.check()
            taken = self._take(user, record.id)
            try:
                goes_on = taken is None or self._carry_out(errand, taken, handle)
                self._news.of(user.id, record.id)
                if not goes_on:
                    break  # Nothing else of theirs can be done now.
            except JobLost:
                if not handle.beat():
                    raise
                lost.add(record.id)  # Somebody took up, or ended, this one alone: the others are ours all the same.
        looks = self._settling.look(errand)
        return self._soonest(user, membership, looks)

    def _next(self, user: User, membership: MembershipRef, lost: set[int]) -> TransferRecord | None:
        """``lost``: what somebody else is at. It is left alone, and so is what shares something with it."""
        now = self._clock.now()
        later = now + timedelta(seconds=LEAST)
        found = self._store.open_of(user.id, membership)
        return next_due([replace(each, not_before=later) if each.id in lost else each for each in found], now)

    def _take(self, user: User, transfer_id: int) -> Taken | None:
        record = self._store.take(transfer_id, self._clock.now())
        if record is None:
            return None
        self._changes.tell(user.id)
        return Taken(self._store, self._changes, self._clock, record)

    def _carry_out(self, errand: Errand, taken: Taken, handle: JobHandle) -> bool:
        try:
            return self._carrying.carry_out(errand, taken)
        except (JobInterrupted, JobLost):
            raise
        except Exception as error:
            if handle.is_away(error):  # All of this begins anew when the database is back.
                raise
            # Ours to mend. The transfer is not given up, nor may it keep the others from being carried out.
            logger.exception("Transfer %s could not be carried out.", taken.record.id)
            if self._clock.now() >= taken.record.expires and not _unclear(taken):
                taken.finish("failed", sentences.TROUBLE_LASTED)
            else:
                taken.pause("waiting", sentences.TROUBLE, AFTER_TROUBLE)
            return True

    def _soonest(self, user: User, membership: MembershipRef, looks: float | None) -> float | None:
        """Until the first that is put down may go on, or the next look at what is not confirmed."""
        now = self._clock.now()
        pauses = [_seconds(now, each.not_before) for each in self._store.open_of(user.id, membership)]
        return min([*pauses, *([] if looks is None else [looks])], default=None)


def _seconds(now: datetime, then: datetime) -> float:
    return max(LEAST, (then - now).total_seconds())


def _unclear(taken: Taken) -> bool:
    return any(each.state == "running" for each in taken.reload().steps)
