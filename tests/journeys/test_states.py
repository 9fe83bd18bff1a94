"""What the page says when something is not as it should be: what happened, what still works, what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from tests.journeys.house import DESKTOP, House, house, see_all_rows, see_vault, sign_in

pytestmark = pytest.mark.browser

UNAVAILABLE = ("503",)
TRIES = 15


@pytest.fixture
def running_house(browser: Browser, tmp_path: Path) -> Iterator[House]:
    """A house for each test: what Bungie did to one is not remembered by the next."""
    with house(tmp_path / "data") as running:
        yield running


def press_until(page: Page, press: Callable[[], None], come: Locator) -> None:
    """Asking again too soon after a failure gives the same answer: a person presses until it works."""
    for _ in range(TRIES):
        press()
        try:
            come.first.wait_for(timeout=1_000)
        except PlaywrightTimeout:
            continue
        return
    raise AssertionError(page.locator("main").inner_text()[:500])


def test_bungie_down_leaves_the_vault_readable_and_says_how_old_it_is(vault: Callable[..., Page], home: House) -> None:
    page = vault(expected=UNAVAILABLE)
    see_all_rows(page)
    count = page.locator(".tile").count()
    home.bungie.fault("system_disabled", count=None)
    page.keyboard.press("r")
    band = page.locator(".band")
    expect(band).to_contain_text("Bungie is down for maintenance.")
    expect(band).to_contain_text(re.compile(r"You see your vault as of \d\d:\d\d"))
    expect(page.locator(".fresh")).to_contain_text("Bungie down")
    assert page.locator(".tile").count() == count
    # Nobody is signed out, and a search and an item's address still work.
    page.get_by_role("combobox").fill("hand cannon")
    expect(page.locator(".tile:not(.dim)").first).to_be_visible()
    page.goto(f"{home.url}/vault")
    see_vault(page)
    # ... and when it is back, the page goes on.
    home.bungie.clear_faults()
    press_until(page, lambda: page.keyboard.press("r"), page.locator(".fresh", has_text="Live"))
    expect(page.locator(".band")).to_have_count(0)


def test_bungie_unreachable(vault: Callable[..., Page], home: House) -> None:
    page = vault(expected=UNAVAILABLE)
    home.bungie.fault("reset", count=None)
    page.keyboard.press("r")
    expect(page.locator(".fresh")).to_contain_text("Bungie down", timeout=20_000)
    expect(page.locator(".band")).to_contain_text(re.compile("Bungie (cannot|could not) be"))
    expect(page.locator(".tile").first).to_be_visible()


def test_bungie_down_at_the_first_visit_waits_and_looks_again(visit: Callable[..., Page], home: House) -> None:
    page = visit(UNAVAILABLE)
    page.goto(f"{home.url}/")
    home.bungie.fault("system_disabled", count=None, match={"path": "components="})
    sign_in(page, home.url, "Hoarder")
    expect(page.get_by_role("heading", name="Bungie cannot answer just now")).to_be_visible()
    home.bungie.clear_faults()
    press_until(page, lambda: page.keyboard.press("r"), page.locator(".tile"))


def test_offline_keeps_what_is_there_and_says_so(vault: Callable[..., Page]) -> None:
    page = vault(expected=("ERR_INTERNET_DISCONNECTED",))
    page.context.set_offline(True)
    expect(page.locator(".band")).to_contain_text("You are offline.")
    expect(page.locator(".fresh")).to_contain_text("Offline")
    expect(page.locator(".tile").first).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(".band")).to_have_count(0)


def test_sign_in_ended_leads_through_bungie_and_back_to_this_place(vault: Callable[..., Page], home: House) -> None:
    page = vault(expected=("401",))
    opened = page.locator(".vcell.v .tile").nth(3)
    address = f"{home.url}/vault/items/{opened.get_attribute('data-id')}"
    page.goto(address)
    see_vault(page)
    home.bungie.happen("revoke_grant", person="Marrow")
    home.bungie.happen("expire_access", person="Marrow")
    page.keyboard.press("r")
    band = page.get_by_role("alert")
    expect(band).to_contain_text("Bungie wants you to sign in again.", timeout=15_000)
    expect(page.locator(".tile").first).to_be_visible()
    band.get_by_role("button", name="Sign in with Bungie").click()
    page.get_by_text("Marrow").first.click()
    page.locator("button.go").click()
    expect(page).to_have_url(address)
    expect(page.locator(".fresh")).to_contain_text("Live")


def test_an_account_without_guardians(visit: Callable[..., Page], home: House) -> None:
    page = visit(("404",))
    sign_in(page, home.url, "Newcomer")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("No guardians yet|No Destiny 2 account"))


def test_parts_that_bungie_left_out_are_named(vault: Callable[..., Page], home: House) -> None:
    page = vault()
    see_all_rows(page)
    count = page.locator(".tile").count()
    home.bungie.happen("external_mutation", account="Marrow", deed="touch")
    home.bungie.fault("drop_component", count=None, component="profileInventory")
    page.keyboard.press("r")
    expect(page.locator(".band")).to_contain_text("Bungie left out the vault", timeout=15_000)
    assert page.locator(".tile").count() == count


def test_definitions_are_waited_for_and_the_page_goes_on_by_itself(browser: Browser, tmp_path: Path) -> None:
    with house(tmp_path / "data", definitions=False) as fresh:
        page = browser.new_context(viewport=DESKTOP).new_page()  # type: ignore[arg-type]
        sign_in(page, fresh.url)
        expect(page.get_by_role("heading", name="Getting the game's definitions")).to_be_visible()
        expect(page.get_by_role("progressbar")).to_be_visible()
        fresh.fetch_definitions()
        see_vault(page)
        page.context.close()


def test_pages_that_are_not_there(visit: Callable[..., Page], home: House) -> None:
    page = visit(("404",))
    answer = page.goto(f"{home.url}/nowhere")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("link", name="Go to the start")).to_be_visible()


def test_a_guardian_that_is_not_there(vault: Callable[..., Page], home: House) -> None:
    page = vault()
    page.goto(f"{home.url}/characters/1")
    expect(page.get_by_role("heading", name="There is no such guardian")).to_be_visible()
