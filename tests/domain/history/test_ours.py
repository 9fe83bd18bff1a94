"""What our own transfers did is told as ours, and nothing else is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from vaultraider.domain.history.events import Event
from vaultraider.domain.history.ours import OwnStep, mark_ours
from vaultraider.domain.transfers.plans import Piece, Step

AT, SINCE = datetime(2026, 11, 17, 20, 0, tzinfo=UTC), datetime(2026, 11, 17, 19, 30, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
RIFLE, CORE = 101, 106


def own(kind: Any = "transfer", *instances: str, transfer: str = "7", ended: datetime = AT - MINUTE, **more: Any) -> OwnStep:
    pieces = tuple(Piece(each or "s-106", RIFLE if each else CORE, "Sable Verdict", each) for each in instances)
    step = Step(kind=kind, pieces=pieces, source="vault", target="t", character="t", why="wished", reason="", **more)
    return OwnStep(transfer=transfer, step=step, ended=ended)


def event(kind: Any, item: str = "1", hash: int = RIFLE) -> Event:
    return Event(seq=1, n=0, at=AT, since=SINCE, kind=kind, item=item, hash=hash)


TABLE: dict[str, tuple[Event, list[OwnStep], str]] = {
    "moved by us": (event("moved"), [own("transfer", "1")], "7"),
    "moved by somebody else": (event("moved"), [own("transfer", "2")], ""),
    "we did nothing": (event("moved"), [], ""),
    "a stack of ours": (event("moved", "", CORE), [own("transfer", "")], "7"),
    "another stack": (event("moved", "", RIFLE), [own("transfer", "")], ""),
    "collected by us": (event("postmaster-out"), [own("pull", "1")], "7"),
    "equipped by us": (event("equipped"), [own("equip", "1")], "7"),
    "one of many": (event("equipped"), [own("equip-all", "2", "1")], "7"),
    "taken off by us": (event("moved"), [own("equip", "2", replaces=(Piece("1", RIFLE, "", "1"),))], "7"),
    "locked by us": (event("locked"), [own("lock", "1")], "7"),
    "followed by us": (event("tracked"), [own("track", "1")], "7"),
    "stronger while we moved it": (event("power"), [own("transfer", "1")], ""),
    "lost after we moved it": (event("lost"), [own("transfer", "1")], ""),
    "unlocked while we moved it": (event("locked"), [own("transfer", "1")], ""),
    "pushed into the postmaster while we moved it": (event("postmaster-in"), [own("transfer", "1")], ""),
    "at the last moment": (event("moved"), [own("transfer", "1", ended=AT)], "7"),
    "after it was seen": (event("moved"), [own("transfer", "1", ended=AT + SECOND)], ""),
    "just before we looked last, and not seen yet": (event("moved"), [own("transfer", "1", ended=SINCE - 2 * MINUTE)], "7"),
    "long before": (event("moved"), [own("transfer", "1", ended=SINCE - 2 * MINUTE - SECOND)], ""),
    "several of ours: the last": (
        event("moved"),
        [own("transfer", "1", transfer="8"), own("transfer", "1", transfer="7", ended=AT - 2 * MINUTE)],
        "8",
    ),
    "one of ours too early, one in time": (
        event("moved"),
        [own("transfer", "1", transfer="6", ended=SINCE - 9 * MINUTE), own("transfer", "1")],
        "7",
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_whose_doing_it_was(name: str) -> None:
    seen, steps, transfer = TABLE[name]
    (marked,) = mark_ours([seen], steps)
    assert (marked.by, marked.transfer) == ("you" if transfer else "game", transfer)
    assert (marked.kind, marked.item, marked.before, marked.after) == (seen.kind, seen.item, seen.before, seen.after)


def test_events_stay_in_their_order() -> None:
    seen = [event("moved", str(number)) for number in range(5)]
    assert [each.item for each in mark_ours(seen, [own("transfer", "3")])] == ["0", "1", "2", "3", "4"]
