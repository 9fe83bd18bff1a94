"""Ledgers: what comes in and goes out, in charts that live alone, and what a person enters, imports and takes along."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Request, expect
from tests.journeys.house import NARROW, PHONE, House, serious_findings, sideways, until
from tests.journeys.test_for_everybody import SMALL

from vaultraider.domain.people import User

pytestmark = pytest.mark.browser

GLIMMER = 3159615086
NUMBERS = itertools.count(1)
ENTRIES = (("2024-02-01", 40, "Nightfall"), ("2024-08-05", -7, ""), ("2025-03-03", 12, "With Ilse"))
FILE = "at,amount,note\n2024-02-01,5,Nightfall\n2024-05-01T20:15Z,-2,\n2024-05-01T20:15Z,3,Weekly\n"
WRONG = "at,amount\n2024-02-01,5\n03.05.2024,2\n2024-05-06,many\n"
WATCH = """() => {
  window.moved = [];
  const observer = new MutationObserver((seen) => window.moved.push(...seen.map((each) => each.target.nodeName)));
  for (const part of document.querySelectorAll('nav, .page-h, .lshelf, .lhead, .lyear, .ltable, #chart-ledger-flow'))
    observer.observe(part, { subtree: true, childList: true, characterData: true, attributes: true });
}"""
SHOWS = "async (balance) => (await (await fetch('/api/v1/ledgers')).json()).ledgers[0].balance === balance"


def marrow(home: House) -> User:
    return next(each for each in home.parts.services.accounts.users.all() if each.name.startswith("Marrow"))


@pytest.fixture
def ledgers(visit: Callable[..., Page], home: House) -> Callable[..., Page]:
    """Opens the list, or one ledger by its path."""

    def open_page(path: str = "", expected: tuple[str, ...] = (), **options: object) -> Page:
        page = visit(expected, "Marrow", **options)
        page.goto(f"{home.url}/ledgers{path}")
        expect(page.get_by_role("link", name=re.compile("^Glimmer"))).to_be_visible()
        return page

    return open_page


@pytest.fixture
def clears(visit: Callable[..., Page], home: House) -> Callable[..., Page]:
    """Opens a ledger of Marrow's own, under a name of its own, with three entries in two years unless told otherwise."""

    def open_page(
        query: str = "?year=2024",
        entries: tuple[tuple[str, int, str], ...] = ENTRIES,
        expected: tuple[str, ...] = (),
        **more: object,
    ) -> Page:
        page = visit(expected, "Marrow", **more)
        books, user = home.parts.services.ledgers, marrow(home)
        number = books.open(user, f"Raid clears {next(NUMBERS)}", "clears").number
        for day, amount, note in entries:
            books.add(user, number, datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC), amount, note)
        page.goto(f"{home.url}/ledgers/{number}{query}")
        expect(page.get_by_role("heading", name=re.compile("^Raid clears"))).to_be_visible()
        return page

    return open_page


def rows(page: Page) -> Locator:
    return page.locator(".ltable tbody tr")


def flow(page: Page, words: str) -> None:
    """The first chart says so."""
    expect(page.get_by_role("img", name=words)).to_be_visible()


def choose_file(page: Page, text: str) -> None:
    found = {"name": "clears.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("input[type=file]").set_input_files(found)


# --- From nothing


def test_a_ledger_is_opened_and_filled_by_hand(ledgers: Callable[..., Page], home: House) -> None:
    page = ledgers()
    name = f"Raid clears {next(NUMBERS)}"
    page.get_by_role("button", name="New ledger").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Unit").fill("clears")
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile(r"^No entries in \d{4}$"))).to_be_visible()

    page.get_by_role("button", name="Add an entry").click()
    form = page.locator(".lnew-top")
    form.get_by_label("When").fill("2024-02-01T20:00")
    form.get_by_label("Amount (clears)").fill("1,240")
    form.get_by_role("button", name="Add it").click()
    expect(form.get_by_role("status")).to_have_text("+1,240 was added.")
    expect(form.get_by_label("Amount (clears)")).to_be_focused()
    form.get_by_role("button", name="Spent").click()
    form.get_by_label("Amount (clears)").fill("40")
    form.get_by_label("Note").fill("Given away")
    form.get_by_role("button", name="Add it").click()
    expect(form.get_by_role("status")).to_have_text("−40 was added.")
    form.get_by_role("button", name="Cancel").click()

    expect(page.get_by_role("link", name=f"{name} 1,200 clears")).to_be_visible()
    page.goto(f"{page.url.split('?')[0]}?year=2024")
    flow(page, "2024: 1,240 earned and 40 spent. Most was earned in Q1.")
    expect(page.get_by_role("img", name="2024: the balance went from 0 to 1,200.")).to_be_visible()
    expect(rows(page)).to_have_count(2)
    expect(rows(page).filter(has_text="Given away")).to_contain_text("−40")


def test_what_cannot_be_entered_is_told_where_it_stands(clears: Callable[..., Page]) -> None:
    page = clears(expected=("400",))
    page.get_by_role("button", name="Add an entry").click()
    form = page.locator(".lnew-top")
    form.get_by_label("Amount (clears)").fill("many")
    form.get_by_role("button", name="Add it").click()
    expect(form.get_by_role("alert")).to_have_text("Enter a whole number above zero, such as 1,200.")
    expect(form.get_by_label("Amount (clears)")).to_have_attribute("aria-invalid", "true")
    form.get_by_label("Amount (clears)").fill("3")
    form.get_by_label("When").fill("2190-01-01T10:00")
    form.get_by_role("button", name="Add it").click()
    expect(form.get_by_role("alert")).to_have_text("This time is yet to come. Enter what has happened.")
    expect(form.get_by_label("Amount (clears)")).to_have_value("3")


def test_an_entry_is_changed_and_deleted(clears: Callable[..., Page]) -> None:
    page = clears()
    rows(page).filter(has_text="Nightfall").get_by_role("button", name=re.compile("^Change")).click()
    page.get_by_label("Amount (clears)").fill("50")
    page.get_by_role("button", name="Save").click()
    flow(page, "2024: 50 earned and 7 spent. Most was earned in Q1.")
    expect(rows(page).filter(has_text="Nightfall")).to_contain_text("+50")
    rows(page).filter(has_text="−7").get_by_role("button", name=re.compile("^Change")).click()
    page.get_by_role("button", name="Delete entry").click()
    expect(page.get_by_role("button", name="Delete for good")).to_be_focused()
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)
    flow(page, "2024: 50 earned and 0 spent. Most was earned in Q1.")


def test_a_ledger_is_renamed_and_deleted(clears: Callable[..., Page], home: House) -> None:
    page = clears()
    page.get_by_role("button", name="Rename").click()
    name = f"Duos {next(NUMBERS)}"
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.get_by_role("button", name="Delete ledger").click()
    expect(page.get_by_role("button", name=f"Delete {name}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{home.url}/ledgers")
    expect(page.get_by_role("heading", name="Glimmer")).to_be_visible()
    expect(page.get_by_text(name)).to_have_count(0)


# --- Files


def test_an_import_says_first_what_would_come_of_it(clears: Callable[..., Page]) -> None:
    page = clears(entries=())
    page.get_by_role("button", name="Import").click()
    dialog = page.get_by_role("dialog")
    choose_file(page, WRONG)
    expect(dialog.get_by_text("2 lines cannot be read")).to_be_visible()
    expect(dialog.get_by_role("listitem")).to_have_count(2)
    expect(dialog.get_by_role("listitem").first).to_contain_text("Line 3")
    expect(dialog.get_by_role("button", name=re.compile("^Import"))).to_have_count(0)

    choose_file(page, FILE)
    expect(dialog.get_by_text("3 entries to add")).to_be_visible()
    expect(page.get_by_role("heading", name="No entries in 2024", include_hidden=True)).to_be_attached()
    dialog.get_by_role("button", name="Import 3 entries").click()
    expect(dialog.get_by_text("3 entries were imported.")).to_be_visible()
    choose_file(page, FILE + "2024-06-01,9,\n")
    expect(dialog.get_by_text("1 entry to add")).to_be_visible()
    expect(dialog.get_by_text("3 are there already and left out")).to_be_visible()
    choose_file(page, FILE)
    expect(dialog.get_by_text("Everything in this file is there already.")).to_be_visible()

    dialog.get_by_role("button", name="Close").click()
    expect(rows(page)).to_have_count(3)
    expect(rows(page).first).to_contain_text("Imported")
    flow(page, "2024: 8 earned and 2 spent. Most was earned in Q1.")


def test_what_is_exported_can_be_imported(clears: Callable[..., Page], tmp_path: Path) -> None:
    page = clears()
    with page.expect_download() as download:
        page.get_by_role("link", name="Export", exact=True).click()
    file = tmp_path / "entries.csv"
    download.value.save_as(file)
    text = file.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].startswith("at,amount")
    assert len(text.splitlines()) == 1 + len(ENTRIES), "all years"
    page.get_by_role("button", name="Import").click()
    choose_file(page, text)
    expect(page.get_by_text("Everything in this file is there already.")).to_be_visible()


# --- Years, steps and charts


def test_years_and_steps_stand_in_the_address(clears: Callable[..., Page]) -> None:
    page = clears()
    expect(rows(page)).to_have_count(2)
    expect(page.get_by_role("button", name=re.compile("^The year before"))).to_have_count(0)
    page.get_by_role("button", name="The year after, 2025").click()
    flow(page, "2025: 12 earned and 0 spent. Most was earned in Q1.")
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_role("img", name="2025: the balance went from 33 to 45.")).to_be_visible()
    page.get_by_role("button", name="Months").click()
    flow(page, "2025: 12 earned and 0 spent. Most was earned in Mar.")
    page.reload()
    expect(page).to_have_url(re.compile(r"\?year=2025&by=months$"))
    flow(page, "2025: 12 earned and 0 spent. Most was earned in Mar.")
    page.get_by_role("button", name="Show Earned and spent as a table").click()
    table = page.get_by_role("region", name="Earned and spent").get_by_role("table")
    expect(table.get_by_role("row", name="Mar 12 0")).to_be_visible()


def test_one_chart_is_refreshed_and_nothing_else_moves_or_asks(clears: Callable[..., Page]) -> None:
    page = clears()
    flow(page, "2024: 40 earned and 7 spent. Most was earned in Q1.")
    expect(page.get_by_role("img", name="2024: the balance went from 0 to 33.")).to_be_visible()
    expect(rows(page)).to_have_count(2)
    page.evaluate(WATCH)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/api/v1/ledgers" in request.url else None)
    with page.expect_response(lambda response: "chart=balance" in response.url):
        page.get_by_role("button", name="Refresh Balance only").click()
    expect(page.get_by_role("button", name="Refresh Balance only")).to_be_visible()
    assert ["chart=balance" in request.url for request in asked] == [True]
    assert page.evaluate("() => window.moved") == []


def test_one_chart_fails_and_the_rest_stands(clears: Callable[..., Page]) -> None:
    page = clears(expected=("500",))
    broken = re.compile("chart=balance")
    page.route(broken, lambda route: route.fulfill(status=500, json={"detail": "The log knows more.", "reference": "7c1f-20e4"}))
    page.reload()
    balance = page.get_by_role("region", name="Balance")
    expect(balance.get_by_role("heading", name="This chart could not load")).to_be_visible()
    expect(balance).to_contain_text("7c1f-20e4")
    flow(page, "2024: 40 earned and 7 spent. Most was earned in Q1.")
    expect(rows(page)).to_have_count(2)
    page.unroute(broken)
    balance.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("img", name="2024: the balance went from 0 to 33.")).to_be_visible()


def test_entries_fail_alone_too(clears: Callable[..., Page]) -> None:
    page = clears(expected=("500",))
    broken = re.compile("/entries[?]")
    page.route(broken, lambda route: route.fulfill(status=500, json={"detail": "The log knows more."}))
    page.reload()
    expect(page.get_by_role("heading", name="The entries could not be read")).to_be_visible()
    flow(page, "2024: 40 earned and 7 spent. Most was earned in Q1.")
    page.unroute(broken)
    page.get_by_role("button", name="Try again").click()
    expect(rows(page)).to_have_count(2)


# --- The game's currencies


def test_glimmer_is_kept_from_what_was_seen(ledgers: Callable[..., Page], vault: Callable[..., Page], home: House) -> None:
    vault()
    inventory, user, purse = home.parts.services.inventory, marrow(home), home.bungie.account("Marrow").currencies
    inventory.refresh(user, forced=True)
    before = purse[GLIMMER]
    page = ledgers("/1")
    expect(page.get_by_role("heading", name="Glimmer")).to_be_visible()
    until(page, SHOWS, before)
    purse[GLIMMER] = before - 250
    inventory.refresh(user, forced=True)
    until(page, SHOWS, before - 250)
    page.reload()
    expect(rows(page).first).to_contain_text("−250")
    expect(page.get_by_role("link", name=f"Glimmer {before - 250:,}")).to_have_attribute("aria-current", "page")
    expect(page.get_by_text("It cannot be edited.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Add an entry|Import|Change|Rename|Delete"))).to_have_count(0)


def test_it_stands_while_bungie_is_down(clears: Callable[..., Page], home: House) -> None:
    home.bungie.fault("system_disabled", count=None)
    page = clears(expected=("503",))
    flow(page, "2024: 40 earned and 7 spent. Most was earned in Q1.")


# --- What is not there


def test_a_ledger_that_is_not_there(ledgers: Callable[..., Page]) -> None:
    page = ledgers("/31337")
    expect(page.get_by_role("heading", name="There is no such ledger")).to_be_visible()
    page.get_by_role("link", name="To all ledgers").click()
    expect(page.get_by_role("heading", name="Glimmer")).to_be_visible()


def test_a_list_that_cannot_be_read(ledgers: Callable[..., Page]) -> None:
    page = ledgers(expected=("500",))
    broken = re.compile("/api/v1/ledgers$")
    page.route(broken, lambda route: route.fulfill(status=500, json={"detail": "The log knows more."}))
    page.reload()
    expect(page.get_by_role("heading", name="The ledgers could not be read")).to_be_visible()
    page.unroute(broken)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("link", name=re.compile("^Glimmer"))).to_be_visible()


# --- For everybody, on every screen


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing_serious(clears: Callable[..., Page], theme: str) -> None:
    page = clears(color_scheme=theme)
    flow(page, "2024: 40 earned and 7 spent. Most was earned in Q1.")
    page.get_by_role("button", name="Add an entry").click()
    page.get_by_role("button", name="New ledger").click()
    expect(page.get_by_label("Unit")).to_be_visible()
    assert serious_findings(page) == []
    page.get_by_role("button", name="Import").click()
    choose_file(page, WRONG)
    expect(page.get_by_text("2 lines cannot be read")).to_be_visible()
    assert serious_findings(page) == []


@pytest.mark.parametrize("screen", [PHONE, NARROW], ids=["390", "320"])
def test_a_phone_has_the_list_and_then_the_ledger(ledgers: Callable[..., Page], home: House, screen: dict[str, int]) -> None:
    page = ledgers(viewport=screen, is_mobile=True, has_touch=True)
    name = f"Clears {'of very many letters ' * 2}{next(NUMBERS)}<b>"
    expect(page.get_by_role("main").get_by_role("img")).to_have_count(0)
    page.get_by_role("button", name="New ledger").click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Glimmer"))).to_have_count(0)
    page.get_by_role("button", name="Add an entry").click()
    page.get_by_label("When").fill("2024-02-01T20:00")
    page.get_by_label("Amount").fill("12")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("+12 was added.")).to_be_visible()
    page.goto(f"{page.url.split('?')[0]}?year=2024")
    expect(page.locator(".llist li")).to_have_count(1)
    flow(page, "2024: 12 earned and 0 spent. Most was earned in Q1.")
    assert sideways(page) <= 0
    assert page.evaluate(SMALL) == []
    assert serious_findings(page) == []
    page.get_by_role("link", name="All ledgers").click()
    expect(page.get_by_role("link", name=re.compile("^Glimmer"))).to_be_visible()
    assert sideways(page) <= 0
