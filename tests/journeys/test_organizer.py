"""The organizer and the comparison: by keyboard alone, by mouse, by thumb."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.journeys.house import (
    NARROW,
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

from vaultraider.services.accounts.preferences import Preferences
from vaultraider.simulator.world import VAULT

pytestmark = pytest.mark.browser

MANY_TABS = 40
"""Presses: more than any page here has stops on the way to what is looked for."""


@pytest.fixture(scope="module")
def running_house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house whose worker carries out what is asked for."""
    with house(tmp_path_factory.mktemp("organizer") / "data") as running, working(running):
        name_guardians(browser, running)
        yield running


@pytest.fixture(autouse=True)
def _as_in_the_beginning(home: House) -> None:
    """How the table is liked is remembered of the person, in whichever browser: no test begins with what another one chose."""
    services = home.parts.services
    for user in services.accounts.users.all():
        services.accounts.preferences.save(user, Preferences())


@pytest.fixture
def table(visit: Callable[..., Page], home: House) -> Callable[..., Page]:
    """Opens the organizer, with all that belongs to its items."""

    def open_table(address: str = "/organizer", person: str = "Marrow", rows: bool = True, **options: object) -> Page:
        page = visit((), person, **options)
        with page.expect_response(re.compile("/api/v1/organizer")):
            page.goto(f"{home.url}{address}")
        if rows:
            _see_rows(page)
        return page

    return open_table


def _see_rows(page: Page) -> None:
    expect(page.locator(".orow").first).to_be_visible()
    # What moves and tags comes after the first paint.
    page.mouse.move(5, 300)
    expect(page.locator("#moving-told")).to_be_attached()


def _kind(page: Page, name: str) -> None:
    with page.expect_response(re.compile("/api/v1/organizer")):
        page.get_by_role("group", name="Kind").get_by_role("button", name=name).click()


def _facts(page: Page, category: str) -> dict[str, Any]:
    facts: dict[str, Any] = page.request.get(f"{_origin(page)}/api/v1/organizer?category={category}").json()["facts"]
    return facts


def _profile(page: Page) -> dict[str, Any]:
    profile: dict[str, Any] = page.request.get(f"{_origin(page)}/api/v1/profile").json()
    return profile


def _origin(page: Page) -> str:
    return page.url.split("/organizer")[0].split("/vault")[0]


def _ids(page: Page) -> list[str]:
    """The rows that are drawn, from the top."""
    ids: list[str] = page.locator(".orow").evaluate_all("rows => rows.map((row) => row.dataset.id)")
    return ids


def _count(page: Page) -> int:
    return int(page.get_by_role("grid").get_attribute("aria-rowcount") or 0) - 1


def _focused_row(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.closest('tr')?.dataset.id ?? ''"))


def _tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    for _ in range(MANY_TABS):
        if wanted.evaluate("each => each === document.activeElement || each.contains(document.activeElement)"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"No {key} leads to {wanted}")


def test_by_keyboard_alone_what_is_beaten_is_found_compared_tagged_moved_and_exported(
    visit: Callable[..., Page], home: House, tmp_path: Path
) -> None:
    page = visit((), "Marrow")
    page.goto(f"{home.url}/vault")
    see_vault(page)
    facts = _facts(page, "armor")
    beaten = next(
        item
        for item in _profile(page)["items"]
        if facts.get(item["id"], {}).get("beaten") and item["place"] == "inventory" and item["store"] != "vault"
    )
    target: str = beaten["id"]

    page.keyboard.press("g")
    page.keyboard.press("o")
    _see_rows(page)
    page.keyboard.press("/")
    page.keyboard.type("dupe:statlower")
    page.keyboard.press("Enter")
    expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", re.compile(r"^\d{1,3}$"))
    page.keyboard.press("Escape") if page.get_by_role("listbox").is_visible() else None

    # All classes: the piece is whoever's.
    everybody = page.get_by_role("group", name="Class").get_by_role("button", name="All")
    _tab_to(page, everybody)
    page.keyboard.press("Enter")
    _tab_to(page, page.get_by_role("grid"))
    page.keyboard.press("ArrowDown")
    for _ in range(_count(page)):
        if _focused_row(page) == target:
            break
        page.keyboard.press("ArrowDown")
    assert _focused_row(page) == target
    page.keyboard.press("End")
    page.keyboard.press("Enter")

    sheet = page.get_by_role("dialog", name=re.compile("Compare"))
    expect(sheet).to_be_visible()
    expect(sheet.get_by_role("button", name=re.compile("Better in every stat"))).to_have_attribute("aria-pressed", "true")
    better = facts[target]["beaten_by"]
    expect(sheet.locator("thead th")).to_have_count(1 + len(better))
    junk = sheet.locator(f"tfoot [data-compared='{target}']").get_by_role("button", name="Junk")
    _tab_to(page, junk)
    page.keyboard.press("Enter")
    expect(junk).to_have_attribute("aria-pressed", "true")
    until(page, "async (id) => (await (await fetch('/api/v1/profile')).json()).annotations?.[id]?.tag === 'junk'", target)
    page.keyboard.press("v")
    until(
        page,
        "async (id) => (await (await fetch('/api/v1/profile')).json()).items.some((i) => i.id === id && i.store === 'vault')",
        target,
    )
    piece = home.bungie.account("Marrow").item(target)
    assert piece is not None and piece.bucket == VAULT

    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert _focused_row(page) == target
    expect(page.locator(f".orow[data-id='{target}']")).to_contain_text("Junk")

    link = page.get_by_role("link", name="CSV")
    _tab_to(page, link, "Shift+Tab")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    file = tmp_path / "armour.csv"
    download.value.save_as(file)
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert len(rows) == _count(page)
    assert [row["Tag"] for row in rows if row["Id"].strip('"') == target] == ["junk"]


def test_a_press_on_a_cell_narrows_the_search_and_takes_it_back(table: Callable[..., Page]) -> None:
    page = table()
    before = _count(page)
    cell = page.locator(".orow td[data-column='archetype']").first
    archetype = cell.inner_text()
    cell.click()
    field = page.get_by_role("searchbox").or_(page.locator("#search")).first
    expect(field).to_have_value(f"exactperk:{archetype.lower()}")
    expect(page.get_by_role("grid")).not_to_have_attribute("aria-rowcount", str(before + 1))
    assert set(page.locator(".orow td[data-column='archetype']").all_inner_texts()) == {archetype}
    expect(page).to_have_url(re.compile(r"/organizer\?q="))
    page.locator(".orow td[data-column='archetype']").first.click()
    expect(field).to_have_value("")
    expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", str(before + 1))


def test_rows_are_ordered_by_several_columns(table: Callable[..., Page]) -> None:
    page = table()

    def column(name: str) -> list[float]:
        return [float(text) for text in page.locator(f".orow td[data-column='{name}']").all_inner_texts()]

    power = page.locator("thead th[data-column='power']")
    total = page.locator("thead th[data-column='stat-total']")
    expect(total).to_have_attribute("aria-sort", "descending")
    power.get_by_role("button").click()
    expect(power).to_have_attribute("aria-sort", "descending")
    total.get_by_role("button").click(modifiers=["Shift"])
    pairs = list(zip(column("power"), column("stat-total"), strict=True))
    assert pairs == sorted(pairs, reverse=True)
    # Once more with Shift: turned round.
    total.get_by_role("button").focus()
    page.keyboard.press("Shift+Enter")
    pairs = list(zip(column("power"), column("stat-total"), strict=True))
    assert pairs == sorted(pairs, key=lambda pair: (-pair[0], pair[1]))


def test_only_the_rows_in_view_are_drawn_and_focus_stays_with_its_row(table: Callable[..., Page]) -> None:
    page = table()
    _kind(page, "Weapons")
    _see_rows(page)
    assert _count(page) > 200 and len(_ids(page)) < 80
    page.locator(".orow .c-name").first.focus()
    first = _focused_row(page)
    page.locator(".org-wrap").evaluate("(box) => box.scrollTo({ top: box.scrollHeight })")
    expect(page.locator(f".orow[aria-rowindex='{_count(page) + 1}']")).to_be_visible()
    assert _focused_row(page) == first
    page.keyboard.press("ArrowDown")
    expect(page.locator(".orow[aria-rowindex='3'] .c-name")).to_be_focused()
    page.keyboard.press("Control+End")
    expect(page.locator(f".orow[aria-rowindex='{_count(page) + 1}']")).to_be_in_viewport()


def test_rows_are_selected_by_keys_and_by_the_head(table: Callable[..., Page]) -> None:
    page = table()
    page.locator(".orow .c-name").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    bar = page.get_by_role("toolbar")
    expect(bar).to_contain_text("3 selected")
    expect(page.locator(".orow[aria-selected='true']")).to_have_count(3)
    page.keyboard.press("Control+a")
    expect(bar).to_contain_text(f"{_count(page)} selected")
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    page.locator("thead .c-chk").click()
    expect(bar).to_contain_text(f"{_count(page)} selected")
    page.keyboard.press("Escape")


def test_columns_and_order_are_chosen_and_remembered(table: Callable[..., Page]) -> None:
    page = table()
    page.get_by_role("button", name="Columns").click()
    choosing = page.get_by_role("dialog", name="Columns and order: armour")
    choosing.get_by_label("Set", exact=True).check()
    choosing.get_by_label("Super", exact=True).uncheck()
    choosing.get_by_label("Then by").select_option("Power")
    page.keyboard.press("Escape")
    heads = page.locator("thead th")
    expect(heads.filter(has_text="Set")).to_have_count(1)
    expect(heads.filter(has_text="Super")).to_have_count(0)
    page.reload()
    _see_rows(page)
    expect(heads.filter(has_text="Set")).to_have_count(1)
    expect(heads.filter(has_text="Super")).to_have_count(0)
    expect(page.locator("th[data-column='power'] .ord")).to_have_text("2")


def test_an_items_sheet_opens_beside_the_table_and_goes_through_its_rows(table: Callable[..., Page]) -> None:
    page = table()
    second, third = _ids(page)[1:3]
    page.locator(".orow .c-name").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/organizer/items/{second}"))
    expect(page.locator(".sheet")).to_contain_text(f"2 of {_count(page)} in the table")
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(f"/organizer/items/{third}"))
    page.keyboard.press("Escape")
    expect(page.locator(".sheet")).to_have_count(0)
    expect(page.locator(f".orow[data-id='{third}'] .c-name")).to_be_focused()


def test_what_is_like_a_weapon_is_compared_from_its_sheet(vault: Callable[..., Page]) -> None:
    page = vault()
    facts = _facts(page, "weapons")
    weapon = next(id for id, each in facts.items() if each["dupes"] > 2)
    page.goto(f"{_origin(page)}/vault/items/{weapon}")
    page.get_by_role("button", name=re.compile("Compare with what is like it")).click()
    sheet = page.get_by_role("dialog", name=re.compile("Compare"))
    expect(sheet.get_by_role("button", name=re.compile("Same weapon"))).to_have_attribute("aria-pressed", "true")
    expect(sheet.locator("thead th")).to_have_count(facts[weapon]["dupes"])
    expect(sheet.locator("td.best").first).to_contain_text("best")
    lines = sheet.locator("tbody tr")
    differing = lines.count()
    sheet.get_by_label("Only what differs").uncheck()
    assert lines.count() > differing
    # Out of the comparison, and with something else as the measure.
    sheet.get_by_role("button", name=re.compile("out of the comparison")).first.click()
    expect(sheet.locator("thead th")).to_have_count(facts[weapon]["dupes"] - 1)
    assert serious_findings(page) == []
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page.locator(".sheet")).to_be_visible()


def test_on_a_phone_the_name_stays_and_the_page_does_not_scroll_sideways(table: Callable[..., Page]) -> None:
    page = table(viewport=PHONE, is_mobile=True, has_touch=True)
    assert sideways(page) == 0
    page.locator(".org-wrap").evaluate("(box) => box.scrollTo({ left: 300 })")
    expect(page.locator(".orow .c-name").first).to_be_in_viewport(ratio=0.9)
    page.locator(".orow .c-chk").first.tap()
    page.get_by_role("toolbar").get_by_role("button", name="More to do with them").tap()
    page.get_by_role("menuitem", name="Compare").tap()
    expect(page.get_by_role("dialog", name=re.compile("Compare"))).to_be_visible()
    assert sideways(page) == 0
    assert serious_findings(page) == []


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("kind", ["Weapons", "Armour", "Other"])
def test_the_table_is_sound_for_everybody(table: Callable[..., Page], scheme: str, kind: str) -> None:
    page = table(color_scheme=scheme)
    if kind != "Armour":
        _kind(page, kind)
        _see_rows(page)
    assert serious_findings(page) == []


def test_in_a_narrow_window_everything_is_there(table: Callable[..., Page]) -> None:
    page = table(viewport=NARROW)
    assert sideways(page) == 0
    expect(page.get_by_role("link", name="CSV")).to_be_visible()


def test_when_perks_cannot_be_read_the_table_stands_and_says_so(visit: Callable[..., Page], home: House) -> None:
    page = visit(("500",), "Marrow")
    page.route("**/api/v1/organizer**", lambda route: route.fulfill(status=500, json={"code": "broken", "detail": "Broken."}))
    page.goto(f"{home.url}/organizer")
    _see_rows(page)
    expect(page.get_by_text("Perks, advice and dates could not be read.")).to_be_visible()
    page.unroute("**/api/v1/organizer**")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Perks, advice and dates could not be read.")).to_be_hidden()
    expect(page.locator(".adv").first).to_be_visible()


def test_a_search_for_another_kind_leads_to_it(table: Callable[..., Page]) -> None:
    page = table("/organizer?q=is:weapon", rows=False)
    weapons = page.get_by_role("button", name=re.compile(r"^Show the [\d,]+ weapons$"))
    expect(page.get_by_text(re.compile(r"^The search finds [\d,]+ weapons, and no armour\.$"))).to_be_visible()
    assert serious_findings(page) == []
    weapons.focus()
    page.keyboard.press("Enter")
    _see_rows(page)
    expect(page.get_by_role("group", name="Kind").get_by_role("button", name="Weapons")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("combobox", name=re.compile("^Search"))).to_have_value("is:weapon")
    page.get_by_role("combobox", name=re.compile("^Search")).fill("name:nosuchitem")
    expect(page.get_by_text("The search finds nothing, of other kinds neither.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Show the"))).to_have_count(0)
