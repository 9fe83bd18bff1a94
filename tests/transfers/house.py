"""A house in which things are moved: signed in, with definitions, before the simulator; time passes when the test says so.

``work`` does what a worker would do now, ``quiet`` lets time pass until nothing is left to do, ``is_the_truth`` compares what
we show with what is. ``restart`` is the next process on the same data. ``crash`` makes the current one die at a chosen point.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from tests.simulator.controls import Controls
from tests.wired import WiredBrowser, WiredHouse, build_wired

from vaultraider.domain.people import User
from vaultraider.domain.transfers.plans import Step
from vaultraider.domain.transfers.wishes import AnyWish, AskedWish, Move, Wanted
from vaultraider.jobs._registry import find_jobs, perform
from vaultraider.ports import JobRecord, MembershipRef, TransferRecord
from vaultraider.services.transfers import Transfers
from vaultraider.simulator.credentials import Issued
from vaultraider.simulator.journal import Entry
from vaultraider.simulator.world import POSTMASTER, VAULT, Account, Item

CARRY_OUT = "carry_out_transfers"
HELD_BACK = (POSTMASTER, 1367666825, 3161908920)
"""What the page shows as the postmaster: lost items, special orders, messages."""
ACTIONS = "/Actions/Items/"
SIGNED_IN = ("Marrow", "Hoarder")
LONG = timedelta(hours=3)


class Died(BaseException):
    """The process was killed at this point. Nothing may catch it."""


@dataclass(frozen=True)
class Prepared:
    """The moment before anything moves: a data folder with definitions and people signed in, Bungie's tokens, the time."""

    folder: Path
    issued: bytes
    moment: datetime
    cookies: dict[str, str]


def prepare(folder: Path, controls: Controls, people: tuple[str, ...] = SIGNED_IN, **settings: Any) -> Prepared:
    """Made once for many tests."""
    house = build_wired(folder, controls, **settings)
    assert house.update_definitions().state == "done"
    cookies = {}
    for person in people:
        browser = house.signed_in(person)
        assert browser.get("/api/v1/profile").status_code == 200
        cookies[person] = str(browser.cookie)
    issued = msgspec.json.encode(controls.box.credentials.issued)
    moment = house.clock.now()
    house.services.close()
    return Prepared(folder, issued, moment, cookies)


@dataclass
class MovingHouse:
    prepared: Prepared
    folder: Path
    controls: Controls
    wired: WiredHouse
    person: str = "Marrow"
    totals: Counter[int] = field(default_factory=Counter)

    # -- whose ----------------------------------------------------------------------------------------------------------

    @property
    def transfers(self) -> Transfers:
        return self.wired.services.transfers

    @property
    def user(self) -> User:
        return next(each for each in self.wired.services.accounts.users.all() if each.name.startswith(f"{self.person}#"))

    @property
    def membership(self) -> MembershipRef:
        return MembershipRef(self.account.type, self.account.id)

    @property
    def account(self) -> Account:
        """The truth."""
        return self.controls.account(self.person)

    @property
    def browser(self) -> WiredBrowser:
        return self.wired.browser(self.prepared.cookies[self.person])

    @property
    def now(self) -> datetime:
        return self.wired.clock.now()

    # -- finding --------------------------------------------------------------------------------------------------------

    def guardian(self, nickname: str) -> str:
        """A character's id."""
        return next(each.id for each in self.account.characters if each.nickname == nickname)

    def truth(self, id: str) -> Item:
        found = self.account.item(id)
        assert found is not None, id
        return found

    def place(self, id: str) -> str:
        """Where an instance really is: "vault", "Brannoch", "Brannoch*" (worn), "Brannoch!" (postmaster)."""
        item = self.truth(id)
        if item.bucket == VAULT:
            return "vault"
        owner = next((each.nickname for each in self.account.characters if each.id == item.owner), "account")
        return owner + ("*" if item.equipped else "!" if item.bucket == POSTMASTER else "")

    def pick(self, where: str = "vault", count: int = 1, test: Callable[[dict[str, Any]], bool] | None = None) -> list[str]:
        """Ids of plain weapons that lie there (words as ``place`` gives them), by our own view: ``count`` at least."""
        shown = self.shown()
        found = []
        for item in shown["items"]:
            facts = shown["definitions"].get(str(item["hash"]), {})
            if self._is_there(item, where) and (test or is_plain_weapon)({**facts, **item}):
                found.append(item["id"])
        assert len(found) >= count, f"only {len(found)} at {where}"
        return found

    def _is_there(self, item: dict[str, Any], where: str) -> bool:
        kind = {"*": "equipped", "!": "postmaster"}.get(where[-1:], "vault" if where == "vault" else "inventory")
        store = where if where in ("vault", "account") else self.guardian(where.rstrip("*!"))
        return bool(item["place"] == kind and item["store"] == store)

    # -- doing ----------------------------------------------------------------------------------------------------------

    def ask(self, wish: AskedWish, **more: Any) -> TransferRecord:
        return self.transfers.ask(self.user, wish, **more)[0]

    def move(self, ids: list[str] | str, to: str, *, equip: bool = False) -> TransferRecord:
        """``to``: "vault", "account" or a nickname."""
        items = tuple(Wanted(id=id) for id in ([ids] if isinstance(ids, str) else ids))
        return self.ask(Move(items=items, to=self.store(to), equip=equip))

    def store(self, name: str) -> str:
        return name if name in ("vault", "account") else self.guardian(name)

    def get(self, record: TransferRecord | int) -> TransferRecord:
        return self.transfers.get(self.user, record if isinstance(record, int) else record.id)

    def due(self) -> list[JobRecord]:
        jobs = self.wired.services.jobs.latest(kind=CARRY_OUT, limit=100)
        return sorted((each for each in jobs if each.state == "queued" and each.not_before <= self.now), key=lambda each: each.id)

    def work(self) -> int:
        """Does what is due now; how many jobs. A failed job fails the test."""
        jobs = find_jobs()
        done = 0
        while due := self.due():
            for each in due:
                ended = perform(self.wired.services, jobs, each.id)
                assert ended is None or ended.state != "failed", ended
                done += 1
        return done

    def pass_time(self, seconds: float) -> None:
        self.wired.pass_time(seconds)

    def run(self, record: TransferRecord, until: timedelta = LONG) -> TransferRecord:
        """Works and lets time pass until the transfer has ended."""
        end = self.now + until
        while not (found := self.get(record)).ended:
            assert self.now < end, found
            self.work()
            if not self.get(record).ended:
                self.sleep_until_due()
        return found

    def quiet(self, until: timedelta = LONG) -> None:
        """Works and lets time pass until nothing is open and Bungie's profile has spoken on everything."""
        end = self.now + until
        while True:
            self.work()
            open_ones = [each for each in self.transfers.latest(self.user) if not each.ended or not each.settled]
            if not open_ones:
                return
            assert self.now < end, open_ones
            self.sleep_until_due()

    def sleep_until_due(self) -> None:
        """To the next moment at which a worker has something to do."""
        queued = [
            each.not_before for each in self.wired.services.jobs.latest(kind=CARRY_OUT, limit=100) if each.state == "queued"
        ]
        if not queued:
            # The message was lost, or the worker with it: the schedule asks again, each minute.
            self.pass_time(60)
            self.resume()
            return
        self.pass_time(max((min(queued) - self.now).total_seconds(), 0.0))

    def resume(self) -> None:
        """What the schedule does each minute."""
        services = self.wired.services
        services.jobs.sweep()
        asked = services.jobs.ask("resume_transfers", asked_by="schedule")
        ended = perform(services, find_jobs(), asked.id)
        assert ended is not None and ended.state == "done", ended

    def restart(self) -> None:
        """The process is gone; another one starts on the same data, a little later, as after a power cut."""
        self.wired.services.close()
        self.pass_time(31)
        self.wired = build_wired(self.folder, self.controls, start=self.now)
        self.wired.services.jobs.sweep(starting=True)
        self.resume()

    # -- seeing ---------------------------------------------------------------------------------------------------------

    def shown(self) -> dict[str, Any]:
        """Our view, as any client gets it."""
        answer = self.browser.get("/api/v1/profile")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json
        return found

    def view(self, id: str) -> str:
        """Where an instance is by our view; words as in ``place``."""
        item = next((each for each in self.shown()["items"] if each["id"] == id), None)
        if item is None:
            return "gone"
        if item["place"] == "vault":
            return "vault"
        owner = next((each.nickname for each in self.account.characters if each.id == item["store"]), "account")
        return owner + {"equipped": "*", "postmaster": "!"}.get(item["place"], "")

    def calls(self, words: str = ACTIONS) -> list[Entry]:
        """Writes that reached Bungie, oldest first."""
        return [each for each in self.controls.journal() if words in each.path and each.method == "POST"]

    def sent(self) -> list[str]:
        """Writes in short: "TransferItem 6917... > vault 1"."""
        return [_short(each) for each in self.calls()]

    # -- holding --------------------------------------------------------------------------------------------------------

    def is_the_truth(self) -> None:
        """After a fresh profile: every instance once, where it is, worn or not, locked or not; every stack's amounts; nothing
        lost, nothing doubled."""
        self.fresh()
        shown = self.shown()["items"]
        told = {each["id"]: _told(each) for each in shown if not each["id"].startswith("s-")}
        ids = [each["id"] for each in shown]
        assert len(set(ids)) == len(ids)
        truth = {each.id: _true(each) for each in self.account.items if each.id}
        assert told == truth, {
            id: (told.get(id), truth.get(id)) for id in told.keys() | truth.keys() if told.get(id) != truth.get(id)
        }
        piles = Counter[tuple[int, str]]()
        for each in shown:
            if each["id"].startswith("s-"):
                piles[each["hash"], _store_of(each)] += each.get("quantity", 1)
        real = Counter[tuple[int, str]]()
        for item in self.account.items:
            if not item.id:
                real[item.hash, _true_store(item)] += item.quantity
        assert piles == real
        self.nothing_is_lost()

    def nothing_is_lost(self) -> None:
        assert totals(self.account) == self.totals

    def now_counts(self) -> None:
        """The player spent or found something: what there is now is what must stay."""
        self.totals = totals(self.account)

    def fresh(self) -> None:
        """A profile that Bungie mints after everything that was sent."""
        self.controls.box.caches.bust(self.account.id)
        self.pass_time(16)
        self.controls.box.caches.bust(self.account.id)
        assert self.wired.services.inventory.refresh(self.user, forced=True, membership=self.membership).wait == 0
        self.work()

    def nothing_was_repeated(self) -> None:
        """No write was sent again before Bungie was asked how things are: between two equal ones there is a refusal with a plain
        no, or a look at the profile."""
        seen: dict[str, Entry] = {}
        for each in self.controls.journal():
            if "/Profile/" in each.path:
                seen.clear()
            elif ACTIONS in each.path:
                if each.error_code == 1656:  # Bungie's word that an equip did not last.
                    seen = {name: entry for name, entry in seen.items() if "Equip" not in name}
                earlier = seen.get(_short(each))
                assert earlier is None or was_refused(earlier), (earlier, each)
                seen[_short(each)] = each


# -- parts ------------------------------------------------------------------------------------------------------------------


def build_house(prepared: Prepared, folder: Path, controls: Controls, person: str = "Marrow") -> MovingHouse:
    """As on the first day, on a copy of the prepared data."""
    shutil.copytree(prepared.folder, folder)
    controls.box.clock.set(prepared.moment.timestamp())
    controls.box.reset()
    controls.box.credentials.issued = msgspec.json.decode(prepared.issued, type=Issued)
    house = MovingHouse(prepared, folder, controls, build_wired(folder, controls, start=prepared.moment), person)
    house.now_counts()
    return house


def totals(account: Account) -> Counter[int]:
    """How many of each there are, wherever they lie."""
    counted = Counter[int]()
    for item in account.items:
        counted[item.hash] += item.quantity
    return counted


def was_refused(entry: Entry) -> bool:
    """A no that Bungie gives before it does anything."""
    return entry.error_code not in (0, 1, 3, 1618, 1623) and entry.error_code is not None


def is_plain_weapon(item: dict[str, Any]) -> bool:
    return item.get("power") is not None and item.get("energy") is None and item["bucket"] in (1498876634, 2465295065, 953998645)


def _short(entry: Entry) -> str:
    body = dict(entry.body)
    what = body.get("itemId", body.get("itemIds", ""))
    to = "vault" if body.get("transferToVault") else str(body.get("characterId", ""))
    more = f" {body['stackSize']}" if "stackSize" in body else ""
    if what in ("0", 0):
        what = f"#{body.get('itemReferenceHash')}"
    state = f" {body['state']}" if "state" in body else ""
    return f"{entry.path.rstrip('/').rpartition('/')[2]} {what} > {to}{more}{state}"


def _told(item: dict[str, Any]) -> tuple[str, bool, bool, bool, bool]:
    return (
        _store_of(item),
        item["place"] == "equipped",
        item["place"] == "postmaster",
        item.get("locked", False),
        item.get("tracked", False),
    )


def _true(item: Item) -> tuple[str, bool, bool, bool, bool]:
    return _true_store(item), item.equipped, item.bucket in HELD_BACK, item.locked, item.tracked


def _store_of(item: dict[str, Any]) -> str:
    return str(item["store"])


def _true_store(item: Item) -> str:
    return "vault" if item.bucket == VAULT else item.owner or "account"


# -- dying ------------------------------------------------------------------------------------------------------------------


class CrashPoints:
    """Counts the points at which a process can die around the journal and the calls, and dies at the chosen one.

    A point lies before and after each write to the journal and each call to Bungie.
    """

    JOURNAL = ("take", "replan", "begin", "end", "pause", "finish", "settle")
    CALLS = ("transfer", "pull_from_postmaster", "equip", "equip_all", "set_lock", "set_tracked")

    def __init__(self) -> None:
        self.passed: list[str] = []
        self.die_at: int | None = None

    def reach(self, point: str) -> None:
        self.passed.append(point)
        if self.die_at is not None and len(self.passed) - 1 == self.die_at:
            self.die_at = None
            raise Died(point)


@contextmanager
def crash_points(house: MovingHouse) -> Iterator[CrashPoints]:
    """Watches the current process's journal and calls; ``die_at`` n kills it at the n-th point."""
    points = CrashPoints()
    undo: list[Callable[[], None]] = []
    for thing, names in (
        (house.transfers._store, CrashPoints.JOURNAL),
        (house.wired.services.bungie.actions, CrashPoints.CALLS),
    ):
        undo += [_wrap(thing, name, points) for name in names]
    try:
        yield points
    finally:
        for each in undo:
            each()


def _wrap(thing: Any, name: str, points: CrashPoints) -> Callable[[], None]:
    real = getattr(thing, name)

    def wrapped(*arguments: Any, **named: Any) -> Any:
        points.reach(f"before {name}")
        outcome = real(*arguments, **named)
        points.reach(f"after {name}")
        return outcome

    setattr(thing, name, wrapped)
    return lambda: delattr(thing, name)


def steps_of(record: TransferRecord) -> list[tuple[str, str, str]]:
    """Kind, item and state of each step."""
    return [(each.step.kind, each.step.piece.id, each.state) for each in record.steps]


def wish_of_all(ids: list[str], to: str) -> AnyWish:
    return Move(items=tuple(Wanted(id=id) for id in ids), to=to)


def describe(step: Step) -> str:
    return f"{step.kind} {step.piece.name} {step.source} > {step.target}"
