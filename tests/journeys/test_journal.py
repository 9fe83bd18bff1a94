"""The journal: every write that was ever made for the person, who asked for it, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
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
COUNT = 70
"""Locks: more than a page of the journal brings."""

ASK = """async (wishes) => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const headers = { 'X-CSRFToken': csrf_token, 'Content-Type': 'application/json' };
  for (const wish of wishes)
    await fetch('/api/v1/transfers', { method: 'POST', headers, body: JSON.stringify(wish) });
}"""
ENDED = """async ([count, ended]) => {
  const { transfers } = await (await fetch('/api/v1/transfers')).json();
  return transfers.length >= count && transfers.every((each) => ended.includes(each.state));
}"""


@pytest.fixture(scope="module")
def running_house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house in which things were moved: a weapon to Odalys, many locks, and one move that Bungie refused."""
    with house(tmp_path_factory.mktemp("journal") / "data") as running, working(running):
        name_guardians(browser, running)
        _move(browser, running)
        yield running


def _move(browser: Browser, home: House) -> None:
    context = home.visitor(browser, "Marrow")
    page = context.new_page()
    page.goto(f"{home.url}/vault")
    see_vault(page)
    found: list[dict[str, Any]] = page.evaluate("async () => (await (await fetch('/api/v1/profile')).json()).items")
    guns = [each for each in found if each["store"] == "vault" and each["bucket"] == KINETIC]
    odalys = next(each.id for each in home.bungie.account("Marrow").characters if each.nickname == "Odalys")
    home.bungie.fault("error", match={"path": "TransferItem", "nth": 2}, code=1627)
    wishes: list[dict[str, Any]] = [
        {"kind": "move", "items": [{"id": guns[3]["id"]}], "to": odalys},
        {"kind": "move", "items": [{"id": guns[4]["id"]}], "to": odalys},
    ]
    for state in (True, False):
        chosen = [each["id"] for each in guns[5:] if bool(each.get("locked")) is not state]
        wishes.append({"kind": "lock", "items": chosen[: COUNT // 2], "state": state})
    page.evaluate(ASK, wishes)
    until(page, ENDED, [len(wishes), ["done", "partly", "failed"]], patience=6 * PATIENCE)
    context.close()
    home.bungie.clear_faults()


@pytest.fixture
def journal(visit: Callable[..., Page], home: House) -> Callable[..., Page]:
    def open_journal(path: str = "/journal", **options: Any) -> Page:
        page = visit((), "Marrow", **options)
        page.goto(home.url + path)
        expect(page.locator(".jday").first).to_contain_text("Today")
        return page

    return open_journal


def rows(page: Page) -> Any:
    return page.locator(".jtable tbody tr:has(td)")


def test_it_tells_when_what_where_who_and_how_it_ended(journal: Callable[..., Page], home: House) -> None:
    page = journal("/journal?q=odalys")
    for name in ("When", "Item", "What", "From and to", "Who asked", "Outcome"):
        expect(page.get_by_role("columnheader", name=name, exact=True)).to_be_visible()
    expect(page.get_by_role("rowheader", name=re.compile("^Today, "))).to_be_visible()
    moved = rows(page).filter(has_text=re.compile("Moved")).filter(has_text="Odalys")
    expect(moved.filter(has_text=re.compile("Done")).first).to_be_visible()
    expect(moved.first.get_by_text("You", exact=True)).to_be_visible()
    expect(moved.first.get_by_role("cell").nth(3)).to_have_text("Vault to Odalys")
    refused = rows(page).filter(has_text="Refused")
    expect(refused.first).to_contain_text(re.compile("Bungie|game|item", re.IGNORECASE))
    assert not serious_findings(page)


def test_a_search_asks_the_server_and_stands_in_the_address(journal: Callable[..., Page], home: House) -> None:
    page = journal()
    everything = page.locator(".jhead [role=status]")
    expect(everything).to_contain_text("or more")
    field = page.get_by_role("searchbox", name="Search the journal")
    field.fill("refused")
    expect(rows(page)).to_have_count(1)
    expect(page).to_have_url(re.compile("q=refused"))
    page.reload()
    expect(rows(page)).to_have_count(1)
    field.fill("zebra unheard of")
    expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Clear the search").last.click()
    expect(rows(page).nth(5)).to_be_visible()
    expect(page).to_have_url(f"{home.url}/journal")


def test_more_comes_as_one_scrolls_until_the_end(journal: Callable[..., Page]) -> None:
    page = journal()
    expect(rows(page).first).to_be_visible()
    page.locator(".list-end").scroll_into_view_if_needed()
    expect(page.get_by_text("That is everything.")).to_be_visible()
    assert rows(page).count() > COUNT


def test_it_leads_to_the_item_and_to_the_move(journal: Callable[..., Page], home: House) -> None:
    page = journal("/journal?q=odalys")
    row = rows(page).filter(has_text=re.compile("Moved(?!, to make room)")).filter(has_text="Done").first
    name = row.locator(".jname").inner_text()
    row.get_by_role("button", name=re.compile("Show the move")).click()
    move = page.get_by_role("complementary", name="Moves").locator(".move", has_text=name)
    expect(move.first).to_be_visible()
    expect(move.first.get_by_role("button", name="Undo")).to_be_visible()
    page.keyboard.press("Escape")
    row.get_by_role("link", name=name).click()
    expect(page).to_have_url(re.compile("/vault/items/"))
    expect(page.locator(".sheet h2")).to_have_text(name)


def test_the_tray_leads_here(vault: Callable[..., Page]) -> None:
    page = vault()
    page.keyboard.press("m")
    page.get_by_role("link", name="All moves").click()
    expect(page.get_by_role("heading", level=1, name="Journal")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("v")
    page.keyboard.press("g")
    page.keyboard.press("j")
    expect(page.get_by_role("heading", level=1, name="Journal")).to_be_visible()


def test_nothing_yet_and_not_readable(visit: Callable[..., Page], home: House) -> None:
    page = visit(("500",), "Hoarder")
    page.goto(f"{home.url}/journal")
    expect(page.get_by_role("heading", name="Nothing was moved yet")).to_be_visible()
    page.route(re.compile("/api/v1/writes"), lambda route: route.fulfill(status=500, json={"detail": "The log knows more."}))
    page.reload()
    expect(page.get_by_role("heading", name="The journal could not be read")).to_be_visible()
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Nothing was moved yet")).to_be_visible()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_on_a_phone_it_is_a_list(journal: Callable[..., Page], theme: str) -> None:
    page = journal(viewport=PHONE, has_touch=True, is_mobile=True, color_scheme=theme)
    expect(page.locator(".jlist li").first).to_be_visible()
    assert sideways(page) <= 0
    assert not serious_findings(page)
    page.get_by_role("button", name="More", exact=True).click()
    expect(page.get_by_role("navigation", name="More").get_by_role("link", name="Journal")).to_be_visible()
