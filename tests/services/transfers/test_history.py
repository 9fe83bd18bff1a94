"""What earlier rounds teach the next plan."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace
from tests.clocks import START
from tests.services.transfers.records import equip, lock, piece, record, step, transfer

from vaultraider.domain.snapshot import ProfileBody, ProfileSnapshot
from vaultraider.domain.transfers.plans import Refusal
from vaultraider.domain.transfers.world import Guardian, Thing, World
from vaultraider.services.transfers import history

ENDED = START
OLD = ProfileSnapshot(body=ProfileBody(), read=START, minted=START)
NEW = ProfileSnapshot(body=ProfileBody(), read=START + timedelta(minutes=1), minted=START + timedelta(minutes=1))


def world(*, locked: bool = False, store: str = "vault") -> World:
    thing = Thing(id="a", hash=1, name="Sable Verdict", slot=1, store=store, place="inventory", instance="a", locked=locked)
    guardians = (Guardian(id="ilse", name="Ilse Varr", guardian=1), Guardian(id="odalys", name="Odalys", guardian=2))
    return World(guardians=guardians, things={"a": thing}, capacities={}, vault_capacity=10, vaulted=frozenset())


def test_full_until_a_profile_tells_otherwise() -> None:
    told = record(steps=[step(transfer("a", "vault", "ilse", bucket=7), "refused", code=1642, ended=ENDED)])
    assert history.told_full(told, None) == history.told_full(told, OLD) == {("ilse", 7)}
    assert history.told_full(told, NEW) == frozenset()


def test_a_stale_view_must_become_newer() -> None:
    steps = [step(transfer("a", "vault", "ilse"), "refused", code=code, ended=ENDED) for code in (1642, 1660)]
    assert history.stale_since(record(steps=steps)) is None
    assert history.stale_since(record(steps=[*steps, step(equip("a", "ilse"), "refused", code=1641, ended=ENDED)])) == ENDED


def test_what_cannot_make_way_is_left_alone() -> None:
    room = transfer("c", "ilse", "vault", wanted="a", why="room", arrives=False)
    refused = step(room, "refused", code=1660, ended=ENDED)
    assert history.untouchable(record(steps=[refused])) == {"c"}
    assert history.untouchable(record(steps=[replace(refused, code=1642)])) == frozenset()
    assert history.untouchable(record(steps=[step(transfer("a", "ilse", "vault"), "refused", code=1660)])) == frozenset()


def test_given_up_and_surprises() -> None:
    refusals = tuple(Refusal(code=code, sentence="", item=code) for code in ("no-space", "refused-by-bungie", "unconfirmed"))
    assert history.given_up(record(refusals=refusals)) == {"refused-by-bungie", "unconfirmed"}
    steps = [
        step(transfer("a", "ilse", "vault"), "refused"),
        step(transfer("c", "ilse", "vault", wanted="a", why="room"), "unconfirmed"),
        step(transfer("a", "ilse", "vault"), "done"),
        step(lock("a", "vault", True, why="lock-again"), "refused"),
        step(equip("a", "b", "ilse"), "refused"),
    ]
    assert history.surprises(record(steps=steps), ["a"]) == 3


def test_what_bungie_contradicted_was_not_done() -> None:
    steps = [step(equip("a", "ilse"), "done", settled="contradicted"), step(equip("b", "ilse"), "done", settled="seen")]
    assert [each.piece for each in history.done_steps(record(steps=steps))] == [piece("b")]


def test_a_lock_is_owed_until_it_is_set() -> None:
    moved = step(transfer("a", "ilse", "vault"), "done", ended=ENDED)
    again = lock("a", "vault", True, why="lock-again", wanted="a")
    owed = record(steps=[moved, step(again, "skipped")])
    assert history.owed_locks(owed, world(), OLD) == [again]
    [elsewhere] = history.owed_locks(owed, world(store="odalys"), OLD)
    assert (elsewhere.source, elsewhere.target, elsewhere.character, elsewhere.state) == ("odalys", "odalys", "odalys", True)
    assert history.owed_locks(owed, world(locked=True), OLD) == [again], "an old profile proves nothing"
    assert history.owed_locks(owed, world(locked=True), NEW) == []
    assert history.owed_locks(record(steps=[moved, step(again, "done")]), world(), OLD) == []
    assert history.owed_locks(record(steps=[replace(moved, state="refused"), step(again, "skipped")]), world(), OLD) == []
    often = [step(again, "refused") for _ in range(history.SURPRISES)]
    assert history.owed_locks(record(steps=[moved, *often]), world(), OLD) == []
