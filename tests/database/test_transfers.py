"""The journal of transfers on both databases: written first, changed only by who holds it, never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import SQLAlchemyError
from tests.clocks import START
from tests.database.journal import (
    BRANNOCH,
    FULL,
    HOUR,
    LANTERN,
    STEAM,
    TWO_HOPS,
    VARR,
    VERDICT,
    WISH,
    XBOX,
    Journal,
    step,
)
from tests.database.test_jobs import at_once

from vaultraider.database.engine import Database
from vaultraider.database.personal_data import PersonalDataRepository
from vaultraider.database.users import UserRepository
from vaultraider.domain.errors import Conflict, NotFound
from vaultraider.domain.transfers.plans import Plan, Refusal
from vaultraider.domain.transfers.wishes import (
    AnyWish,
    Collect,
    LockChange,
    MakeRoom,
    Move,
    Placement,
    Restore,
    SetLock,
    SetTracked,
    Wanted,
)
from vaultraider.ports import TransferRecord

LATER = START + timedelta(minutes=5)


@pytest.fixture
def journal(database: Database) -> Journal:
    return Journal(database)


WISHES: list[AnyWish] = [
    Move(items=(Wanted(id="1"), Wanted(id="s-5-vault-1", quantity=7)), to="vault", equip=True),
    Collect(),
    Collect(characters=(BRANNOCH,), to="vault"),
    SetLock(items=("1", "2"), state=False),
    SetTracked(items=("1",), state=True),
    MakeRoom(store=BRANNOCH, bucket=1498876634, slots=3),
    Restore(
        placements=(Placement(id="1", hash=2, was="vault", left=VARR, was_equipped=True, instance="1"),),
        locks=(LockChange(id="1", was=True),),
    ),
]


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: type(wish).__name__)
def test_a_transfer_comes_back_as_it_was_written(journal: Journal, wish: AnyWish) -> None:
    plan = Plan(title="„Ünïcode“ & <b>", steps=(step(), step(kind="lock", state=True, amounts=(1, 2))), refusals=(FULL,))
    made, is_new = journal.ask_told(plan, wish=wish)
    assert is_new
    assert journal.get(made) == made
    assert (made.wish, made.title, made.refusals) == (wish, plan.title, (FULL,))
    assert tuple(each.step for each in made.steps) == plan.steps
    assert [(each.n, each.round, each.state) for each in made.steps] == [(1, 1, "planned"), (2, 1, "planned")]
    assert (made.state, made.revision, made.fence, made.attempts, made.round) == ("queued", 1, 0, 0, 1)
    assert (made.created, made.not_before, made.expires) == (START, START, START + HOUR)
    assert (made.started, made.finished, made.sentence, made.cancelling) == (None, None, None, False)
    assert (made.ended, made.settled) == (False, True)


def test_a_whole_journey(journal: Journal) -> None:
    made = journal.ask()
    taken = journal.store.take(made.id, journal.tick())
    assert taken is not None
    assert (taken.state, taken.fence, taken.attempts, taken.started) == ("running", 1, 1, journal.now)
    assert journal.store.begin(taken.steps[0].id, 1, journal.tick())
    assert journal.states(made) == ["running", "planned"]
    assert journal.store.end(taken.steps[0].id, 1, state="done", now=journal.tick())
    again = journal.do(taken, 2)
    assert [(each.state, each.settled) for each in again.steps] == [("done", None), ("done", None)]
    assert again.steps[0].begun == START + timedelta(seconds=2) and again.steps[0].ended == START + timedelta(seconds=3)
    assert journal.store.finish(made.id, 1, state="done", sentence="Sable Verdict is with Ilse Varr.", now=journal.tick())
    ended = journal.get(made)
    assert (ended.state, ended.finished, ended.sentence) == ("done", journal.now, "Sable Verdict is with Ilse Varr.")
    assert (ended.ended, ended.settled) == (True, False)


def test_every_change_moves_the_revision(journal: Journal) -> None:
    made = journal.ask()
    seen = [made.revision]

    def look() -> None:
        seen.append(journal.get(made).revision)

    taken = journal.take(made)
    look()
    first, second = (each.id for each in taken.steps)
    journal.store.begin(first, 1, journal.now)
    look()
    journal.store.end(first, 1, state="done", now=journal.now)
    look()
    journal.store.pause(made.id, 1, state="waiting", sentence="Will try when possible.", not_before=LATER, now=journal.now)
    look()
    journal.store.replan(made.id, 1, TWO_HOPS, now=journal.now)
    look()
    journal.store.settle({first: "seen"}, journal.now)
    look()
    journal.store.finish(made.id, 1, state="partly", sentence="Some.", now=journal.now)
    look()
    assert seen == sorted(set(seen))
    journal.store.settle({first: "seen", second: "seen"}, journal.now)
    look()
    assert seen[-1] == seen[-2], "nothing was left to settle"


def test_a_pause_is_remembered(journal: Journal) -> None:
    taken = journal.take(journal.ask())
    sentence = "Will try when possible: Brannoch is in an activity."
    assert journal.store.pause(taken.id, 1, state="waiting", sentence=sentence, not_before=LATER, now=journal.tick())
    paused = journal.get(taken)
    assert (paused.state, paused.sentence, paused.not_before) == ("waiting", sentence, LATER)
    again = journal.take(paused)
    assert (again.state, again.fence, again.attempts, again.started) == ("running", 2, 2, taken.started)


# Fences.


def test_an_old_fence_changes_nothing(journal: Journal) -> None:
    old = journal.take(journal.ask())
    assert journal.store.begin(old.steps[0].id, old.fence, journal.now)
    new = journal.take(old)
    first, second = (each.id for each in old.steps)
    now = journal.tick()
    assert not journal.store.begin(second, old.fence, now)
    assert not journal.store.end(first, old.fence, state="done", now=now, refusals=(FULL,))
    assert not journal.store.replan(old.id, old.fence, TWO_HOPS, now=now)
    assert not journal.store.pause(old.id, old.fence, state="checking", sentence="x", not_before=LATER, now=now)
    assert not journal.store.finish(old.id, old.fence, state="failed", sentence="x", now=now)
    assert journal.get(old) == new
    assert journal.mark() == (0, 0)


def test_one_worker_of_many_sends(journal: Journal) -> None:
    """Each thinks that the others are dead: whoever takes it up last may send, and only once."""
    for _ in range(4):
        made = journal.ask()
        number = made.steps[0].id

        def work(_: int, made: TransferRecord = made, number: int = number) -> bool:
            taken = journal.store.take(made.id, journal.now)
            return taken is not None and journal.store.begin(number, taken.fence, journal.now)

        assert at_once(5, work).count(True) <= 1
        if journal.states(made)[0] == "planned":
            assert journal.store.begin(number, journal.get(made).fence, journal.now)
        assert not journal.store.begin(number, journal.get(made).fence, journal.now)


def test_many_that_take_up_one_transfer_get_fences_of_their_own(journal: Journal) -> None:
    made = journal.ask()
    taken = at_once(6, lambda _: journal.store.take(made.id, journal.now))
    assert sorted(each.fence for each in taken if isinstance(each, TransferRecord)) == [1, 2, 3, 4, 5, 6]


def test_what_has_ended_is_not_taken_up_nor_changed(journal: Journal) -> None:
    ended = journal.done()
    assert journal.store.take(ended.id, journal.now) is None
    assert not journal.store.begin(ended.steps[0].id, ended.fence, journal.now)
    assert not journal.store.end(ended.steps[0].id, ended.fence, state="refused", now=journal.now)
    assert not journal.store.finish(ended.id, ended.fence, state="failed", sentence="No.", now=journal.now)
    assert journal.get(ended) == ended
    assert journal.store.take(10**9, journal.now) is None
    assert not journal.store.begin(10**9, 1, journal.now)


def test_it_ends_only_as_an_end(journal: Journal) -> None:
    taken = journal.take(journal.ask())
    with pytest.raises(ValueError, match="running"):
        journal.store.finish(taken.id, taken.fence, state="running", sentence="", now=journal.now)


# Steps.


def test_a_step_is_begun_once(journal: Journal) -> None:
    taken = journal.take(journal.ask())
    number = taken.steps[0].id
    assert journal.store.begin(number, 1, journal.now)
    assert not journal.store.begin(number, 1, journal.now)
    assert journal.store.end(number, 1, state="refused", now=journal.now, code=1642, sentence="Full.", refusals=(FULL,))
    assert not journal.store.begin(number, 1, journal.now)
    refused = journal.get(taken)
    assert (refused.steps[0].state, refused.steps[0].code, refused.steps[0].sentence) == ("refused", 1642, "Full.")
    assert refused.refusals == (FULL,)


def test_a_step_that_was_not_sent_may_be_begun_again(journal: Journal) -> None:
    taken = journal.take(journal.ask())
    again = journal.do(taken, 1, state="planned", code=1671, sentence="In an activity.")
    assert (again.steps[0].state, again.steps[0].code, again.steps[0].ended) == ("planned", 1671, None)
    done = journal.do(again, 1)
    assert (done.steps[0].state, done.steps[0].code, done.steps[0].sentence) == ("done", None, None)


def test_what_was_done_may_be_less_than_was_planned(journal: Journal) -> None:
    from tests.database.journal import LANTERN, VERDICT

    both = step(kind="equip-all", source=VARR, target=VARR)
    both = type(both)(**{name: getattr(both, name) for name in both.__struct_fields__} | {"pieces": (VERDICT, LANTERN)})
    one = step(kind="equip-all", source=VARR, target=VARR)
    taken = journal.take(journal.ask(Plan(title="Two", steps=(both,))))
    assert journal.do(taken, instead=one).steps[0].step == one
    assert [effect.step for effect in journal.store.effects(journal.marrow, STEAM)] == [one]


def test_a_new_plan_skips_what_is_left_of_the_old_one(journal: Journal) -> None:
    taken = journal.take(journal.ask(Plan(title="x", steps=(step(), step(), step()), refusals=(FULL,))))
    journal.do(taken, 1)
    newer = Refusal(code="no-space", sentence="Newer.", item=LANTERN.id)
    other = Refusal(code="gone", sentence="Gone.", item=VERDICT.id)
    assert journal.store.replan(taken.id, 1, Plan(title="y", steps=(step(),), refusals=(newer, other)), now=journal.tick())
    planned = journal.get(taken)
    assert [(each.n, each.round, each.state) for each in planned.steps] == [
        (1, 1, "done"), (2, 1, "skipped"), (3, 1, "skipped"), (4, 2, "planned"),
    ]  # fmt: skip
    assert (planned.round, planned.title, planned.refusals) == (2, "x", (newer, other))
    assert not journal.store.begin(taken.steps[1].id, 1, journal.now)
    assert journal.store.begin(planned.steps[3].id, 1, journal.now)


def test_the_end_skips_what_is_planned_and_admits_what_is_unclear(journal: Journal) -> None:
    taken = journal.take(journal.ask())
    journal.store.begin(taken.steps[0].id, 1, journal.now)
    journal.store.finish(taken.id, 1, state="failed", sentence="Not known.", now=journal.now)
    assert journal.states(taken) == ["unconfirmed", "skipped"]


# Keys.


def test_a_key_makes_one_transfer(journal: Journal) -> None:
    made, is_new = journal.ask_told(key="k-1")
    again, again_new = journal.ask_told(key="k-1")
    assert (is_new, again_new, again) == (True, False, made)
    assert journal.ask(key="k-2").id != made.id
    assert journal.ask().id != journal.ask().id
    assert journal.ask(key="k-1", user=journal.ilse).id != made.id


def test_a_key_for_another_wish_is_a_mistake(journal: Journal) -> None:
    journal.ask(key="k-1")
    with pytest.raises(Conflict):
        journal.ask(key="k-1", wish=SetLock(items=("1",), state=True))
    with pytest.raises(Conflict):
        journal.ask(key="k-1", membership=XBOX)


def test_the_same_key_at_once_makes_one_transfer(journal: Journal) -> None:
    for turn in range(4):
        told = at_once(6, lambda _, turn=turn: journal.ask_told(key=f"k-{turn}"))
        rows = [each for each in told if isinstance(each, tuple)]
        assert len({record.id for record, _ in rows}) == 1
        assert sum(is_new for _, is_new in rows) == 1


# Undo and retry.


def test_one_undo_and_one_retry(journal: Journal) -> None:
    old = journal.done()
    undo = journal.ask(undoes=old.id, asked_by="undo")
    assert (undo.undoes, journal.get(old).undone_by) == (old.id, undo.id)
    assert journal.get(old).revision > old.revision
    with pytest.raises(Conflict):
        journal.ask(undoes=old.id)
    retry = journal.ask(retries=old.id, asked_by="retry")
    assert (retry.retries, journal.get(old).retried_by) == (old.id, retry.id)
    with pytest.raises(Conflict):
        journal.ask(retries=old.id)
    assert [each.id for each in journal.store.latest(journal.marrow)] == [retry.id, undo.id, old.id]


def test_one_of_many_undos_at_once(journal: Journal) -> None:
    old = journal.done()

    def undo(_: int) -> object:
        try:
            return journal.ask(undoes=old.id)
        except Conflict:
            return None

    made = [each for each in at_once(5, undo) if each is not None]
    assert len(made) == 1
    assert len(journal.store.latest(journal.marrow)) == 2


def test_nobody_takes_back_what_is_somebody_elses(journal: Journal) -> None:
    old = journal.done(user=journal.ilse)
    for more in ({"undoes": old.id}, {"retries": old.id}, {"undoes": 10**6}):
        with pytest.raises(NotFound):
            journal.ask(**more)
    assert journal.store.latest(journal.marrow) == []
    assert journal.get(old) == old


# Cancelling.


@pytest.mark.parametrize("state", ["queued", "checking", "waiting"])
def test_what_is_put_down_is_cancelled_at_once(journal: Journal, state: str) -> None:
    taken = journal.take(journal.ask())
    journal.do(taken, 1)
    journal.store.pause(taken.id, 1, state=state, sentence="x", not_before=LATER, now=journal.now)  # type: ignore[arg-type]  # one of three
    cancelled = journal.store.ask_cancel(journal.marrow, taken.id, journal.tick())
    assert cancelled == journal.get(taken)
    assert (cancelled.state, cancelled.finished) == ("cancelled", journal.now)
    assert cancelled.sentence == "Cancelled after 1 step. What was done stays as it is; undo takes it back."
    assert journal.states(taken) == ["done", "skipped"]
    assert journal.store.take(taken.id, journal.now) is None


def test_what_was_never_begun_is_cancelled_whole(journal: Journal) -> None:
    made = journal.ask()
    cancelled = journal.store.ask_cancel(journal.marrow, made.id, journal.now)
    assert cancelled is not None
    assert (cancelled.state, cancelled.sentence) == ("cancelled", "Cancelled before anything was moved.")


def test_a_running_one_stops_after_its_step(journal: Journal) -> None:
    taken = journal.take(journal.ask())
    first, second = (each.id for each in taken.steps)
    assert journal.store.begin(first, 1, journal.now)
    asked = journal.store.ask_cancel(journal.marrow, taken.id, journal.tick())
    assert asked is not None
    assert (asked.state, asked.cancelling) == ("running", True)
    assert journal.store.ask_cancel(journal.marrow, taken.id, journal.tick()) == asked, "asking twice changes nothing"
    assert journal.store.end(first, 1, state="done", now=journal.now)
    assert not journal.store.begin(second, 1, journal.now)
    assert journal.store.finish(taken.id, 1, state="cancelled", sentence="Cancelled.", now=journal.now)
    assert journal.states(taken) == ["done", "skipped"]


def test_an_unclear_call_is_looked_into_before_the_end(journal: Journal) -> None:
    taken = journal.take(journal.ask())
    journal.store.begin(taken.steps[0].id, 1, journal.now)
    journal.store.pause(taken.id, 1, state="checking", sentence="x", not_before=LATER, now=journal.now)
    asked = journal.store.ask_cancel(journal.marrow, taken.id, journal.now)
    assert asked is not None
    assert (asked.state, asked.cancelling, journal.states(taken)) == ("checking", True, ["running", "planned"])


def test_there_is_nothing_to_cancel(journal: Journal) -> None:
    ended = journal.done()
    with pytest.raises(Conflict):
        journal.store.ask_cancel(journal.marrow, ended.id, journal.now)
    assert journal.store.ask_cancel(journal.ilse, ended.id, journal.now) is None
    assert journal.store.ask_cancel(journal.marrow, 10**6, journal.now) is None


def test_cancelling_and_beginning_at_once(journal: Journal) -> None:
    """Whoever comes first: a step is never begun after the person was told that it is cancelled."""
    for _ in range(5):
        taken = journal.take(journal.ask())
        number = taken.steps[0].id

        def race(which: int, taken: TransferRecord = taken, number: int = number) -> object:
            if which:
                return journal.store.ask_cancel(journal.marrow, taken.id, journal.now)
            return journal.store.begin(number, taken.fence, journal.now)

        begun, _ = at_once(2, race)
        assert journal.get(taken).cancelling
        assert (journal.states(taken)[0] == "running") == begun


# Lists.


def test_lists_are_of_one_person(journal: Journal) -> None:
    mine, other = journal.ask(), journal.ask(user=journal.ilse)
    assert [each.id for each in journal.store.latest(journal.marrow)] == [mine.id]
    assert [each.id for each in journal.store.open_of(journal.ilse, STEAM)] == [other.id]
    assert journal.store.open_of(journal.marrow, XBOX) == []
    assert set(journal.store.revisions(journal.ilse, START - HOUR)) == {other.id}
    assert journal.store.get(journal.marrow, other.id) is None
    assert journal.store.get(journal.marrow, 10**30) is None
    assert journal.store.get(journal.marrow, -1) is None


def test_open_ones_come_oldest_first_with_their_steps(journal: Journal) -> None:
    first, second = journal.ask(), journal.ask()
    journal.done()
    found = journal.store.open_of(journal.marrow, STEAM)
    assert [each.id for each in found] == [first.id, second.id]
    assert found[0].steps == first.steps


def test_pages_of_the_latest(journal: Journal) -> None:
    waiting = journal.ask()
    unsettled = journal.done()
    ended = [journal.done() for _ in range(5)]
    for each in ended:
        journal.store.settle({step.id: "seen" for step in each.steps}, journal.now)
    newest = [each.id for each in reversed(ended)]
    assert [each.id for each in journal.store.latest(journal.marrow, limit=2)] == [*newest[:2], unsettled.id, waiting.id]
    assert [each.id for each in journal.store.latest(journal.marrow, limit=2, before=newest[1])] == newest[2:4]
    assert journal.store.latest(journal.marrow, before=waiting.id) == []
    assert journal.store.latest(journal.marrow, before=-5) == []
    assert len(journal.store.latest(journal.marrow, before=10**40)) == 7


def test_revisions_tell_what_changed_lately(journal: Journal) -> None:
    old = journal.done()
    open_one = journal.ask()
    since = journal.tick(600)
    journal.tick()
    assert journal.store.revisions(journal.marrow, since) == {open_one.id: 1}
    journal.store.settle({old.steps[0].id: "contradicted"}, journal.now)
    assert journal.store.revisions(journal.marrow, since) == {open_one.id: 1, old.id: old.revision + 1}


def test_accounts_at_work(journal: Journal) -> None:
    assert journal.store.accounts_at_work() == []
    open_one = journal.ask(user=journal.ilse, membership=XBOX)
    done = journal.done()
    assert journal.store.accounts_at_work() == [(journal.marrow, STEAM), (journal.ilse, XBOX)]
    journal.store.ask_cancel(journal.ilse, open_one.id, journal.now)
    journal.store.settle({done.steps[0].id: "seen", done.steps[1].id: "unconfirmed"}, journal.now)
    assert journal.store.accounts_at_work() == []


# People.


def test_a_person_who_left_takes_the_journal_along(journal: Journal) -> None:
    journal.done()
    kept = journal.done(user=journal.ilse)
    gone = PersonalDataRepository(journal.database).purge(journal.marrow, "17429800")
    assert (gone["transfers"], gone["transfer_steps"], gone["effect_marks"]) == (1, 2, 1)
    assert journal.store.latest(journal.marrow) == []
    assert journal.items() == []
    assert journal.get(kept) == kept
    assert len(journal.items(journal.ilse)) == 2
    with pytest.raises(NotFound):
        journal.ask()


def test_a_person_leaves_while_wishes_come_in_and_steps_end(journal: Journal) -> None:
    """Nothing that is written in the same moment keeps them from being forgotten."""
    for _ in range(5):
        people = UserRepository(journal.database)
        user = people.welcome("17429899", "Odalys#1", admin=False, now=START).id
        records = [journal.take(journal.ask(user=user)) for _ in range(8)]

        def act(number: int, user: int = user, records: list[TransferRecord] = records) -> object:
            if number == 4:
                return PersonalDataRepository(journal.database).purge(user, "17429899")
            try:
                for each in records[number * 2 : number * 2 + 2]:
                    journal.store.begin(each.steps[0].id, each.fence, START)
                    journal.store.end(each.steps[0].id, each.fence, state="done", now=START)
                    journal.ask(user=user)
            except (NotFound, SQLAlchemyError):
                return "too late"
            return "in time"

        gone = at_once(5, act)[4]
        assert isinstance(gone, dict), "it was not forgotten"
        assert (people.get(user), journal.store.latest(user)) == (None, [])


def test_a_worker_finds_nothing_after_its_person_left(journal: Journal) -> None:
    taken = journal.take(journal.ask())
    journal.store.begin(taken.steps[0].id, 1, journal.now)
    PersonalDataRepository(journal.database).purge(journal.marrow, "17429800")
    assert not journal.store.end(taken.steps[0].id, 1, state="done", now=journal.now)
    assert not journal.store.finish(taken.id, 1, state="done", sentence="x", now=journal.now)
    assert journal.store.take(taken.id, journal.now) is None
    journal.store.settle({taken.steps[0].id: "seen"}, journal.now)


def test_a_wish_of_a_whole_vault_fits(journal: Journal) -> None:
    wish = Move(items=tuple(Wanted(id=f"69175290000000{number:05}") for number in range(1500)), to="vault")
    plan = Plan(title="1,500 items to the vault", steps=tuple(step() for _ in range(1200)))
    made = journal.ask(plan, wish=wish)
    assert len(journal.get(made).steps) == 1200
    assert journal.store.replan(made.id, 0, plan, now=journal.now)
    assert len(journal.get(made).steps) == 2400
    assert WISH != made.wish == journal.get(made).wish
