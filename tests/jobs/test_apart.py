"""The whole engine as real processes: web, two workers, a beat, Redis, PostgreSQL and Bungie in a box; each dies in turn.

Nothing that was asked for is lost, nothing is done twice, no answer of the web server is worse than a clear 503, and nobody has
to do anything but start again what died. What takes long by itself (a move waits half a minute for a Bungie that was away) runs
beside the rest.
"""

from __future__ import annotations

import html
import os
import re
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy.exc import OperationalError
from tests import postgresql, redis_server
from tests.cli.conftest import Process, clean_environment
from tests.jobs.with_jobs import FOLDER

from vaultraider.bootstrap import Services, build_services
from vaultraider.cli._one_process import free_port
from vaultraider.database.engine import is_away
from vaultraider.settings import Settings
from vaultraider.simulator import API_KEY, CLIENT_ID, CLIENT_SECRET
from vaultraider.simulator.demo.cast import MARROW

pytestmark = pytest.mark.processes

BUNGIE = "simulator"
WORKERS = ("worker 1", "worker 2")
HANDS = 8
"""How much a worker does at once: enough to hold some work and do more."""
PARTS = (BUNGIE, "web", *WORKERS, "beat")
LOOKED_AT = ("/readyz", "/api/v1/status", "/vault", "/api/v1/profile", "/api/v1/transfers", "/api/v1/xur")

OUTAGE = 20.0
"""Seconds for which the database is away."""

COUNT = '''
"""Takes its time, then writes its number into a file: how often each number stands there is how often the work ended."""

import time
from pathlib import Path

from vaultraider.jobs._job import Job


def run(services, handle):
    until = time.monotonic() + handle.arguments["seconds"]
    while True:
        handle.report("counting")
        if time.monotonic() >= until and not (handle.arguments.get("hold") and handle.attempt == 1):
            break
        time.sleep(0.05)
    with Path(handle.arguments["file"]).open("a") as file:
        file.write(f"{handle.arguments['n']}\\n")
    return {"n": handle.arguments["n"]}


JOB = Job(title="Count", run=run)
'''


def eventually(true: Callable[[], object], what: str, seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"{what}: it did not come true"
        time.sleep(0.05)


class House:
    """All processes, and whoever asks for work."""

    def __init__(self, folder: Path, redis: redis_server.Redis, database: postgresql.PostgreSQL) -> None:
        self.redis, self.database = redis, database
        port, bungies = free_port("127.0.0.1"), free_port("127.0.0.1")
        self.address, self.bungie = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{bungies}"
        callback = f"{self.address}/callback/bungie"
        state = folder / "bungie.json"
        self._commands = {name: [name.partition(" ")[0]] for name in PARTS}
        for name in WORKERS:
            self._commands[name] += ["--threads", str(HANDS)]
        self._commands[BUNGIE] += ["--port", str(bungies), "--redirect-url", callback, "--state", str(state)]
        self._counted = folder / "counted"
        (folder / "jobs").mkdir()
        (folder / "jobs" / "count.py").write_text(COUNT)
        self._environment = clean_environment(folder / "data") | {
            FOLDER: str(folder / "jobs"),
            "PYTHONPATH": os.pathsep.join(sys.path),
            "REDIS_URL": redis.url,
            "DATABASE_URL": database.url,
            "VAULTRAIDER_BUNGIE_WWW": self.bungie,
            "VAULTRAIDER_BUNGIE_STATS": self.bungie,
            "VAULTRAIDER_API_KEY": API_KEY,
            "VAULTRAIDER_CLIENT_ID": CLIENT_ID,
            "VAULTRAIDER_CLIENT_SECRET": CLIENT_SECRET,
            "VAULTRAIDER_REDIRECT_URL": callback,
            "VAULTRAIDER_OPEN_SIGN_IN": "true",
            "VAULTRAIDER_PORT": str(port),
        }
        settings = Settings(data_dir=folder / "data", redis_url=redis.url, database_url=database.url)
        self.services: Services = build_services(settings)
        self.processes: dict[str, Process] = {}
        self.asked: list[int] = []
        self._numbers = 0

    def start(self, *names: str) -> None:
        for name in names:
            self.processes[name] = Process(self._commands[name], self._environment, module="tests.jobs.with_jobs")
        for name in names:
            self.processes[name].told(" is at ")  # an address, or work

    def stop(self, *names: str) -> None:
        """As a service manager does, all at once."""
        with ThreadPoolExecutor() as pool:
            codes = list(pool.map(lambda name: self.processes[name].stop(signal.SIGTERM), names))
        assert codes == [0] * len(names), self.log()

    def kill(self, name: str) -> None:
        self.processes[name].kill()

    def ask(self, count: int = 1, *, seconds: float = 0.2, hold: bool = False) -> list[int]:
        """The rows' numbers. It may be refused while the database is away, as a request would be."""
        mine = []
        for _ in range(count):
            self._numbers += 1
            arguments = {"n": self._numbers, "seconds": seconds, "file": str(self._counted), "hold": hold}
            mine.append(self.services.jobs.ask("count", arguments, asked_by="me").id)
        self.asked += mine
        return mine

    def all_done(self, jobs: list[int]) -> bool:
        return all(self.services.jobs.get(job).state == "done" for job in jobs)

    def holder_of(self, job: int) -> str:
        """Which worker has it: its place stands at the end of its name, and it told its place when it began."""
        place = (self.services.jobs.get(job).holder or "").rpartition(" ")[2]
        return next(name for name in WORKERS if f"worker {place} is at work" in self.processes[name].text)

    def counted(self) -> Counter[str]:
        return Counter(self._counted.read_text().split())

    def log(self) -> str:
        return "\n".join(f"--- {name}\n{each.text}" for name, each in self.processes.items())


class Visitor:
    """Somebody signed in who looks all the time. ``answers`` counts what came back; nothing while the server was killed."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.answers: Counter[int] = Counter()
        self.unanswered = 0
        self.worse: list[str] = []
        self.locked: list[str] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._browser = httpx2.Client(follow_redirects=True, timeout=30, base_url=house.address)
        self._sign_in()

    def _sign_in(self) -> None:
        token = self._browser.get("/api/v1/session").json()["csrf_token"]
        consent = self._browser.post("/sign-in", data={"csrf_token": token})
        form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', consent.text))
        approve = {name: html.unescape(value) for name, value in form.items()} | {"person": MARROW, "decision": "approve"}
        self._browser.post(str(consent.url.copy_with(query=None)), data=approve)
        session = self._browser.get("/api/v1/session").json()
        assert session["signed_in"] is True
        self._csrf = {"X-CSRFToken": session["csrf_token"]}

    def lock_something(self) -> str:
        """A wish over the page's own address, carried out by a worker: the transfer's address. Another item each time."""
        profile = self._browser.get("/api/v1/profile").raise_for_status().json()
        item = next(
            each
            for each in profile["items"]
            if each.get("lockable", True) and each["id"].isdigit() and len(each["id"]) > 15 and each["id"] not in self.locked
        )
        self.locked.append(item["id"])
        wish = {"kind": "lock", "items": [item["id"]], "state": not item.get("locked", False)}
        asked = self._browser.post("/api/v1/transfers", json=wish, headers=self._csrf)
        assert asked.status_code == 201, asked.text
        return f"/api/v1/transfers/{asked.json()['id']}"

    def read(self, address: str) -> Any:
        return self._browser.get(address).raise_for_status().json()

    def _look(self) -> None:
        while not self._ended.is_set():
            for address in LOOKED_AT:
                try:
                    answer = self._browser.get(address)
                except httpx2.TransportError:
                    self.unanswered += 1
                    continue
                self.answers[answer.status_code] += 1
                clear = answer.status_code == 503 and "database does not answer" in answer.text
                if answer.status_code != 200 and not clear:
                    self.worse.append(f"{address}: {answer.status_code} {answer.text[:300]}")
            self._ended.wait(0.05)

    def __enter__(self) -> Visitor:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join(30)
        self._browser.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    binaries = postgresql.programs()
    if binaries is None:
        pytest.skip("No PostgreSQL here")
    with redis_server.server(tmp_path) as redis, postgresql.stoppable(binaries) as database:
        built = House(tmp_path, redis, database)
        try:
            built.start(*PARTS)
            yield built
        finally:
            for each in built.processes.values():
                each.kill()
            built.services.close()
            (tmp_path / "log.txt").write_text(built.log())


def test_each_part_dies_in_turn_and_everything_is_done_once(house: House) -> None:
    eventually(
        lambda: [each.state for each in house.services.jobs.latest(kind="update_manifest")][-1:] == ["done"], "definitions"
    )
    with Visitor(house) as visitor:
        transfers = [visitor.lock_something()]
        first = house.ask(8)
        eventually(lambda: house.all_done(first), "all is well")
        eventually(lambda: visitor.read(transfers[0])["state"] == "done", "a wish of the page")

        transfers.append(_bungie_dies(house, visitor))  # it waits half a minute now, while the others die
        _each_worker_dies_in_the_middle(house)
        _the_beat_dies(house)
        _redis_forgets(house)
        _redis_is_away(house)
        _the_database_is_away(house, visitor)
        assert visitor.unanswered == 0, "only a web server that was killed may leave anybody without an answer"
        _the_web_server_dies(house)

        transfers.append(visitor.lock_something())
        for transfer in transfers:
            eventually(lambda transfer=transfer: visitor.read(transfer)["state"] == "done", "a wish of the page")  # type: ignore[misc]
        eventually(lambda: house.all_done(house.asked), "everything that was asked for")
        writes = visitor.read("/api/v1/writes?limit=50")["writes"]
    assert house.counted() == {str(number + 1): 1 for number in range(len(house.asked))}
    assert Counter(each["step"]["state"] for each in writes) == {"done": len(transfers)}, "each wish is one write, and no more"
    assert visitor.worse == []
    assert visitor.answers[200] > 0 and visitor.answers[503] > 0
    house.stop(*PARTS)
    assert re.findall(r"(?s)[^\n]*\nTraceback.{0,4000}", house.log()) == []


def _bungie_dies(house: House, visitor: Visitor) -> str:
    house.kill(BUNGIE)
    transfer = visitor.lock_something()
    eventually(lambda: visitor.read(transfer)["state"] == "waiting", "it waits for Bungie")
    house.start(BUNGIE)
    return transfer


def _each_worker_dies_in_the_middle(house: House) -> None:
    """Both hold work that ends only when it is begun again; then one dies, and the other."""
    held: dict[str, list[int]] = {name: [] for name in WORKERS}
    while not all(held.values()):
        assert sum(map(len, held.values())) < HANDS, "one worker gets everything"
        [job] = house.ask(hold=True)
        eventually(lambda job=job: house.services.jobs.get(job).state == "running", "begun")  # type: ignore[misc]
        held[house.holder_of(job)].append(job)
    for victim, its_work in held.items():
        house.kill(victim)
        others = house.ask(4)
        eventually(lambda others=others: house.all_done(others), "the other worker goes on")  # type: ignore[misc]
        house.start(victim)
        eventually(lambda its_work=its_work: house.all_done(its_work), "the work of the dead")  # type: ignore[misc]
        assert [house.services.jobs.get(job).attempts for job in its_work] == [2] * len(its_work)


def _the_beat_dies(house: House) -> None:
    turns = len(house.services.jobs.latest(kind="resume_transfers"))
    house.kill("beat")
    jobs = house.ask(2)
    eventually(lambda: house.all_done(jobs), "work needs no beat")
    house.start("beat")
    eventually(lambda: len(house.services.jobs.latest(kind="resume_transfers")) > turns, "a turn of the new beat")


def _redis_forgets(house: House) -> None:
    house.stop(*WORKERS)
    jobs = house.ask(6)
    house.redis.flush()
    house.start(*WORKERS)
    eventually(lambda: house.all_done(jobs), "what Redis forgot")


def _redis_is_away(house: House) -> None:
    house.redis.stop()
    house.ask(6)  # a sweep finds them, whatever happens meanwhile
    house.redis.start()


def _the_database_is_away(house: House, visitor: Visitor) -> None:
    running = house.ask(6, seconds=1.5)
    eventually(lambda: any(house.services.jobs.get(job).state == "running" for job in running), "begun")
    house.database.stop()
    back = time.monotonic() + OUTAGE
    before = visitor.answers[503]
    with pytest.raises(OperationalError) as refused:
        house.ask()
    assert is_away(refused.value)
    house._numbers -= 1
    eventually(lambda: visitor.answers[503] > before + 8, "it says so")
    time.sleep(max(0.0, back - time.monotonic()))  # some work ends meanwhile, hearts do not beat, a beat misses its turns
    house.database.start()
    running += house.ask(4)
    eventually(lambda: house.all_done(running), "the database is back")


def _the_web_server_dies(house: House) -> None:
    house.kill("web")
    jobs = house.ask(2)
    house.start("web")
    eventually(lambda: house.all_done(jobs), "work needs no web server")
