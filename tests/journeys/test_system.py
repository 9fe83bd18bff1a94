"""The system page: versions and what changed, jobs and their runs, backups, members; and less of it for who does not run it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tests.journeys.house import NARROW, PHONE, House, house, serious_findings, sideways, working

pytestmark = pytest.mark.browser

FAILED = {
    "id": "9",
    "name": "back_up",
    "title": "Make a backup",
    "asked_by": "schedule",
    "state": "failed",
    "asked": "2026-11-22T03:30:00Z",
    "started": "2026-11-22T03:30:00Z",
    "finished": "2026-11-22T03:30:06Z",
    "seconds": 6.0,
    "attempts": 2,
    "reason": "The disk is full. Make room, then run it again. Nothing was lost.",
}
UPDATING = {
    "job": "3",
    "step": "download",
    "percent": 58.2,
    "sentence": "Fetching 71 of 121 MB",
    "steps": [
        {"name": "look", "title": "Look for a new version", "state": "done"},
        {"name": "download", "title": "Download", "state": "now"},
        {"name": "build", "title": "Build", "state": "later"},
    ],
}


@pytest.fixture(scope="module")
def running_house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Marrow runs it, Hoarder is a member; the definitions changed once."""
    with house(tmp_path_factory.mktemp("system") / "data") as running, working(running):
        for person in ("Marrow", "Hoarder"):
            running.visitor(browser, person).close()
        running.bungie.happen("bump")
        running.fetch_definitions()
        yield running


@pytest.fixture
def system(visit: Callable[..., Page], home: House) -> Callable[..., Page]:
    def open_system(person: str = "Marrow", expected: tuple[str, ...] = (), **options: object) -> Page:
        page = visit(expected, person, **options)
        page.goto(f"{home.url}/system")
        expect(page.get_by_role("heading", name="Game definitions")).to_be_visible()
        expect(page.get_by_role("region", name="Versions")).to_be_visible()
        return page

    return open_system


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_who_runs_the_server_sees_all_of_it(system: Callable[..., Page], theme: str) -> None:
    page = system(color_scheme=theme)
    for name in ("Bungie", "Jobs", "Storage", "Backups", "Members", "How it runs", "Your data"):
        expect(page.get_by_role("region", name=name, exact=True).first).to_be_visible()
    expect(page.get_by_text(re.compile(r"Version .* · up \d+ .* of memory"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Make a backup")).get_by_text(re.compile("every day"))).to_be_visible()
    assert not serious_findings(page)


@pytest.mark.parametrize("screen", [PHONE, NARROW], ids=["390", "320"])
def test_on_a_phone_tables_scroll_within_their_panels(system: Callable[..., Page], screen: dict[str, int]) -> None:
    page = system(viewport=screen, is_mobile=True, has_touch=True)
    expect(page.get_by_role("region", name="Members")).to_be_visible()
    assert sideways(page) <= 0
    page.get_by_role("button", name="Make a backup", exact=True).tap()
    expect(page.get_by_role("dialog", name="Runs of “Make a backup”")).to_be_visible()
    assert sideways(page) <= 0


def test_what_changed_is_told_in_words_numbers_and_items(system: Callable[..., Page]) -> None:
    page = system()
    rows = page.get_by_role("region", name="Versions").get_by_role("row")
    expect(rows).to_have_count(3)
    row = rows.nth(1)
    expect(row).to_contain_text(re.compile("added|changed|removed"))
    opener = row.get_by_role("button", name=re.compile("What changed"))
    opener.click()
    shown = page.get_by_role("dialog", name="What changed")
    expect(shown.get_by_role("group", name="Which changes").get_by_role("button")).to_have_count(4)
    expect(shown.locator(".citems li").first).to_be_visible()
    assert not serious_findings(page)
    page.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_running_update_is_told_by_step_and_percent(visit: Callable[..., Page], home: House) -> None:
    page = visit((), "Marrow")

    def updating(route: Route) -> None:
        route.fulfill(json={**route.fetch().json(), "running": UPDATING})

    page.route("**/api/v1/manifest", updating)
    page.goto(f"{home.url}/system")
    bar = page.get_by_role("progressbar", name="Updating")
    expect(bar).to_have_attribute("aria-valuenow", "58")
    expect(page.get_by_text("Fetching 71 of 121 MB")).to_be_visible()
    expect(page.locator(".pipe [aria-current=step]")).to_have_text("Download")
    expect(page.get_by_role("button", name="Check now")).to_have_attribute("aria-disabled", "true")
    assert not serious_findings(page)
    page.unroute_all(behavior="ignoreErrors")


def test_check_now_says_what_came_of_it(system: Callable[..., Page]) -> None:
    page = system()
    panel = page.get_by_role("region", name="Game definitions")
    panel.get_by_role("button", name="Check now").click()
    expect(panel.get_by_role("status").last).to_contain_text(re.compile(r"\w+"))


def test_a_job_runs_now_and_its_run_is_on_record(system: Callable[..., Page]) -> None:
    page = system()
    page.get_by_role("button", name="Run now: Make a backup").click()
    page.get_by_role("button", name="Make a backup", exact=True).click()
    runs = page.get_by_role("dialog", name="Runs of “Make a backup”")
    mine = runs.get_by_role("listitem").filter(has_text="Marrow").first
    expect(mine).to_contain_text("Done")


def test_a_failed_job_is_named_over_the_page_and_says_why(visit: Callable[..., Page], home: House) -> None:
    page = visit((), "Marrow")
    page.route("**/api/v1/jobs/runs?*", lambda route: route.fulfill(json={"runs": [FAILED]}))
    jobs = [{"name": "back_up", "title": "Make a backup", "by_hand": True, "schedule": "every day", "last": FAILED}]
    page.route("**/api/v1/jobs", lambda route: route.fulfill(json={"jobs": jobs}))
    page.goto(f"{home.url}/system")
    expect(page.get_by_text("One job needs you: “Make a backup” failed. All else works.")).to_be_visible()
    page.get_by_role("button", name="See why").click()
    entry = page.get_by_role("dialog").get_by_role("listitem")
    expect(entry).to_contain_text("The disk is full. Make room, then run it again.")
    expect(entry).to_contain_text("Schedule · 6.0 s · 2 tries")
    page.unroute_all(behavior="ignoreErrors")


def test_back_up_now_says_what_came_of_it(system: Callable[..., Page]) -> None:
    page = system()
    panel = page.get_by_role("region", name="Backups")
    panel.get_by_role("button", name="Back up now").click()
    expect(panel.get_by_role("status")).to_contain_text("MB")
    expect(panel.get_by_role("button", name="Back up now")).to_be_enabled()


def test_a_panel_that_fails_fails_alone(visit: Callable[..., Page], home: House) -> None:
    page = visit(("503",), "Marrow")
    page.route("**/api/v1/members", lambda route: route.fulfill(status=503, json={"detail": "The database rests."}))
    page.goto(f"{home.url}/system")
    panel = page.get_by_role("region", name="Members")
    expect(panel.get_by_text("The database rests.")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Make a backup"))).to_be_visible()
    page.unroute_all(behavior="ignoreErrors")
    panel.get_by_role("button", name="Try again").click()
    expect(panel.get_by_text("Runs the server")).to_be_visible()


def test_a_member_sees_less_and_nothing_broken(system: Callable[..., Page]) -> None:
    page = system("Hoarder")
    expect(page.get_by_text("shown to those who run this server")).to_be_visible()
    expect(page.get_by_role("region", name="Bungie", exact=True)).to_be_visible()
    for name in ("Jobs", "Storage", "Backups", "Members"):
        expect(page.get_by_role("heading", name=name, exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name="Check now")).to_have_count(0)
    assert not serious_findings(page)


def test_a_member_gets_a_role_loses_it_and_is_removed_by_name(system: Callable[..., Page], home: House) -> None:
    page = system()
    members = page.get_by_role("region", name="Members")
    hoarder = members.get_by_role("listitem").filter(has_text="Hoarder")
    name = hoarder.locator("b").inner_text()
    hoarder.get_by_role("button", name="Let run the server").click()
    expect(hoarder.get_by_text("Runs the server")).to_be_visible()
    hoarder.get_by_role("button", name="Make a member").click()
    expect(hoarder.get_by_text("Runs the server")).to_have_count(0)
    hoarder.get_by_role("button", name="Remove").click()
    sure = hoarder.get_by_role("button", name="Remove this member")
    field = hoarder.get_by_label(f"Type {name} to confirm")
    expect(field).to_be_focused()
    field.fill("Marrow")
    expect(sure).to_be_disabled()
    assert not serious_findings(page)
    field.fill(name)
    sure.click()
    expect(hoarder).to_have_count(0)
    expect(members.get_by_role("listitem")).to_have_count(1)
    home.keys.pop("Hoarder")
