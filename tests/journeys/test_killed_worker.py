"""The worker is killed in the middle of a move while somebody looks on; the page is loaded anew, another worker goes on, and
what was moved is taken back."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.house import PATIENCE, House, house, see_vault
from tests.journeys.test_tray import ask, guardian, guns, items, name_guardians, open_tray, slowly, tray
from tests.transfers.test_kills import Workers

pytestmark = [pytest.mark.browser, pytest.mark.processes]

SOME = re.compile("^[1-9][0-9]* of ")
TAKEN_OVER = 120_000
"""Milliseconds until another worker has what a dead one held: its signs of life must be missing for half a minute, and a call
that it may have sent is waited for as long."""


@pytest.fixture(scope="module")
def running_house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house without a worker of its own."""
    with house(tmp_path_factory.mktemp("killed") / "data") as running:
        name_guardians(browser, running)
        yield running


@pytest.fixture
def workers(home: House) -> Iterator[Workers]:
    """Processes of their own, in real time."""
    settings = home.parts.services.settings
    told = {
        "folder": str(settings.data_dir),
        "url": settings.bungie_www,
        "began": time.time(),
        "start": datetime.now(UTC).isoformat(),
        "rate": 1.0,
    }
    made = Workers(told)
    yield made
    made.close()


def test_another_worker_goes_on_and_all_of_it_can_be_taken_back(browser: Browser, home: House, workers: Workers) -> None:
    context = home.visitor(browser, "Marrow")
    page = context.new_page()
    page.goto(f"{home.url}/vault")
    see_vault(page)
    workers.next()
    slowly(home, nth=3)
    moved = guns(page, 5, skip=10)
    ilse = guardian(home, "Ilse Varr")
    asked = ask(page, kind="move", items=[{"id": id} for id in moved], to=ilse)
    open_tray(page)
    move = tray(page).locator(".move", has_text=asked["title"])
    expect(move.locator(".m-n")).to_have_text(SOME, timeout=2 * PATIENCE * 1000)
    workers.kill()
    home.bungie.clear_faults()
    page.reload()
    see_vault(page)
    _open(page)
    expect(move.locator(".m-n")).to_have_text(SOME)
    workers.next()
    expect(move).to_contain_text(re.compile("Done|Checked"), timeout=TAKEN_OVER)
    assert {each["store"] for each in items(page) if each["id"] in moved} == {ilse}
    move.get_by_role("button", name="Undo").click()
    expect(tray(page).locator(".move", has_text="Taken back.")).to_be_visible(timeout=4 * PATIENCE * 1000)
    expect(tray(page).get_by_role("progressbar")).to_have_count(0, timeout=4 * PATIENCE * 1000)
    assert {each["store"] for each in items(page) if each["id"] in moved} == {"vault"}
    assert {each.owner for each in home.bungie.account().items if each.id in moved} == {""}
    assert not home.bungie.box.journal.problems()
    context.close()


def _open(page: Page) -> None:
    """The tray may be open again by itself, as it was left."""
    if not tray(page).is_visible():
        open_tray(page)
