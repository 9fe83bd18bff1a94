"""What can be done with all that a search finds: from the field itself, by mouse, thumb and keys alone, and undone."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, Page, Route, expect
from tests.journeys.house import DESKTOP, NARROW, PHONE, House, see_all_rows, serious_findings, sideways, until, working
from tests.journeys.test_tagging import CLEAN

pytestmark = pytest.mark.browser

QUERY = "is:handcannon is:inleftchar"
MIXED = "is:exotic is:inleftchar"
STATE = """async (query) => {
  const { ids } = await (await fetch('/api/v1/search?' + new URLSearchParams({ q: query }))).json();
  const { items } = await (await fetch('/api/v1/profile')).json();
  const { annotations } = await (await fetch('/api/v1/annotations')).json();
  return items.filter((item) => ids.includes(item.id))
    .map((item) => ({ id: item.id, locked: !!item.locked, store: item.store, ...annotations[item.id] }));
}"""


@pytest.fixture
def searcher(vault: Callable[..., Page], home: House) -> Iterator[Callable[..., Page]]:
    """Opens the vault of somebody who has said nothing of any item yet, and works on what is asked for."""

    def open_vault(**options: object) -> Page:
        page = vault(**options)
        page.evaluate(CLEAN)
        page.reload()
        see_all_rows(page)
        page.mouse.move(5, 300)
        expect(page.locator("#moving-told")).to_be_attached()
        return page

    with working(home):
        yield open_vault


def field(page: Page) -> Locator:
    return page.get_by_role("combobox")


def button(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile(r"^Actions on "))


def entry(page: Page, name: str) -> Locator:
    return page.get_by_role("menuitem", name=re.compile(rf"^{name}"))


def told(page: Page) -> Locator:
    return page.locator(".deed")


def choose(page: Page, letters: str) -> None:
    """In the open menu, by its first letters."""
    expect(page.get_by_role("menu")).to_be_visible()
    for letter in letters:
        page.keyboard.press(letter)
    page.keyboard.press("Enter")


def tables(download: Download, folder: Path) -> dict[str, list[dict[str, str]]]:
    path = folder / download.suggested_filename
    download.save_as(path)
    if path.suffix == ".csv":
        return {path.name: list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))}
    with zipfile.ZipFile(path) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    return {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in texts.items()}


def test_by_keys_alone_all_that_is_found_is_tagged_noted_locked_exported_and_all_is_undone(
    searcher: Callable[..., Page], tmp_path: Path
) -> None:
    page = searcher()
    before = page.evaluate(STATE, QUERY)
    ids = {each["id"] for each in before}
    assert len(before) > 1 and len({each["locked"] for each in before}) == 2, "some are locked and some are not"
    page.keyboard.press("/")
    page.keyboard.type(QUERY)
    # At once: the menu comes with what is found.
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("menu", name=f"{len(ids)} items that match")).to_be_visible()
    expect(entry(page, f"Select all {len(ids)}")).to_be_focused()
    choose(page, "t")
    choose(page, "j")
    expect(told(page)).to_contain_text(f"{len(ids)} items: tagged Junk.")
    expect(button(page)).to_be_focused()
    # A key of its own, wherever nobody types.
    page.keyboard.press("a")
    choose(page, "n")
    expect(page.get_by_role("dialog").get_by_label("Notes")).to_be_focused()
    page.keyboard.type("Clear these out")
    page.keyboard.press("Control+Enter")
    expect(told(page)).to_contain_text("note saved.")
    page.keyboard.press("a")
    choose(page, "a")
    expect(page.get_by_label("Hashtag", exact=True)).to_be_focused()
    page.keyboard.type("old")
    page.keyboard.press("Enter")
    expect(told(page)).to_contain_text("#old added.")
    page.keyboard.press("a")
    choose(page, "l")
    until(page, f"async (query) => (await ({STATE})(query)).every((item) => item.locked)", QUERY)
    now = page.evaluate(STATE, QUERY)
    assert {each["id"] for each in now} == ids
    assert {(each["tag"], each["notes"]) for each in now} == {("junk", "Clear these out #old")}
    with page.expect_download() as download:
        page.keyboard.press("a")
        choose(page, "e")
    (rows,) = tables(download.value, tmp_path).values()
    assert {(row["Id"].strip('"'), row["Tag"], row["Notes"]) for row in rows} == {
        (id, "junk", "Clear these out #old") for id in ids
    }
    expect(told(page)).to_contain_text(f"{len(ids)} items exported.")
    # Newest first: the locks, the hashtag, the note, the tag.
    page.keyboard.press("Control+z")
    until(page, f"async ([query, locked]) => (await ({STATE})(query)).filter((item) => item.locked).length === locked",
          [QUERY, sum(each["locked"] for each in before)])  # fmt: skip
    for _ in range(3):
        page.keyboard.press("Control+z")
        expect(told(page)).to_contain_text(f"Undone: {len(ids)} items as before.")
        told(page).get_by_role("button", name="Close").press("Enter")
        button(page).focus()
    assert page.evaluate(STATE, QUERY) == before


def test_who_is_quicker_than_the_field_gets_the_menu_when_all_is_there(searcher: Callable[..., Page]) -> None:
    page = searcher()
    held: list[Route] = []
    page.route("**/assets/Searching-*.js", lambda route: held.append(route))
    page.keyboard.press("/")
    page.keyboard.type("is:bow")
    page.keyboard.press("Control+Enter")
    for _ in range(100):  # it may have been fetched ahead
        if not held:
            page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    expect(entry(page, "Select all")).to_be_focused()
    page.keyboard.press("Escape")
    # Enter alone opens nothing.
    field(page).fill("is:bow is:solar")
    page.keyboard.press("Enter")
    expect(button(page)).to_be_visible()
    expect(page.get_by_role("menu")).to_have_count(0)


def test_all_are_selected_and_go_out_by_kind(searcher: Callable[..., Page], tmp_path: Path) -> None:
    page = searcher()
    field(page).fill(MIXED)
    ids = {each["id"] for each in page.evaluate(STATE, MIXED)}
    button(page).click()
    expect(entry(page, "Compare")).to_have_count(0)
    with page.expect_download() as download:
        entry(page, "Export as CSV").click()
    assert download.value.suggested_filename == "vault-raider-items.zip"
    found = tables(download.value, tmp_path)
    assert {"vault-raider-weapons.csv", "vault-raider-armor.csv"} <= set(found)
    button(page).click()
    entry(page, "Select all").click()
    bar = page.get_by_role("toolbar", name=f"{len(ids)} items selected")
    with page.expect_download() as again:
        bar.get_by_role("button", name="Export").click()
    assert tables(again.value, tmp_path) == found


def test_what_is_alike_can_be_compared_and_moved(searcher: Callable[..., Page]) -> None:
    page = searcher()
    field(page).fill("name:sable")
    button(page).click()
    entry(page, "Compare").click()
    expect(page.get_by_role("dialog").locator(".cmp thead th")).not_to_have_count(0)
    page.keyboard.press("Escape")
    button(page).click()
    entry(page, "Move to").click()
    expect(page.get_by_role("menu", name=re.compile("^Move "))).to_be_visible()
    page.keyboard.press("Escape")
    expect(button(page)).to_be_focused()


def test_nothing_to_act_on(searcher: Callable[..., Page], home: House) -> None:
    page = searcher()
    field(page).fill("is:bow")
    expect(button(page)).to_be_visible()
    for text in ("is:nonsense", "zebra zebra", ""):
        field(page).fill(text)
        expect(button(page)).to_have_count(0)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("menu")).to_have_count(0)
    # Where a table shows less than is found, the table selects.
    page.goto(f"{home.url}/organizer?q=is:bow")
    expect(page.locator(".hits")).to_be_visible()
    expect(button(page)).to_have_count(0)


def test_what_cannot_be_exported_says_why(searcher: Callable[..., Page]) -> None:
    page = searcher(expected=("Failed to load resource",))
    field(page).fill("is:consumables")
    button(page).click()
    expect(entry(page, "Export as CSV")).to_contain_text("Only weapons, armour and ghosts go into a table.")
    expect(entry(page, "Export as CSV")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Escape")
    field(page).fill("is:bow")
    page.route("**/api/v1/items.csv", lambda route: route.fulfill(status=500, json={"code": "x", "detail": "It broke."}))
    button(page).click()
    entry(page, "Export as CSV").click()
    expect(told(page)).to_contain_text("Not exported: It broke.")


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("screen", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
def test_everybody_can_use_it(searcher: Callable[..., Page], screen: dict[str, int], theme: str) -> None:
    page = searcher(viewport=screen, color_scheme=theme, has_touch=screen is not DESKTOP)
    field(page).fill("is:handcannon")
    press = button(page).click if screen is DESKTOP else button(page).tap
    press()
    expect(entry(page, "Select all")).to_be_visible()
    assert serious_findings(page) == []
    entry(page, "Select all").click()
    bar = page.get_by_role("toolbar", name=re.compile("items selected$"))
    expect(bar).to_be_visible()
    assert serious_findings(page) == []
    assert sideways(page) == 0
    # Nothing of it is out of sight.
    inside = page.evaluate(
        """() => [...document.querySelectorAll('.bulk button, .find-box button')].filter((each) => each.offsetWidth)
          .every((each) => {
            const box = each.getBoundingClientRect();
            return box.left >= 0 && box.right <= innerWidth && each.scrollWidth <= each.clientWidth;
          })"""
    )
    assert inside
    if screen is not DESKTOP:
        bar.get_by_role("button", name="More").tap()
        expect(entry(page, "Export")).to_be_visible()
