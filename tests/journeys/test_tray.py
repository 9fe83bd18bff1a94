"""The moves tray with everything behind it: what runs is told as it runs, everywhere alike, and can be stopped and taken back."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tests.journeys.house import (
    PATIENCE,
    PHONE,
    House,
    house,
    name_guardians,
    see_vault,
    serious_findings,
    sideways,
    until,
    working,
)

pytestmark = pytest.mark.browser

KINETIC = 1498876634
SLOW = 15
"""Seconds that Bungie takes for one of the writes: long enough to look on from everywhere."""
ENDED = ["done", "partly", "failed", "cancelled", "expired"]
STREAM = re.compile("/api/v1/transfers/changes")
WISHES = re.compile(r"/api/v1/transfers$")
REFUSED = ("503", "ERR_FAILED")

ASK = """async (wish) => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const headers = { 'X-CSRFToken': csrf_token, 'Content-Type': 'application/json' };
  return (await fetch('/api/v1/transfers', { method: 'POST', headers, body: JSON.stringify(wish) })).json();
}"""

END_ALL = """async (ended) => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const { transfers } = await (await fetch('/api/v1/transfers')).json();
  const open = transfers.filter((each) => !ended.includes(each.state));
  for (const each of open.filter((each) => each.can.includes('cancel')))
    await fetch(`/api/v1/transfers/${each.id}/cancel`, { method: 'POST', headers: { 'X-CSRFToken': csrf_token } });
  return open.length === 0;
}"""


@pytest.fixture(scope="module")
def running_house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house of this file's own, whose worker carries out what is asked for."""
    with house(tmp_path_factory.mktemp("tray") / "data") as running, working(running):
        name_guardians(browser, running)
        yield running


@pytest.fixture(autouse=True)
def at_rest(home: House, browser: Browser) -> Iterator[None]:
    """Nothing of one test is under way in the next."""
    yield
    home.calm()
    context = home.visitor(browser, "Marrow")
    page = context.new_page()
    page.goto(f"{home.url}/system")
    until(page, END_ALL, ENDED)
    context.close()


def ask(page: Page, **wish: Any) -> dict[str, Any]:
    """As another device would: this page hears of it by the stream."""
    answer: dict[str, Any] = page.evaluate(ASK, wish)
    assert "id" in answer, answer
    return answer


def items(page: Page, **about: object) -> list[dict[str, Any]]:
    """Items of the profile, by their fields."""
    found = page.evaluate("async () => (await (await fetch('/api/v1/profile')).json()).items")
    return [each for each in found if all(each.get(name) == value for name, value in about.items())]


def guns(page: Page, count: int, skip: int = 0) -> list[str]:
    """Ids of weapons in the vault."""
    return [each["id"] for each in items(page, store="vault", bucket=KINETIC)][skip : skip + count]


def guardian(home: House, nickname: str) -> str:
    return next(each.id for each in home.bungie.account("Marrow").characters if each.nickname == nickname)


def slowly(home: House, nth: int = 3) -> None:
    """Bungie thinks long about the nth write, and about no other."""
    home.bungie.fault("latency", match={"path": "TransferItem", "nth": nth}, seconds=SLOW, on="wall")


def open_tray(page: Page) -> None:
    page.keyboard.press("m")
    expect(page.get_by_role("complementary", name="Moves")).to_be_visible()


def tray(page: Page) -> Any:
    return page.get_by_role("complementary", name="Moves")


def at_rest_now(page: Page) -> None:
    """Waits until nothing is under way any more, here in the tray."""
    expect(tray(page).get_by_role("progressbar")).to_have_count(0, timeout=2 * PATIENCE * 1000)


def test_steps_are_told_as_they_run_and_to_whoever_looks(vault: Callable[..., Page], home: House, browser: Browser) -> None:
    page = vault()
    slowly(home)
    wish = {"kind": "move", "items": [{"id": id} for id in guns(page, 4)], "to": guardian(home, "Odalys")}
    asked = ask(page, **wish)
    pill = page.locator(".pill")
    expect(pill).to_contain_text(asked["title"])
    expect(pill).to_contain_text(re.compile(r"step \d of \d"))
    open_tray(page)
    expect(tray(page).get_by_role("progressbar")).to_be_visible()
    expect(tray(page).locator(".steps .now")).to_be_visible()
    expect(tray(page).locator("h3")).to_have_text(asked["title"])

    # Another tab, another device, and the same tab loaded anew: one truth.
    tab = page.context.new_page()
    tab.goto(f"{home.url}/vault")
    expect(tab.locator(".pill")).to_contain_text(asked["title"])
    device = home.visitor(browser, "Marrow", viewport=PHONE).new_page()
    device.goto(f"{home.url}/vault")
    expect(device.locator(".pill")).to_contain_text(asked["title"])
    page.reload()
    expect(page.locator(".pill")).to_contain_text(asked["title"])

    home.bungie.clear_faults()
    for each in (page, tab, device):
        expect(each.locator(".pill")).to_have_count(0, timeout=2 * PATIENCE * 1000)
    # Whoever listens hears the end, in one sentence; the tile lies where it is now.
    expect(page.locator("[data-told]")).to_have_text(re.compile("4 items are on Odalys"))
    cell = page.locator(f"#row-{KINETIC} .vcell[data-store='{wish['to']}']")
    for id in (each["id"] for each in wish["items"]):  # type: ignore[index]
        expect(cell.locator(f".tile[data-id='{id}']")).to_be_attached()
    open_tray(page)
    done = tray(page).locator(".move", has_text=asked["title"]).first
    expect(done).to_contain_text(re.compile("Bungie's list does not show it yet|Checked"))
    expect(done).not_to_contain_text(re.compile("fail", re.IGNORECASE))
    device.context.close()


def test_tabs_of_one_browser_share_one_stream(vault: Callable[..., Page], home: House) -> None:
    page = vault()
    streams: list[str] = []
    page.context.on("request", lambda request: streams.append(request.url) if STREAM.search(request.url) else None)
    with page.context.expect_event("request", lambda request: bool(STREAM.search(request.url))):
        page.reload()
    second = page.context.new_page()
    second.goto(f"{home.url}/vault")
    see_vault(second)
    asked = ask(second, kind="lock", items=guns(second, 1), state=True)
    for each in (page, second):
        open_tray(each)
        expect(tray(each).locator(".move", has_text=asked["title"]).first).to_be_visible()
    assert len(streams) == 1, streams


def test_stop_then_retry_then_undo(vault: Callable[..., Page], home: House) -> None:
    page = vault()
    slowly(home)
    moved = guns(page, 5, skip=20)
    asked = ask(page, kind="move", items=[{"id": id} for id in moved], to=guardian(home, "Ilse Varr"))
    open_tray(page)
    move = tray(page).locator(".move", has_text=asked["title"])
    expect(move.first.locator(".m-n")).to_have_text(re.compile(r"^[1-9]\d* of"))
    move.first.get_by_role("button", name="Stop:").click()
    expect(move.first).to_contain_text("Stopped.")
    home.bungie.clear_faults()
    move.first.get_by_role("button", name="Retry").click()
    stopped = tray(page).locator(".move", has_text="Tried again.")
    expect(stopped).to_have_count(1)
    at_rest_now(page)
    ilse = guardian(home, "Ilse Varr")
    assert {each["store"] for each in items(page) if each["id"] in moved} == {ilse}
    # Undo takes back what the retry did; what was done before it was stopped has an undo of its own.
    again = tray(page).locator(".move").first
    again.get_by_role("button", name="Undo").click()
    expect(tray(page).locator(".move", has_text="Taken back.")).to_have_count(1)
    at_rest_now(page)
    stopped.get_by_role("button", name="Undo").click()
    expect(tray(page).locator(".move", has_text="Taken back.")).to_have_count(2)
    at_rest_now(page)
    assert {each["store"] for each in items(page) if each["id"] in moved} == {"vault"}


def test_stop_and_undo_leaves_things_as_they_were(vault: Callable[..., Page], home: House) -> None:
    page = vault()
    slowly(home)
    moved = guns(page, 4, skip=30)
    asked = ask(page, kind="move", items=[{"id": id} for id in moved], to=guardian(home, "Odalys"))
    open_tray(page)
    move = tray(page).locator(".move", has_text=asked["title"]).first
    move.get_by_role("button", name="Stop and undo").click()
    home.bungie.clear_faults()
    expect(tray(page).locator(".move", has_text="Taken back.").first).to_be_visible(timeout=2 * PATIENCE * 1000)
    expect(tray(page).get_by_role("progressbar")).to_have_count(0, timeout=2 * PATIENCE * 1000)
    # The one that takes back may not have begun when the first has no more progress to show.
    deadline = time.monotonic() + 4 * PATIENCE
    while {each["store"] for each in items(page) if each["id"] in moved} != {"vault"}:
        assert time.monotonic() < deadline
        page.wait_for_timeout(250)
    expect(tray(page).get_by_role("progressbar")).to_have_count(0, timeout=2 * PATIENCE * 1000)


def test_what_stayed_needs_somebody_until_it_is_put_away(vault: Callable[..., Page], home: House) -> None:
    page = vault()
    tied = next(each for each in items(page, stuck="not-transferrable", place="inventory") if each["store"].isdigit())
    asked = ask(page, kind="move", items=[{"id": tied["id"]}], to="vault")
    assert asked["state"] == "failed"
    pill = page.locator(".pill")
    expect(pill).to_contain_text("1 needs you")
    expect(page.locator("[data-told]")).to_have_text(f"{asked['title']}: {asked['sentence']}")
    pill.click()
    move = tray(page).locator(".move.grave", has_text=asked["title"])
    expect(move).to_contain_text(asked["refusals"][0]["sentence"])
    move.get_by_role("button", name=re.compile("Put away")).click()
    expect(move).to_have_count(0)
    # ... also when the page is loaded again.
    page.reload()
    see_vault(page)
    open_tray(page)
    expect(tray(page).get_by_role("link", name="All moves")).to_be_visible()
    expect(move).to_have_count(0)


def test_without_a_stream_the_page_asks_again(visit: Callable[..., Page], home: House) -> None:
    page = visit(REFUSED, "Marrow")
    page.context.route(STREAM, lambda route: route.fulfill(status=503, headers={"Retry-After": "5"}))
    page.goto(f"{home.url}/vault")
    see_vault(page)
    slowly(home, 2)
    asked = ask(page, kind="move", items=[{"id": id} for id in guns(page, 3, skip=50)], to=guardian(home, "Odalys"))
    expect(page.locator(".pill")).to_contain_text(asked["title"])
    expect(page.locator(".pill")).to_contain_text(re.compile(r"step [23] of"))
    home.bungie.clear_faults()
    expect(page.locator("[data-told]")).to_contain_text("on Odalys", timeout=2 * PATIENCE * 1000)


def test_what_was_not_sent_is_sent_again_under_the_same_key(visit: Callable[..., Page], home: House) -> None:
    page = visit(REFUSED, "Marrow")
    page.goto(f"{home.url}/vault")
    see_vault(page)
    keys: list[str | None] = []
    before = [each["kind"] for each in page.request.get(f"{home.url}/api/v1/transfers").json()["transfers"]].count("lock")

    def lose(route: Route) -> None:
        keys.append(route.request.header_value("idempotency-key"))
        if len(keys) == 1:
            # It arrives, but the answer is lost on the way: the worst that a network does.
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(WISHES, lambda route: lose(route) if route.request.method == "POST" else route.fallback())
    tile = page.locator(f"#row-{KINETIC} .vcell[data-store='vault'] .tile").nth(5)
    tile.focus()
    while not keys:  # the keys that move come a moment after the first picture
        page.keyboard.press("l")
        page.wait_for_timeout(500)
    open_tray(page)
    unsent = tray(page).locator(".move", has_text="Not sent")
    expect(unsent).to_contain_text("Vault Raider does not answer")
    unsent.get_by_role("button", name="Send again").click()
    expect(unsent).to_have_count(0)
    expect(tray(page).locator(".move").first).to_contain_text(re.compile("is (un)?locked|list does not show it yet|Checked"))
    assert keys[0]
    assert keys == [keys[0]] * 2
    asked = page.request.get(f"{home.url}/api/v1/transfers").json()["transfers"]
    assert [each["kind"] for each in asked].count("lock") == before + 1


def test_keys_open_fold_and_give_focus_back(vault: Callable[..., Page], home: House) -> None:
    page = vault()
    tile = page.locator(".vcell.v .tile").first
    tile.focus()
    open_tray(page)
    assert page.evaluate("() => document.activeElement.closest('.tray') !== null")
    page.keyboard.press("Escape")
    expect(tray(page)).to_have_count(0)
    expect(tile).to_be_focused()
    open_tray(page)
    # What lies under it takes focus: it folds.
    page.evaluate(
        """() => {
          const box = document.querySelector('.tray').getBoundingClientRect();
          const under = [...document.querySelectorAll('.vault .tile')].find((tile) => {
            const at = tile.getBoundingClientRect();
            return at.left > box.left && at.right < box.right && at.top > box.top && at.bottom < box.bottom;
          });
          under.focus();
        }"""
    )
    expect(tray(page)).to_have_count(0)
    page.locator(".topbar").get_by_role("button", name=re.compile("^Moves")).click()
    expect(tray(page)).to_be_visible()
    page.keyboard.press("m")
    expect(tray(page)).to_have_count(0)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("screen", [{}, {"viewport": PHONE, "has_touch": True, "is_mobile": True}], ids=["desktop", "phone"])
def test_everybody_can_use_it(vault: Callable[..., Page], home: House, theme: str, screen: dict[str, Any]) -> None:
    page = vault(color_scheme=theme, **screen)
    odalys = guardian(home, "Odalys")
    home.bungie.fault("error", count=None, match={"path": "EquipItem"}, code=1671)
    asked = ask(page, kind="move", items=[{"id": id} for id in guns(page, 1, skip=60)], to=odalys, equip=True)
    ask(page, kind="lock", items=guns(page, 1, skip=3), state=False)
    expect(page.locator(".pill")).to_contain_text("waits")
    assert not serious_findings(page)
    page.locator(".pill").click()
    move = tray(page).locator(".move", has_text=asked["title"]).first
    expect(move).to_contain_text("Will try when possible")
    expect(move).to_contain_text(re.compile(r"Until (\d+ \w+ )?\d\d:\d\d at most"))
    move.get_by_role("button", name=re.compile("^Why")).click()
    expect(move.locator(".step-w").first).to_be_visible()
    assert not serious_findings(page)
    assert sideways(page) <= 0
