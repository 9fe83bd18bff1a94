"""Xûr: here, due, away, and what he had; for everybody, and more for who is signed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.dated import DatedHouse, dated_house
from tests.journeys.house import NARROW, PHONE, serious_findings, sideways
from tests.journeys.test_for_everybody import SMALL

pytestmark = pytest.mark.browser

SATURDAY = "2026-11-21T12:00:00+00:00"
"""Of the third visit on record, and the first that somebody signed in could look at."""
BEFORE = ("2026-11-07T12:00:00+00:00", "2026-11-14T12:00:00+00:00")
LAST_SECONDS = "2026-11-24T16:59:56+00:00"
WEDNESDAY = "2026-11-25T12:00:00+00:00"
FRIDAY = "2026-11-27T17:12:00+00:00"


@pytest.fixture(scope="module")
def running_house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DatedHouse]:
    """Two weekends were seen by nobody in particular; then Marrow signed in."""
    with dated_house(tmp_path_factory.mktemp("xur") / "data", BEFORE[0]) as running:
        for moment in BEFORE:
            running.be(moment)
        running.clock.set(SATURDAY)
        context = running.visitor(browser, "Marrow")
        page = context.new_page()
        page.goto(f"{running.url}/vault")
        expect(page.locator(".vault .tile").first).to_be_visible()
        context.close()
        running.look_at_xur()
        yield running


@pytest.fixture
def xur(visit: Callable[..., Page], home: DatedHouse) -> Callable[..., Page]:
    """Opens his page at some moment, as somebody or as nobody."""

    def open_page(moment: str = SATURDAY, person: str | None = "Marrow", path: str = "/xur", **options: Any) -> Page:
        home.be(moment)
        page = visit(person=person, **options)
        page.goto(home.url + path)
        expect(page.locator(".xhero h1")).to_be_visible()
        return page

    return open_page


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def card(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def first_ware(page: Page) -> str:
    return page.locator("button.ware-b").first.inner_text()


def weapons(page: Page) -> list[str]:
    return page.get_by_role("region", name="Legendary weapons").locator(".ware-b").all_inner_texts()


# --- From the street ----------------------------------------------------------------------------------------------------------


def test_everybody_may_look_and_nobody_is_asked_who_they_are(visit: Callable[..., Page], home: DatedHouse) -> None:
    home.be(SATURDAY)
    page = visit()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(home.url)))
    page.goto(f"{home.url}/")
    page.get_by_role("link", name="Xûr, if he's around").click()
    heading(page, "Xûr is here")
    expect(page.locator(".ware").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert not [path for path in asked if re.search("profile|accounts|preferences|transfers|channels|choices", path)]
    expect(page.locator(".ware", has_text="you own")).to_have_count(0)
    expect(page.get_by_role("navigation", name="Main")).to_have_count(0)


def test_the_sign_in_leads_back_here(visit: Callable[..., Page], home: DatedHouse) -> None:
    home.be(SATURDAY)
    page = visit()
    page.goto(f"{home.url}/xur?class=hunter")
    page.get_by_role("button", name="Sign in with Bungie").click()
    page.get_by_text("Marrow").first.click()
    page.locator("button.go").click()
    page.wait_for_url(f"{home.url}/xur?class=hunter")
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    heading(page, "Xûr is here")


def test_what_nobody_knows_of_a_roll_is_said(xur: Callable[..., Page]) -> None:
    page = xur(person=None, path="/xur/2026-11-13")
    unknown = page.locator(".ware", has_text="Roll unknown").first
    unknown.locator("button.ware-b").click()
    expect(unknown).to_contain_text("Bungie does not say how this copy rolled.")
    expect(unknown).to_contain_text(re.compile(r"One of \d+"))
    expect(unknown.get_by_role("heading", name="Stats")).to_have_count(0)
    assert serious_findings(page) == []


def test_a_visitors_theme_is_kept_without_asking_the_server(xur: Callable[..., Page]) -> None:
    page = xur(person=None)
    page.get_by_role("button", name="Switch to the light theme").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")


# --- Signed in ----------------------------------------------------------------------------------------------------------------


def test_who_is_signed_in_sees_what_is_theirs(xur: Callable[..., Page]) -> None:
    page = xur()
    expect(page.get_by_role("link", name="Xûr , he is here")).to_have_attribute("aria-current", "page")
    expect(page.locator(".ware", has_text="you own").first).to_be_visible()
    expect(page.get_by_role("region", name="Worth a look for you")).to_contain_text("Strange Coin")
    expect(page.locator(".ware .price").first).to_have_text(re.compile(r"^\d+ Strange Coin$"))
    expect(page.locator(".xact")).to_contain_text(re.compile("Alert"))


def test_a_ware_opens_by_keyboard_and_tells_all(xur: Callable[..., Page]) -> None:
    page = xur()
    weapon = page.get_by_role("region", name="Legendary weapons").locator(".ware").first
    weapon.locator("button.ware-b").focus()
    page.keyboard.press("Enter")
    expect(weapon.get_by_role("heading", name="Stats")).to_be_visible()
    expect(weapon.get_by_role("img", name=re.compile(r"^Range \d+"))).to_be_visible()
    # A perk says what it does: beside it on focus, and under it when it is pressed.
    perk = weapon.locator("button.perk").first
    page.keyboard.press("Tab")
    expect(perk).to_be_focused()
    expect(page.locator(".tip")).to_have_text(perk.get_attribute("data-tip") or "")
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(weapon.locator(".perk-d")).to_have_text(perk.get_attribute("data-tip") or "")
    assert serious_findings(page) == []
    weapon.locator("button.ware-b").press("Enter")
    expect(weapon.get_by_role("heading", name="Stats")).to_have_count(0)


def test_each_class_sees_its_own(xur: Callable[..., Page]) -> None:
    page = xur()
    armour = page.get_by_role("region", name="Legendary armour")
    expect(armour.locator(".ware").first).to_contain_text("Titan")
    page.get_by_role("button", name="Warlock", exact=True).click()
    expect(armour.locator(".ware").first).to_contain_text("Warlock")
    expect(page).to_have_url(re.compile(r"\?class=warlock$"))
    page.reload()
    expect(page.get_by_role("button", name="Warlock", exact=True)).to_have_attribute("aria-pressed", "true")


def test_of_a_weekend_that_one_class_did_not_see_it_says_whose_eyes_it_had(xur: Callable[..., Page]) -> None:
    page = xur(path="/xur/2026-11-13?class=hunter")
    expect(page.locator(".xsay")).to_have_text("No Hunter of this server has looked on that weekend: this is what a Titan sees.")


def test_the_menu_leads_to_him_from_everywhere(vault: Callable[..., Page], home: DatedHouse) -> None:
    home.be(SATURDAY)
    page = vault()
    expect(page.get_by_role("link", name="Xûr , he is here")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("x")
    heading(page, "Xûr is here")


# --- The record ---------------------------------------------------------------------------------------------------------------


def test_earlier_visits_have_their_wares(xur: Callable[..., Page]) -> None:
    page = xur()
    before = weapons(page)
    visits = page.get_by_role("region", name="Earlier visits")
    expect(visits.get_by_role("link")).to_have_count(2)
    visits.get_by_role("link", name="13 to 17 Nov").click()
    expect(page.locator(".note")).to_contain_text("This is what he sold 13 to 17 Nov. Nothing here can be bought now.")
    expect(visits.get_by_role("link", name="13 to 17 Nov")).to_have_attribute("aria-current", "page")
    assert weapons(page) != before
    page.get_by_role("link", name="What he has now").click()
    expect(page.locator(".note")).to_have_count(0)
    assert weapons(page) == before


@pytest.mark.parametrize("weekend", ["2026-10-09", "2026-11-14", "yesterday"])
def test_a_weekend_that_is_not_on_record_says_so(xur: Callable[..., Page], weekend: str) -> None:
    page = xur(path=f"/xur/{weekend}", expected=("404",))
    expect(page.get_by_role("heading", name="This visit is not on record")).to_be_visible()
    page.get_by_role("link", name="To Xûr").click()
    expect(page.locator(".ware").first).to_be_visible()


# --- For everybody, on every screen -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("person", [None, "Marrow"])
def test_axe_finds_nothing_serious(xur: Callable[..., Page], theme: str, person: str | None) -> None:
    page = xur(person=person, color_scheme=theme)
    card(page, first_ware(page))
    page.wait_for_timeout(300)  # what fades in has its final colours
    assert serious_findings(page) == []


@pytest.mark.parametrize("screen", [PHONE, NARROW], ids=["390", "320"])
@pytest.mark.parametrize("person", [None, "Marrow"])
def test_small_screens(xur: Callable[..., Page], screen: dict[str, int], person: str | None) -> None:
    page = xur(person=person, viewport=screen, is_mobile=True, has_touch=True)
    card(page, first_ware(page))
    expect(page.get_by_role("heading", name="Stats")).to_be_visible()
    assert sideways(page) <= 0
    names = page.locator(".ware-b").all_inner_texts()
    assert [each for each in page.evaluate(SMALL) if not any(name and each.startswith(name[:30]) for name in names)] == []
    # It is not the name alone that opens a ware, but the whole of its card.
    ware = page.locator(".ware.tells").last
    ware.click(position={"x": 8, "y": 80})
    expect(ware.locator("button.ware-b")).to_have_attribute("aria-expanded", "true")


def test_a_phone_has_him_in_its_tabs(xur: Callable[..., Page]) -> None:
    page = xur(viewport=PHONE, is_mobile=True, has_touch=True)
    expect(page.get_by_role("navigation", name="Main").get_by_role("link")).to_have_count(3)
    expect(page.locator(".tabbar a[aria-current]")).to_have_text("Xûr")


# --- What can go wrong --------------------------------------------------------------------------------------------------------

UNANSWERED = ("503", "ERR_FAILED")


def test_waiting_and_failing_are_shown_and_it_goes_on(visit: Callable[..., Page], home: DatedHouse) -> None:
    home.be(SATURDAY)
    page = visit(UNANSWERED)
    answers = iter(["hang", "fail"])

    def answer(route: Any) -> None:
        what = next(answers, "")
        if what == "hang":
            return
        if what == "fail":
            route.fulfill(status=503, json={"code": "bungie-maintenance", "detail": "Bungie is down.", "reference": "7c1f-20e4"})
        else:
            route.continue_()

    page.route("**/api/v1/xur", answer)
    page.goto(f"{home.url}/xur")
    expect(page.get_by_text("Asking what Xûr has")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Bungie cannot answer just now")).to_be_visible()
    expect(page.get_by_text("ref 7c1f-20e4")).to_be_visible()
    page.get_by_role("button", name="Look again").click()
    heading(page, "Xûr is here")


def test_while_the_definitions_are_fetched_it_says_so_and_goes_on(visit: Callable[..., Page], home: DatedHouse) -> None:
    home.be(SATURDAY)
    page = visit(UNANSWERED)
    problem = {"code": "definitions-missing", "detail": "They are being fetched."}
    page.route("**/api/v1/xur", lambda route: route.fulfill(status=503, json=problem), times=1)
    status = {"version": "1", "alerts": [], "bungie": {"state": "up"}, "manifest": {"state": "fetching", "percent": 40.0}}
    page.route("**/api/v1/status", lambda route: route.fulfill(json=status), times=2)
    page.goto(f"{home.url}/xur")
    expect(page.get_by_role("heading", name="Getting the game's definitions")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "40")
    heading(page, "Xûr is here")


def test_while_bungie_is_down_his_last_wares_stay(xur: Callable[..., Page], home: DatedHouse) -> None:
    xur(person=None)
    home.bungie.fault("system_disabled", count=None)
    home.be("2026-11-22T12:00:00+00:00")  # so much later that it is certainly time to look again
    page = xur("2026-11-22T12:05:00+00:00", person=None)
    expect(page.locator(".note.warn")).to_contain_text("These are his wares as of")
    expect(page.locator(".ware").first).to_be_visible()


# --- His calendar; last, as time only goes forward ------------------------------------------------------------------------------


def test_the_last_seconds_tick_and_the_page_turns_by_itself(xur: Callable[..., Page]) -> None:
    page = xur(LAST_SECONDS)
    heading(page, "Xûr is here")
    digits = page.locator(".digits")
    before = digits.inner_text()
    expect(digits).not_to_have_text(before)
    expect(page.get_by_role("timer")).to_have_attribute("aria-label", "Leaves in less than a minute")
    heading(page, "Xûr is away")
    expect(page.get_by_role("timer")).to_have_attribute("aria-label", re.compile("^Back in 2 days 23 hours 59 minutes"))


def test_away_shows_when_he_comes_and_what_he_had(xur: Callable[..., Page]) -> None:
    page = xur(WEDNESDAY, timezone_id="Europe/Berlin")
    heading(page, "Xûr is away")
    expect(page.locator(".xhero")).to_contain_text("He comes Friday 27 Nov, 18:00")
    expect(page.get_by_role("timer")).to_have_attribute("aria-label", re.compile("^Back in 2 days [45] hours"))
    expect(page.locator(".note")).to_contain_text("This is what he sold last time, 20 to 24 Nov. Nothing here can be bought now.")
    expect(page.locator(".mk-bar")).to_have_count(0)
    expect(page.get_by_role("region", name="Worth a look for you")).to_have_count(0)
    expect(page.get_by_role("link", name="Xûr", exact=True)).to_be_visible()
    assert serious_findings(page) == []


def test_due_and_not_shown_is_said_as_it_is(xur: Callable[..., Page], home: DatedHouse) -> None:
    home.bungie.fault("xur_absent", count=None)
    page = xur(FRIDAY)
    heading(page, "Xûr is expected")
    expect(page.locator(".note").first).to_contain_text("Bungie.net does not show him. We keep looking.")
    expect(page.locator(".note").nth(1)).to_contain_text("This is what he sold last time, 20 to 24 Nov.")
    expect(page.get_by_role("link", name="Xûr", exact=True)).to_be_visible()
    home.bungie.clear_faults()
    home.be("2026-11-27T17:20:00+00:00")
    page.reload()
    heading(page, "Xûr is here")
