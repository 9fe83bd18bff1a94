"""The steps of one plan, one after the other. What goes wrong with one item does not stop the others."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from vaultraider.domain.errors import (
    BungieError,
    BungieRefusal,
    BungieUnavailable,
    OperatorMistake,
    SignInEnded,
    VaultRaiderError,
)
from vaultraider.domain.transfers.plans import Piece, Refusal, Step
from vaultraider.domain.write_outcome import outcome_of, remedy_for
from vaultraider.ports import StepRecord
from vaultraider.services.transfers import history, sentences
from vaultraider.services.transfers.looking import Errand, Inventory, Looking
from vaultraider.services.transfers.order import Claim, relied_on, touched, unclear_places
from vaultraider.services.transfers.sending import SUCCESS, Sending, TooLate
from vaultraider.services.transfers.settling import Settling
from vaultraider.services.transfers.taken import Cancelled, Taken

logger = logging.getLogger(__name__)

UNCLEAR_AT_ONCE = 2
"""After so many unclear answers nothing more is sent before they are cleared up: Bungie is not well."""

DOING = "Moving items"
"""What the list of background work says of it. Whose items, and which, is nobody's business there."""


@dataclass
class Round:
    """What came of a plan. ``surprised``: something was refused, so that the rest must be planned anew. ``later``: why something
    must wait; ``down``: why everything must."""

    unclear: list[StepRecord] = field(default_factory=list)
    surprised: bool = False
    later: VaultRaiderError | None = None
    down: VaultRaiderError | None = None
    cancelled: bool = False
    _items: set[str] = field(default_factory=set)
    _places: set[Claim] = field(default_factory=set)
    _wanted: set[str] = field(default_factory=set)

    @property
    def is_over(self) -> bool:
        return self.cancelled or self.down is not None or len(self.unclear) >= UNCLEAR_AT_ONCE

    def hold(self, step: Step) -> None:
        """It did not happen, or nobody knows: what builds on it must not be sent."""
        self._items |= touched(step)
        self._places |= unclear_places(step)
        self._wanted.update(history.served(step))

    def allows(self, step: Step) -> bool:
        return (
            self._items.isdisjoint(touched(step))
            and self._wanted.isdisjoint(history.served(step))
            and self._places.isdisjoint(relied_on(step))
        )


class Performing:
    def __init__(self, *, sending: Sending, looking: Looking, settling: Settling, inventory: Inventory) -> None:
        self._sending = sending
        self._looking = looking
        self._settling = settling
        self._inventory = inventory

    def perform(self, errand: Errand, taken: Taken) -> Round:
        """Sends what is planned, each once, in order. Raises JobLost, and what ``errand.check`` raises."""
        gone = Round()
        steps = [each for each in taken.record.steps if each.state == "planned"]
        for number, each in enumerate(steps):
            if gone.is_over:
                break
            if not gone.allows(each.step):
                gone.hold(each.step)
                continue
            errand.check(DOING, 100 * number / len(steps))
            try:
                self._one(errand, taken, each, gone)
            except Cancelled:
                gone.cancelled = True
        return gone

    def _one(self, errand: Errand, taken: Taken, each: StepRecord, gone: Round) -> None:
        mark = self._sending.mark()
        taken.begin(each)
        try:
            rows = self._sending.send(errand.user, errand.membership, each.step, mark)
        except TooLate:
            taken.end(each, "planned")
            gone.surprised = True
            gone.hold(each.step)
        except VaultRaiderError as error:
            gone.hold(each.step)
            self._failed(errand, taken, each, error, gone)
        else:
            if each.step.kind == "equip-all":
                self._rows(errand, taken, each, rows, gone)
            else:
                taken.end(each, "done")
            self._inventory.effects_changed(errand.user.id, errand.membership)

    def _failed(self, errand: Errand, taken: Taken, each: StepRecord, error: VaultRaiderError, gone: Round) -> None:
        outcome = outcome_of(error)
        code = error.error_code if isinstance(error, BungieError) else None
        logger.info("Step %s of transfer %s: %s (%s)", each.n, taken.record.id, outcome, code or error.code)
        if outcome == "look":
            self._looking.remember(each)
            # That there was an answer outlives this process: a call that failed is something else than a worker that died.
            taken.end(each, "running", code=code, sentence=sentences.UNCLEAR)
            gone.unclear.append(each)
        elif outcome in ("wait", "sign-in") or isinstance(error, OperatorMistake):
            taken.end(each, "planned", code=code, sentence=error.sentence)
            if isinstance(error, BungieUnavailable | SignInEnded | OperatorMistake):
                gone.down = error
            else:
                gone.later = error
        else:
            self._refused(errand, taken, each, error, gone)

    def _refused(self, errand: Errand, taken: Taken, each: StepRecord, error: VaultRaiderError, gone: Round) -> None:
        """A plain no. What may help decides whether the item gets another plan."""
        remedy = remedy_for(error)
        code = error.error_code or 0 if isinstance(error, BungieError) else 0
        tries = history.surprises(taken.record, history.served(each.step)) + 1
        final = tries >= history.SURPRISES or (remedy == "none" and history.is_for_itself(each.step))
        given = sentences.given_up(taken.record, each, error.sentence, code) if final else ()
        taken.end(each, "refused", code=code or None, sentence=error.sentence, refusals=given)
        gone.surprised = True
        if remedy == "worn" and not self._settling.contradict(errand, each.step):
            self._looking.distrust(errand)

    def _rows(self, errand: Errand, taken: Taken, each: StepRecord, rows: Mapping[str, int], gone: Round) -> None:
        """Several equips in one call: each has an answer of its own."""
        worn = [piece for piece in each.step.pieces if rows.get(piece.instance) == SUCCESS]
        if len(worn) == len(each.step.pieces):
            taken.end(each, "done")
            return
        gone.hold(each.step)
        rest = [piece for piece in each.step.pieces if piece not in worn]
        errors = {piece.id: _of_row(rows.get(piece.instance)) for piece in rest}
        refusals: list[Refusal] = []
        surprised = False
        for piece in rest:
            error = errors[piece.id]
            if outcome_of(error) == "wait":
                gone.later = error
            elif self._is_final(taken, piece, error):
                refusals.append(sentences.refused_piece(piece, error))
            else:
                surprised = True
        code = _telling([errors[piece.id] for piece in rest])
        if worn or gone.later is None:
            gone.surprised = surprised or bool(refusals)
        if worn:
            taken.end(each, "done", refusals=refusals, instead=sentences.narrowed(each.step, worn))
        elif gone.later is not None:
            # All of it waits with the one that must: the same call a moment later would end the same.
            taken.end(each, "planned", code=code, sentence=gone.later.sentence, refusals=refusals)
        else:
            taken.end(each, "refused", code=code, sentence=errors[rest[0].id].sentence, refusals=refusals)

    @staticmethod
    def _is_final(taken: Taken, piece: Piece, error: BungieRefusal) -> bool:
        """Whether no other plan would help this one of several."""
        if outcome_of(error) == "refused" and remedy_for(error) == "none":
            return True
        return history.surprises(taken.record, (piece.id,)) + 1 >= history.SURPRISES


def _telling(errors: list[BungieRefusal]) -> int | None:
    """The code that says most of what a next plan needs to know."""
    codes = [error.error_code for error in sorted(errors, key=lambda each: remedy_for(each) == "none")]
    return codes[0] if codes else None


def _of_row(code: int | None) -> BungieRefusal:
    """What Bungie left out is not with the character."""
    return BungieRefusal(sentences.refusal_of_row(code or 1623), error_code=code or 1623)
