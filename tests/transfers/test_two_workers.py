"""Two worker processes on one PostgreSQL want the same account's transfers all the time: each step is done once, by one."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests import postgresql
from tests.transfers import house as moving
from tests.transfers import small
from tests.transfers.machine import nothing_was_repeated_blind
from tests.transfers.test_kills import LONGEST, Scene, Workers, our_view_is_the_truth, wait_for

from vaultraider.simulator import Simulator

pytestmark = pytest.mark.processes

TURNS = 8
LOOK_EVERY = 0.02
"""Real seconds: both look for work far more often than a schedule would, so that they meet over each piece of it."""
SEED = 20261123


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    binaries = postgresql.programs()
    if binaries is None:
        pytest.skip("No PostgreSQL here")
    simulator = Simulator()
    small.make_small(simulator)
    with ExitStack() as open_things:
        url = open_things.enter_context(postgresql.server(binaries))
        open_things.enter_context(simulator)
        scene = Scene(tmp_path / "data", simulator, url)
        open_things.callback(scene.services.close)
        yield scene


@pytest.fixture
def pair(scene: Scene) -> Iterator[Workers]:
    """Both at work."""
    workers = Workers(scene.told | {"look_every": LOOK_EVERY})
    try:
        workers.next()
        workers.next()
        yield workers
    finally:
        workers.close()


def test_two_workers_do_each_step_once(scene: Scene, pair: Workers) -> None:
    dice = random.Random(SEED)
    before = moving.totals(scene.account)
    asked = []
    for _ in range(TURNS):
        asked += [scene.ask(dice) for _ in range(dice.randint(1, 3))]
        wait_for(lambda: not scene.at_work(), 3 * LONGEST)
    records = [scene.services.transfers.get(scene.user, each) for each in asked]
    begun = [step for each in records for step in each.steps if step.begun is not None]
    holders = {each.holder for each in scene.services.jobs.latest(kind=moving.CARRY_OUT, limit=1000) if each.holder}
    ends = dict(Counter(each.state for each in records))
    print(f"\nseed {SEED}: {len(records)} transfers, {len(begun)} steps, {scene.writes()} writes; ends {ends}")
    assert len(holders) == 2, "Only one of them ever worked: this proves nothing."
    assert {each.state for each in records} <= {"done", "partly", "failed"}
    assert all(step.state in ("done", "refused") for step in begun)
    assert scene.writes() == len(begun)
    assert moving.totals(scene.account) == before
    nothing_was_repeated_blind(scene.controls.journal())
    assert not scene.controls.box.journal.problems()
    our_view_is_the_truth(scene)
