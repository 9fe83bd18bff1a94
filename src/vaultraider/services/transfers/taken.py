"""A transfer that this worker has taken up: what is written of it is written under its fence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Literal

from vaultraider.domain.transfers.plans import Plan, Refusal, Step
from vaultraider.ports import Clock, StepRecord, StepState, TransferRecord, TransferState, TransferStore
from vaultraider.services.jobs import JobLost
from vaultraider.services.transfers.watching import Changes


class Cancelled(Exception):
    """Somebody asked to stop it."""


class Taken:
    """``record`` is as last read. Every method that writes raises JobLost when somebody else has taken the transfer up: then
    nothing was written, and nothing more may be done."""

    def __init__(self, store: TransferStore, changes: Changes, clock: Clock, record: TransferRecord) -> None:
        self._store = store
        self._changes = changes
        self._clock = clock
        self.record = record

    @property
    def fence(self) -> int:
        return self.record.fence

    def reload(self) -> TransferRecord:
        """Raises JobLost also when it is gone: its person was deleted."""
        record = self._store.get(self.record.user_id, self.record.id)
        if record is None or record.fence != self.record.fence or record.ended:
            raise JobLost
        self.record = record
        return record

    def begin(self, step: StepRecord) -> None:
        """Committed before the call. Raises Cancelled."""
        if not self._store.begin(step.id, self.fence, self._clock.now()):
            self.reload()
            raise Cancelled if self.record.cancelling else JobLost
        self._tell()

    def end(
        self,
        step: StepRecord,
        state: StepState,
        *,
        code: int | None = None,
        sentence: str | None = None,
        refusals: Sequence[Refusal] = (),
        instead: Step | None = None,
    ) -> None:
        """``instead``: what was done of it, where that is less than was planned."""
        self._held(
            self._store.end(
                step.id,
                self.fence,
                state=state,
                now=self._clock.now(),
                code=code,
                sentence=sentence,
                refusals=refusals,
                instead=instead,
            )
        )

    def replan(self, plan: Plan, names: Mapping[str, str]) -> None:
        """``names``: what the stores are called."""
        self._held(self._store.replan(self.record.id, self.fence, plan, now=self._clock.now(), names=names))

    def pause(self, state: Literal["queued", "checking", "waiting"], sentence: str | None, seconds: float) -> None:
        """Puts it down for ``seconds`` at least."""
        now = self._clock.now()
        not_before = now + timedelta(seconds=max(seconds, 1.0))
        self._held(self._store.pause(self.record.id, self.fence, state=state, sentence=sentence, not_before=not_before, now=now))

    def finish(self, state: TransferState, sentence: str) -> None:
        self._held(self._store.finish(self.record.id, self.fence, state=state, sentence=sentence, now=self._clock.now()))

    def _held(self, written: bool) -> None:
        if not written:
            raise JobLost
        self._tell()

    def _tell(self) -> None:
        self._changes.tell(self.record.user_id)
