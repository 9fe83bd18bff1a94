"""A visit from beginning to end, by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.house import House, see_all_rows, see_vault, sign_in

pytestmark = pytest.mark.browser


def test_sign_in_and_see_everything_that_bungie_gave(visit: Callable[..., Page], home: House) -> None:
    page = visit()
    sign_in(page, home.url)
    see_all_rows(page)
    profile = page.request.get(f"{home.url}/api/v1/profile").json()
    page.wait_for_function(  # a newer answer may be on its way
        "ids => [...document.querySelectorAll('.tile')].map((tile) => tile.dataset.id).sort().join() === ids",
        arg=",".join(sorted(item["id"] for item in profile["items"])),
    )
    assert len(profile["items"]) > 900
    expect(page.locator(".ghead")).to_have_count(3)
    expect(page.get_by_text(f"{profile['vault']['used']} / 1,000")).to_be_visible()


def test_a_word_dims_the_rest_at_once_and_escape_clears_it(vault: Callable[..., Page]) -> None:
    page = vault()
    see_all_rows(page)
    total = page.locator(".tile").count()
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("hand cannon")
    expect(page.locator(".hits")).to_contain_text(f"of {total:,}")
    found = page.locator(".tile:not(.dim)")
    expect(found.first).to_have_attribute("aria-label", re.compile("hand cannon", re.IGNORECASE))
    assert 0 < found.count() < total
    page.keyboard.press("Enter")  # what is unfolded under the field folds
    page.keyboard.press("Escape")
    expect(page.locator(".tile.dim")).to_have_count(0)
    expect(page.get_by_role("combobox")).to_have_value("")


def test_a_search_for_nothing_names_what_to_drop(vault: Callable[..., Page]) -> None:
    page = vault()
    page.get_by_role("combobox").fill("hand cannon zebra")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
    page.get_by_role("button", name="Search for “hand cannon”").click()
    expect(page.locator(".tile:not(.dim)").first).to_be_visible()


def test_open_an_item_by_keyboard_go_on_and_come_back(vault: Callable[..., Page], home: House) -> None:
    page = vault()
    first = page.locator("[data-grid] .tile[tabindex='0']").first
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    tile = page.locator(".tile:focus")
    name = (tile.get_attribute("aria-label") or "").split(",")[0]
    opened = tile.get_attribute("data-id")
    page.keyboard.press("Enter")
    sheet = page.get_by_role("complementary")
    expect(sheet.get_by_role("heading", level=2)).to_have_text(name)
    expect(page).to_have_url(f"{home.url}/vault/items/{opened}")
    expect(sheet.get_by_role("heading", name="Moving")).to_be_visible()
    page.keyboard.press("j")
    expect(page).not_to_have_url(f"{home.url}/vault/items/{opened}")
    page.keyboard.press("k")
    expect(page).to_have_url(f"{home.url}/vault/items/{opened}")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(page).to_have_url(f"{home.url}/vault")
    expect(page.locator(f".tile[data-id='{opened}']")).to_be_focused()


def test_an_items_address_opens_it(vault: Callable[..., Page], home: House) -> None:
    page = vault()
    opened = page.locator(".vcell.v .tile").first.get_attribute("data-id")
    page.goto(f"{home.url}/vault/items/{opened}")
    expect(page.get_by_role("complementary")).to_be_visible()
    expect(page.locator(".tile.open")).to_have_attribute("data-id", opened or "")


def test_an_item_that_is_not_there_says_so(vault: Callable[..., Page], home: House) -> None:
    page = vault(expected=("404",))
    page.goto(f"{home.url}/vault/items/1")
    expect(page.get_by_role("heading", name="There is no such item")).to_be_visible()
    page.get_by_role("button", name="Go to the vault").click()
    expect(page).to_have_url(f"{home.url}/vault")


def test_what_the_player_did_is_there_after_a_refresh(vault: Callable[..., Page], home: House) -> None:
    page = vault()
    home.bungie.happen("external_mutation", account="Marrow", deed="find", count=3)
    with page.expect_response(lambda answer: answer.url.endswith("/api/v1/profile") and answer.status == 200):
        page.locator("body").press("r")
    expect(page.locator(".fresh")).to_contain_text("Live")
    profile = page.request.get(f"{home.url}/api/v1/profile").json()
    see_all_rows(page)
    expect(page.locator(".tile")).to_have_count(len(profile["items"]))


def test_sort_and_group_are_remembered(vault: Callable[..., Page], home: House) -> None:
    page = vault()
    page.get_by_role("button", name="Sort: rarity").click()
    with page.expect_response("**/api/v1/preferences"):
        page.get_by_role("menuitemradio", name="Name").click()
    page.get_by_role("button", name="Group: type").click()
    with page.expect_response("**/api/v1/preferences"):
        page.get_by_role("menuitemradio", name="None").click()
    page.reload()
    see_vault(page)
    expect(page.get_by_role("button", name="Sort: name")).to_be_visible()
    expect(page.locator(".tgroup")).to_have_count(0)
    with page.expect_response("**/api/v1/preferences"):
        page.evaluate(
            """async () => {
              const { csrf_token } = await (await fetch('/api/v1/session')).json();
              const headers = { 'X-CSRFToken': csrf_token, 'Content-Type': 'application/json' };
              await fetch('/api/v1/preferences', { method: 'PUT', headers, body: '{}' });
            }"""
        )


def test_a_guardian_gets_a_nickname_and_links_lead_to_the_others(vault: Callable[..., Page], home: House) -> None:
    page = vault()
    page.locator(".ghead a.ghead-a").first.click()
    expect(page).to_have_url(re.compile("/characters/"))
    page.get_by_role("button", name=re.compile("nickname|Name this guardian")).click()
    page.get_by_label("Nickname").fill("Brannoch")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Brannoch")
    page.get_by_role("navigation", name="Guardians").get_by_role("link").nth(1).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Brannoch")
    page.get_by_role("link", name="Vault", exact=True).click()
    expect(page.locator(".ghead .nm").first).to_have_text("Brannoch")


def test_keys_lead_everywhere(vault: Callable[..., Page], home: House) -> None:
    page = vault()
    for key, path in (("y", "/system"), ("s", "/settings"), ("c", "/characters/"), ("v", "/vault")):
        page.keyboard.press("g")
        page.keyboard.press(key)
        expect(page).to_have_url(re.compile(re.escape(home.url + path)))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="List of keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_theme_holds(vault: Callable[..., Page]) -> None:
    page = vault()
    page.get_by_role("button", name="Switch to the light theme").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    page.get_by_role("button", name="Switch to the dark theme").click()


def test_sign_out(visit: Callable[..., Page], home: House) -> None:
    page = visit(("401",))  # what the page asks for while it is being left
    sign_in(page, home.url)
    page.get_by_role("button", name=re.compile("^Account")).click()
    page.get_by_role("button", name="Sign out of this device").click()
    expect(page.get_by_role("button", name="Sign in with Bungie")).to_be_visible()
    page.goto(f"{home.url}/settings")
    expect(page.get_by_role("button", name="Sign in with Bungie")).to_be_visible()
    # ... and signing in leads back to where it was asked for.
    page.get_by_role("button", name="Sign in with Bungie").click()
    page.get_by_text("Marrow").first.click()
    page.locator("button.go").click()
    expect(page).to_have_url(f"{home.url}/settings")


def test_saying_no_at_bungie_leads_back_kindly(visit: Callable[..., Page], home: House) -> None:
    page = visit(("403", "400"))
    page.goto(f"{home.url}/")
    page.get_by_role("button", name="Sign in with Bungie").click()
    page.get_by_role("button", name=re.compile("Not now|Deny|No|Cancel", re.IGNORECASE)).first.click()
    expect(page.get_by_role("button", name="Sign in with Bungie")).to_be_visible()


def test_data_is_deleted_only_by_who_names_themselves(visit: Callable[..., Page], home: House) -> None:
    page = visit(("401",))  # what the page asks for between the deletion and its leaving
    sign_in(page, home.url, "Two-memberships")
    page.goto(f"{home.url}/settings")
    page.get_by_role("button", name="Delete my data").click()
    button = page.get_by_role("button", name="Delete everything")
    expect(button).to_be_disabled()
    label = page.get_by_label(re.compile("^Type .* to confirm$"))
    name = page.locator("label[for=confirm-name]").inner_text().removeprefix("Type ").removesuffix(" to confirm")
    label.fill(name)
    button.click()
    expect(page.get_by_role("button", name="Sign in with Bungie")).to_be_visible()
