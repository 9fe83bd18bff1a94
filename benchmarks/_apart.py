"""Real processes to measure: Bungie in a box, and Vault Raider's commands with everything that they need."""

from __future__ import annotations

import html
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
from tests import postgresql, redis_server
from tests.cli.conftest import Process, clean_environment

from vaultraider.cli._one_process import free_port
from vaultraider.settings import Settings, load_settings
from vaultraider.simulator import API_KEY, CLIENT_ID, CLIENT_SECRET
from vaultraider.simulator.demo.cast import MARROW


@dataclass
class Apart:
    """``words``: what it is made of. ``addresses``: of the web servers."""

    words: str
    addresses: list[str]
    bungie: str
    environment: dict[str, str]
    processes: dict[str, Process]

    @property
    def settings(self) -> Settings:
        return load_settings(environ=self.environment, read_file=False)


@contextmanager
def production(folder: Path, *, webs: int) -> Iterator[Apart]:
    """Web servers, a worker and a beat, with PostgreSQL and Redis between them; where these are missing, ``up`` alone."""
    with ExitStack() as stack:
        more: dict[str, str] = {}
        commands = ["up"]
        words = "one process with SQLite, as PostgreSQL or Redis are missing here"
        binaries = postgresql.programs()
        if binaries is not None and shutil.which("redis-server"):
            more = {
                "DATABASE_URL": stack.enter_context(postgresql.server(binaries)),
                "REDIS_URL": stack.enter_context(redis_server.server(folder)).url,
            }
            commands = [*(f"web {number}" for number in range(1, webs + 1)), "worker", "beat"]
            words = f"{webs} web, worker, beat, PostgreSQL, Redis"
        yield stack.enter_context(_running(folder, commands, more, words))


@contextmanager
def embedded(folder: Path) -> Iterator[Apart]:
    """The default: one command."""
    with _running(folder, ["up"], {}, "one process with SQLite") as apart:
        yield apart


@contextmanager
def web(folder: Path, **settings: str) -> Iterator[Apart]:
    """A web server alone, with more ``settings`` in its environment."""
    with _running(folder, ["web"], settings, "one web server with SQLite") as apart:
        yield apart


@contextmanager
def bungie(folder: Path, callback: str) -> Iterator[Process]:
    """Bungie in a box as a process of its own."""
    arguments = ["--port", "0", "--redirect-url", callback]
    process = Process(arguments, clean_environment(folder / "box"), module="benchmarks._marked_bungie")
    try:
        process.address()
        yield process
    finally:
        process.kill()


@contextmanager
def _running(folder: Path, commands: list[str], more: dict[str, str], words: str) -> Iterator[Apart]:
    webs = [name for name in commands if name.startswith(("web", "up"))]
    ports = [free_port("127.0.0.1") for _ in webs]
    callback = f"http://127.0.0.1:{ports[0]}/callback/bungie"
    with bungie(folder, callback) as box:
        environment = clean_environment(folder / "data") | {
            "VAULTRAIDER_BUNGIE_WWW": box.address(),
            "VAULTRAIDER_BUNGIE_STATS": box.address(),
            "VAULTRAIDER_API_KEY": API_KEY,
            "VAULTRAIDER_CLIENT_ID": CLIENT_ID,
            "VAULTRAIDER_CLIENT_SECRET": CLIENT_SECRET,
            "VAULTRAIDER_REDIRECT_URL": callback,
            "VAULTRAIDER_OPEN_SIGN_IN": "true",
            **more,
        }
        ports_of = dict(zip(webs, ports, strict=True))
        processes: dict[str, Process] = {}
        apart = Apart(words, [f"http://127.0.0.1:{port}" for port in ports], box.address(), environment, processes)
        try:
            for name in commands:
                port = {"VAULTRAIDER_PORT": str(ports_of[name])} if name in ports_of else {}
                processes[name] = Process([name.partition(" ")[0]], environment | port)
            for each in processes.values():
                each.told(" is at ")
            yield apart
        finally:
            for each in processes.values():
                each.kill()


def sign_in(address: str) -> httpx2.Client:
    """A browser of the demo's first person, through the consent page and back."""
    browser = httpx2.Client(follow_redirects=True, timeout=60, base_url=address)
    token = browser.get("/api/v1/session").raise_for_status().json()["csrf_token"]
    consent = browser.post("/sign-in", data={"csrf_token": token})
    form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', consent.text))
    approve = {name: html.unescape(value) for name, value in form.items()} | {"person": MARROW, "decision": "approve"}
    browser.post(str(consent.url.copy_with(query=None)), data=approve)
    if not browser.get("/api/v1/session").json()["signed_in"]:
        raise RuntimeError("The sign-in did not work.")
    return browser


def cookie_of(browser: httpx2.Client) -> str:
    return "; ".join(f"{each.name}={each.value}" for each in browser.cookies.jar)


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        yield Path(name)
