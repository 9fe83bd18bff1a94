"""Bungie.net, whole: the parts that belong together and their one lock."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, Protocol

import msgspec

from vaultraider.simulator.cache import Caches
from vaultraider.simulator.captured_vendors import CapturedVendors
from vaultraider.simulator.clock import VirtualClock, iso_millis
from vaultraider.simulator.credentials import App, Credentials
from vaultraider.simulator.editions import Editions
from vaultraider.simulator.faults import Faults
from vaultraider.simulator.game import Game
from vaultraider.simulator.journal import Entry, Journal
from vaultraider.simulator.knobs import Knobs, turn
from vaultraider.simulator.later import Behind, Later
from vaultraider.simulator.pictures import Placeholder
from vaultraider.simulator.throttles import Throttles
from vaultraider.simulator.world import Account, World

API_KEY = "demo-api-key"
CLIENT_ID = "31337"
CLIENT_SECRET = "demo-client-secret"  # noqa: S105 - the demo's well-known pretend secret
REDIRECT_URL = "http://127.0.0.1:8321/callback/bungie"


class Options(msgspec.Struct, kw_only=True):
    """What a simulator is started with."""

    host: str = "127.0.0.1"
    port: int = 0
    seed: int = 1
    profile: Path | None = None
    manifest: Path | None = None
    vendors: Path | None = None
    clock: str | None = None
    control: bool = True
    allow_http_callback: bool = True
    redirect_url: str = REDIRECT_URL
    state: Path | None = None
    knobs: dict[str, Any] = {}


class Source(Protocol):
    """Where world and definitions come from: the demo, or captured files."""

    @property
    def game(self) -> Game:
        """What the definitions say, for the rules."""

    def world(self, seed: int, now: float) -> World: ...

    def editions(self, knobs: Knobs) -> Editions: ...

    def definition(self, item_hash: int) -> dict[str, Any] | None:
        """DestinyInventoryItemDefinition in the first language, or None where the manifest lacks it."""

    def lookup(self, table: str, hash: int) -> dict[str, Any] | None:
        """Any definition, in the first language."""

    def secret(self, item_hash: int) -> dict[str, Any] | None:
        """The definition of an item that the game has and the manifest lacks."""

    def components(self, world: World, account: Account, wanted: frozenset[int], *, private: bool, now: float) -> dict[str, Any]:
        """The profile's parts by response key; each is plain data or ``msgspec.Raw``."""

    def stamps(self) -> bool:
        """Whether profiles carry minted stamps."""

    def missing(self) -> frozenset[int]:
        """Hashes that items have though the manifest lacks them."""

    def placeholder(self, path: str) -> Placeholder | None:
        """The picture at a path, or None where there is none."""


class Box:
    """The state. Whoever reads or changes it from a request holds ``lock``."""

    def __init__(self, options: Options, source: Source) -> None:
        self.lock = threading.RLock()
        self.options = options
        self.source = source
        self.game = source.game
        self.captured_vendors = CapturedVendors(options.vendors) if options.vendors else None
        self.clock = VirtualClock(options.clock)
        self.knobs = turn(Knobs(), options.knobs)
        self.releasing = threading.Event()
        self.base_url = ""
        self.reset(options.seed)

    def reset(self, seed: int | None = None) -> None:
        """Back to the first moment: world, tokens, faults, journal, knobs. The clock stays what it is."""
        with self.lock:
            self.seed = self.options.seed if seed is None else seed
            self.knobs = turn(Knobs(), self.options.knobs)
            self.world = self.source.world(self.seed, self.clock.now())
            self.credentials = Credentials(self.seed, self.clock, self._apps())
            self.faults = Faults(self.seed)
            self.journal = Journal()
            self.caches = Caches()
            self.throttles = Throttles()
            self.editions = self.source.editions(self.knobs)
            self.auto_approve = ""
            self.later = Later()
            self.behind: dict[str, Behind] = {}
            self.hops: dict[str, tuple[str, float]] = {}
            self.broken: list[str] = []

    def accuse(self, who: str, found: list[str]) -> None:
        """Invariants that broke: they are kept, and stand in the journal as problems, so that a test's end shows them."""
        if found:
            self.broken += found
            at, problem = iso_millis(self.clock.now()), "invariants broken: " + "; ".join(found)
            self.journal.write(Entry(n=self.journal.next_number(), at=at, method=who, path="", problem=problem))

    def settle(self) -> None:
        """Does what has become due meanwhile."""
        with self.lock:
            for deed in self.later.due(self.clock.now()):
                deed()

    def _apps(self) -> list[App]:
        where = self.options.redirect_url
        return [
            App(client_id=CLIENT_ID, name="Vault Raider demo", api_key=API_KEY, secret=CLIENT_SECRET, redirect_url=where),
            App(client_id="31338", name="Public demo", api_key="public-api-key", secret=None, redirect_url=where),
            App(
                client_id="31339",
                name="Another application",
                api_key="another-api-key",
                secret="another-client-secret",  # noqa: S106 - pretend secret
                redirect_url=where,
                scopes=("ReadBasicUserProfile",),
                origin="https://another.example",
            ),
        ]

    def turn_knobs(self, changes: dict[str, Any]) -> Knobs:
        """Raises KnobError."""
        with self.lock:
            before = self.knobs.extra_items
            self.knobs = turn(self.knobs, changes)
            if self.knobs.extra_items != before:
                self.editions = self.source.editions(self.knobs)
            return self.knobs
