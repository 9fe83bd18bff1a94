"""The vault page in Chromium on the demo world: from the start of the navigation until it is drawn and usable, cold and warm.

"Drawn and usable" is the first frame after all guardians' heads and the rows that the window shows stand there with their
pictures, and the search field takes a word. The server is warm: somebody has looked at the page before.
"""

from __future__ import annotations

import json
import statistics
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks._result import Result, at_most
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.journeys.house import DESKTOP, House, house, lacking, launch, see_all_rows, see_vault

TURNS = 5
PASSES = 4
KILOBYTE = 1000
SCROLL_STEP = 300
LONG = 50
"""Milliseconds: a task of this length is felt."""

USABLE = """() => new Promise((resolve) => {
  const seen = (image) => {
    const box = image.getBoundingClientRect();
    return box.width > 0 && box.top < innerHeight && box.bottom > 0;
  };
  const look = () => {
    const heads = document.querySelectorAll('.ghead').length, tiles = document.querySelectorAll('.vault .tile').length;
    const pictures = [...document.images].filter(seen);
    const ready = heads && tiles > 100 && document.querySelector('#search') && pictures.every((image) => image.complete);
    if (!ready) return requestAnimationFrame(look);
    requestAnimationFrame(() => resolve(performance.now()));
  };
  look();
})"""

SCROLL = """async (step) => {
  const tasks = [];
  const observer = new PerformanceObserver((list) => { for (const each of list.getEntries()) tasks.push(each.duration); });
  observer.observe({ type: 'longtask' });
  const frame = () => new Promise(requestAnimationFrame);
  for (const by of [step, -step]) {
    for (let top = -1; top !== scrollY; ) { top = scrollY; scrollBy(0, by); await frame(); await frame(); }
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  observer.disconnect();
  return tasks;
}"""


@dataclass
class Traffic:
    """What went over the wire."""

    bytes: int = 0
    requests: int = 0
    seen: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Scrolling:
    """``long``: tasks that took over 50 ms by the clock, waiting for a busy machine included. ``longest``: the most processor
    time that one task took itself, in milliseconds."""

    long: int
    longest: float
    tiles: int


def run(_shared: Path | None) -> list[Result]:
    reason = lacking()
    if reason:
        return [Result(f"page: not measured ({reason})", 0, "")]
    with tempfile.TemporaryDirectory() as folder, house(Path(folder) / "data") as home, sync_playwright() as playwright:
        browser = launch(playwright)
        passes = [_scroll(browser, home) for _ in range(PASSES)]
        cold = [_visit(browser, home) for _ in range(TURNS)]
        warm = _revisit(browser, home)
        browser.close()
    # What else runs on the machine only ever adds: the calmest pass tells what the page itself does.
    calmest = min(passes, key=lambda each: each.longest)
    seconds, traffic = statistics.median(each[0] for each in cold), cold[-1][1]
    return [
        at_most("page: cold, navigation to vault usable", seconds, "s", 1.0),
        at_most("page: cold, bytes in all", traffic.bytes / KILOBYTE, "KB", 350),
        Result("page: cold, requests", traffic.requests, ""),
        Result("page: warm, navigation to vault usable", statistics.median(each[0] for each in warm), "s"),
        Result("page: warm, bytes in all", warm[-1][1].bytes / KILOBYTE, "KB"),
        Result("page: warm, requests", warm[-1][1].requests, ""),
        Result("page: tiles", calmest.tiles, ""),
        at_most("page: scrolling all rows, longest task's own time", calmest.longest, "ms", LONG),
        Result("page: scrolling all rows, tasks over 50 ms by the clock", min(each.long for each in passes), ""),
    ]


def _context(browser: Browser, home: House) -> BrowserContext:
    return home.visitor(browser, "Marrow", viewport=DESKTOP)


def _visit(browser: Browser, home: House) -> tuple[float, Traffic]:
    """With an empty cache. Seconds, and what it took."""
    context = _context(browser, home)
    page = context.new_page()
    measured = _measure(page, home.url)
    context.close()
    return measured


def _revisit(browser: Browser, home: House) -> list[tuple[float, Traffic]]:
    """With everything in the browser's cache that it keeps."""
    context = _context(browser, home)
    page = context.new_page()
    _measure(page, home.url)
    measured = [_measure(page, home.url) for _ in range(TURNS)]
    context.close()
    return measured


def _measure(page: Page, url: str) -> tuple[float, Traffic]:
    traffic = Traffic()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def finished(event: dict[str, float]) -> None:
        traffic.bytes += int(event["encodedDataLength"])
        traffic.requests += event["encodedDataLength"] > 0

    session.on("Network.loadingFinished", finished)
    page.goto("about:blank")
    page.goto(f"{url}/vault", wait_until="commit")
    usable = float(page.evaluate(USABLE))
    page.wait_for_load_state("networkidle")
    session.detach()
    return usable / 1000, traffic


def _scroll(browser: Browser, home: House) -> Scrolling:
    """Through the whole page and back, from a page that has just come to rest."""
    context = _context(browser, home)
    page = context.new_page()
    page.goto(f"{home.url}/vault")
    see_vault(page)
    see_all_rows(page)
    page.wait_for_load_state("networkidle")
    browser.start_tracing(page=page, categories=["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"])
    tasks = page.evaluate(SCROLL, SCROLL_STEP)
    longest = _longest_of_its_own(json.loads(browser.stop_tracing())["traceEvents"])
    tiles = page.locator(".tile").count()
    context.close()
    return Scrolling(len([each for each in tasks if each > LONG]), longest, tiles)


def _longest_of_its_own(events: list[dict[str, Any]]) -> float:
    """The most processor time that one task of the page's main thread took, in milliseconds."""
    threads = {
        (event["pid"], event["tid"])
        for event in events
        if event.get("name") == "thread_name" and event["args"].get("name") == "CrRendererMain"
    }
    tasks = [each for each in events if each.get("name") == "RunTask" and (each["pid"], each["tid"]) in threads]
    return max((float(each.get("tdur", 0)) / 1000 for each in tasks), default=0.0)
