"""What lies over stale profiles: done steps in their order, until Bungie has spoken; and the mark that says when that changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.clocks import START
from tests.database.journal import BRANNOCH, LANTERN, STEAM, VARR, VERDICT, XBOX, Journal, step
from tests.database.test_jobs import at_once

from vaultraider.database.engine import Database
from vaultraider.domain.transfers.plans import Piece, Plan


@pytest.fixture
def journal(database: Database) -> Journal:
    return Journal(database)


LOCK = Plan(title="Lock", steps=(step(LANTERN, kind="lock", state=True),))
MOVE = Plan(title="Move", steps=(step(),))


def test_done_steps_lie_over_the_profile(journal: Journal) -> None:
    taken = journal.take(journal.ask())
    assert (journal.items(), journal.mark()) == ([], (0, 0))
    journal.store.begin(taken.steps[0].id, 1, journal.tick())
    assert (journal.items(), journal.mark()) == ([], (0, 0)), "nobody knows yet"
    journal.store.end(taken.steps[0].id, 1, state="done", now=journal.tick())
    (effect,) = journal.store.effects(journal.marrow, STEAM)
    assert (effect.step, effect.at) == (taken.steps[0].step, journal.now)
    assert (effect.step_id, effect.transfer_id, effect.unconfirmed) == (taken.steps[0].id, taken.id, False)
    assert journal.mark() == (1, 1)


@pytest.mark.parametrize("state", ["refused", "unconfirmed", "skipped", "planned"])
def test_what_was_not_done_lies_over_nothing(journal: Journal, state: str) -> None:
    journal.do(journal.take(journal.ask()), state=state)
    assert (journal.items(), journal.mark()) == ([], (0, 0))


def test_they_come_in_the_order_in_which_they_were_done(journal: Journal) -> None:
    """Clocks are set back, and an older transfer may go on after a newer one."""
    older, newer = journal.take(journal.ask(LOCK)), journal.take(journal.ask(MOVE))
    journal.do(newer)
    journal.now = START - timedelta(days=1)
    journal.do(older)
    assert journal.items() == ["Sable Verdict", "Éclair Lantern"]


def test_accounts_and_people_are_apart(journal: Journal) -> None:
    journal.done(MOVE)
    journal.done(LOCK, membership=XBOX)
    journal.done(LOCK, user=journal.ilse)
    assert journal.items() == ["Sable Verdict"]
    assert journal.items(membership=XBOX) == journal.items(journal.ilse) == ["Éclair Lantern"]
    assert journal.mark() == journal.mark(membership=XBOX) == journal.mark(journal.ilse) == (1, 1)
    assert journal.mark(journal.ilse, XBOX) == (0, 0)


@pytest.mark.parametrize("settled", ["seen", "contradicted", "superseded"])
def test_bungie_has_spoken(journal: Journal, settled: str) -> None:
    done = journal.done(MOVE)
    journal.store.settle({done.steps[0].id: settled}, journal.now)  # type: ignore[dict-item]  # one of three
    assert (journal.items(), journal.mark()) == ([], (2, 0))
    assert journal.get(done).steps[0].settled == settled
    assert journal.get(done).settled
    journal.store.settle({done.steps[0].id: "unconfirmed"}, journal.now)
    assert journal.get(done).steps[0].settled == settled, "the last word was spoken"


def test_what_is_not_confirmed_is_flagged_and_stays(journal: Journal) -> None:
    done = journal.done(MOVE)
    number = done.steps[0].id
    journal.store.settle({number: "unconfirmed"}, journal.now)
    assert [effect.unconfirmed for effect in journal.store.effects(journal.marrow, STEAM)] == [True]
    flagged, mark = journal.get(done), journal.mark()
    assert (mark, flagged.steps[0].settled, flagged.settled) == ((2, 1), "unconfirmed", True)
    journal.store.settle({number: "unconfirmed"}, journal.now)
    assert (journal.mark(), journal.get(done)) == (mark, flagged), "told twice, nothing changes"
    journal.store.settle({number: "seen"}, journal.now)
    assert (journal.items(), journal.get(done).steps[0].settled) == ([], "seen")


def test_a_step_that_turns_out_to_be_undone_is_taken_off(journal: Journal) -> None:
    taken = journal.take(journal.ask(MOVE))
    journal.do(taken)
    before = journal.mark()
    assert journal.store.end(taken.steps[0].id, 1, state="refused", now=journal.now)
    assert (journal.items(), journal.mark()) == ([], (before[0] + 1, 0))
    assert journal.store.end(taken.steps[0].id, 1, state="done", now=journal.now)
    assert journal.store.end(taken.steps[0].id, 1, state="done", now=journal.now)
    assert journal.items() == ["Sable Verdict"]
    assert journal.mark()[1] == 1


def test_the_mark_changes_whenever_the_effects_do(journal: Journal) -> None:
    seen: list[tuple[tuple[int, int], list[tuple[int, bool]]]] = []

    def look() -> None:
        effects = journal.store.effects(journal.marrow, STEAM)
        seen.append((journal.mark(), [(effect.step_id, effect.unconfirmed) for effect in effects]))

    look()
    first = journal.done()
    look()
    second = journal.done(LOCK)
    look()
    numbers = [each.id for each in (*first.steps, *second.steps)]
    journal.store.settle({numbers[0]: "superseded", numbers[1]: "unconfirmed"}, journal.now)
    look()
    third = journal.done(MOVE)
    look()
    journal.store.settle(dict.fromkeys((*numbers, third.steps[0].id), "seen"), journal.now)
    look()
    assert len({mark for mark, _ in seen}) == len(seen)
    journal.store.settle(dict.fromkeys(numbers, "seen"), journal.now)
    look()
    assert seen[-1] == seen[-2]


def test_two_workers_end_and_settle_at_once(journal: Journal) -> None:
    """Every change counts, and nobody waits for each other for ever."""
    done = [journal.done() for _ in range(4)]
    running = [journal.take(journal.ask(MOVE)) for _ in range(4)]
    for each in running:
        journal.store.begin(each.steps[0].id, 1, journal.now)
    before = journal.mark()
    everything = {step.id: "seen" for each in (*done, *running) for step in each.steps}

    def work(number: int) -> object:
        if number % 2:
            journal.store.settle(everything, journal.now)  # type: ignore[arg-type]  # all of them are seen
            return None
        end = running[number // 2]
        return journal.store.end(end.steps[0].id, 1, state="done", now=journal.now)

    assert at_once(8, work)[::2] == [True] * 4
    journal.store.settle(everything, journal.now)  # type: ignore[arg-type]  # all of them are seen
    assert journal.items() == []
    assert journal.mark() == (before[0] + 8 + 4 + 4, 0), "eight were seen; four were done, and seen"


def test_settling_what_is_not_there(journal: Journal) -> None:
    journal.store.settle({}, journal.now)
    journal.store.settle({10**6: "seen"}, journal.now)
    planned = journal.ask(MOVE)
    journal.store.settle({planned.steps[0].id: "seen"}, journal.now)
    assert journal.get(planned) == planned


def test_a_thousand_are_settled_in_one_go(journal: Journal) -> None:
    done = journal.done(Plan(title="x", steps=tuple(step() for _ in range(60))))
    journal.store.settle({each.id: "seen" for each in done.steps} | {10**6 + n: "seen" for n in range(1500)}, journal.now)
    assert journal.mark() == (120, 0)


# When something was last moved.


def test_when_a_person_moved_something(journal: Journal) -> None:
    journal.done(MOVE)
    first = journal.now
    journal.done(MOVE)
    moved = journal.store.moved_at(journal.marrow, STEAM, START)
    assert list(moved) == [VERDICT.instance]
    assert first < moved[VERDICT.instance] <= journal.now
    assert journal.store.moved_at(journal.marrow, STEAM, journal.tick()) == {}
    assert journal.store.moved_at(journal.ilse, STEAM, START) == journal.store.moved_at(journal.marrow, XBOX, START) == {}


def test_what_was_only_moved_aside_does_not_count(journal: Journal) -> None:
    stack = Piece(id="s-5-vault-1", hash=5, name="Shards")
    steps = (
        step(LANTERN, why="room"),
        step(LANTERN, why="replacement", kind="equip", source=VARR, target=VARR),
        step(LANTERN, why="lock-again", kind="lock", state=True),
        step(stack),
        step(VERDICT, why="transit"),
        step(VERDICT, source="vault", target=BRANNOCH),
    )
    journal.done(Plan(title="x", steps=steps))
    assert list(journal.store.moved_at(journal.marrow, STEAM, START)) == [VERDICT.instance]


@pytest.mark.parametrize(("who", "counts"), [("page", True), ("api", True), ("undo", True), ("rule Sunday", False)])
def test_a_rule_is_no_person(journal: Journal, who: str, counts: bool) -> None:
    journal.done(MOVE, asked_by=who)
    assert bool(journal.store.moved_at(journal.marrow, STEAM, START)) == counts


def test_what_was_refused_was_not_moved(journal: Journal) -> None:
    journal.do(journal.take(journal.ask(MOVE)), state="refused")
    assert journal.store.moved_at(journal.marrow, STEAM, START) == {}
