"""Searching on the page: from pressing a key in the search field to the frame in which the tiles show what is found.

Queries are typed letter by letter into the vault page of the demo world, and of the same with 1,500 items. Counted are the keys
after which the tiles look otherwise. The items' world is forgotten before each pass, as after a start of the server.

- keystroke to tiles: from the key's own time stamp until the frame is handed over. What else runs on the machine only ever adds,
  so that the best of a key's passes counts. Where that time goes is told by its parts.
- own time: the processor time that the page's main thread takes for it, suggestions and all.
- typing fast: a key every 40 ms, whatever has come of the one before; how long the longest single task holds the page up.
"""

from __future__ import annotations

import itertools
import json
import logging
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks._result import Result, at_most
from msgspec import structs
from playwright.sync_api import Browser, Page, sync_playwright
from tests.journeys.house import DESKTOP, House, house, lacking, launch, see_all_rows, see_vault

PERSON = "Marrow"
QUERIES = ("is:handcannon perk:outlaw", "kill clip", "hammerhead", "stat:total:>60 is:titan")
ITEMS = 1500
PASSES = 3
LIMIT = 50.0
"""Milliseconds: what comes within them comes at once."""
BETWEEN = 40
MICROSECONDS = 1000
PRESSED, CHANGED = "pressed", "changed"
PARTS = ("asking", "answer", "drawing", "frame")
CATEGORIES = ["toplevel", "blink.user_timing", "devtools.timeline", "disabled-by-default-devtools.timeline"]

WATCH = """() => {
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(0);
  }));
  const keys = [], answers = [], tasks = [];
  let key;
  addEventListener('keydown', (event) => {
    performance.mark('pressed');
    keys.push(key = { letter: event.key, at: event.timeStamp, heard: performance.now() });
  }, true);
  new MutationObserver(() => {
    const since = key;
    if (!since) return;
    performance.mark('changed');
    since.changed = performance.now();
    void painted().then((at) => { since.shown = at; });
  }).observe(document.querySelector('.vault'), { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] });
  new PerformanceObserver((list) => {
    for (const { name, startTime, responseEnd } of list.getEntries())
      if (name.includes('/search?')) answers.push({ start: startTime, end: responseEnd });
  }).observe({ type: 'resource' });
  new PerformanceObserver((list) => { for (const each of list.getEntries()) tasks.push(each.duration); })
    .observe({ type: 'longtask' });
  window.searched = { keys, answers, tasks };
}"""

SETTLED = """() => new Promise((done) => {
  const { keys, answers } = window.searched;
  const key = keys.at(-1), begun = performance.now();
  const look = () => {
    const now = performance.now();
    const answered = answers.some((each) => each.start >= key.at) || now - begun > 400;
    const still = now - Math.max(key.heard, key.changed ?? 0, ...answers.slice(-1).map((each) => each.end)) > 120;
    if (answered && still && (!key.changed || key.shown)) done(); else setTimeout(look, 20);
  };
  look();
})"""


@dataclass(frozen=True)
class Key:
    """Milliseconds from the key's time stamp, of one after which the tiles changed; ``parts`` as they are named."""

    shown: float
    parts: tuple[float, ...]


@dataclass(frozen=True)
class Pass:
    """``keys``: in the order of typing; None where nothing changed."""

    keys: list[Key | None]
    long: list[float]


def run(_shared: Path | None) -> list[Result]:
    reason = lacking()
    if reason:
        return [Result(f"searching: not measured ({reason})", 0, "")]
    results: list[Result] = []
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for wanted in (0, ITEMS):
            with tempfile.TemporaryDirectory() as folder, house(Path(folder) / "data") as home:
                results += _measured(browser, home, _many(home, wanted))
        browser.close()
    return results


def _measured(browser: Browser, home: House, items: int) -> list[Result]:
    name = f"searching, {items:,} items"
    with _answering() as served:
        calm = [_typed(browser, home) for _ in range(PASSES)]
    with _page(browser, home) as page:
        browser.start_tracing(page=page, categories=CATEGORIES)
        _type(page)
        own = _own_times(json.loads(browser.stop_tracing())["traceEvents"])
    with _page(browser, home) as page:
        browser.start_tracing(page=page, categories=CATEGORIES)
        fast = _type_fast(page)
        longest = _longest(json.loads(browser.stop_tracing())["traceEvents"])
    by_key = [_known(each) for each in zip(*[one.keys for one in calm], strict=True)]
    best = [min(each, key=lambda key: key.shown) for each in by_key if each]
    shown = [key.shown for key in best]
    p50 = statistics.median(shown)
    parts = [statistics.median(values) for values in zip(*[key.parts for key in best], strict=True)]
    return [
        Result(f"{name}: keys that changed the tiles", len(best), "keys"),
        at_most(f"{name}: keystroke to tiles, p50", p50, "ms", LIMIT),
        at_most(f"{name}: keystroke to tiles, p95", _p95(shown), "ms", LIMIT),
        *[Result(f"{name}: of it {part}, p50", spent, "ms") for part, spent in zip(PARTS, parts, strict=True)],
        Result(f"{name}: asking the server, share of the whole", parts[1] / p50, ""),
        Result(f"{name}: served, p50", statistics.median(served), "ms"),
        Result(f"{name}: served, p95", _p95(served), "ms"),
        Result(f"{name}: own time of a keystroke, p50", statistics.median(own), "ms"),
        Result(f"{name}: own time of a keystroke, p95", _p95(own), "ms"),
        at_most(f"{name}: typing, longest task's own time", longest, "ms", LIMIT),
        Result(f"{name}: typing, tasks over 50 ms by the clock", len(fast), ""),
    ]


def _known(keys: tuple[Key | None, ...]) -> list[Key]:
    return [key for key in keys if key is not None]


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18]


def _many(home: House, wanted: int) -> int:
    """More copies of what the person has in the vault, until there are so many; how many there are."""
    account = home.bungie.account(PERSON)
    with home.bungie.box.lock:
        world = home.bungie.box.world
        copies = [item for item in account.vault() if item.id]
        for number in range(wanted - len(account.items)):
            account.items.append(structs.replace(copies[number % len(copies)], id=world.new_instance()))
        world.changed()
    return len(account.items)


def _typed(browser: Browser, home: House) -> Pass:
    with _page(browser, home) as page:
        return _type(page)


@contextmanager
def _page(browser: Browser, home: House) -> Iterator[Page]:
    """The vault page at rest, with the caret in the search field; the server has nothing ready."""
    for user in home.parts.services.accounts.users.all():
        home.parts.services.searching.forget(user)
    context = home.visitor(browser, PERSON, viewport=DESKTOP)
    page = context.new_page()
    page.goto(f"{home.url}/vault")
    see_vault(page)
    see_all_rows(page)
    page.keyboard.press("/")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    page.evaluate(WATCH)
    yield page
    context.close()


def _type(page: Page) -> Pass:
    """Each key when the one before has had its effect."""
    places: list[int] = []
    for query in QUERIES:
        for letter in query:
            places.append(page.evaluate("() => window.searched.keys.length"))
            page.keyboard.press("Space" if letter == " " else letter)
            page.evaluate(SETTLED)
        page.keyboard.press("Escape")
        page.evaluate(SETTLED)
    seen = page.evaluate("() => window.searched")
    return Pass([_key(seen["keys"][place], seen["answers"]) for place in places], seen["tasks"])


def _type_fast(page: Page) -> list[float]:
    """The long tasks, by the clock."""
    for query in QUERIES:
        page.keyboard.type(query, delay=BETWEEN)
        page.wait_for_timeout(500)
        page.keyboard.press("Escape")
        page.wait_for_timeout(500)
    found: list[float] = page.evaluate("() => window.searched.tasks")
    return found


def _key(seen: dict[str, Any], answers: list[dict[str, float]]) -> Key | None:
    if "shown" not in seen:
        return None
    at, changed = seen["at"], seen["changed"]
    answer = next((each for each in answers if each["start"] >= at), {"start": changed, "end": changed})
    moments = (at, answer["start"], answer["end"], changed, seen["shown"])
    return Key(seen["shown"] - at, tuple([late - early for early, late in itertools.pairwise(moments)]))


@contextmanager
def _answering() -> Iterator[list[float]]:
    """Milliseconds that the server took for each search, as its own log says."""
    found: list[float] = []

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if isinstance(record.args, tuple) and len(record.args) == 4 and "'/api/v1/search'" in record.args:
                found.append(float(str(record.args[3])))

    log, listening = logging.getLogger("vaultraider.web.server"), Listening()
    level, propagate = log.level, log.propagate
    log.addHandler(listening)
    log.setLevel(logging.DEBUG)
    log.propagate = False
    try:
        yield found
    finally:
        log.removeHandler(listening)
        log.setLevel(level)
        log.propagate = propagate


def _main_thread(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    threads = {
        (event["pid"], event["tid"])
        for event in events
        if event.get("name") == "thread_name" and event["args"].get("name") == "CrRendererMain"
    }
    return sorted((each for each in events if (each["pid"], each["tid"]) in threads), key=lambda each: each.get("ts", 0))


def _own_times(events: list[dict[str, Any]]) -> list[float]:
    """Of each key that changed the tiles: what all tasks took from the key to the frame with its last change."""
    there = _main_thread(events)
    tasks = [each for each in there if each.get("name") == "RunTask"]
    commits = [each["ts"] for each in there if each.get("name") == "Commit"]
    marks = [each for each in there if each.get("name") in (PRESSED, CHANGED) and each.get("ph") in ("I", "R", "i")]
    own: list[float] = []
    for index, mark in enumerate(marks):
        after = next((place for place in range(index + 1, len(marks)) if marks[place]["name"] == PRESSED), len(marks))
        last = marks[after - 1]
        frame = next((ts for ts in commits if ts >= last["ts"]), None)
        if mark["name"] == PRESSED and last is not mark and frame is not None:
            taken = [each["tdur"] for each in tasks if each["ts"] <= frame and each["ts"] + each["dur"] >= mark["ts"]]
            own.append(sum(taken) / MICROSECONDS)
    return own


def _longest(events: list[dict[str, Any]]) -> float:
    tasks = [each for each in _main_thread(events) if each.get("name") == "RunTask"]
    return max((float(each.get("tdur", 0)) / MICROSECONDS for each in tasks), default=0.0)
