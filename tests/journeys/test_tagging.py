"""Tags, notes and thumbs: by key, by menu, in bulk, and undone."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.journeys.house import DESKTOP, PATIENCE, PHONE, House, see_all_rows, serious_findings, sideways

pytestmark = pytest.mark.browser

CLEAN = """async () => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const headers = { 'X-CSRFToken': csrf_token, 'Content-Type': 'application/json' };
  const { annotations, tags } = await (await fetch('/api/v1/annotations')).json();
  const { items } = await (await fetch('/api/v1/profile')).json();
  const said = items.filter((item) => annotations[item.id.startsWith('s-') ? `h-${item.hash}` : item.id]).map((item) => item.id);
  const body = JSON.stringify({ items: said, tag: '', notes: '' });
  if (said.length) await fetch('/api/v1/annotations', { method: 'POST', headers, body });
  for (const { name, custom } of tags)
    if (custom) await fetch('/api/v1/tags?' + new URLSearchParams({ name }), { method: 'DELETE', headers });
}"""
WISH = """async (roll) => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const headers = { 'X-CSRFToken': csrf_token, 'Content-Type': 'application/json' };
  const method = roll.undo ? 'DELETE' : 'POST', body = JSON.stringify(roll.is);
  return (await fetch('/api/v1/wish_lists/own/rolls', { method, headers, body })).status;
}"""


@pytest.fixture
def tagger(vault: Callable[..., Page]) -> Callable[..., Page]:
    """Opens the vault of somebody who has said nothing of any item yet, ready for keys."""

    def open_vault(expected: tuple[str, ...] = (), **options: object) -> Page:
        page = vault(expected=expected, **options)
        page.evaluate(CLEAN)
        page.reload()
        see_all_rows(page)
        page.mouse.move(5, 300)
        expect(page.locator("#moving-told")).to_be_attached()
        return page

    return open_vault


def tiles(page: Page) -> Locator:
    return page.locator(".vcell.v .tile[data-id]")


def tile(page: Page, id: str) -> Locator:
    return page.locator(f".tile[data-id='{id}']")


def id_of(found: Locator) -> str:
    id = found.get_attribute("data-id")
    assert id
    return id


def said(page: Page, home: House, id: str) -> dict[str, Any]:
    """What the server has of the item."""
    answer: dict[str, Any] = page.request.get(f"{home.url}/api/v1/annotations").json()["annotations"].get(id, {})
    return answer


def expect_said(page: Page, home: House, id: str, expected: dict[str, Any]) -> None:
    """The page shows what is said before the server has it."""
    until = time.monotonic() + PATIENCE
    while (found := said(page, home, id)) != expected:
        assert time.monotonic() < until, (found, expected)
        page.wait_for_timeout(50)


def told(page: Page) -> Locator:
    return page.locator(".deed")


def test_a_tag_by_key_is_seen_kept_searched_and_undone(tagger: Callable[..., Page], home: House) -> None:
    page = tagger()
    one = id_of(tiles(page).nth(1))
    tile(page, one).focus()
    page.keyboard.press("Shift+Digit4")
    expect(tile(page, one)).to_have_attribute("aria-label", re.compile("tag junk"))
    expect(tile(page, one).locator(".b-tag")).to_be_visible()
    expect(told(page)).to_contain_text("tagged Junk.")
    expect_said(page, home, one, {"tag": "junk"})
    page.keyboard.press("Shift+Digit1")
    expect(tile(page, one)).to_have_attribute("aria-label", re.compile("tag favorite"))
    expect(told(page)).to_contain_text("tagged Favorite.")
    # The search knows it at once.
    page.get_by_role("combobox").fill("tag:favorite")
    expect(page.locator(".tile:not(.dim)")).to_have_count(1)
    page.keyboard.press("Enter")
    tile(page, one).focus()
    page.keyboard.press("Control+z")
    expect(told(page)).to_contain_text("Undone: 1 item as before.")
    expect(tile(page, one)).to_have_attribute("aria-label", re.compile("tag junk"))
    expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.locator(".b-tag")).to_have_count(0)
    expect_said(page, home, one, {})


def test_what_is_said_in_one_tab_is_seen_in_the_other(tagger: Callable[..., Page], home: House) -> None:
    page = tagger()
    other = page.context.new_page()
    other.goto(f"{home.url}/vault?q=tag:junk")
    see_all_rows(other)
    other.mouse.move(5, 300)
    expect(other.locator("#moving-told")).to_be_attached()
    one = id_of(tiles(page).nth(1))
    tile(page, one).focus()
    page.keyboard.press("Shift+Digit4")
    expect(tile(other, one)).to_have_attribute("aria-label", re.compile("tag junk"))
    expect(other.locator(".tile:not(.dim)")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(other.locator(".b-tag")).to_have_count(0)
    expect(other.get_by_role("heading", name="Nothing matches")).to_be_visible()


def test_digits_that_are_typed_tag_nothing(tagger: Callable[..., Page], home: House) -> None:
    page = tagger()
    tiles(page).nth(1).click(modifiers=["Control"])
    page.get_by_role("combobox").focus()
    page.keyboard.press("Shift+Digit4")
    expect(page.get_by_role("combobox")).to_have_value("$")
    expect(page.locator(".b-tag")).to_have_count(0)


SHIFT = 8
"""As the browser's own protocol numbers it."""


def press_azerty(page: Page, place: str, writes: str, modifiers: int = 0) -> None:
    """A press of the row of digits on a keyboard that writes digits with Shift."""
    keyboard = page.context.new_cdp_session(page)
    press = {"code": place, "key": writes, "modifiers": modifiers, "windowsVirtualKeyCode": ord(place[-1])}
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": writes, **press})
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **press})
    keyboard.detach()


def test_the_same_two_fingers_tag_where_digits_need_shift(tagger: Callable[..., Page], home: House) -> None:
    page = tagger()
    one = id_of(tiles(page).nth(1))
    tile(page, one).focus()
    page.keyboard.press("Space")
    bar = page.get_by_role("toolbar", name="1 item selected")
    press_azerty(page, "Digit4", "4", SHIFT)
    expect(tile(page, one)).to_have_attribute("aria-label", re.compile("tag junk"))
    press_azerty(page, "Digit2", "2", SHIFT)
    expect(tile(page, one)).to_have_attribute("aria-label", re.compile("tag keep"))
    expect_said(page, home, one, {"tag": "keep"})
    press_azerty(page, "Digit0", "0", SHIFT)
    expect(page.locator(".b-tag")).to_have_count(0)
    expect(bar).to_be_visible()
    # Without Shift it is a move, whatever the key writes: to the vault, where it lies already, and with that done with.
    press_azerty(page, "Digit4", "'")
    expect(bar).to_have_count(0)
    expect_said(page, home, one, {})


def test_several_by_the_bar_and_back_by_its_button(tagger: Callable[..., Page], home: House) -> None:
    page = tagger()
    tiles(page).nth(1).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    bar = page.get_by_role("toolbar", name="3 items selected")
    bar.get_by_role("button", name="Tag").click()
    page.get_by_role("menuitem", name=re.compile("^Infuse")).click()
    expect(page.locator(".b-tag")).to_have_count(3)
    expect(told(page)).to_contain_text("3 items: tagged Infuse.")
    expect(bar).to_be_visible()
    told(page).get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.locator(".b-tag")).to_have_count(0)
    bar.get_by_role("button", name="Tag").click()
    page.get_by_role("menuitem", name=re.compile("^Keep")).click()
    expect(page.locator(".b-tag")).to_have_count(3)
    page.keyboard.press("Shift+Digit0")
    expect(page.locator(".b-tag")).to_have_count(0)
    expect(told(page)).to_contain_text("no tag any more.")


def test_a_note_with_a_hashtag_leads_to_all_that_have_it(tagger: Callable[..., Page], home: House) -> None:
    page = tagger()
    one = id_of(tiles(page).nth(1))
    tile(page, one).focus()
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog", name=re.compile("^Note on "))
    expect(dialog.get_by_label("Notes")).to_be_focused()
    page.keyboard.type("Good for the raid #pve")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_have_count(0)
    expect(tile(page, one)).to_be_focused()
    expect(tile(page, one)).to_have_attribute("aria-label", re.compile("has a note"))
    expect(told(page)).to_contain_text("note saved.")
    expect_said(page, home, one, {"notes": "Good for the raid #pve"})
    # For several, a hashtag beside what each says.
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog", name="Note on 2 items")
    dialog.get_by_label("Hashtag", exact=True).fill("trial")
    dialog.get_by_role("button", name="Add").click()
    expect(told(page)).to_contain_text("#trial added.")
    expect_said(page, home, one, {"notes": "Good for the raid #pve #trial"})
    page.keyboard.press("Escape")
    # The sheet shows the words; a hashtag among them is a search.
    tile(page, one).click()
    sheet = page.get_by_role("complementary")
    note = sheet.get_by_role("region", name="Your note")
    expect(note).to_contain_text("Good for the raid #pve #trial")
    note.get_by_role("button", name="#trial").click()
    expect(page.locator(".tile:not(.dim)")).to_have_count(2)
    note.get_by_role("button", name="Change").click()
    page.get_by_role("dialog").get_by_label("Notes").fill("")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(note).to_have_count(0)
    expect_said(page, home, one, {})


def test_a_tag_of_ones_own(tagger: Callable[..., Page], home: House) -> None:
    page = tagger()
    one = id_of(tiles(page).nth(1))
    tile(page, one).click(button="right")
    page.get_by_role("menuitem", name=re.compile("^Tag…")).click()
    page.get_by_role("menuitem", name=re.compile("^New tag")).click()
    page.get_by_label("Name of the tag").fill("Give away")
    expect(page.get_by_text("In searches: tag:give-away")).to_be_visible()
    page.keyboard.press("Enter")
    expect(tile(page, one)).to_have_attribute("aria-label", re.compile("tag give-away"))
    expect(told(page)).to_contain_text("tagged Give away.")
    tile(page, one).click()
    sheet = page.get_by_role("complementary")
    expect(sheet.locator(".chip", has_text="Give away")).to_be_visible()
    sheet.get_by_role("button", name="Tag (Shift 1 to 5)").click()
    expect(page.get_by_role("menuitem", name="Give away")).to_be_visible()
    page.keyboard.press("Escape")
    page.goto(f"{home.url}/search")
    own = page.get_by_role("region", name="Your own tags")
    own.get_by_role("button", name="Delete the tag Give away").click()
    own.get_by_role("button", name="Delete", exact=True).click()
    expect(own.get_by_text("Deleted; 1 item lost it.")).to_be_visible()
    page.goto(f"{home.url}/vault")
    see_all_rows(page)
    expect(page.locator(".b-tag")).to_have_count(0)


def test_what_could_not_be_saved_is_taken_back_and_told(tagger: Callable[..., Page], home: House) -> None:
    page = tagger(expected=("Failed to load resource", "net::ERR"))
    page.route("**/api/v1/annotations", lambda route: route.abort())
    tiles(page).nth(1).focus()
    page.keyboard.press("Shift+Digit4")
    expect(told(page)).to_contain_text("Not saved:")
    expect(told(page)).to_contain_text("Nothing was lost.")
    expect(page.locator(".b-tag")).to_have_count(0)


def test_a_wish_gives_a_thumb(tagger: Callable[..., Page], home: House) -> None:
    page = tagger()
    profile = page.request.get(f"{home.url}/api/v1/profile").json()
    weapons = {bucket["hash"] for bucket in profile["buckets"] if bucket["group"] == "weapons"}
    gun = next(each for each in profile["items"] if each["bucket"] in weapons and each["store"] == "vault" and each.get("plugs"))
    details = page.request.get(f"{home.url}/api/v1/items/{gun['id']}").json()
    perks = [
        plug["hash"]
        for socket in details["sockets"]
        if "Perks" in socket["category"]
        for plug in socket["plugs"]
        if plug.get("plugged")
    ]
    wish = {"hash": gun["hash"], "perks": perks[:2], "notes": "As good as it gets"}
    assert page.evaluate(WISH, {"is": wish}) == 201
    try:
        page.reload()
        see_all_rows(page)
        expect(tile(page, gun["id"]).locator(".b-wish")).to_be_visible()
        expect(tile(page, gun["id"])).to_have_attribute("aria-label", re.compile("wish-list roll"))
        tile(page, gun["id"]).click()
        sheet = page.get_by_role("complementary")
        expect(sheet.locator(".verdict")).to_contain_text("wants this roll. As good as it gets")
        expect(sheet.locator(".perk", has_text="on a wish list").first).to_be_visible()
    finally:
        page.evaluate(WISH, {"is": {"hash": gun["hash"], "perks": perks[:2]}, "undo": True})


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_everybody_can_use_it(tagger: Callable[..., Page], home: House, screen: dict[str, int], theme: str) -> None:
    page = tagger(viewport=screen, color_scheme=theme, has_touch=screen is PHONE)
    tiles(page).nth(1).click()
    sheet = page.get_by_role("complementary")
    sheet.get_by_role("button", name="Tag (Shift 1 to 5)").click()
    assert serious_findings(page) == []
    page.get_by_role("menuitem", name=re.compile("^Keep")).click()
    expect(sheet.locator(".chip", has_text="Keep")).to_be_visible()
    expect(told(page)).to_be_visible()
    assert serious_findings(page) == []
    assert sideways(page) == 0
    sheet.get_by_role("button", name="Note (N)").click()
    expect(page.get_by_role("dialog").get_by_label("Notes")).to_be_focused()
    assert serious_findings(page) == []
    assert sideways(page) == 0


ELSEWHERE = """async (item) => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const headers = { 'X-CSRFToken': csrf_token, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ items: [item], tag: 'junk' });
  return (await fetch('/api/v1/annotations', { method: 'POST', headers, body })).status;
}"""


def test_a_tag_of_another_device_is_there_with_the_next_look_also_while_bungie_is_down(
    tagger: Callable[..., Page], visit: Callable[..., Page], home: House
) -> None:
    page = tagger(expected=("503",))
    id = id_of(tiles(page).nth(3))
    home.bungie.fault("system_disabled", count=None)
    other = visit(("503",), "Marrow")
    other.goto(f"{home.url}/vault")
    assert other.evaluate(ELSEWHERE, id) == 200
    expect(tile(page, id)).not_to_have_attribute("aria-label", re.compile("tag junk"))
    page.keyboard.press("r")
    expect(tile(page, id)).to_have_attribute("aria-label", re.compile("tag junk"))
    page.evaluate(CLEAN)
