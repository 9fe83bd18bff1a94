"""Which of the things that happened our own transfers did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from vaultraider.domain.history.events import Event, EventKind
from vaultraider.domain.transfers.plans import Piece, Step, StepKind

BEFORE = timedelta(minutes=2)
"""So much earlier than the account was last seen a step may have ended: that answer came from a cache of Bungie's."""

DOES: dict[StepKind, frozenset[EventKind]] = {
    "transfer": frozenset({"moved"}),
    "pull": frozenset({"postmaster-out", "moved"}),
    "equip": frozenset({"equipped", "moved"}),
    "equip-all": frozenset({"equipped", "moved"}),
    "lock": frozenset({"locked"}),
    "track": frozenset({"tracked"}),
}
"""What a step can be seen as: what was pulled and moved on at once was seen neither here nor there between."""


class OwnStep(msgspec.Struct, frozen=True, kw_only=True):
    """A done step. ``transfer``: the transfer's id. ``ended``: when Bungie confirmed its call."""

    transfer: str
    step: Step
    ended: datetime


def mark_ours(events: Sequence[Event], steps: Iterable[OwnStep]) -> list[Event]:
    """The same events; those that a step of ours did within their time are ``by`` "you" and name its transfer. Where several
    did, the last one."""
    by_thing: dict[tuple[str, EventKind], list[OwnStep]] = {}
    for own in sorted(steps, key=lambda own: own.ended, reverse=True):
        for piece in _touched(own.step):
            for kind in DOES[own.step.kind]:
                by_thing.setdefault((_thing(piece.instance, piece.hash), kind), []).append(own)
    return [_marked(event, by_thing.get((_thing(event.item, event.hash), event.kind), ())) for event in events]


def _touched(step: Step) -> Iterator[Piece]:
    yield from step.pieces
    yield from step.replaces


def _thing(instance: str, hash: int) -> str:
    return instance or f"#{hash}"


def _marked(event: Event, steps: Sequence[OwnStep]) -> Event:
    own = next((own for own in steps if event.since - BEFORE <= own.ended <= event.at), None)
    return event if own is None else msgspec.structs.replace(event, by="you", transfer=own.transfer)
