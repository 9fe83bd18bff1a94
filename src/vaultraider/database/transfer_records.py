"""Rows of the journal, read: what a row holds that cannot be read (a newer program wrote it, a disk failed) is told as such, and
the rest of the journal stands.
"""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

import msgspec

from vaultraider.database.transfer_rows import TransferRow, TransferStepRow
from vaultraider.domain.transfers.plans import Piece, Refusal, Step
from vaultraider.domain.transfers.wishes import (
    AnyWish,
    Collect,
    MakeRoom,
    Move,
    Restore,
    SetLock,
    SetTracked,
    Wanted,
)
from vaultraider.ports import Effect, MembershipRef, Settled, StepRecord, StepState, TransferRecord, TransferState, WriteRecord

logger = logging.getLogger(__name__)

LONGEST_WORDS = 4000
"""Letters kept to search one step by."""

_UNREADABLE = Step(
    kind="transfer",
    pieces=(Piece(id="", hash=0, name="Unknown item"),),
    source="",
    target="",
    character="",
    why="wished",
    reason="This line of the journal cannot be read.",
)
_KINDS: dict[str, type[AnyWish]] = {
    "move": Move,
    "collect": Collect,
    "lock": SetLock,
    "track": SetTracked,
    "make-room": MakeRoom,
    "restore": Restore,
}
_OUTCOMES: dict[str, str] = {"unconfirmed": "unconfirmed unclear", "running": "running", "done": "done"}
_VERBS: dict[str, str] = {
    "transfer": "transfer move",
    "pull": "pull postmaster",
    "equip": "equip wear",
    "equip-all": "equip wear",
    "track": "follow track",
}
_wishes = msgspec.json.Decoder(AnyWish)
_steps = msgspec.json.Decoder(Step)
_refusals = msgspec.json.Decoder(Refusal)
_T = TypeVar("_T")


def record_of(row: TransferRow, steps: Iterable[TransferStepRow]) -> TransferRecord:
    """``steps`` by their position."""
    return TransferRecord(
        id=row.id,
        user_id=row.user_id,
        membership=MembershipRef(row.membership_type, row.membership_id),
        revision=row.revision,
        wish=wish_of(row.wish),
        title=row.title,
        state=cast(TransferState, row.state),
        asked_by=row.asked_by,
        sentence=row.sentence,
        refusals=refusals_of(row.refusals),
        created=row.created,
        started=row.started,
        finished=row.finished,
        not_before=row.not_before,
        expires=row.expires,
        fence=row.fence,
        attempts=row.attempts,
        round=row.round,
        cancelling=row.cancelling,
        undoes=row.undoes,
        undone_by=row.undone_by,
        retries=row.retries,
        retried_by=row.retried_by,
        steps=tuple(step_record(each) for each in steps),
    )


def step_record(row: TransferStepRow) -> StepRecord:
    """A planned step that cannot be read counts as skipped: it must never be sent."""
    step = _step(row)
    state = "skipped" if step is None and row.state == "planned" else row.state
    return StepRecord(
        id=row.id,
        n=row.n,
        round=row.round,
        step=step or _UNREADABLE,
        state=cast(StepState, state),
        code=row.code,
        sentence=row.sentence,
        begun=row.begun,
        ended=row.ended,
        settled=cast("Settled | None", row.settled),
    )


def write_record(row: TransferStepRow, title: str, asked_by: str) -> WriteRecord:
    return WriteRecord(
        step=step_record(row),
        transfer_id=row.transfer_id,
        title=title,
        asked_by=asked_by,
        source_name=row.source_name,
        target_name=row.target_name,
    )


def effect_of(row: TransferStepRow) -> Effect | None:
    """None for a step that cannot be read: nobody knows where to lay it."""
    step = _step(row)
    if step is None or row.ended is None:
        return None
    return Effect(step_id=row.id, transfer_id=row.transfer_id, step=step, at=row.ended, unconfirmed=row.settled == "unconfirmed")


def instances_of(step: Step) -> str:
    return " ".join(piece.instance for piece in step.pieces if piece.instance)


def wish_of(text: str) -> AnyWish:
    """A wish with fields that a newer program added is read without them; one that cannot be read at all wishes nothing."""
    try:
        return cast(AnyWish, _wishes.decode(text))
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    try:
        return _without_news(msgspec.json.decode(text))
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        logger.warning("A wish in the journal cannot be read: %s", type(error).__name__)
        return Restore()


def refusals_of(text: str) -> tuple[Refusal, ...]:
    try:
        rows = msgspec.json.decode(text, type=list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        logger.warning("Refusals in the journal cannot be read: %s", type(error).__name__)
        return ()
    found = (_decode(_refusals, row, "A refusal") for row in rows)
    return tuple(refusal for refusal in found if refusal is not None)


def sealed(value: object) -> str:
    """As JSON text; equal values give equal text."""
    return msgspec.json.encode(value, order="deterministic").decode()


def joined(known: Sequence[Refusal], more: Iterable[Refusal]) -> tuple[Refusal, ...]:
    """Of one item and one code the newer stays, in the place of the older."""
    by_item = {(each.item, each.code): each for each in known}
    by_item.update({(each.item, each.code): each for each in more})
    return tuple(by_item.values())


def words_of(step: Step, names: Mapping[str, str], title: str, asked_by: str) -> str:
    """What a step is found by."""
    verb = _VERBS.get(step.kind) or ("lock" if step.state else "unlock")
    items = (piece.name for piece in step.pieces)
    stores = (names.get(store, store) for store in (step.source, step.target))
    return folded(" ".join((*items, *stores, title, asked_by, verb)))[:LONGEST_WORDS]


def outcome_words(state: str, sentence: str | None, settled: str | None = None) -> str:
    """What a step is found by once it has ended."""
    return folded(" ".join((_OUTCOMES.get(state, state), sentence or "", settled or "")))[:LONGEST_WORDS]


def folded(text: str) -> str:
    """Without case, accents and other differences that nobody types when searching."""
    plain = unicodedata.normalize("NFKD", text.replace("\x00", " ")).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _step(row: TransferStepRow) -> Step | None:
    step = _decode(_steps, row.step, f"Step {row.id}")
    return step if step is not None and step.pieces else None


def _decode(decoder: msgspec.json.Decoder[_T], text: str | msgspec.Raw, what: str) -> _T | None:
    try:
        return decoder.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        logger.warning("%s of the journal cannot be read: %s", what, type(error).__name__)
        return None


def _without_news(data: dict[str, Any]) -> AnyWish:
    kind = _KINDS[data["kind"]]
    known = {name: value for name, value in data.items() if name in kind.__struct_encode_fields__ or name == "kind"}
    if kind is Move:
        names = Wanted.__struct_encode_fields__
        known["items"] = [{name: value for name, value in item.items() if name in names} for item in known["items"]]
    return msgspec.convert(known, kind)
