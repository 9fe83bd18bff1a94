"""Everything at once: people wish, the player plays, Bungie is ill, workers die, time jumps. Then it gets quiet, and our view
must be the truth, with nothing lost, doubled, stranded or moved against its owner's wish.

``Moving`` is a Hypothesis state machine over the whole house and the simulator, by HTTP; ``TALLY`` counts what it did.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from tests.simulator.controls import Controls
from tests.transfers import house as moving
from tests.transfers import small

from vaultraider.bootstrap import Services, build_services
from vaultraider.domain.errors import VaultRaiderError
from vaultraider.domain.transfers.wishes import AskedWish, Collect, MakeRoom, Move, SetLock, Wanted
from vaultraider.ports import TransferRecord
from vaultraider.simulator import Simulator
from vaultraider.simulator.journal import Entry
from vaultraider.simulator.moments import MomentError

LONG = timedelta(hours=12)
WRITES = {"path": moving.ACTIONS}
FAULTS: dict[str, list[dict[str, Any]]] = {
    "commit_then_fail": [{}, {"page": "html_500"}, {"page": "cf_524"}, {"code": 1642}],
    "fail_then_commit": [{}, {"page": "html_503"}, {"seconds": 3.0}],
    "commit_then_hang": [{"seconds": 0}],
    "midway": [{"code": 1642}, {"code": 1623}, {"code": 5}],
    "false_1623": [{}],
    "lock_bleed": [{}],
    "phantom_equip": [{}],
    "slow_visibility": [{"ms": 2000}, {"ms": 4000}],
    "error": [{"code": code} for code in (3, 1618, 1623, 1642, 1648, 1656, 1671, 1663, 1601, 1620)],
    "throttle_user": [{}],
    "throttle_game": [{}],
    "throttle_ip": [{}],
    "html_503": [{}],
    "html_500": [{}],
    "cf_522": [{}],
    "html_200": [{}],
    "reset": [{}],
    "truncate": [{}],
    "external_mutation": [
        {"deed": deed, "when": when} for deed in ("move", "equip", "collect", "lock", "split") for when in ("before", "after")
    ],
}
"""Fault to the ways in which it strikes; every one on the game's writes. A code of 1642 after the write was done lies as no
server of Bungie's has been seen to: it is here so that even then nothing is lost."""
DEEDS = ("move", "equip", "collect", "lock", "split", "delete", "use", "find", "fill_postmaster", "touch")
PAUSE = timedelta(seconds=20)
"""Shorter than any wait for an activity to end."""
WAITS = (0.3, 2.0, 7.0, 20.0, 65.0, 200.0, 1000.0)


class Tally:
    """What all machines of this process did. ``struck``: fault, and how the step ended that it met."""

    def __init__(self) -> None:
        self.wishes: Counter[str] = Counter()
        self.ends: Counter[str] = Counter()
        self.struck: dict[str, Counter[str]] = {}
        self.did: Counter[str] = Counter()
        self.calls = 0

    @property
    def total(self) -> int:
        return sum(self.wishes.values())


TALLY = Tally()


class Stage:
    """The simulator with its small world, and the prepared house: made once for all episodes."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="moving-"))
        self.simulator = Simulator()
        small.make_small(self.simulator)
        self.simulator.start()
        self.controls = Controls(self.simulator)
        self.prepared = moving.prepare(self.folder / "prepared", self.controls, small.PEOPLE)
        self.episodes = 0

    def house(self) -> moving.MovingHouse:
        self.episodes += 1
        return moving.build_house(self.prepared, self.folder / f"episode-{self.episodes}", self.controls)

    def close(self) -> None:
        self.simulator.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Moving(RuleBasedStateMachine):
    stage: ClassVar[Stage]

    house: moving.MovingHouse

    def __init__(self) -> None:
        super().__init__()
        self.house = self.stage.house()
        self.second = self._another_process()
        self.asked: list[int] = []
        self.keys = 0
        self.ill = False
        self.lock_touched: set[str] = set()
        self.locked_at_first = {each.id for each in self.house.account.items if each.locked}

    @initialize(
        keep_locked=st.booleans(),
        bust=st.booleans(),
        ttl=st.sampled_from((30, 60, 120)),
        nodes=st.integers(1, 3),
        omit=st.booleans(),
    )
    def begin(self, keep_locked: bool, bust: bool, ttl: int, nodes: int, omit: bool) -> None:
        house = self.house
        house.controls.knobs(bust_on_write=bust, cache_ttl=ttl, equipitems_missing="omit" if omit else "1623")
        house.controls.box.caches.nodes = nodes
        preferences = house.wired.services.accounts.preferences
        self.keep_locked = keep_locked
        given = type(preferences.of(house.user))(keep_locked=keep_locked, wait_minutes=60)
        preferences.save(house.user, given)

    # -- wishing --------------------------------------------------------------------------------------------------------

    @rule(picks=st.lists(st.integers(0, 999), min_size=1, max_size=8), to=st.integers(0, 3), client=st.booleans())
    def move(self, picks: list[int], to: int, client: bool) -> None:
        self._ask(Move(items=self._wanted(picks), to=self._store(to)), client)

    @rule(pick=st.integers(0, 999), to=st.integers(0, 2), client=st.booleans())
    def equip(self, pick: int, to: int, client: bool) -> None:
        self._ask(Move(items=self._wanted([pick]), to=self._store(to), equip=True), client)

    @rule(picks=st.lists(st.integers(0, 999), min_size=2, max_size=4), to=st.integers(0, 2), client=st.booleans())
    def equip_several(self, picks: list[int], to: int, client: bool) -> None:
        self._ask(Move(items=self._wanted(picks), to=self._store(to), equip=True), client)

    @rule(to=st.integers(0, 3), many=st.integers(10, 40), client=st.booleans())
    def move_a_search_result(self, to: int, many: int, client: bool) -> None:
        self._ask(Move(items=self._wanted(list(range(0, many * 3, 3))), to=self._store(to)), client)

    @rule(pick=st.integers(0, 99), quantity=st.integers(1, 5000), to=st.integers(0, 3), client=st.booleans())
    def move_part_of_a_stack(self, pick: int, quantity: int, to: int, client: bool) -> None:
        stacks = [each for each in self._things() if each.startswith("s-")]
        if stacks:
            wanted = (Wanted(id=stacks[pick % len(stacks)], quantity=quantity),)
            self._ask(Move(items=wanted, to=self._store(to)), client)

    @rule(vault=st.booleans(), client=st.booleans())
    def collect(self, vault: bool, client: bool) -> None:
        self._ask(Collect(to="vault" if vault else None), client)

    @rule(picks=st.lists(st.integers(0, 999), min_size=1, max_size=6), state=st.booleans(), client=st.booleans())
    def lock(self, picks: list[int], state: bool, client: bool) -> None:
        ids = tuple(each.id for each in self._wanted(picks) if not each.id.startswith("s-"))
        if ids:
            self.lock_touched.update(ids)
            self._ask(SetLock(items=ids, state=state), client)

    @rule(to=st.integers(0, 3), slots=st.integers(1, 4), client=st.booleans())
    def make_room(self, to: int, slots: int, client: bool) -> None:
        store = self._store(to)
        self._ask(MakeRoom(store=store, bucket=0 if store == "vault" else small.KINETIC, slots=slots), client)

    @rule(pick=st.integers(0, 99))
    def stop_one(self, pick: int) -> None:
        self._later(pick, "cancel", lambda each: self._transfers.cancel(self.house.user, each))

    @rule(pick=st.integers(0, 99))
    def undo_one(self, pick: int) -> None:
        self._later(pick, "undo", lambda each: self._transfers.undo(self.house.user, each))

    @rule(pick=st.integers(0, 99))
    def retry_one(self, pick: int) -> None:
        self._later(pick, "retry", lambda each: self._transfers.retry(self.house.user, each))

    # -- what goes on meanwhile -----------------------------------------------------------------------------------------

    @rule()
    def work(self) -> None:
        self.house.work()

    @rule(seconds=st.sampled_from(WAITS))
    def time_passes(self, seconds: float) -> None:
        self.house.pass_time(seconds)
        self.house.work()

    @rule(point=st.integers(0, 25))
    def a_worker_dies(self, point: int) -> None:
        """At the n-th moment from now, if there is so much to do; then the next one comes."""
        with moving.crash_points(self.house) as points:
            points.die_at = point
            try:
                self.house.work()
            except moving.Died:
                TALLY.did["worker died"] += 1
                died = True
            else:
                died = False
        if died:
            self._restart()

    @rule(deed=st.sampled_from(DEEDS), count=st.integers(1, 3))
    def the_player_plays(self, deed: str, count: int) -> None:
        self.house.nothing_is_lost()
        try:
            touched = self.house.controls.happen("external_mutation", account="Marrow", deed=deed, count=count, bust=False)
        except MomentError:
            return  # The game forbids it just now.
        TALLY.did[f"player: {deed}"] += 1
        if deed in ("lock", "touch"):
            self.lock_touched.update(touched["items"])
        self.house.now_counts()

    @rule(where=st.sampled_from(("orbit", "activity", "offline")), locked=st.booleans())
    def the_player_goes(self, where: str, locked: bool) -> None:
        TALLY.did[f"player in {where}"] += 1
        self.house.controls.happen("where", where=where, locked=locked and where != "orbit")

    @rule(action=st.sampled_from(sorted(FAULTS)), way=st.integers(0, 999), count=st.integers(1, 3))
    def bungie_errs(self, action: str, way: int, count: int) -> None:
        self._fault(action, way, count)

    @rule(actions=st.lists(st.sampled_from(sorted(FAULTS)), min_size=2, max_size=4), way=st.integers(0, 999))
    def bungie_has_a_bad_evening(self, actions: list[str], way: int) -> None:
        for action in actions:
            self._fault(action, way, 1)

    def _fault(self, action: str, way: int, count: int) -> None:
        params = FAULTS[action][way % len(FAULTS[action])]
        if action == "lock_bleed" or params.get("deed") == "lock":
            self.lock_touched.update(each.id for each in self.house.account.items)
        self.house.controls.fault(action, count=count, match=WRITES, **params)

    @rule(chance=st.integers(0, 3))
    def maintenance_begins_or_ends(self, chance: int) -> None:
        if not self.ill and chance:
            return  # It ends sooner than it comes.
        self.ill = not self.ill
        TALLY.did["maintenance" if self.ill else "maintenance over"] += 1
        self.house.controls.happen("systems", off=["Destiny2", "token"] if self.ill else [])

    # -- and then -------------------------------------------------------------------------------------------------------

    def teardown(self) -> None:
        house = self.house
        try:
            house.controls.clear_faults()
            house.controls.happen("where", where="orbit", locked=False)
            house.quiet(LONG)
            house.is_the_truth()
            nothing_was_repeated_blind(house.controls.journal())
            self._nothing_locked_was_moved_aside()
            self._kept_the_pace(house.controls.journal())
            problems = [each.problem for each in house.controls.box.journal.problems()]
            assert not problems, problems
            self._count()
        finally:
            house.wired.services.close()
            self.second.close()
            shutil.rmtree(house.folder, ignore_errors=True)

    def _nothing_locked_was_moved_aside(self) -> None:
        if not self.keep_locked:
            return
        kept = self.locked_at_first - self.lock_touched
        for record in self._records():
            for each in record.steps:
                if each.step.why == "room" and each.state == "done":
                    assert each.step.piece.id not in kept, record

    def _kept_the_pace(self, journal: list[Entry]) -> None:
        """Bungie never had to slow us down, but where a fault says so."""
        for each in journal:
            if each.error_code in (36, 51, 1672) and not each.faults:
                raise AssertionError(each)

    def _count(self) -> None:
        records = self._records()
        for record in records:
            TALLY.ends[record.state] += 1
        for entry in self.house.calls():
            TALLY.calls += 1
            for fault in entry.faults:
                TALLY.struck.setdefault(fault, Counter())[_end_of(records, entry)] += 1

    def _records(self) -> list[TransferRecord]:
        found: list[TransferRecord] = []
        while page := self._transfers.latest(self.house.user, limit=200, before=found[-1].id if found else None):
            fresh = [each for each in page if each.id not in {one.id for one in found}]
            if not fresh:
                break
            found += fresh
        return found

    # -- parts ----------------------------------------------------------------------------------------------------------

    @property
    def _transfers(self) -> Any:
        return self.house.transfers

    def _another_process(self) -> Services:
        """Another web process on the same data: it asks, and carries nothing out."""
        return build_services(self.house.wired.settings, clock=self.house.wired.clock)

    def _restart(self) -> None:
        self.second.close()
        self.house.restart()
        self.second = self._another_process()

    def _things(self) -> list[str]:
        profile = self.house.wired.services.inventory.profile_for_moving(self.house.user, self.house.membership)
        return [each.item.id for each in profile.entries]

    def _wanted(self, picks: list[int]) -> tuple[Wanted, ...]:
        things = self._things()
        return tuple(Wanted(id=id) for id in dict.fromkeys(things[pick % len(things)] for pick in picks))

    def _store(self, number: int) -> str:
        return "vault" if number == 3 else self.house.account.characters[number % 3].id

    def _ask(self, wish: AskedWish, client: bool) -> None:
        transfers = self.second.transfers if client else self.house.transfers
        self.keys += 1
        try:
            record, new = transfers.ask(self.house.user, wish, key=f"key-{self.keys}", asked_by="api" if client else "page")
        except VaultRaiderError as error:
            TALLY.did[f"not asked: {error.code}"] += 1
            return
        assert new
        TALLY.wishes[type(wish).__name__] += 1
        self.asked.append(record.id)
        if self.keys % 5 == 0:  # The answer was lost on the way: the page asks once more.
            again, new = transfers.ask(self.house.user, wish, key=f"key-{self.keys}", asked_by="api" if client else "page")
            assert (again.id, new) == (record.id, False)

    def _later(self, pick: int, what: str, do: Callable[[int], TransferRecord]) -> None:
        if not self.asked:
            return
        try:
            record = do(self.asked[pick % len(self.asked)])
        except VaultRaiderError:
            return
        TALLY.did[what] += 1
        if record.id not in self.asked:
            TALLY.wishes[what] += 1
            self.asked.append(record.id)


def nothing_was_repeated_blind(journal: list[Entry]) -> None:
    """Between two equal writes about the same thing there is a plain no, another write about it, or a look at the profile.

    Amounts of stacks may be asked for twice by two wishes: of them only those with an unclear answer are looked at.
    """
    last: dict[str, Entry] = {}
    for each in journal:
        if "/Profile/" in each.path and each.status == 200:
            last.clear()
        elif moving.ACTIONS in each.path and each.body:  # It is read last: what is turned away earlier has none.
            if each.error_code == 1656:  # Bungie's word that an equip did not last.
                last = {about: entry for about, entry in last.items() if not about.startswith("worn by")}
            about = _about(each)
            earlier = last.get(about)
            equal = earlier is not None and (earlier.path, earlier.body) == (each.path, each.body)
            if earlier is not None and equal and not moving.was_refused(earlier) and not _waited_between(earlier, each):
                assert about.startswith("stack") and earlier.error_code == 1, (earlier, each)
            last[about] = each


def _waited_between(earlier: Entry, later: Entry) -> bool:
    """Several that are put on have an answer each, which does not stand here: where all were told to wait, the call is the same
    when it is tried again, half a minute later."""
    between = datetime.fromisoformat(later.at) - datetime.fromisoformat(earlier.at)
    return "EquipItems" in later.path and not earlier.faults and between >= PAUSE


def _about(entry: Entry) -> str:
    """An item; who wears something; a stack."""
    body = entry.body
    if "Equip" in entry.path:
        return f"worn by {body['characterId']}"
    return f"stack {body['itemReferenceHash']}" if str(body["itemId"]) == "0" else f"item {body['itemId']}"


def _end_of(records: list[TransferRecord], entry: Entry) -> str:
    """How the step ended whose call this was: the one that began last before it."""
    at = datetime.fromisoformat(entry.at)
    begun = [each for each in _steps(records) if each.begun is not None and each.begun <= at + timedelta(milliseconds=1)]
    if not begun:
        return "sent again by the plan"
    last = max(begun, key=lambda each: (each.begun, each.id))
    return last.state + (f", {last.settled}" if last.settled not in (None, "seen") else "")


def _steps(records: list[TransferRecord]) -> Iterator[Any]:
    return (each for record in records for each in record.steps)
