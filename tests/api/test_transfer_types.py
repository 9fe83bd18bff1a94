"""What is told of a transfer beside what the journal holds: how far it is, what Bungie says of it, what can be asked of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from tests.clocks import START
from tests.web.desk import transfer

from vaultraider.api._transfer_types import Transfer, confirmed, kind_of, told, told_plan, told_write
from vaultraider.domain.transfers import wishes
from vaultraider.domain.transfers.plans import Piece, Plan, Refusal, Step
from vaultraider.ports.transfers import StepRecord, TransferRecord, WriteRecord

SABLE = Piece(id="6917529000000000001", hash=347366834, name="Sable Verdict", instance="6917529000000000001")
OTHER = Piece(id="6917529000000000002", hash=5, name="Marrow's Oath", instance="6917529000000000002")


def step(**more: Any) -> Step:
    given = {"kind": "transfer", "pieces": (SABLE,), "source": "vault", "target": "2305", "character": "2305", "why": "wished"}
    return Step(**(given | {"reason": "You asked for it."} | more))


def record(n: int, state: str, settled: str | None = None, round: int = 1, **more: Any) -> StepRecord:
    return StepRecord(id=100 + n, n=n, round=round, step=step(), state=state, settled=settled, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("round", "steps", "expected"),
    [
        (1, [], (0, 0)),
        (1, [record(1, "planned"), record(2, "planned")], (0, 2)),
        (1, [record(1, "done"), record(2, "running"), record(3, "planned")], (1, 3)),
        (1, [record(1, "done"), record(2, "skipped")], (1, 2)),
        (1, [record(1, "refused"), record(2, "unconfirmed")], (0, 2)),
        # What a new plan dropped no longer counts; what was done before it does.
        (2, [record(1, "done"), record(2, "refused"), record(3, "skipped"), record(4, "planned", round=2)], (1, 2)),
        (3, [record(1, "skipped"), record(2, "done", round=2), record(3, "done", round=3)], (2, 2)),
    ],
)
def test_how_far_it_is(round: int, steps: list[StepRecord], expected: tuple[int, int]) -> None:
    said = told(transfer(1, round=round, steps=tuple(steps)), START)
    assert (said.done, said.total) == expected
    assert len(said.steps) == len(steps)


@pytest.mark.parametrize(
    ("settled", "expected"),
    [
        ([], "all"),
        (["seen", "superseded"], "all"),
        (["seen", None], "pending"),
        (["seen", None, "unconfirmed"], "unconfirmed"),
        (["unconfirmed", "contradicted", None, "seen"], "contradicted"),
    ],
)
def test_the_worst_of_what_bungie_says(settled: list[str | None], expected: str) -> None:
    steps = [record(n, "done", each) for n, each in enumerate(settled, 1)]
    assert confirmed([*steps, record(9, "planned"), record(10, "refused")]) == expected


OFFERS: list[tuple[dict[str, Any], list[str]]] = [
    ({"state": "queued"}, ["cancel"]),
    ({"state": "running"}, ["cancel"]),
    ({"state": "waiting"}, ["cancel"]),
    ({"state": "checking", "cancelling": True}, []),
    ({"state": "done"}, []),
    ({"state": "done", "steps": (record(1, "done"),)}, ["undo"]),
    ({"state": "done", "steps": (record(1, "done"),), "undone_by": 7}, []),
    ({"state": "partly", "steps": (record(1, "done"), record(2, "refused"))}, ["retry", "undo"]),
    ({"state": "partly", "steps": (record(1, "done"), record(2, "refused")), "retried_by": 7}, ["undo"]),
    ({"state": "partly", "steps": (record(1, "done"), record(2, "refused")), "undone_by": 7}, []),
    ({"state": "failed"}, ["retry"]),
    ({"state": "cancelled"}, ["retry"]),
    ({"state": "expired", "steps": (record(1, "unconfirmed"),)}, ["retry"]),
    ({"state": "done", "steps": (record(1, "done"),), "undoes": 7}, []),
    ({"state": "failed", "undoes": 7}, ["retry"]),
]


@pytest.mark.parametrize(("fields", "expected"), OFFERS)
def test_what_can_be_asked_of_it(fields: dict[str, Any], expected: list[str]) -> None:
    ended = None if fields["state"] in ("queued", "running", "waiting", "checking") else START
    found = transfer(1, **fields, finished=ended)
    assert told(found, START).can == expected
    assert "undo" not in told(found, START + timedelta(days=30, seconds=1)).can
    assert ("undo" in told(found, START + timedelta(days=30)).can) == ("undo" in expected)


def test_every_kind_has_its_name() -> None:
    kinds = {kind_of(wishes.Collect()), kind_of(wishes.Restore()), kind_of(wishes.MakeRoom(store="vault"))}
    kinds |= {kind_of(each(items=("1",), state=True)) for each in (wishes.SetLock, wishes.SetTracked)}
    assert kinds | {kind_of(transfer(1).wish)} == {"collect", "restore", "make-room", "lock", "track", "move"}


def sent(found: TransferRecord) -> dict[str, Any]:
    raw = msgspec.json.encode(told(found, START))
    msgspec.json.decode(raw, type=Transfer)
    said: dict[str, Any] = msgspec.json.decode(raw)
    return said


def test_what_there_is_none_of_is_left_out() -> None:
    said = sent(transfer(7, steps=(record(1, "planned"),)))
    assert said["id"] == "7"
    assert {"sentence", "started", "finished", "undoes", "undone_by", "retries", "retried_by", "not_before"}.isdisjoint(said)
    assert set(said["steps"][0]) == {*("n", "kind", "items", "quantity", "source", "target", "bucket", "why", "reason", "state")}
    assert said["steps"][0]["items"] == [{"id": SABLE.id, "hash": SABLE.hash, "name": SABLE.name}]


def test_all_that_there_is() -> None:
    later = START + timedelta(seconds=30)
    locked = StepRecord(
        id=1, n=1, round=1, step=step(kind="lock", state=False, why="lock-again"), state="refused", code=1656,
        sentence="It is worn.", begun=START, ended=later,
    )  # fmt: skip
    worn = StepRecord(id=2, n=2, round=1, step=step(kind="equip", replaces=(OTHER,)), state="done", settled="seen")
    no = Refusal(code="no-space", sentence="Full.", item="1", name="Sable Verdict")
    said = sent(
        transfer(
            7,
            state="waiting",
            sentence="Bungie is down.",
            steps=(locked, worn),
            refusals=(no,),
            started=START,
            not_before=later,
            retries=5,
            retried_by=8,
        )
    )
    assert said["refusals"] == [{"code": "no-space", "sentence": "Full.", "item": "1", "name": "Sable Verdict"}]
    assert (said["not_before"], said["expires"]) == ("2026-11-17T17:00:30Z", "2026-11-17T18:00:00Z")
    assert (said["retries"], said["retried_by"], said["sentence"]) == ("5", "8", "Bungie is down.")
    first, second = said["steps"]
    assert (first["lock"], first["code"], first["sentence"]) == (False, 1656, "It is worn.")
    assert (first["begun"], first["ended"]) == ("2026-11-17T17:00:00Z", "2026-11-17T17:00:30Z")
    assert second["replaces"][0]["name"] == "Marrow's Oath"
    assert second["settled"] == "seen"


def test_a_plan_is_numbered_and_nothing_of_it_has_happened() -> None:
    said = told_plan(Plan(title="Two", steps=(step(), step(kind="equip")), already=("9",)))
    assert [(each.n, each.kind, each.state) for each in said.steps] == [(1, "transfer", "planned"), (2, "equip", "planned")]
    assert (said.title, said.already, said.refusals) == ("Two", ["9"], [])


def test_a_store_without_a_name_is_called_by_its_id() -> None:
    write = WriteRecord(step=record(1, "done"), transfer_id=7, title="T", asked_by="rule tidy", source_name="the vault")
    said = told_write(write)
    assert (said.id, said.transfer, said.asked_by) == ("101", "7", "rule tidy")
    assert (said.source_name, said.target_name) == ("the vault", "2305")
