"""Wish lists and what a person says of items as files: from an address, a file, a text, an item's perks, and in the settings."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from limits.strategies import MovingWindowRateLimiter
from playwright.sync_api import Browser, Locator, Page, expect
from tests.journeys.house import DESKTOP, NARROW, PHONE, House, house, see_all_rows, serious_findings, sideways, working
from tests.journeys.test_for_everybody import SMALL
from tests.outbound.stub import Reply, StubServer

pytestmark = pytest.mark.browser

CLEAN = """async () => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const headers = { 'X-CSRFToken': csrf_token, 'Content-Type': 'application/json' };
  const { lists } = await (await fetch('/api/v1/wish_lists')).json();
  for (const { id } of lists) await fetch(`/api/v1/wish_lists/${id}`, { method: 'DELETE', headers });
  const { annotations, tags } = await (await fetch('/api/v1/annotations')).json();
  const { items } = await (await fetch('/api/v1/profile')).json();
  const said = items.filter((item) => annotations[item.id.startsWith('s-') ? `h-${item.hash}` : item.id]).map((item) => item.id);
  const body = JSON.stringify({ items: said, tag: '', notes: '' });
  if (said.length) await fetch('/api/v1/annotations', { method: 'POST', headers, body });
  for (const { name, custom } of tags)
    if (custom) await fetch('/api/v1/tags?' + new URLSearchParams({ name }), { method: 'DELETE', headers });
  const { searches } = await (await fetch('/api/v1/searches')).json();
  for (const { query } of searches)
    await fetch('/api/v1/searches?' + new URLSearchParams({ query }), { method: 'DELETE', headers });
}"""
TRAITS = "Trait"


@pytest.fixture(scope="module")
def running_house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One that may ask this machine for lists."""
    with house(tmp_path_factory.mktemp("wishes") / "data", allowed=("127.0.0.1",)) as running:
        yield running


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """All journeys are one person's, who brings more files in a minute than the server takes from quick hands."""
    monkeypatch.setattr(MovingWindowRateLimiter, "hit", lambda *_: True)


@dataclass(frozen=True)
class Gun:
    """A weapon in the vault. ``perks``: two that it has, by name."""

    id: str
    hash: int
    name: str
    perks: dict[str, int]

    def line(self, notes: str = "", *, unwanted: bool = False) -> str:
        named = ",".join(map(str, self.perks.values()))
        return f"dimwishlist:item={'-' if unwanted else ''}{self.hash}&perks={named}" + (f"#notes:{notes}" if notes else "")


@pytest.fixture
def wisher(vault: Callable[..., Page], home: House) -> Callable[..., Page]:
    """Opens a page of somebody who has no wish list and has said nothing of any item."""

    def open_page(path: str = "/wishes", expected: tuple[str, ...] = (), **options: object) -> Page:
        page = vault(expected=expected, **options)
        page.evaluate(CLEAN)
        page.goto(home.url + path)
        if path == "/wishes":
            expect(page.get_by_role("heading", name="No wish list yet")).to_be_visible()
        return page

    return open_page


def gun_of(page: Page, home: House) -> Gun:
    """The first in the vault that has two traits."""
    profile = page.request.get(f"{home.url}/api/v1/profile").json()
    weapons = {bucket["hash"] for bucket in profile["buckets"] if bucket["group"] == "weapons"}
    for item in profile["items"]:
        if item["bucket"] not in weapons or item["store"] != "vault" or not item.get("plugs"):
            continue
        sockets = page.request.get(f"{home.url}/api/v1/items/{item['id']}").json()["sockets"]
        plugs = [plug for socket in sockets if socket.get("label") == TRAITS for plug in socket["plugs"] if plug.get("plugged")]
        if len(plugs) == 2:
            name = profile["definitions"][str(item["hash"])]["name"]
            return Gun(item["id"], item["hash"], name, {plug["name"]: plug["hash"] for plug in plugs})
    raise AssertionError("There is no such weapon.")


def matched(page: Page, home: House) -> int:
    """How many items the lists speak of."""
    return len(page.request.get(f"{home.url}/api/v1/profile").json().get("verdicts", {}))


def rows(page: Page) -> Locator:
    return page.locator(".wlist > li")


def row(page: Page, title: str) -> Locator:
    return rows(page).filter(has=page.get_by_role("heading", name=title, exact=True))


def tile(page: Page, id: str) -> Locator:
    return page.locator(f".tile[data-id='{id}']")


def add_text(page: Page, text: str, title: str = "") -> None:
    page.get_by_role("button", name="Add a list").click()
    page.get_by_role("button", name="Text", exact=True).click()
    page.get_by_label("Rolls, one on each line").fill(text)
    page.get_by_label("Title, if you like").fill(title)
    page.get_by_role("button", name="Add it").click()
    expect(row(page, title or "Wish list")).to_be_visible()


# --- Lists


def test_a_pasted_list_gives_thumbs_and_is_found(wisher: Callable[..., Page], home: House) -> None:
    page = wisher()
    gun = gun_of(page, home)
    add_text(page, f"{gun.line('As good as it gets')}\n{gun.line()}\nnothing at all\n", "Mine")
    expect(row(page, "Mine")).to_contain_text("1 roll, 1 said twice")
    expect(row(page, "Mine").get_by_text("1 line cannot be read")).to_be_visible()
    found = matched(page, home)
    assert found >= 1
    page.get_by_role("link", name=re.compile(rf"^{found} items? wanted")).click()
    see_all_rows(page)
    expect(page.get_by_role("combobox")).to_have_value("is:wishlist")
    expect(page.locator(".tile:not(.dim)")).to_have_count(found)
    expect(tile(page, gun.id).locator(".b-wish")).to_be_visible()
    expect(tile(page, gun.id)).to_have_attribute("aria-label", re.compile("wish-list roll"))
    tile(page, gun.id).click()
    sheet = page.get_by_role("complementary")
    expect(sheet.locator(".verdict")).to_contain_text("wants this roll. As good as it gets")
    for name in gun.perks:
        expect(sheet.locator(".perks .perk", has_text=f"{name}, on a wish list")).to_have_count(1)

    # Switched off it says nothing any more.
    page.goto(f"{home.url}/wishes")
    row(page, "Mine").get_by_role("switch").uncheck()
    expect(row(page, "Mine")).to_contain_text("Switched off")
    expect(page.get_by_role("link", name=re.compile("^0 items wanted"))).to_be_visible()
    page.get_by_role("link", name="Settings").first.click()
    page.goto(f"{home.url}/vault")
    see_all_rows(page)
    expect(page.locator(".b-wish")).to_have_count(0)


def test_a_list_at_an_address_is_read_and_read_again(wisher: Callable[..., Page], home: House) -> None:
    page = wisher()
    gun = gun_of(page, home)
    text = f"title:From afar\ndescription:What they like\n{gun.line(unwanted=True)}\n"
    with StubServer(Reply(status=404)) as stub, working(home):
        page.get_by_role("button", name="Add a list").click()
        page.get_by_label("Address of the list").fill(f"{stub.url}/rolls.txt")
        page.keyboard.press("Enter")
        failed = row(page, "rolls.txt")
        expect(failed.locator(".note")).to_be_visible()
        expect(failed).to_contain_text("Next ")
        stub.replies = [Reply(body=text.encode())]
        failed.get_by_role("button", name="Read rolls.txt again").click()
        there = row(page, "From afar")
        expect(there).to_contain_text("1 unwanted roll")
        expect(there).to_contain_text(re.compile(r"Read \d\d:\d\d, next"))
        expect(there.locator(".note")).to_have_count(0)
        expect(page.get_by_role("link", name=re.compile(r"^[1-9]\d* items? unwanted"))).to_be_visible()
    page.get_by_role("link", name=re.compile("unwanted")).click()
    expect(tile(page, gun.id)).to_have_attribute("aria-label", re.compile("unwanted roll"))
    tile(page, gun.id).click()
    sheet = page.get_by_role("complementary")
    expect(sheet.locator(".verdict")).to_contain_text("“From afar” advises against this roll.")
    expect(sheet.locator(".perk", has_text="a wish list advises against it").first).to_be_visible()


def test_what_cannot_be_added_is_told_where_it_stands(wisher: Callable[..., Page]) -> None:
    page = wisher(expected=("400",))
    page.get_by_role("button", name="Add a list").click()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("alert")).to_have_text("Enter the address of a list.")
    page.get_by_label("Address of the list").fill("ftp://example.org/rolls.txt")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_label("Address of the list")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("alert")).to_contain_text("address")
    page.get_by_role("button", name="Text", exact=True).click()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_label("Rolls, one on each line").fill("<b>nothing</b>")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("alert")).to_contain_text("This is no wish list: no line of it is a roll.")
    expect(rows(page)).to_have_count(0)


def test_lines_that_cannot_be_read_are_unfolded(wisher: Callable[..., Page], home: House) -> None:
    page = wisher()
    gun = gun_of(page, home)
    slips = [f"{gun.line()}x".replace("&perks=", "&perks=1|2,"), "<img src=x onerror=alert(1)>", *["what"] * 30]
    add_text(page, "\n".join(["title:Other", gun.line(), *slips]), "Slips")
    slip = row(page, "Slips").locator("details")
    expect(slip.get_by_role("listitem")).to_have_count(0)
    slip.get_by_text("32 lines cannot be read").focus()
    page.keyboard.press("Enter")
    expect(slip.get_by_role("listitem")).to_have_count(20)
    first, second = (slip.get_by_role("listitem").nth(place) for place in (0, 1))
    expect(first).to_contain_text(re.compile(r"^Line 3 “\d+x” is no perk's number\."))
    expect(first.locator("code")).to_have_text(slips[0])
    expect(second.locator("code")).to_have_text(slips[1])
    expect(slip).to_contain_text("And 12 more after these.")
    assert serious_findings(page) == []
    for screen in (PHONE, NARROW):
        page.set_viewport_size(screen)
        assert not sideways(page)


def test_lines_that_say_nothing_may_be_out_of_reach(wisher: Callable[..., Page], home: House) -> None:
    page = wisher(expected=("503",))
    gun = gun_of(page, home)
    add_text(page, f"\n{gun.line()}\nwhat", "Slips")
    page.route("**/unread_lines", lambda route: route.fulfill(status=503, json={"detail": "Not now.", "code": "busy"}))
    slip = row(page, "Slips").locator("details")
    slip.get_by_text("1 line cannot be read").click()
    expect(slip.get_by_role("alert")).to_contain_text("Not now.")
    page.unroute("**/unread_lines")
    slip.get_by_role("button", name="Try again").click()
    expect(slip.get_by_role("listitem")).to_contain_text("Line 3")


def test_what_is_long_is_pasted_and_what_is_too_long_is_told(wisher: Callable[..., Page], home: House) -> None:
    page = wisher()
    gun = gun_of(page, home)
    comment = f"//{'x' * 9_998}\n"
    add_text(page, comment * 110 + gun.line(), "Long")  # more than any page sends but files
    expect(row(page, "Long")).to_contain_text("1 roll")
    page.get_by_role("button", name="Add a list").click()
    page.get_by_role("button", name="File", exact=True).click()
    page.evaluate(
        """() => {
          const held = new DataTransfer();
          held.items.add(new File([new Uint8Array(21 * 2 ** 20)], 'vast.txt'));
          const field = document.querySelector('.wnew input[type=file]');
          field.files = held.files;
          field.dispatchEvent(new Event('change', { bubbles: true }));
        }"""
    )
    page.get_by_role("button", name="Add it").click()
    alert = page.get_by_role("alert")
    expect(alert).to_have_text("This is 21 MB, and at most 20 MB are taken. Split it into several lists: they count together.")
    expect(rows(page)).to_have_count(1)


def test_a_file_is_looked_at_renamed_and_deleted(wisher: Callable[..., Page], home: House) -> None:
    page = wisher()
    gun = gun_of(page, home)
    page.get_by_role("button", name="Add a list").click()
    page.get_by_role("button", name="File", exact=True).click()
    file = {"name": "for two.txt", "mimeType": "text/plain", "buffer": f"{gun.line('<i>Hm</i>')}\r\n".encode()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Add it").click()
    there = row(page, "for two")
    expect(there).to_contain_text("A file of yours")
    there.get_by_role("button", name="Look at the text of for two").click()
    dialog = page.get_by_role("dialog", name="Text of for two")
    expect(dialog.locator("pre")).to_contain_text(gun.line("<i>Hm</i>"))
    with page.expect_download() as download:
        dialog.get_by_role("link", name="Download").click()
    assert download.value.path().read_bytes() == file["buffer"]
    dialog.get_by_role("button", name="Close").click()
    there.get_by_role("button", name="Rename for two").click()
    page.get_by_label("Title").fill("Duos")
    page.keyboard.press("Enter")
    row(page, "Duos").get_by_role("button", name="Delete Duos").click()
    expect(page.get_by_role("button", name="Delete list")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="No wish list yet")).to_be_visible()


def test_the_upper_one_counts_and_keys_move_it(wisher: Callable[..., Page], home: House) -> None:
    page = wisher()
    gun = gun_of(page, home)
    add_text(page, gun.line(unwanted=True), "No")
    add_text(page, gun.line(), "Yes")
    add_text(page, "dimwishlist:item=1&perks=2", "Else")
    expect(rows(page).get_by_role("heading")).to_have_text(["No", "Yes", "Else"])
    expect(page.get_by_role("link", name=re.compile("^0 items wanted"))).to_be_visible()
    up = page.get_by_role("button", name="Move Yes up")
    up.focus()
    page.keyboard.press("Enter")
    expect(rows(page).get_by_role("heading")).to_have_text(["Yes", "No", "Else"])
    expect(page.get_by_text("Yes is now 1 of 3.")).to_be_attached()
    expect(page.get_by_role("link", name=re.compile("^[1-9].* wanted"))).to_be_visible()
    expect(page.get_by_role("button", name="Move Yes down")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(rows(page).get_by_role("heading")).to_have_text(["No", "Yes", "Else"])
    expect(page.get_by_role("button", name="Move Yes down")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(rows(page).get_by_role("heading")).to_have_text(["No", "Else", "Yes"])


def test_lists_that_cannot_be_read(wisher: Callable[..., Page]) -> None:
    page = wisher(expected=("500",))
    broken = re.compile("/api/v1/wish_lists$")
    page.route(broken, lambda route: route.fulfill(status=500, json={"detail": "The log knows more.", "reference": "7c1f-20e4"}))
    page.reload()
    expect(page.get_by_role("heading", name="Your wish lists could not be read")).to_be_visible()
    page.unroute(broken)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="No wish list yet")).to_be_visible()


# --- From an item


def test_a_roll_is_wished_for_and_taken_back_in_the_sheet(wisher: Callable[..., Page], home: House) -> None:
    page = wisher("/vault")
    see_all_rows(page)
    gun = gun_of(page, home)
    first, second = gun.perks
    tile(page, gun.id).click()
    sheet = page.get_by_role("complementary")
    sheet.get_by_role("button", name="Add this roll to my list").click()
    form = sheet.get_by_role("form", name="A roll for my list")
    expect(form.get_by_role("button", name=first)).to_have_attribute("aria-pressed", "true")
    expect(form.get_by_role("button", name=second)).to_have_attribute("aria-pressed", "true")
    form.get_by_role("button", name=first).click()
    form.get_by_label("Notes, if you like").fill("For the raid")
    form.get_by_role("button", name="Add to my list").click()
    expect(sheet.get_by_text("Your list wants this roll now.")).to_be_visible()
    expect(sheet.locator(".verdict")).to_contain_text("“My wish list” wants this roll. For the raid")
    expect(sheet.locator(".perk", has_text=f"{second}, on a wish list")).to_have_count(1)
    expect(sheet.locator(".perk", has_text=f"{first}, on a wish list")).to_have_count(0)
    expect(tile(page, gun.id).locator(".b-wish")).to_be_attached()

    # One that thinks better of it says one thing.
    sheet.get_by_role("button", name="Unwanted", exact=True).click()
    expect(form.get_by_text("Your list says the opposite of these perks.")).to_be_visible()
    form.get_by_role("button", name="Add as unwanted").click()
    expect(sheet.locator(".verdict")).to_contain_text("“My wish list” advises against this roll.")
    sheet.get_by_role("link", name="Wish lists").click()
    own = page.get_by_role("region", name="My rolls")
    expect(own.get_by_role("listitem")).to_have_count(1)
    expect(own.get_by_role("listitem")).to_contain_text(gun.name)
    expect(own.get_by_role("listitem")).to_contain_text(second)
    own.get_by_role("button", name=f"Take out {gun.name}, {second}").click()
    expect(own.get_by_text(f"{gun.name} was taken out.")).to_be_visible()
    expect(own.get_by_role("listitem")).to_have_count(0)
    own.get_by_role("button", name="Put it back").click()
    expect(own.get_by_role("listitem")).to_have_count(1)

    page.goto(f"{home.url}/vault/items/{gun.id}")
    sheet.get_by_role("button", name="Unwanted", exact=True).click()
    expect(form.get_by_text("Your list has this roll.")).to_be_visible()
    form.get_by_role("button", name="Take it out").click()
    expect(sheet.get_by_text("Taken out of your list.")).to_be_visible()
    expect(sheet.locator(".verdict")).to_have_count(0)


# --- Tags, notes and searches as files


def settings(page: Page) -> Locator:
    return page.get_by_role("region", name="Tags, notes and searches")


def backup_of(page: Page, home: House, gun: Gun) -> dict[str, Any]:
    account = page.request.get(f"{home.url}/api/v1/profile").json()["account"]["id"]
    about = {"platformMembershipId": account, "destinyVersion": 2}
    return {
        "tags": [
            {**about, "annotation": {"id": gun.id, "tag": "keep", "notes": "From before #pve"}},
            {**about, "annotation": {"id": "6917529000000000001", "tag": "junk"}},
            {**about, "annotation": {"id": "<b>", "tag": "junk"}},
        ],
        "searches": [
            {"destinyVersion": 2, "search": {"query": "is:bow", "usageCount": 3, "saved": True, "lastUsage": 1_790_000_000_000}}
        ],
    }


def choose(page: Page, name: str, text: str) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": text.encode()}
    settings(page).locator("input[type=file]").set_input_files(file)


def test_a_backup_is_looked_at_imported_and_undone(wisher: Callable[..., Page], home: House) -> None:
    page = wisher("/settings")
    gun = gun_of(page, home)
    choose(page, "dim-data.json", json.dumps(backup_of(page, home, gun)))
    part = settings(page)
    expect(part.get_by_text("From dim-data.json would come:")).to_be_visible()
    expect(part.locator(".cfound li")).to_have_text(["2 items with another tag", "1 item with other notes", "1 new search"])
    expect(part.get_by_text("1 item is not in your account now.")).to_be_visible()
    expect(part.get_by_text("1 entry left out:")).to_be_visible()
    assert page.request.get(f"{home.url}/api/v1/annotations").json()["annotations"] == {}
    part.get_by_role("button", name="Import it").click()
    expect(part.get_by_text("Imported:")).to_be_visible()
    said = page.request.get(f"{home.url}/api/v1/annotations").json()["annotations"]
    assert said[gun.id] == {"tag": "keep", "notes": "From before #pve"}
    choose(page, "dim-data.json", json.dumps(backup_of(page, home, gun) | {"tags": []}))
    expect(part.get_by_text("There is nothing new in this file.")).to_be_visible()
    expect(part.get_by_role("button", name="Import it")).to_have_count(0)

    choose(page, "tags.csv", f'Id,Hash,Tag,Notes\n"""{gun.id}""",{gun.hash},infuse,From before #pve\n')
    expect(part.locator(".cfound li")).to_have_text(["1 item with another tag"])
    part.get_by_role("button", name="Import it").click()
    part.get_by_role("button", name="Undo tags and notes").click()
    expect(part.get_by_text("Undone: 1 item as before.")).to_be_visible()
    page.goto(f"{home.url}/vault")
    see_all_rows(page)
    expect(tile(page, gun.id)).to_have_attribute("aria-label", re.compile("tag keep"))

    page.goto(f"{home.url}/settings")
    with page.expect_download() as download:
        settings(page).get_by_role("link", name="Backup").click()
    kept = json.loads(download.value.path().read_text())
    assert any(each["annotation"].get("tag") == "keep" for each in kept["tags"])
    with page.expect_download() as download:
        settings(page).get_by_role("link", name="Weapons as CSV").click()
    assert download.value.path().read_text(encoding="utf-8-sig").startswith("Name,")


def test_a_file_that_is_none(wisher: Callable[..., Page]) -> None:
    page = wisher("/settings")
    choose(page, "dim-data.json", "{")
    expect(settings(page).get_by_text("Nothing can be taken from this file.")).to_be_visible()
    expect(settings(page).get_by_role("listitem")).to_contain_text("no backup of Destiny Item Manager")
    expect(settings(page).get_by_role("button", name="Import it")).to_have_count(0)


def test_tags_of_ones_own_come_change_and_go(wisher: Callable[..., Page], home: House) -> None:
    page = wisher("/settings")
    gun = gun_of(page, home)
    part = settings(page)
    part.get_by_role("button", name="Add a tag").click()
    part.get_by_label("Name of the tag").fill("Give away")
    expect(part.get_by_text("In searches: tag:give-away")).to_be_visible()
    page.keyboard.press("Enter")
    own = part.get_by_role("region", name="Your own tags").get_by_role("listitem")
    expect(own).to_contain_text("Give away tag:give-away no item yet")
    choose(page, "tags.csv", f"Id,Hash,Tag,Notes\n{gun.id},{gun.hash},give-away,\n")
    part.get_by_role("button", name="Import it").click()
    expect(own).to_contain_text("1 item")
    part.get_by_role("button", name="Rename the tag Give away").click()
    part.get_by_label("Name of the tag").fill("To friends")
    page.keyboard.press("Enter")
    expect(own).to_contain_text("To friends tag:give-away")
    part.get_by_role("button", name="Delete the tag To friends").click()
    expect(part.get_by_text("Delete To friends? 1 item loses it; notes stay.")).to_be_visible()
    expect(part.get_by_role("button", name="Delete tag")).to_be_focused()
    page.keyboard.press("Enter")
    expect(part.get_by_text("Deleted; 1 item lost it.")).to_be_visible()
    expect(own).to_have_count(0)


# --- For everybody, on every screen


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("screen", [PHONE, NARROW, DESKTOP], ids=["390", "320", "desktop"])
def test_everybody_can_use_it(wisher: Callable[..., Page], home: House, screen: dict[str, int], theme: str) -> None:
    small = screen is not DESKTOP
    page = wisher(viewport=screen, color_scheme=theme, is_mobile=small, has_touch=small)
    gun = gun_of(page, home)
    add_text(page, gun.line("Hm"), f"Of {'very many letters ' * 4}<b>")
    page.get_by_role("button", name=re.compile("^Rename")).click()
    page.get_by_role("button", name=re.compile("^Delete")).focus()
    page.get_by_role("button", name="Add a list").click()
    assert serious_findings(page) == []
    assert sideways(page) <= 0
    assert not small or page.evaluate(SMALL) == []
    page.get_by_role("button", name=re.compile("^Look at")).click()
    expect(page.get_by_role("dialog").locator("pre")).to_be_visible()
    assert serious_findings(page) == []
    page.goto(f"{home.url}/vault/items/{gun.id}")
    sheet = page.get_by_role("complementary")
    sheet.get_by_role("button", name="Add this roll to my list").click()
    expect(sheet.get_by_label("Notes, if you like")).to_be_visible()
    assert serious_findings(page) == []
    assert sideways(page) <= 0
    assert not small or page.evaluate(SMALL) == []
    page.goto(f"{home.url}/settings")
    settings(page).get_by_role("button", name="Add a tag").click()
    choose(page, "dim-data.json", json.dumps(backup_of(page, home, gun)))
    expect(settings(page).get_by_text("1 entry left out:")).to_be_visible()
    assert serious_findings(page) == []
    assert sideways(page) <= 0
    assert not small or page.evaluate(SMALL) == []
