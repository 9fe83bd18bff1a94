"""Carrying one transfer out, as far as it goes now.

take up ─> steps with an unknown end: read Bungie, decide; if that is not possible yet, put down as checking
        ─> cancelled, or waited too long: end
        ─> a view that is new enough; if Bungie cannot be asked, put down as waiting
        ─> plan what remains ─> the plan as rows ─> step by step:  mark as running, commit ─> call ─> how it ended, commit
        ─> something unclear: checking      something that will work later: waiting      a surprise: plan again
        ─> nothing left: end, in one sentence

A worker may die between any two of these; whoever takes the transfer up next begins at the top.
"""

from __future__ import annotations

import logging

from msgspec.structs import replace

from vaultraider.domain.errors import (
    BungieError,
    BungieUnavailable,
    Conflict,
    DefinitionsMissing,
    OperatorMistake,
    SignInEnded,
    StorageFull,
    VaultRaiderError,
)
from vaultraider.domain.transfers.planning import plan_transfer
from vaultraider.domain.transfers.plans import Plan
from vaultraider.domain.transfers.remaining import remaining
from vaultraider.ports import Clock, StepRecord, TransferRecord, TransferState
from vaultraider.services.transfers import history, sentences
from vaultraider.services.transfers.looking import EVERY, SOON_ENOUGH, Errand, Inventory, Looking
from vaultraider.services.transfers.steps import Performing, Round
from vaultraider.services.transfers.taken import Cancelled, Taken
from vaultraider.services.transfers.worlds import Worlds, store_names

logger = logging.getLogger(__name__)

ROUNDS = 12
"""Plans in one go. More surprises than that at once are not the game's: it is looked at again a moment later."""
FIRST_WAITS, OFTEN, SELDOM = 6, 30.0, 60.0
"""Seconds between two tries of what waits: often at first."""
LONGEST = 300.0
"""Seconds. Bungie may ask us to stay away; an hour it never means."""

_PASSES = (BungieUnavailable, SignInEnded, OperatorMistake, DefinitionsMissing, Conflict, StorageFull)
"""What ends by itself, or by somebody's doing: waited for. Anything else would be the same later."""


class Carrying:
    def __init__(self, *, worlds: Worlds, inventory: Inventory, looking: Looking, performing: Performing, clock: Clock) -> None:
        self._worlds = worlds
        self._inventory = inventory
        self._looking = looking
        self._performing = performing
        self._clock = clock

    def carry_out(self, errand: Errand, taken: Taken) -> bool:
        """Ends it, or puts it down. Whether it makes sense to go on with the person's next transfer: Bungie answers.

        Raises JobLost when somebody else has it, and what ``errand.check`` raises.
        """
        if not self._looking.resolve(errand, taken):
            return True
        record = taken.reload()
        try:
            if record.cancelling:
                raise Cancelled
            if self._is_too_late(record):
                self._stop(errand, taken, "expired")
                return True
            return self._go_on(errand, taken)
        except Cancelled:
            self._cancel(errand, taken)
            return True

    def _go_on(self, errand: Errand, taken: Taken) -> bool:
        for _ in range(ROUNDS):
            try:
                self._worlds.freshen(errand.user, errand.membership)
                since = self._looking.needed(errand, taken.record)
                if since is not None and not self._looking.is_newer(errand, since):
                    taken.pause("checking", sentences.looking_again(), EVERY)
                    return True
                plan = self._plan(errand, taken)
            except VaultRaiderError as error:
                return self._wait(errand, taken, error)
            if not plan.steps:
                self._finish(errand, taken, already=plan.already)
                return True
            gone = self._performing.perform(errand, taken)
            taken.reload()
            answer = self._after(errand, taken, gone, plan)
            if answer is not None:
                return answer
        taken.pause("queued", None, EVERY)
        return True

    def _after(self, errand: Errand, taken: Taken, gone: Round, plan: Plan) -> bool | None:
        """What the steps of a plan led to; None: plan again."""
        if gone.unclear:
            taken.pause("checking", sentences.checking(gone.unclear[0].step, None), SOON_ENOUGH)
            return True
        if gone.cancelled:
            raise Cancelled
        if gone.down is not None:
            return self._wait(errand, taken, gone.down)
        if gone.surprised:
            return None
        if gone.later is not None:
            return self._wait(errand, taken, gone.later)
        self._finish(errand, taken, already=plan.already)
        return True

    def _plan(self, errand: Errand, taken: Taken) -> Plan:
        """The plan for what remains, written down unless it is the one that stands there."""
        record = taken.record
        wish = remaining(record.wish, history.done_steps(record), history.given_up(record))
        snapshot = self._inventory.snapshot_of(errand.user, errand.membership)
        world = self._worlds.now(
            errand.user,
            errand.membership,
            full=history.told_full(record, snapshot),
            untouchable=history.untouchable(record),
            planning=record.id,
        )
        plan = plan_transfer(world, wish) if wish is not None else Plan(title=record.title)
        again = {step.piece.id for step in plan.steps if step.kind == "lock"}
        owed = [step for step in history.owed_locks(record, world, snapshot) if step.piece.id not in again]
        plan = replace(plan, steps=(*owed, *plan.steps))
        standing = tuple(each.step for each in record.steps if each.state == "planned")
        told = {(each.code, each.item, each.sentence) for each in record.refusals}
        if standing != plan.steps or any((each.code, each.item, each.sentence) not in told for each in plan.refusals):
            taken.replan(plan, store_names(world))
            taken.reload()
        return plan

    def _wait(self, errand: Errand, taken: Taken, error: VaultRaiderError) -> bool:
        """Puts it down until later, as long as its owner wants to wait."""
        if not isinstance(error, _PASSES) and not (isinstance(error, BungieError) and error.error_code):
            taken.finish("partly" if sentences.tally(taken.record).arrived else "failed", error.sentence)
            return True
        if self._is_too_late(taken.record):
            self._stop(errand, taken, "expired", why=sentences.waited_for(error))
        else:
            told = (error.retry_after or 0.0) if isinstance(error, BungieUnavailable) else 0.0
            pause = OFTEN if taken.record.attempts <= FIRST_WAITS else SELDOM
            taken.pause("waiting", sentences.waiting(error), min(LONGEST, max(told, pause)))
        return not isinstance(error, _PASSES)

    def _is_too_late(self, record: TransferRecord) -> bool:
        return self._clock.now() >= record.expires

    def _cancel(self, errand: Errand, taken: Taken) -> None:
        record = taken.reload()
        unclear = [each for each in record.steps if each.state == "running"]
        if unclear:  # It is told what was done: so that must be known first.
            taken.pause("checking", sentences.checking(unclear[0].step, None), SOON_ENOUGH)
        else:
            self._stop(errand, taken, "cancelled")

    def _stop(self, errand: Errand, taken: Taken, state: TransferState, *, why: str = "") -> None:
        """Ends it early. What was moved may have lost its lock on the way: that is set right first, if it can be."""
        unclear = self._lock_again(errand, taken)
        if unclear:
            taken.pause("checking", sentences.checking(unclear[0].step, None), SOON_ENOUGH)
        else:
            self._finish(errand, taken, state, why=why)

    def _lock_again(self, errand: Errand, taken: Taken) -> list[StepRecord]:
        """Tries once to set the locks that are owed; those of which nobody knows whether they are set."""
        try:
            snapshot = self._inventory.snapshot_of(errand.user, errand.membership)
            world = self._worlds.now(errand.user, errand.membership)
        except VaultRaiderError:
            return []
        owed = history.owed_locks(taken.record, world, snapshot)
        if not owed:
            return []
        taken.replan(Plan(title=taken.record.title, steps=tuple(owed)), store_names(world))
        taken.reload()
        return self._performing.perform(errand, taken).unclear

    def _finish(
        self,
        errand: Errand,
        taken: Taken,
        state: TransferState | None = None,
        *,
        why: str = "",
        already: tuple[str, ...] = (),
    ) -> None:
        record = taken.reload()
        state = state or sentences.outcome(record, already)
        taken.finish(state, sentences.closing(record, state, self._names(errand), why, already))

    def _names(self, errand: Errand) -> dict[str, str]:
        try:
            return store_names(self._worlds.now(errand.user, errand.membership))
        except VaultRaiderError:
            return {}
