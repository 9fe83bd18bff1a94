"""A worker process is killed fifty times in the middle of moving things; each time another one goes on. At the end everything was
done once, or told why not."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.clocks import FastClock
from tests.conftest import REPOSITORY
from tests.simulator.controls import Controls
from tests.transfers import house as moving
from tests.transfers import small
from tests.transfers.machine import nothing_was_repeated_blind
from tests.wired import settings_for

from vaultraider.bootstrap import Services, build_services
from vaultraider.domain.people import User
from vaultraider.domain.profile_parts import Item
from vaultraider.domain.transfers.wishes import AskedWish, Collect, Move, SetLock, Wanted
from vaultraider.ports import MembershipRef
from vaultraider.simulator import Simulator
from vaultraider.simulator.clock import VirtualClock
from vaultraider.simulator.world import VAULT
from vaultraider.simulator.world import Item as RealItem

KILLS = 50
RATE = 20.0
"""How much faster than the wall the clocks of this test run."""
LONGEST = 90.0
"""Real seconds that anything may take on a busy machine before the test gives up."""
SEED = 20261122


class HurriedClock(VirtualClock):
    """The simulator's, in step with everybody's."""

    def __init__(self, clock: FastClock) -> None:
        super().__init__()
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()


class Workers:
    """One works, or several do; the next ones have made themselves ready: starting takes longer than what is to be killed."""

    def __init__(self, told: dict[str, object]) -> None:
        self._told = json.dumps(told) + "\n"
        self._ready = [self._start(), self._start()]
        self._begun: list[subprocess.Popen[str]] = []

    def next(self) -> None:
        """Whoever worked before goes on, unless they were killed."""
        worker = self._ready.pop(0)
        assert worker.stdout is not None
        assert worker.stdin is not None
        assert worker.stdout.readline() == "ready\n"
        worker.stdin.write(self._told)
        worker.stdin.flush()
        self._begun.append(worker)
        self._ready.append(self._start())

    def kill(self) -> None:
        """The one that began last."""
        if self._begun:
            self._begun[-1].kill()
            self._begun[-1].wait()

    def close(self) -> None:
        for each in (*self._ready, *self._begun):
            each.kill()
            each.wait()
            for pipe in (each.stdin, each.stdout):
                if pipe is not None:
                    pipe.close()

    @staticmethod
    def _start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.transfers.worker_process"],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )


class Scene:
    """The simulator, who asks, and the time that all share."""

    def __init__(self, folder: Path, simulator: Simulator, database_url: str = "") -> None:
        """``database_url``: by default a file in ``folder``."""
        self.controls = Controls(simulator)
        prepared = moving.prepare(folder, self.controls, small.PEOPLE, database_url=database_url)
        self.clock = FastClock(time.time(), prepared.moment, RATE)
        simulator.box.clock = HurriedClock(self.clock)
        simulator.box.credentials.clock = simulator.box.clock
        settings = settings_for(folder, simulator.url, database_url=database_url)
        self.services: Services = build_services(settings, clock=self.clock)
        self.user: User = next(each for each in self.services.accounts.users.all() if each.name.startswith("Marrow"))
        self.account = self.controls.account()
        self.membership = MembershipRef(self.account.type, self.account.id)
        self.told = {
            "folder": str(folder),
            "url": simulator.url,
            "began": self.clock.began,
            "start": self.clock.start.isoformat(),
            "rate": RATE,
            "database_url": database_url,
        }

    def ask(self, dice: random.Random) -> int:
        return self.services.transfers.ask(self.user, self._wish(dice))[0].id

    def _wish(self, dice: random.Random) -> AskedWish:
        profile = self.services.inventory.profile_for_moving(self.user, self.membership)
        movable = [each.item.id for each in profile.entries if each.item.bucket in small.SLOTS]
        guardian = dice.choice(self.account.characters).id
        kind = dice.randrange(6)
        if kind == 0:
            return Collect()
        if kind == 1:
            return SetLock(items=tuple(dice.sample(movable, 4)), state=dice.random() < 0.5)
        equip = kind == 2
        to = guardian if equip or dice.random() < 0.7 else "vault"
        items = tuple(Wanted(id=id) for id in dice.sample(movable, 1 if equip else 5))
        return Move(items=items, to=to, equip=equip)

    def writes(self) -> int:
        return sum(1 for each in self.controls.journal() if moving.ACTIONS in each.path)

    def at_work(self) -> bool:
        return any(not each.ended for each in self.services.transfers.latest(self.user, limit=20))


def wait_for(what: object, seconds: float = LONGEST) -> None:
    assert callable(what)
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "This takes too long."
        time.sleep(0.005)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    simulator = Simulator()
    small.make_small(simulator)
    with ExitStack() as open_things:
        open_things.enter_context(simulator)
        scene = Scene(tmp_path / "data", simulator)
        open_things.callback(scene.services.close)
        yield scene


@pytest.mark.processes
def test_a_worker_that_is_killed_at_any_moment_leaves_nothing_behind(scene: Scene) -> None:
    dice = random.Random(SEED)
    before = moving.totals(scene.account)
    workers = Workers(scene.told)
    asked = []
    in_the_middle = 0
    try:
        workers.next()
        for _ in range(KILLS):
            asked += [scene.ask(dice) for _ in range(dice.randint(1, 2))]
            sent = scene.writes()
            wait_for(lambda sent=sent: scene.writes() > sent or not scene.at_work())
            time.sleep(dice.uniform(0.0, 0.15))
            in_the_middle += scene.at_work()
            workers.kill()
            workers.next()
        wait_for(lambda: not scene.at_work(), 3 * LONGEST)
    finally:
        workers.close()
    records = [scene.services.transfers.get(scene.user, each) for each in asked]
    print(
        f"\nseed {SEED}: {KILLS} kills, {in_the_middle} of them in the middle of a transfer, {len(records)} transfers, "
        f"{scene.writes()} writes; ends {dict(Counter(each.state for each in records))}, "
        f"steps {dict(Counter(step.state for each in records for step in each.steps))}"
    )
    assert in_the_middle > KILLS / 3, "Most kills met nobody at work: they prove nothing."
    assert all(each.ended for each in records)
    assert moving.totals(scene.account) == before
    nothing_was_repeated_blind(scene.controls.journal())
    assert not scene.controls.box.journal.problems()
    our_view_is_the_truth(scene)


def our_view_is_the_truth(scene: Scene) -> None:
    def fresh() -> bool:
        scene.controls.box.caches.bust(scene.account.id)
        return scene.services.inventory.refresh(scene.user, forced=True, membership=scene.membership).wait == 0

    time.sleep(10 / RATE)
    wait_for(fresh)
    profile = scene.services.inventory.profile_for_moving(scene.user, scene.membership)
    shown = {each.item.id: _shown(each.item) for each in profile.entries if not each.item.id.startswith("s-")}
    assert shown == {each.id: _true(each) for each in scene.account.items if each.id}


def _shown(item: Item) -> tuple[str, bool, bool]:
    return item.store, item.place == "equipped", item.locked is True


def _true(item: RealItem) -> tuple[str, bool, bool]:
    return "vault" if item.bucket == VAULT else item.owner or "account", item.equipped, item.locked
