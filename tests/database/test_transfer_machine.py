"""The journal against a model of it: workers that die and come back, people who cancel, verdicts that come late."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from tests.clocks import START
from tests.database.journal import STEAM, Journal, step

from vaultraider.database import schema
from vaultraider.database.engine import Database
from vaultraider.domain.errors import Conflict
from vaultraider.domain.transfers.plans import Plan
from vaultraider.ports import ENDED

LATER = START + timedelta(hours=1)


@dataclass
class ModelStep:
    state: str = "planned"
    settled: str | None = None
    laid: bool = False


@dataclass
class Model:
    """What one transfer should be."""

    key: str | None
    state: str = "queued"
    fence: int = 0
    cancelling: bool = False
    steps: list[ModelStep] = field(default_factory=list)

    def close(self, state: str) -> None:
        self.state = state
        for each in self.steps:
            each.state = {"planned": "skipped", "running": "unconfirmed"}.get(each.state, each.state)


def plan_of(count: int) -> Plan:
    return Plan(title="x", steps=tuple(step() for _ in range(count)))


class JournalMachine(RuleBasedStateMachine):
    transfers = Bundle("transfers")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.database = Database(f"sqlite:///{(Path(self.folder.name) / 'test.sqlite3').as_posix()}")
        schema.metadata().create_all(self.database.engine)
        self.journal = Journal(self.database)
        self.store = self.journal.store
        self.models: dict[int, Model] = {}
        self.order: list[tuple[int, int]] = []
        """(transfer, place of the step) of everything that was done, in that order."""
        self.marks: dict[tuple[int, int], object] = {}

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    def held(self, transfer: int, old: bool) -> tuple[Model, int, bool]:
        """The model, a fence, and whether that fence counts."""
        model = self.models[transfer]
        fence = model.fence - 1 if old else model.fence
        return model, fence, not old and model.state not in ENDED

    def number(self, transfer: int, place: int) -> tuple[int, int]:
        """The id of a step, and its place."""
        record = self.store.get(self.journal.marrow, transfer)
        assert record is not None
        place %= len(record.steps)
        return record.steps[place].id, place

    @rule(target=transfers, count=st.integers(1, 3), key=st.sampled_from([None, "a", "b"]))
    def ask(self, count: int, key: str | None) -> int:
        record, is_new = self.journal.ask_told(plan_of(count), key=key)
        known = next((number for number, model in self.models.items() if key and model.key == key), None)
        assert is_new == (known is None)
        if known is not None:
            assert record.id == known
        else:
            self.models[record.id] = Model(key, steps=[ModelStep() for _ in range(count)])
        return record.id

    @rule(transfer=transfers)
    def take(self, transfer: int) -> None:
        model = self.models[transfer]
        taken = self.store.take(transfer, self.journal.tick())
        assert (taken is None) == (model.state in ENDED)
        if taken is not None:
            model.fence += 1
            model.state = "running"

    @rule(transfer=transfers, place=st.integers(0, 9), old=st.booleans())
    def begin(self, transfer: int, place: int, old: bool) -> None:
        model, fence, counts = self.held(transfer, old)
        number, place = self.number(transfer, place)
        expected = counts and not model.cancelling and model.steps[place].state == "planned"
        assert self.store.begin(number, fence, self.journal.tick()) == expected
        if expected:
            model.state = "running"
            model.steps[place].state = "running"

    @rule(
        transfer=transfers,
        place=st.integers(0, 9),
        old=st.booleans(),
        state=st.sampled_from(["done", "done", "refused", "unconfirmed", "planned"]),
    )
    def end(self, transfer: int, place: int, old: bool, state: str) -> None:
        model, fence, counts = self.held(transfer, old)
        number, place = self.number(transfer, place)
        assert self.store.end(number, fence, state=state, now=self.journal.tick()) == counts  # type: ignore[arg-type]  # sampled
        if counts:
            if (transfer, place) in self.order:
                self.order.remove((transfer, place))
            model.steps[place] = ModelStep(state, laid=state == "done")
            if state == "done":
                self.order.append((transfer, place))

    @rule(transfer=transfers, old=st.booleans(), state=st.sampled_from(["queued", "checking", "waiting"]))
    def pause(self, transfer: int, old: bool, state: str) -> None:
        model, fence, counts = self.held(transfer, old)
        paused = self.store.pause(transfer, fence, state=state, sentence="x", not_before=LATER, now=self.journal.tick())  # type: ignore[arg-type]  # sampled
        assert paused == counts
        if counts:
            model.state = state

    @rule(transfer=transfers, old=st.booleans(), count=st.integers(0, 2))
    def replan(self, transfer: int, old: bool, count: int) -> None:
        model, fence, counts = self.held(transfer, old)
        assert self.store.replan(transfer, fence, plan_of(count), now=self.journal.tick()) == counts
        if counts:
            for each in model.steps:
                each.state = "skipped" if each.state == "planned" else each.state
            model.steps += [ModelStep() for _ in range(count)]

    @rule(transfer=transfers, old=st.booleans(), state=st.sampled_from(sorted(ENDED)))
    def finish(self, transfer: int, old: bool, state: str) -> None:
        model, fence, counts = self.held(transfer, old)
        assert self.store.finish(transfer, fence, state=state, sentence="x", now=self.journal.tick()) == counts  # type: ignore[arg-type]  # sampled
        if counts:
            model.close(state)

    @rule(transfer=transfers)
    def cancel(self, transfer: int) -> None:
        model = self.models[transfer]
        try:
            told = self.store.ask_cancel(self.journal.marrow, transfer, self.journal.tick())
        except Conflict:
            assert model.state in ENDED
            return
        assert told is not None and model.state not in ENDED
        if not model.cancelling:
            model.cancelling = True
            if model.state != "running" and not any(each.state == "running" for each in model.steps):
                model.fence += 1
                model.close("cancelled")

    @rule(
        data=st.lists(
            st.tuples(st.integers(0, 30), st.sampled_from(["seen", "contradicted", "unconfirmed", "superseded"])), max_size=4
        )
    )
    def settle(self, data: list[tuple[int, str]]) -> None:
        every = [(transfer, place) for transfer, model in self.models.items() for place in range(len(model.steps))]
        verdicts: dict[int, str] = {}
        for choice, settled in data if every else ():
            transfer, place = every[choice % len(every)]
            number, _ = self.number(transfer, place)
            if number in verdicts:
                continue
            verdicts[number] = settled
            one = self.models[transfer].steps[place]
            if one.laid:
                one.settled = settled
                if settled != "unconfirmed":
                    one.laid = False
                    self.order.remove((transfer, place))
        self.store.settle(verdicts, self.journal.tick())  # type: ignore[arg-type]  # sampled

    @invariant()
    def the_journal_is_as_the_model_says(self) -> None:
        records = {each.id: each for each in self.store.latest(self.journal.marrow, limit=1000)}
        assert set(records) == set(self.models)
        for number, model in self.models.items():
            record = records[number]
            assert (record.state, record.fence, record.cancelling) == (model.state, model.fence, model.cancelling)
            assert [each.n for each in record.steps] == list(range(1, len(model.steps) + 1))
            assert [(each.state, each.settled) for each in record.steps] == [(each.state, each.settled) for each in model.steps]
            assert (record.finished is not None) == record.ended

    @invariant()
    def what_lies_over_the_profile_is_what_was_done(self) -> None:
        effects = self.store.effects(self.journal.marrow, STEAM)
        assert [(each.transfer_id, each.step_id) for each in effects] == [
            (transfer, self.number(transfer, place)[0]) for transfer, place in self.order
        ]
        content = [(each.step_id, each.at, each.unconfirmed) for each in effects]
        mark = self.store.effects_mark(self.journal.marrow, STEAM)
        assert mark[1] == len(effects)
        assert self.marks.setdefault(mark, content) == content, "one mark never stands for two contents"

    @invariant()
    def nothing_at_work_is_forgotten(self) -> None:
        busy = any(
            model.state not in ENDED or any(each.laid and each.settled is None for each in model.steps)
            for model in self.models.values()
        )
        assert self.store.accounts_at_work() == ([(self.journal.marrow, STEAM)] if busy else [])
        open_ones = [number for number, model in sorted(self.models.items()) if model.state not in ENDED]
        assert [each.id for each in self.store.open_of(self.journal.marrow, STEAM)] == open_ones


TestJournalMachine = JournalMachine.TestCase
TestJournalMachine.settings = settings(max_examples=12, stateful_step_count=30, deadline=None)
