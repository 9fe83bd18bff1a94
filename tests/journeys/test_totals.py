"""Totals of one's own: made in the settings, seen in the organizer, in a comparison and on a sheet, searched by, and deleted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.house import PHONE, House, house, serious_findings, sideways

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def running_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("totals") / "data") as running:
        yield running


@pytest.fixture
def settings(visit: Callable[..., Page], home: House) -> Callable[..., Page]:
    """Opens the section of the settings."""

    def open_settings(person: str = "Marrow", expected: tuple[str, ...] = (), **options: object) -> Page:
        page = visit(expected, person, **options)
        page.goto(f"{home.url}/settings#totals")
        expect(page.get_by_role("button", name="Add a total")).to_be_visible()
        return page

    return open_settings


def make(page: Page, name: str, **weights: int) -> None:
    page.get_by_role("button", name="Add a total").click()
    form = page.locator(".total-f")
    form.get_by_label("Name", exact=True).fill(name)
    for stat, weight in weights.items():
        form.get_by_label(stat.capitalize(), exact=True).fill(str(weight))
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_text(f"{name} is kept.")).to_be_visible()


def drop(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"Delete {name}").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text(f"{name} is deleted.")).to_be_visible()


def see_table(page: Page, address: str) -> None:
    with page.expect_response(re.compile("/api/v1/organizer")):
        page.goto(address)
    expect(page.locator(".orow").first).to_be_visible()


def test_made_seen_everywhere_and_deleted(settings: Callable[..., Page], home: House) -> None:
    page = settings(expected=("400",))
    page.get_by_role("button", name="Add a total").click()
    form = page.locator(".total-f")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_have_text("Give it a name.")
    form.get_by_label("Name", exact=True).fill("Health")
    form.get_by_label("Weapons", exact=True).fill("2")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("at least two")
    before = form.locator(".total-p").inner_text()
    form.get_by_role("button", name="Grenade, once more").click()
    form.get_by_label("Grenade", exact=True).press("ArrowUp")
    expect(form.get_by_label("Grenade", exact=True)).to_have_value("2")
    expect(form.locator(".total-p")).not_to_have_text(before)
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("Searches know “health” as another stat already")
    form.get_by_label("Name", exact=True).fill("Solar duty")
    expect(form).to_contain_text("stat:solarduty:>=50")
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Solar duty is kept.")).to_be_visible()
    best = page.get_by_role("link", name="Find what is best in Solar duty")
    worth = int(re.sub(r"\D", "", best.inner_text().split(" at best")[0]))

    with page.expect_response(re.compile("/api/v1/organizer")):
        best.click()
    page.get_by_role("group", name="Class").get_by_role("button", name="All").click()
    expect(page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first).to_have_value(f"basestat:solarduty:>={worth}")
    cell = page.locator('.orow [data-column="own-solarduty"]').first
    expect(cell).to_have_text(str(worth))
    page.locator(".orow .c-name").first.click()
    expect(page.locator(".stats.own")).to_contain_text("Solar duty")
    page.keyboard.press("c")
    sheet = page.locator(".cmp-sheet")
    expect(sheet).to_be_visible()
    expect(sheet.get_by_role("row", name=re.compile("^Solar duty"))).to_be_visible()

    page.goto(f"{home.url}/settings#totals")
    drop(page, "Solar duty")
    see_table(page, f"{home.url}/organizer")
    expect(page.locator('[data-column="own-solarduty"]')).to_have_count(0)


def test_a_press_on_it_narrows_the_search(settings: Callable[..., Page], home: House) -> None:
    page = settings()
    make(page, "Wall", health=1, melee=2)
    see_table(page, f"{home.url}/organizer")
    cell = page.locator('.orow [data-column="own-wall"].live').first
    worth = cell.inner_text()
    cell.click()
    expect(page).to_have_url(re.compile("organizer"))
    expect(page.get_by_role("combobox").first).to_have_value(f"basestat:wall:>={worth}")
    expect(page.locator(".orow").first).to_be_visible()
    page.goto(f"{home.url}/settings#totals")
    drop(page, "Wall")


@pytest.mark.parametrize("kind", ["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_its_form_is_sound_for_everybody(settings: Callable[..., Page], scheme: str, kind: str) -> None:
    phone = {"viewport": PHONE, "is_mobile": True, "has_touch": True} if kind == "phone" else {}
    page = settings(color_scheme=scheme, **phone)
    page.get_by_role("button", name="Add a total").click()
    page.locator(".total-f").get_by_label("Weapons", exact=True).fill("3")
    expect(page.locator(".total-p")).to_be_visible()
    assert serious_findings(page) == []
    assert sideways(page) == 0


def test_what_was_chosen_for_the_table_is_there_in_another_browser(
    visit: Callable[..., Page], home: House, browser: Browser
) -> None:
    page = visit((), "Marrow")
    see_table(page, f"{home.url}/organizer")
    page.get_by_role("button", name="Columns").click()
    with page.expect_response(lambda answer: "/preferences" in answer.url and answer.request.method == "PUT"):
        page.get_by_role("checkbox", name="Season").check()
    other = home.visitor(browser, "Marrow").new_page()
    see_table(other, f"{home.url}/organizer")
    expect(other.locator('th[data-column="season"]')).to_have_count(1)
    # One that only this browser remembered, from before, gives way to it and is not looked at again.
    other.evaluate("localStorage.setItem('vr-organizer', JSON.stringify({ category: 'weapons' }))")
    other.reload()
    expect(other.locator('th[data-column="season"]')).to_have_count(1)
    other.wait_for_function("localStorage.getItem('vr-organizer') === null")
    other.context.close()


def test_what_only_this_browser_remembered_is_taken_over(visit: Callable[..., Page], home: House) -> None:
    page = visit((), "Hoarder")
    page.goto(f"{home.url}/settings")
    old = "{ category: 'weapons', columns: { weapons: ['where', 'year'] } }"
    page.evaluate(f"localStorage.setItem('vr-organizer', JSON.stringify({old}))")
    with page.expect_response(lambda answer: "/preferences" in answer.url and answer.request.method == "PUT"):
        see_table(page, f"{home.url}/organizer")
    expect(page.locator('th[data-column="year"]')).to_have_count(1)
    kept = page.request.get(f"{home.url}/api/v1/preferences").json()["organizer"]
    assert (kept["category"], kept["columns"]) == ("weapons", {"weapons": ["where", "year"]})
    assert page.evaluate("localStorage.getItem('vr-organizer')") is None
