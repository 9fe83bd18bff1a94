"""The whole product in this process, over a simulator of its own, and a browser that walks through it.

Journeys, screenshots and the page's benchmark stand on this.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec import structs
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, StorageState, expect
from tests.simulator.controls import Controls

from vaultraider.cli._one_process import Running, running
from vaultraider.cli.demo import demo_settings
from vaultraider.simulator import Simulator
from vaultraider.web.assets import DIST, MANIFEST
from vaultraider.worker import Worker

REPOSITORY = Path(__file__).resolve().parents[2]
AXE = REPOSITORY / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
NICKNAMES = ("Brannoch", "Ilse Varr", "Odalys")
PATIENCE = 20.0
"""Seconds. Only ever waited for when something is broken."""
LOOK = 0.2
"""Seconds between two looks at what only the server knows."""


def chromium() -> str | None:
    """Where Chromium is: the environment's word, then the usual names."""
    return (
        os.environ.get("CHROMIUM")
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )


def lacking() -> str | None:
    """Why no journey can be made here; None: all is there."""
    if chromium() is None:
        return "Chromium is not installed (or name it by CHROMIUM)"
    if not (DIST / MANIFEST).is_file():
        return "The front end is not built: make front-end"
    return None


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGUMENTS)


@dataclass(frozen=True)
class House:
    """What runs: ``url`` of the product, levers of its Bungie, and what is inside."""

    url: str
    bungie: Controls
    parts: Running
    keys: dict[str, StorageState] = field(default_factory=dict)
    """By person: the cookies of an earlier sign-in. Signing in is limited to so many a minute."""

    def visitor(self, browser: Browser, person: str | None = None, **options: Any) -> BrowserContext:
        """A browser of its own; with ``person``, one that is signed in already."""
        if person is None:
            return browser.new_context(**options)
        if person not in self.keys:
            context = browser.new_context()
            sign_in(context.new_page(), self.url, person)
            self.keys[person] = context.storage_state()
            context.close()
        return browser.new_context(**options, storage_state=self.keys[person])

    def calm(self) -> None:
        """Bungie as on its first day; nobody is signed in any more."""
        self.bungie.clear_faults()
        self.bungie.forgive()

    def fetch_definitions(self) -> None:
        """What the worker does at its first start."""
        outcome = self.parts.services.manifest.update(lambda *_: None)
        assert outcome.result == "installed", outcome


@contextmanager
def house(
    folder: Path,
    *,
    profile: Path | None = None,
    manifest: Path | None = None,
    definitions: bool = True,
    allowed: tuple[str, ...] = (),
    **otherwise: Any,
) -> Iterator[House]:
    """Everything but the worker, which would do things by itself in the middle of a test; with the definitions, if wanted.

    ``allowed``: hosts of this machine's own network that may be asked. ``otherwise``: settings that are not as in the demo.
    """
    settings = demo_settings(folder, {}, port=0)
    with Simulator(redirect_url=settings.redirect_url, profile=profile, manifest=manifest) as bungie:
        settings = structs.replace(
            settings, bungie_www=bungie.url, bungie_stats=bungie.url, allow_private_targets=[*allowed], **otherwise
        )
        with running(settings, worker=False) as parts:
            found = House(parts.address, Controls(bungie), parts)
            if definitions:
                found.fetch_definitions()
            yield found


@contextmanager
def working(home: House) -> Iterator[None]:
    """With the worker, which carries out what is asked for."""
    worker = Worker(home.parts.services)
    worker.start()
    try:
        yield
    finally:
        worker.stop()


def sign_in(page: Page, url: str, person: str = "Marrow") -> None:
    """From the front page through the consent page, and back to the vault."""
    page.goto(f"{url}/")
    page.get_by_role("button", name="Sign in with Bungie").click()
    page.get_by_text(person).first.click()
    page.locator("button.go").click()
    page.wait_for_url(f"{url}/**")


def name_guardians(browser: Browser, home: House) -> None:
    """As their player calls them."""
    context = home.visitor(browser, "Marrow")
    page = context.new_page()
    page.goto(f"{home.url}/vault")
    see_vault(page)
    page.evaluate(
        """async (names) => {
          const { csrf_token } = await (await fetch('/api/v1/session')).json();
          const { characters } = await (await fetch('/api/v1/profile')).json();
          const headers = { 'X-CSRFToken': csrf_token, 'Content-Type': 'application/json' };
          for (const [index, each] of characters.entries())
            await fetch(`/api/v1/characters/${each.id}`,
              { method: 'PATCH', headers, body: JSON.stringify({ nickname: names[index] }) });
        }""",
        list(NICKNAMES),
    )
    context.close()


def see_vault(page: Page) -> None:
    """Waits until the first tiles stand there."""
    expect(page.locator(".vault .tile").first).to_be_visible(timeout=PATIENCE * 1000)


def see_all_rows(page: Page) -> None:
    """Waits until every row is drawn: they come one after the other when the browser is idle."""
    page.wait_for_function("() => document.querySelectorAll('.vrow:not(:has(.vcell))').length === 0", timeout=PATIENCE * 1000)


def until(page: Page, script: str, arg: Any = None, *, patience: float = 3 * PATIENCE) -> None:
    """Waits until the script's answer is true. ``Page.wait_for_function`` takes the promise of an answer for one."""
    for _ in range(round(patience / LOOK)):
        if page.evaluate(script, arg):
            return
        page.wait_for_timeout(LOOK * 1000)
    raise AssertionError(f"It never was so: {script}")


class Complaints:
    """What a browser says went wrong: script errors, refused styles and scripts, failed requests."""

    def __init__(self, context: BrowserContext) -> None:
        self.heard: list[tuple[str, str]] = []
        """What was said, and of which address."""
        self.expected: list[str] = []
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.heard.append((str(error.error), error.page.url if error.page else "")))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        where = message.location["url"]
        # Streams of pages just closed may still hold this person's places for a second: then the page asks instead.
        if "503" in message.text and where.endswith("/transfers/changes"):
            return
        self.heard.append((message.text, where))

    def rest(self) -> list[str]:
        return [f"{text} ({where})" for text, where in self.heard if not any(part in text for part in self.expected)]


def serious_findings(page: Page) -> list[str]:
    """What axe-core finds to be serious or critical on this page."""
    # The page's own policy forbids foreign scripts, so axe comes through the debugger.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    # A button that has just changed its kind is halfway between two colours for a moment.
    page.wait_for_function("() => !document.getAnimations().some((each) => each instanceof CSSTransition)")
    # What a search dims is dimmed by the person's own wish.
    result = page.evaluate("() => axe.run({exclude: [['.tile.dim'], ['.tgroup.dim']]}, {resultTypes: ['violations']})")
    return [
        f"{violation['id']} ({violation['impact']}): {node['target']} {node['failureSummary'][:200]}"
        for violation in result["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"][:3]
    ]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window. Not ``innerWidth``: on a phone that grows with the page."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
