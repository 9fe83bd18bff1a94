"""The timeline: charts that live each for itself, and every event behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect
from tests.journeys.dated import DatedHouse
from tests.journeys.house import DESKTOP, NARROW, PHONE, see_vault, serious_findings, sideways
from tests.journeys.lived import lived_house
from tests.journeys.renders import Renders

pytestmark = pytest.mark.browser

CHARTS = ("power", "fill", "items", "drops", "moved")
TITLES = ("Power", "Vault use", "Items per week", "Time between drops", "Moved most")
ASKED = re.compile(r"/api/v1/(charts/\w+|events|diff|profile(?=$|\?))")
BROKEN = {"code": "slow", "detail": "The server took too long.", "reference": "7c1f-20e4"}


@pytest.fixture(scope="module")
def running_house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DatedHouse]:
    with lived_house(tmp_path_factory.mktemp("timeline") / "data", browser) as running:
        yield running


@pytest.fixture
def timeline(visit: Callable[..., Page], home: DatedHouse) -> Callable[..., Page]:
    """Opens the page and waits until all of it is there."""

    def open_page(path: str = "/timeline", expected: tuple[str, ...] = (), **options: Any) -> Page:
        page = visit(expected, "Marrow", **options)
        page.goto(home.url + path)
        see_all(page)
        return page

    return open_page


def see_all(page: Page) -> None:
    expect(page.locator(".tl")).to_be_visible()
    for chart in CHARTS:
        see(page, chart)
    expect(page.locator(".ev").first).to_be_visible()
    expect(page.locator(".diff")).to_contain_text("found")


def card(page: Page, chart: str) -> Locator:
    return page.locator(f"#chart-{chart}")


def see(page: Page, chart: str) -> None:
    expect(card(page, chart).locator(".cc-f")).to_contain_text("As of")
    expect(card(page, chart)).to_have_attribute("aria-busy", "false")


def break_chart(page: Page, chart: str, answer: dict[str, Any] | None = None) -> None:
    path = re.compile(rf"/api/v1/charts/{chart}\?")
    if answer is not None:
        page.route(path, lambda route: route.fulfill(json=answer))
    else:
        page.route(path, lambda route: route.fulfill(status=503, json=BROKEN))


def refresh(page: Page, title: str) -> None:
    page.get_by_role("button", name=f"Refresh {title} only").click()


class Asked:
    """What was asked about the past since the last look."""

    def __init__(self, page: Page) -> None:
        self._heard: list[str] = []
        page.on("request", self._hear)

    def _hear(self, request: Request) -> None:
        if found := ASKED.search(request.url):
            self._heard.append(found[1])

    def take(self) -> list[str]:
        found, self._heard = self._heard, []
        return found


# --- Each chart by itself -----------------------------------------------------------------------------------------------------


def test_every_chart_says_in_a_sentence_what_it_shows(timeline: Callable[..., Page]) -> None:
    page = timeline()
    for chart, title in zip(CHARTS, TITLES, strict=True):
        expect(card(page, chart).get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text(re.compile(r"^Everything that happened to your items since \d+ August 2026\.$"))).to_be_visible()
    lines = card(page, "power").get_by_role("img")
    expect(lines).to_have_accessible_name(re.compile(r"^Power over 90 days: .*Brannoch [\d.]+ to [\d.]+.*Odalys [\d.]+ to"))
    for name in ("Brannoch", "Ilse Varr", "Odalys"):
        expect(lines.locator(".cc-name", has_text=name)).to_be_visible()
    expect(card(page, "fill").get_by_role("img")).to_have_accessible_name(re.compile(r"[\d,]+ to [\d,]+ of 1,000"))
    expect(card(page, "items").get_by_role("img")).to_have_accessible_name(re.compile(r"this week \d+ in, \d+ out$"))
    expect(card(page, "moved").locator("li")).to_have_count(6)
    assert serious_findings(page) == []


def test_one_chart_breaks_while_it_is_refreshed_and_nothing_else_stirs(visit: Callable[..., Page], home: DatedHouse) -> None:
    page = visit(("503",), "Marrow")
    renders = Renders(page)
    page.goto(f"{home.url}/timeline")
    see_all(page)
    asked = Asked(page)
    vault = card(page, "fill")
    page.wait_for_load_state("networkidle")

    break_chart(page, "fill")
    asked.take()
    renders.watch("#chart-fill")
    refresh(page, "Vault use")
    expect(vault.locator(".cc-f")).to_contain_text("Not refreshed, showing")
    expect(vault.locator(".cc-f")).to_contain_text("The server took too long.")
    expect(vault.get_by_role("img")).to_be_visible()
    assert asked.take() == ["charts/fill"]
    assert renders.drawn() == {"chart-fill"}
    assert renders.touched() == []

    page.unroute_all()
    renders.watch("#chart-fill")
    vault.get_by_role("button", name="Try again").click()
    see(page, "fill")
    assert asked.take() == ["charts/fill"]
    assert renders.drawn() == {"chart-fill"}
    assert renders.touched() == []


def test_one_chart_never_came_and_is_asked_again_alone(visit: Callable[..., Page], home: DatedHouse) -> None:
    page = visit(("503",), "Marrow")
    renders = Renders(page)
    break_chart(page, "items")
    page.goto(f"{home.url}/timeline")
    broken = card(page, "items")
    expect(broken.get_by_role("heading", name="This chart could not load")).to_be_visible()
    expect(broken).to_contain_text("The server took too long. Nothing else on this page waits for it.")
    expect(broken).to_contain_text("ref 7c1f-20e4")
    for chart in set(CHARTS) - {"items"}:
        see(page, chart)
    expect(page.locator(".ev").first).to_be_visible()
    expect(page.locator(".diff")).to_contain_text("found")
    page.wait_for_load_state("networkidle")

    page.unroute_all()
    asked = Asked(page)
    renders.watch("#chart-items")
    broken.get_by_role("button", name="Try again").click()
    see(page, "items")
    expect(broken.get_by_role("img")).to_be_visible()
    assert asked.take() == ["charts/items"]
    assert renders.drawn() == {"chart-items"}
    assert renders.touched() == []


def test_an_answer_that_cannot_be_drawn_takes_nothing_with_it(visit: Callable[..., Page], home: DatedHouse) -> None:
    page = visit(("TypeError", "Cannot read properties"), "Marrow")
    break_chart(page, "power", {"series": None})
    page.goto(f"{home.url}/timeline")
    expect(card(page, "power").get_by_role("heading", name="This chart could not be drawn")).to_be_visible()
    for chart in CHARTS[1:]:
        see(page, chart)
    page.unroute_all()
    card(page, "power").get_by_role("button", name="Try again").click()
    see(page, "power")


def test_while_it_is_refreshed_the_old_drawing_stays(timeline: Callable[..., Page]) -> None:
    page = timeline()
    held: list[Any] = []
    page.route(re.compile("/api/v1/charts/power"), lambda route: held.append(route))
    power = card(page, "power")
    with page.expect_request(re.compile("/api/v1/charts/power")):
        refresh(page, "Power")
    expect(power.locator(".cc-f")).to_contain_text("Refreshing, showing")
    expect(power).to_have_attribute("aria-busy", "true")
    expect(power.get_by_role("img")).to_be_visible()
    held[0].continue_()
    see(page, "power")


def test_another_range_asks_each_chart_and_stands_in_the_address(timeline: Callable[..., Page], home: DatedHouse) -> None:
    page = timeline()
    page.get_by_role("button", name="30 days").click()
    expect(page).to_have_url(re.compile(r"\?range=30d$"))
    expect(card(page, "power").get_by_role("img")).to_have_accessible_name(re.compile("^Power over 30 days"))
    expect(page.get_by_text(re.compile(r"^[\d,]+ in 30 days$"))).to_be_visible()
    page.reload()
    see_all(page)
    expect(page.get_by_role("button", name="30 days")).to_have_attribute("aria-pressed", "true")
    for name, over in (("7 days", "over 7 days"), ("1 year", "over a year"), ("All", "over all the time")):
        page.get_by_role("group", name="Range").get_by_role("button", name=name).click()
        expect(card(page, "fill").get_by_role("img")).to_have_accessible_name(re.compile(over))
        expect(card(page, "fill")).to_have_attribute("aria-busy", "false")


# --- Reading it off -----------------------------------------------------------------------------------------------------------


def test_values_are_read_by_the_keys(timeline: Callable[..., Page]) -> None:
    page = timeline()
    reader = page.get_by_role("slider", name="Items per week: read the values")
    reader.focus()
    page.keyboard.press("End")
    expect(reader).to_have_attribute("aria-valuetext", re.compile(r"^Week of 16 Nov 2026: Exotic \d+ in, \d+ out, Legendary"))
    expect(card(page, "items").locator(".cc-tip")).to_contain_text("Week of 16 Nov 2026")
    page.keyboard.press("ArrowLeft")
    expect(reader).to_have_attribute("aria-valuetext", re.compile("^Week of 9 Nov 2026"))
    page.keyboard.press("Home")
    expect(reader).to_have_attribute("aria-valuenow", "0")
    page.keyboard.press("Escape")
    expect(card(page, "items").locator(".cc-tip")).to_have_count(0)

    reader = page.get_by_role("slider", name="Power: read the values")
    reader.focus()
    page.keyboard.press("End")
    expect(reader).to_have_attribute("aria-valuetext", re.compile(r"^22 Nov 2026, \d\d:\d\d: .*Brannoch [\d.]+"))


def test_values_are_read_under_the_pointer(timeline: Callable[..., Page]) -> None:
    page = timeline()
    reader = page.get_by_role("slider", name="Power: read the values")
    box = reader.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 30)
    tip = card(page, "power").locator(".cc-tip")
    expect(tip).to_contain_text("Ilse Varr")
    expect(tip).to_contain_text(re.compile(r"\d+ (Oct|Nov) 2026"))
    page.mouse.move(5, 5)
    expect(tip).to_have_count(0)


def test_the_numbers_are_there_as_a_table_and_as_a_file(timeline: Callable[..., Page], tmp_path: Path) -> None:
    page = timeline()
    items = card(page, "items")
    items.get_by_role("button", name="Show Items per week as a table").click()
    expect(items.get_by_role("columnheader")).to_have_count(9)
    expect(items.get_by_role("rowheader", name="16 Nov 2026")).to_be_visible()
    assert serious_findings(page) == []
    with page.expect_download() as download:
        items.get_by_role("link", name="Items per week as a CSV file").click()
    download.value.save_as(tmp_path / "items.csv")
    lines = (tmp_path / "items.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) > items.locator("tbody tr").count()
    items.get_by_role("button", name="Show Items per week as a table").click()
    expect(items.get_by_role("img")).to_be_visible()


# --- Little, or nothing -------------------------------------------------------------------------------------------------------


def test_what_was_seen_once_is_a_point(visit: Callable[..., Page], home: DatedHouse) -> None:
    """Hoarder is read for the first time while the page is open: each line has one point, and nothing has happened yet."""
    page = visit((), "Hoarder")
    page.goto(f"{home.url}/timeline")
    expect(card(page, "power").get_by_role("img")).to_be_visible()
    expect(card(page, "fill").locator(".cc-end")).to_be_visible()
    expect(card(page, "items")).to_contain_text("Items that come and go are counted here by week.")
    expect(card(page, "drops")).to_contain_text("Two exotic or legendary drops make a time between them.")
    expect(card(page, "moved")).to_contain_text("Items that are moved or equipped are counted here.")
    expect(page.get_by_text("Nothing went this week.")).to_be_visible()
    expect(page.get_by_role("heading", name="Nothing happened yet")).to_be_visible()
    assert serious_findings(page) == []


# --- Events -------------------------------------------------------------------------------------------------------------------


def events(page: Page) -> Locator:
    return page.locator(".ev:not(.ev-gap)")


def test_events_stand_under_their_day(timeline: Callable[..., Page]) -> None:
    page = timeline()
    expect(page.get_by_role("heading", level=3).first).to_have_text("Today, Sunday 22 November")
    expect(events(page).first.locator("time")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    expect(events(page).filter(has_text="In game").first).to_be_visible()
    expect(page.get_by_role("heading", name="Saturday 21 November")).to_be_attached()


def test_filters_stand_in_the_address(timeline: Callable[..., Page]) -> None:
    page = timeline("/timeline?range=30d")
    page.get_by_role("group", name="Which events").get_by_role("button", name=re.compile("^Gone")).click()
    expect(page).to_have_url(re.compile("group=gone"))
    expect(events(page).filter(has_not_text="gone")).to_have_count(0)
    page.get_by_role("button", name="Guardian: all").click()
    page.get_by_role("menuitemradio", name="Odalys").click()
    expect(page).to_have_url(re.compile(r"character=\d+"))
    page.reload()
    expect(page.get_by_role("button", name="Guardian: Odalys")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Gone"))).to_have_attribute("aria-pressed", "true")
    page.get_by_role("searchbox", name="Search names").fill("no such thing")
    expect(page.get_by_role("heading", name="No events match")).to_be_visible()
    page.get_by_role("button", name="Show all events").click()
    expect(page.get_by_role("searchbox", name="Search names")).to_have_value("")
    expect(page).to_have_url(re.compile(r"/timeline\?range=30d$"))
    expect(events(page).first).to_be_visible()


def test_what_we_did_is_told_as_ours(timeline: Callable[..., Page]) -> None:
    page = timeline()
    page.get_by_role("button", name="By: anybody").click()
    page.get_by_role("menuitemradio", name="you, from here", exact=False).click()
    expect(page).to_have_url(re.compile("by=you"))
    expect(events(page).filter(has_text="In game")).to_have_count(0)
    expect(events(page).first.get_by_text("You", exact=True)).to_be_visible()


def test_more_comes_as_one_scrolls(timeline: Callable[..., Page]) -> None:
    page = timeline("/timeline?range=7d")
    expect(events(page).nth(49)).to_be_attached()
    page.locator(".list-end").scroll_into_view_if_needed()
    expect(events(page).nth(50)).to_be_attached()
    ids = page.locator(".ev time").evaluate_all("(all) => all.map((each) => each.dateTime)")
    assert ids == sorted(ids, reverse=True)


def test_a_gap_is_told_as_one(timeline: Callable[..., Page]) -> None:
    page = timeline("/timeline?group=gone")
    for _ in range(20):
        if page.locator(".ev-gap").count() or not page.locator("button", has_text="Load more").count():
            break
        shown = events(page).count()
        page.locator(".list-end").scroll_into_view_if_needed()
        expect(events(page).nth(shown)).to_be_attached()
    expect(page.locator(".ev-gap").first).to_contain_text(re.compile(r"Nobody looked from .+ to \d\d:\d\d\."))


def test_an_event_leads_to_its_item(timeline: Callable[..., Page]) -> None:
    page = timeline()
    first = events(page).filter(has_text="found").get_by_role("link").first
    name = first.inner_text()
    first.click()
    expect(page).to_have_url(re.compile(r"/(vault|timeline)/items/\d+"))
    expect(page.get_by_text(name).first).to_be_visible()


def test_events_that_cannot_be_read_leave_the_charts_alone(visit: Callable[..., Page], home: DatedHouse) -> None:
    page = visit(("500",), "Marrow")
    page.route(re.compile(r"/api/v1/events\?since=2026-08"), lambda route: route.fulfill(status=500, json=BROKEN))
    page.goto(f"{home.url}/timeline")
    expect(page.get_by_role("heading", name="The events could not be read")).to_be_visible()
    for chart in CHARTS:
        see(page, chart)
    page.unroute_all()
    page.get_by_role("main").get_by_role("button", name="Try again").click()
    expect(events(page).first).to_be_visible()


# --- Beside them, and around ----------------------------------------------------------------------------------------------------


def test_two_moments_and_what_went(timeline: Callable[..., Page], home: DatedHouse) -> None:
    page = timeline()
    both = page.get_by_role("region", name="Two moments")
    expect(both).to_contain_text(re.compile(r"\d+ found.*\d+ gone.*\d+ changed"))
    expect(page.get_by_role("region", name="Gone this week").get_by_role("link", name=re.compile(r"^All \d+"))).to_be_visible()
    more = page.get_by_role("navigation", name="More")
    expect(more.get_by_role("link", name=re.compile("^Ledgers"))).to_have_attribute("href", "/ledgers")
    both.get_by_role("link", name="Show the difference").click()
    expect(page).to_have_url(re.compile(r"/timeline/difference\?from=2026-11-15"))
    page.get_by_role("heading", level=1).wait_for()
    page.go_back()
    see_all(page)


def test_while_bungie_is_down_it_is_all_there(timeline: Callable[..., Page], home: DatedHouse) -> None:
    home.bungie.fault("system_disabled", count=None)
    page = timeline(expected=("503",))
    expect(events(page).first).to_be_visible()


def test_the_menu_and_the_keys_lead_here_and_the_vault_carries_nothing_of_it(vault: Callable[..., Page]) -> None:
    page = vault()
    page.wait_for_load_state("networkidle")
    scripts = page.evaluate(
        """async () => {
          const urls = performance.getEntriesByType('resource').map((each) => each.name).filter((name) => name.endsWith('.js'));
          return (await Promise.all(urls.map(async (url) => (await fetch(url)).text()))).join('');
        }"""
    )
    assert "VictoryAxis" not in scripts
    page.keyboard.press("g")
    page.keyboard.press("t")
    see_all(page)
    entry = page.get_by_role("navigation", name="Main").get_by_role("link", name="Timeline")
    expect(entry).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="Vault", exact=True).click()
    see_vault(page)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_on_a_phone(timeline: Callable[..., Page], theme: str) -> None:
    page = timeline(viewport=PHONE, has_touch=True, is_mobile=True, color_scheme=theme)
    assert sideways(page) <= 0
    assert serious_findings(page) == []
    page.get_by_role("slider", name="Items per week: read the values").tap()
    expect(card(page, "items").locator(".cc-tip")).to_contain_text("Week of")
    page.get_by_role("heading", name="Events").tap()
    expect(card(page, "items").locator(".cc-tip")).to_have_count(0)
    expect(events(page)).to_have_count(50)
    page.get_by_role("button", name="Load more").click()
    expect(events(page).nth(50)).to_be_attached()
    # What stands below the events can be reached.
    page.get_by_role("link", name=re.compile("^What did I lose")).scroll_into_view_if_needed()
    page.get_by_role("button", name="More", exact=True).click()
    expect(page.locator("#more").get_by_role("link", name="Timeline")).to_be_visible()


@pytest.mark.parametrize(("size", "theme"), [(NARROW, "light"), ({"width": 900, "height": 900}, "dark"), (DESKTOP, "light")])
def test_it_fits(timeline: Callable[..., Page], size: dict[str, int], theme: str) -> None:
    page = timeline(viewport=size, color_scheme=theme)
    assert sideways(page) <= 0
    assert serious_findings(page) == []
