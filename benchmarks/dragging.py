"""Dragging on the demo world's vault page: how long until what was done is to be seen.

"First paint of a dragged tile" begins when the page hears of the movement that takes the tile, and ends when the frame with the
picture at the pointer has been handed over for drawing; "first paint where it was dropped" begins with letting go, and ends with
the frame that shows the tile in its new place, marked as moving. Nobody waits for the server in either.

The goal is set for the page's own time: the processor time that its main thread takes for it. What passes by the clock is told
too, but the wait for the screen's next frame, and for a busy machine, are in it.
"""

from __future__ import annotations

import json
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks._result import Result, at_most
from playwright.sync_api import Browser, Page, sync_playwright
from tests.journeys.house import DESKTOP, House, house, lacking, launch, see_all_rows, see_vault, working

TURNS = 12
FRAME = 16.0
"""Milliseconds."""
MICROSECONDS = 1000
LIFTED, DROPPED = "lifted", "dropped"
CATEGORIES = ["toplevel", "blink.user_timing", "devtools.timeline", "disabled-by-default-devtools.timeline"]

WATCH = """() => {
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(0);
  }));
  window.dragged = [];
  const watch = (name, type, there) => {
    let heard, before;
    addEventListener(type, () => { before = there(); heard = performance.now(); }, { capture: true });
    // Behind the page's own listeners, and behind what they set going at once.
    addEventListener(type, async () => {
      if (before || !there()) return;
      const since = heard;
      performance.mark(name);
      window.dragged.push({ name, clock: await painted() - since });
    });
  };
  watch('lifted', 'pointermove', () => !!document.querySelector('.drag-ghost'));
  const arrived = () => !!document.querySelector('.vcell:not(.v) .tile.moving');
  watch('dropped', 'pointerup', () => !document.querySelector('.drag-ghost') && arrived());
}"""


@dataclass(frozen=True)
class Dragged:
    """Milliseconds of each drag: ``own`` processor time, and by the ``clock``; by name."""

    own: dict[str, list[float]]
    clock: dict[str, list[float]]


def run(_shared: Path | None) -> list[Result]:
    reason = lacking()
    if reason:
        return [Result(f"dragging: not measured ({reason})", 0, "")]
    with (
        tempfile.TemporaryDirectory() as folder,
        house(Path(folder) / "data") as home,
        sync_playwright() as playwright,
        working(home),
    ):
        browser = launch(playwright)
        dragged = _drag_often(browser, home)
        browser.close()
    return [
        at_most("dragging: first paint of a dragged tile, own time", statistics.median(dragged.own[LIFTED]), "ms", FRAME),
        Result("dragging: first paint of a dragged tile, worst own time", max(dragged.own[LIFTED]), "ms"),
        Result("dragging: first paint of a dragged tile, by the clock", statistics.median(dragged.clock[LIFTED]), "ms"),
        Result("dragging: first paint where it was dropped, own time", statistics.median(dragged.own[DROPPED]), "ms"),
        Result("dragging: first paint where it was dropped, by the clock", statistics.median(dragged.clock[DROPPED]), "ms"),
        Result("dragging: drags", len(dragged.own[LIFTED]), ""),
    ]


def _drag_often(browser: Browser, home: House) -> Dragged:
    context = home.visitor(browser, "Marrow", viewport=DESKTOP)
    page = context.new_page()
    page.goto(f"{home.url}/vault")
    see_vault(page)
    see_all_rows(page)
    page.mouse.move(5, 300)
    page.wait_for_selector("#moving-told", state="attached")
    page.wait_for_timeout(2000)
    _drag(page, 0)  # the first one compiles
    page.evaluate(WATCH)
    dragged = Dragged({LIFTED: [], DROPPED: []}, {LIFTED: [], DROPPED: []})
    for turn in range(1, TURNS + 1):
        page.wait_for_function("() => !document.querySelector('.tile.moving')")
        browser.start_tracing(page=page, categories=CATEGORIES)
        _drag(page, turn)
        _own_times(json.loads(browser.stop_tracing())["traceEvents"], dragged.own)
    for each in page.evaluate("() => window.dragged"):
        dragged.clock[each["name"]].append(each["clock"])
    context.close()
    return dragged


def _drag(page: Page, turn: int) -> None:
    """From the vault to a guardian, each time another tile and the next guardian."""
    row = page.locator(".vrow").first
    tile = row.locator(".vcell.v .tile").nth(20 + turn).bounding_box()
    cell = row.locator(".vcell:not(.v)").nth(turn % 3).bounding_box()
    assert tile is not None
    assert cell is not None
    page.mouse.move(tile["x"] + 20, tile["y"] + 20)
    page.mouse.down()
    page.wait_for_timeout(50)
    page.mouse.move(tile["x"] - 10, tile["y"] + 25)
    page.wait_for_timeout(100)
    page.mouse.move(cell["x"] + cell["width"] / 2, cell["y"] + 40, steps=6)
    page.wait_for_timeout(100)
    page.mouse.up()
    page.wait_for_timeout(100)


def _own_times(events: list[dict[str, Any]], own: dict[str, list[float]]) -> None:
    """The processor time of the page's main thread, from the task in which it was done to the one that hands the frame over."""
    threads = {
        (event["pid"], event["tid"])
        for event in events
        if event.get("name") == "thread_name" and event["args"].get("name") == "CrRendererMain"
    }
    there = sorted((each for each in events if (each["pid"], each["tid"]) in threads), key=lambda each: each.get("ts", 0))
    tasks = [each for each in there if each.get("name") == "RunTask"]
    commits = [each["ts"] for each in there if each.get("name") == "Commit"]
    for mark in there:
        if mark.get("name") not in own or mark.get("ph") not in ("I", "R", "i"):
            continue
        frame = next((ts for ts in commits if ts >= mark["ts"]), None)
        if frame is None:
            continue
        taken = [each["tdur"] for each in tasks if each["ts"] <= frame and each["ts"] + each["dur"] >= mark["ts"]]
        own[mark["name"]].append(sum(taken) / MICROSECONDS)
