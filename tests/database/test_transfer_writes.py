"""The journal page: every write that was ever sent, found by words; and rows that cannot be read."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from sqlalchemy import update
from tests.database.journal import LANTERN, STEAM, TWO_HOPS, VARR, VERDICT, WISH, Journal, step

from vaultraider.database.engine import Database
from vaultraider.database.transfer_records import folded
from vaultraider.database.transfer_rows import TransferRow, TransferStepRow
from vaultraider.domain.transfers.plans import Piece, Plan, Refusal
from vaultraider.domain.transfers.wishes import AnyWish, Collect, Move, Restore, SetLock, Wanted


@pytest.fixture
def journal(database: Database) -> Journal:
    return Journal(database)


def found(journal: Journal, query: str = "", **more: Any) -> list[str]:
    """Items of what was found, newest first."""
    return [write.step.step.piece.name for write in journal.store.writes(journal.marrow, query=query, **more)]


def test_only_what_was_sent_is_a_write(journal: Journal) -> None:
    taken = journal.take(journal.ask(Plan(title="Seven", steps=tuple(step() for _ in range(7)))))
    for n, state in enumerate(("done", "refused", "unconfirmed", "skipped", "planned"), 1):
        journal.do(taken, n, state=state)
    journal.store.begin(taken.steps[5].id, 1, journal.tick())
    states = [write.step.state for write in journal.store.writes(journal.marrow)]
    assert states == ["running", "unconfirmed", "refused", "done"]


def test_a_write_says_what_it_belongs_to(journal: Journal) -> None:
    done = journal.done(asked_by="rule Sunday")
    first, second = journal.store.writes(journal.marrow)
    assert (first.transfer_id, first.title, first.asked_by) == (done.id, done.title, "rule Sunday")
    assert [first.step, second.step] == [done.steps[1], done.steps[0]]
    assert (first.source_name, first.target_name) == ("Vault", "Ilse Varr")
    assert (second.source_name, second.target_name) == ("Brannoch", "Vault")


def test_names_that_nobody_told_are_empty(journal: Journal) -> None:
    journal.done(names={})
    assert {(write.source_name, write.target_name) for write in journal.store.writes(journal.marrow)} == {("", "")}
    assert len(found(journal, VARR)) == 1, "then it is found by its id"


def test_the_newest_is_what_was_sent_last(journal: Journal) -> None:
    """A transfer that waited is older than what came after it; its write is not."""
    waited, quick = journal.take(journal.ask(Plan(title="x", steps=(step(LANTERN),)))), journal.take(journal.ask())
    journal.do(quick)
    journal.do(waited)
    assert found(journal) == ["Éclair Lantern", "Sable Verdict"]


def test_pages(journal: Journal) -> None:
    journal.done(Plan(title="x", steps=tuple(step(Piece(id=str(n), hash=n, name=f"Item {n}")) for n in range(7))))
    with journal.database.transaction() as session:  # as fast as a clock can tell
        session.execute(update(TransferStepRow).where(TransferStepRow.n.in_((2, 3, 4))).values(begun=journal.now))
    seen: list[str] = []
    before = None
    while page := journal.store.writes(journal.marrow, limit=2, before=before):
        seen += [write.step.step.piece.name for write in page]
        before = page[-1].step.id
    assert seen == [f"Item {n}" for n in (3, 2, 1, 6, 5, 4, 0)]


@pytest.mark.parametrize("before", [0, -1, 10**6, 10**40])
def test_a_page_before_nothing_is_empty(journal: Journal, before: int) -> None:
    journal.done()
    assert found(journal, before=before) == []


def test_nobody_sees_the_writes_of_another(journal: Journal) -> None:
    theirs = journal.done(user=journal.ilse)
    assert found(journal) == found(journal, "sable") == []
    assert found(journal, before=theirs.steps[1].id) == []


QUERIES: list[tuple[str, int]] = [
    ("", 4),
    ("   ", 4),
    ("sable", 2),
    ("SABLE verdict", 2),
    ("verd sab", 2),
    ("eclair", 2),
    ("éCLAIR", 2),
    ("ilse varr", 2),
    ("brannoch", 2),
    ("vault", 3),
    ("lantern up", 2),
    ("rule", 2),
    ("sunday", 2),
    ("page", 2),
    ("refused", 1),
    ("no room", 1),
    ("done", 3),
    ("lock", 1),
    ("unlock", 0),
    ("move", 3),
    ("sable lantern", 0),
    ("100%", 2),
    ("%", 2),
    ("_", 0),
    ("\\", 0),
    ("'; DROP TABLE transfers; --", 0),
    ("\x00", 4),
    ("a" * 5000, 0),
    (" ".join(["sable"] * 500), 2),
]


@pytest.mark.parametrize(("query", "hits"), QUERIES, ids=[repr(query[:20]) for query, _ in QUERIES])
def test_words_find_writes(journal: Journal, query: str, hits: int) -> None:
    journal.done()
    locked = journal.take(
        journal.ask(
            Plan(title="Lantern up 100%", steps=(step(LANTERN), step(LANTERN, kind="lock", source="x", target="x", state=True))),
            asked_by="rule Sunday",
        )
    )
    journal.do(locked, 1, state="refused", sentence="There is no room where it should go: 100% full.")
    journal.do(locked, 2)
    assert len(found(journal, query)) == hits


def test_a_later_verdict_is_found(journal: Journal) -> None:
    done = journal.done()
    assert found(journal, "unconfirmed") == []
    journal.store.settle({done.steps[0].id: "unconfirmed"}, journal.now)
    assert len(found(journal, "unconfirmed")) == 1
    journal.store.settle({done.steps[0].id: "contradicted"}, journal.now)
    assert (len(found(journal, "unconfirmed")), len(found(journal, "contradicted"))) == (0, 1)


@pytest.mark.parametrize(
    ("text", "same"), [("Éclair", "eclair"), ("STRASSE", "straße"), ("ﬁne", "fine"), ("Ａ１", "a1"), ("İ", "i")]
)
def test_folding(text: str, same: str) -> None:
    assert folded(text) == folded(same)


# What cannot be read.

BROKEN = ["", "{", "[]", "null", '{"kind":"beam"}', '{"kind":"transfer"}', "\ufffd", '{"pieces":[]}', '"x"', "7"]


def damage(journal: Journal, table: type[TransferRow | TransferStepRow], number: int, **values: object) -> None:
    with journal.database.transaction() as session:
        session.execute(update(table).where(table.id == number).values(**values))


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_step_leaves_the_rest(journal: Journal, text: str, caplog: pytest.LogCaptureFixture) -> None:
    good, bad = journal.done(), journal.done()
    damage(journal, TransferStepRow, bad.steps[0].id, step=text)
    with caplog.at_level(logging.WARNING):
        whole, broken = journal.get(good), journal.get(bad)
    assert whole == good
    assert (broken.steps[0].step.piece.name, broken.steps[0].state, broken.steps[1]) == ("Unknown item", "done", bad.steps[1])
    assert "cannot be read" in caplog.text
    assert len(journal.store.latest(journal.marrow)) == 2
    assert len(journal.store.writes(journal.marrow)) == 4
    assert len(journal.store.effects(journal.marrow, STEAM)) == 3, "nobody knows where to lay the broken one"
    assert list(journal.store.moved_at(journal.marrow, STEAM, bad.created)) == [VERDICT.instance]
    journal.store.settle({bad.steps[0].id: "seen"}, journal.now)


def test_a_broken_step_is_never_sent(journal: Journal) -> None:
    made = journal.ask()
    damage(journal, TransferStepRow, made.steps[0].id, step="{")
    assert [each.state for each in journal.take(made).steps] == ["skipped", "planned"]


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_wish_wishes_nothing(journal: Journal, text: str) -> None:
    made = journal.ask()
    damage(journal, TransferRow, made.id, wish=text, refusals=text)
    broken = journal.get(made)
    assert (broken.wish, broken.refusals, broken.title, broken.steps) == (Restore(), (), made.title, made.steps)


NEWER: list[tuple[str, AnyWish]] = [
    ('{"kind":"move","items":[{"id":"1","care":3}],"to":"vault","slowly":true}', Move(items=(Wanted(id="1"),), to="vault")),
    ('{"kind":"collect","soon":1}', Collect()),
    ('{"kind":"lock","items":["1"],"state":true,"until":"x"}', SetLock(items=("1",), state=True)),
]


@pytest.mark.parametrize(("text", "wish"), NEWER)
def test_what_a_newer_program_added_is_left_out(journal: Journal, text: str, wish: AnyWish) -> None:
    made = journal.ask()
    damage(journal, TransferRow, made.id, wish=text)
    assert journal.get(made).wish == wish


def test_a_newer_refusal_or_step_is_read_as_far_as_it_goes(journal: Journal) -> None:
    made = journal.ask()
    known = Refusal(code="gone", sentence="Gone.")
    refusals = '[{"code":"gone","sentence":"Gone.","colour":"red"},{"code":"eaten","sentence":"A dog came."},7]'
    damage(journal, TransferRow, made.id, refusals=refusals)
    with journal.database.reading() as session:
        text = session.get_one(TransferStepRow, made.steps[0].id).step
    damage(journal, TransferStepRow, made.steps[0].id, step=text[:-1] + ',"gently":true}')
    assert journal.get(made).refusals == (known,)
    assert journal.get(made).steps[0] == made.steps[0]


def test_a_broken_key_row_makes_no_second_transfer(journal: Journal) -> None:
    made = journal.ask(key="k")
    assert journal.ask(TWO_HOPS, wish=WISH, key="k") == made


def test_the_words_are_kept_short(journal: Journal) -> None:
    journal.done(Plan(title="long " * 5000, steps=(step(),)))
    with journal.database.reading() as session:
        words = session.query(TransferStepRow.words).one()[0]
    assert len(words) <= 4000 and words.startswith("sable verdict")
