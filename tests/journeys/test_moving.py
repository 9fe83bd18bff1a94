"""Moving, wearing and locking from the page, with everything behind it: what the page says, and what is so in the game."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect
from tests.journeys.house import PATIENCE, PHONE, House, house, see_all_rows, see_vault, serious_findings, sideways, working

from vaultraider.simulator.world import VAULT, Item

pytestmark = pytest.mark.browser

KINETIC = 1498876634
ENDED = ("done", "partly", "failed", "cancelled", "expired")
REST = 600
"""Milliseconds: longer than a finger rests on a tile until it has taken it."""


@pytest.fixture(scope="module")
def running_house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house of this file's own, whose worker carries out what is asked for."""
    with house(tmp_path_factory.mktemp("moving") / "data") as running, working(running):
        yield running


@dataclass
class Mover:
    """Somebody at the vault page, and the truth behind it."""

    page: Page
    home: House
    person: str = "Marrow"
    seen: int = 0
    """The newest transfer that this test knows."""

    def __post_init__(self) -> None:
        self.page.goto(f"{self.home.url}/vault")
        see_vault(self.page)
        see_all_rows(self.page)
        self.seen = self.newest
        # What moves items comes after the first paint.
        self.ready()

    def ready(self) -> None:
        self.page.mouse.move(5, 300)
        expect(self.page.locator("#moving-told")).to_be_attached()
        # Its listeners stand one frame later.
        self.page.evaluate("() => new Promise((go) => requestAnimationFrame(() => setTimeout(go, 20)))")

    # -- the truth ------------------------------------------------------------------------------------------------------

    def guardian(self, nickname: str) -> str:
        return next(each.id for each in self.home.bungie.account(self.person).characters if each.nickname == nickname)

    def truth(self, id: str) -> Item:
        found = self.home.bungie.account(self.person).item(id)
        assert found is not None, id
        return found

    def where(self, id: str) -> str:
        item = self.truth(id)
        return "vault" if item.bucket == VAULT else item.owner

    def profile(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.page.request.get(f"{self.home.url}/api/v1/profile").json()
        return answer

    def items(self, **about: object) -> list[dict[str, Any]]:
        """Items of the profile, by their fields."""
        return [each for each in self.profile()["items"] if all(each.get(name) == value for name, value in about.items())]

    def asked(self) -> list[dict[str, Any]]:
        """The transfers, newest first."""
        transfers: list[dict[str, Any]] = self.page.request.get(f"{self.home.url}/api/v1/transfers").json()["transfers"]
        return transfers

    @property
    def newest(self) -> int:
        """The id of what was asked last; 0: nothing was."""
        return max((int(each["id"]) for each in self.asked()), default=0)

    def done(self) -> dict[str, Any]:
        """Waits until something more was asked for than before, and nothing is under way; what was asked last."""
        deadline = time.monotonic() + 4 * PATIENCE
        while not self._at_rest():
            assert time.monotonic() < deadline, self.asked()[:1]
            self.page.wait_for_timeout(100)
        newest = self.asked()[0]
        self.seen = int(newest["id"])
        return newest

    def _at_rest(self) -> bool:
        asked = self.asked()
        return bool(asked) and int(asked[0]["id"]) > self.seen and all(each["state"] in ENDED for each in asked)

    # -- the page -------------------------------------------------------------------------------------------------------

    def tile(self, id: str) -> Locator:
        return self.page.locator(f".tile[data-id='{id}']")

    def cell(self, store: str, row: int | str = KINETIC) -> Locator:
        return self.page.locator(f"#row-{row} > .vcell[data-store='{store}']")

    def in_vault(self, nth: int = 0, row: int = KINETIC) -> str:
        """The id of some item in the vault, as it stands on the page."""
        return self.cell("vault", row).locator(".tile").nth(nth).get_attribute("data-id") or ""

    def drag(self, tile: Locator, target: Locator, *, drop: bool = True) -> None:
        x, y = _middle(tile)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x - 20, y + 5, steps=3)
        self.page.mouse.move(*_middle(target), steps=5)
        if drop:
            self.page.mouse.up()


def _middle(target: Locator) -> tuple[float, float]:
    """Where its middle is, once the rows around it, which are drawn as they come into view, have their final height."""
    before: object = None
    while True:
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box is not None
        if box == before:
            return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        before = box
        target.evaluate("() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")


@pytest.fixture
def mover(visit: Callable[..., Page], home: House) -> Callable[..., Mover]:
    def come(person: str = "Marrow", expected: tuple[str, ...] = (), **options: object) -> Mover:
        return Mover(visit(expected, person, **options), home, person)

    return come


# -- by mouse ---------------------------------------------------------------------------------------------------------------


def test_drag_to_another_guardian(mover: Callable[..., Mover]) -> None:
    here = mover()
    ilse = here.guardian("Ilse Varr")
    gun = here.in_vault(2)
    here.drag(here.tile(gun), here.cell(ilse), drop=False)
    expect(here.page.locator(".drag-ghost .tile")).to_have_count(1)
    expect(here.page.locator(".drop-l")).to_have_text("1 in, 1 other to the vault")
    here.page.mouse.up()
    expect(here.page.locator(".drag-ghost")).to_have_count(0)
    # At once, long before Bungie has heard of it.
    expect(here.cell(ilse).locator(f".tile[data-id='{gun}']")).to_be_visible()
    here.done()
    assert here.where(gun) == ilse
    expect(here.tile(gun)).not_to_have_class(re.compile(r"\bmoving\b"))
    expect(here.cell(ilse).locator(f".tile[data-id='{gun}']")).to_be_visible()


def test_several_go_together_and_the_rest_makes_room(mover: Callable[..., Mover]) -> None:
    here = mover()
    odalys = here.guardian("Odalys")
    guns = [here.in_vault(nth) for nth in (10, 12, 13)]
    for gun in guns:
        here.tile(gun).click(modifiers=["Control"])
    expect(here.page.get_by_role("toolbar", name="3 items selected")).to_contain_text("3 selected")
    here.drag(here.tile(guns[1]), here.cell(odalys), drop=False)
    expect(here.page.locator(".drag-ghost .tile")).to_have_count(2)
    expect(here.page.locator(".drag-ghost .more")).to_have_text("3")
    expect(here.page.locator(".drop-l")).to_have_text("3 in, 3 others to the vault")
    here.page.mouse.up()
    expect(here.page.get_by_role("toolbar", name=re.compile("selected"))).to_have_count(0)
    here.done()
    assert [here.where(gun) for gun in guns] == [odalys] * 3


def test_making_room_shows_its_plan_before_anything_moves(mover: Callable[..., Mover]) -> None:
    """A tile's own menu offers it where the slot is full."""
    here = mover()
    some = here.cell(here.guardian("Odalys")).locator(".tile").last

    def ask() -> Locator:
        some.click(button="right")
        here.page.get_by_role("menuitem", name=re.compile("Make room: 1 place")).click()
        plan = here.page.get_by_role("dialog", name=re.compile("Free 1 place"))
        expect(plan.get_by_role("listitem").first).to_contain_text("Makes room")
        return plan

    ask().get_by_role("button", name="Cancel").last.click()
    assert here.newest == here.seen
    plan = ask()
    assert serious_findings(here.page) == []
    plan.get_by_role("button", name="Go on").click()
    ended = here.done()
    assert (ended["kind"], ended["state"], ended["total"]) == ("make-room", "done", 1)
    gone = ended["steps"][0]["items"][0]["id"]
    assert here.where(gone) == "vault"
    here.page.keyboard.press("Control+z")
    assert here.done()["kind"] == "restore"
    assert here.where(gone) == here.guardian("Odalys")


def test_an_exotic_takes_the_place_of_another(mover: Callable[..., Mover]) -> None:
    here = mover()
    odalys = here.guardian("Odalys")
    definitions = here.profile()["definitions"]

    def exotic(item: dict[str, Any]) -> bool:
        weapon = definitions[str(item["hash"])].get("ammo")
        return bool(weapon) and definitions[str(item["hash"])]["tier"] == "exotic"

    worn = next(each for each in here.items(store=odalys, place="equipped") if exotic(each))
    other = next(
        each for each in here.items(store=odalys, place="inventory") if exotic(each) and each["bucket"] != worn["bucket"]
    )
    slot = here.cell(odalys, other["bucket"])
    here.drag(here.tile(other["id"]), slot.locator(".eq .tile"), drop=False)
    expect(here.page.locator(".drop-l")).to_contain_text("Equip")
    here.page.mouse.up()
    expect(slot.locator(f".eq .tile[data-id='{other['id']}']")).to_be_visible()
    here.done()
    assert here.truth(other["id"]).equipped
    assert not here.truth(worn["id"]).equipped
    expect(here.tile(worn["id"])).not_to_have_class(re.compile(r"\bmoving\b"))


def test_escape_lets_go_and_nothing_happens(mover: Callable[..., Mover]) -> None:
    here = mover()
    before = here.newest
    gun = here.in_vault(1)
    here.drag(here.tile(gun), here.cell(here.guardian("Brannoch")), drop=False)
    here.page.keyboard.press("Escape")
    expect(here.page.locator(".drag-ghost")).to_have_count(0)
    here.page.mouse.up()
    assert here.newest == before
    expect(here.page).to_have_url(f"{here.home.url}/vault")
    expect(here.cell("vault").locator(f".tile[data-id='{gun}']")).to_be_visible()


def test_a_place_that_cannot_take_it_says_why(mover: Callable[..., Mover]) -> None:
    here = mover()
    before = here.newest
    tied = next(each for each in here.items(stuck="not-transferrable", place="inventory") if each["store"].isdigit())
    here.drag(here.tile(tied["id"]), here.page.locator(".vhead-v"), drop=False)
    expect(here.page.locator(".drop-l.no")).to_contain_text("ties it to its guardian")
    here.page.mouse.up()
    expect(here.page.get_by_role("status").filter(has_text="ties it to its guardian")).to_have_count(1)
    assert here.newest == before


def test_a_double_press_equips_on_the_current_guardian(mover: Callable[..., Mover]) -> None:
    here = mover()
    brannoch = here.guardian("Brannoch")
    gun = here.cell(brannoch).locator(".tiles .tile").nth(4).get_attribute("data-id") or ""
    here.tile(gun).dblclick()
    expect(here.cell(brannoch).locator(f".eq .tile[data-id='{gun}']")).to_be_visible()
    here.done()
    assert here.truth(gun).equipped
    expect(here.page).to_have_url(f"{here.home.url}/vault")


def test_a_tiles_menu_can_do_what_dragging_can(mover: Callable[..., Mover]) -> None:
    here = mover()
    ilse = here.guardian("Ilse Varr")
    gun = here.in_vault(20)
    here.tile(gun).click(button="right")
    menu = here.page.get_by_role("menu")
    assert not serious_findings(here.page)
    expect(menu.get_by_role("menuitem", name="Move to Vault")).to_have_attribute("aria-disabled", "true")
    menu.get_by_role("menuitem", name=re.compile("Move to Hunter")).click()
    here.done()
    assert here.where(gun) == ilse


# -- many -------------------------------------------------------------------------------------------------------------------


def test_sixty_search_results_go_to_the_vault_while_the_page_is_loaded_anew(mover: Callable[..., Mover]) -> None:
    here = mover()
    word, going = _word_for(here, 60)
    here.page.get_by_role("combobox").fill(word)
    here.page.keyboard.press("Enter")
    expect(here.page.locator(".tile.dim").first).to_be_attached()
    here.page.locator(".vrow .tile:not(.dim)").first.click(modifiers=["Control"])
    here.page.get_by_role("button", name=re.compile("^Select all .* items that match")).click()
    here.page.get_by_role("button", name="Move to").click()
    here.page.get_by_role("menuitem", name=re.compile("^Vault")).click()
    expect(here.page.locator(".tile.moving").first).to_be_attached()
    while here.asked()[0]["id"] == str(here.seen) or here.asked()[0]["done"] < 4:
        here.page.wait_for_timeout(50)
    here.page.reload()
    see_all_rows(here.page)
    here.ready()
    # The tiles lie where they go again, before they are there.
    expect(here.page.locator(".vcell.v .tile.moving").first).to_be_attached()
    here.done()
    stayed = [id for id in going if here.where(id) != "vault"]
    assert not stayed
    for id in going[:: len(going) // 5]:
        expect(here.page.locator(f".vcell.v .tile[data-id='{id}']")).to_be_attached()


def _word_for(here: Mover, least: int) -> tuple[str, list[str]]:
    """A word that finds at least so many items which guardians carry, and few others that would have to be moved; their ids."""
    profile = here.profile()
    definitions = profile["definitions"]
    vaulted = {each["hash"] for each in profile["buckets"] if each.get("vault")}
    found: dict[str, list[str]] = {}
    for item in profile["items"]:
        if item["place"] != "inventory" or item["bucket"] not in vaulted or item["store"] == "account" or item.get("stuck"):
            continue
        about = definitions[str(item["hash"])]
        names = [profile["plugs"].get(str(plug), {}).get("name", "") for plug in item.get("plugs", ())]
        words = {word for text in (about["name"], about["type"], *names) for word in re.findall(r"[a-z]{4,}", text.lower())}
        for word in words:
            found.setdefault(word, []).append(item["id"])
    enough = {word: ids for word, ids in found.items() if least <= len(ids) <= 90}
    assert enough
    return min(enough.items(), key=lambda each: len(each[1]))


def test_the_whole_postmaster_before_a_full_vault(mover: Callable[..., Mover]) -> None:
    here = mover("Hoarder")
    assert here.profile()["vault"]["used"] >= here.profile()["vault"]["capacity"]
    first = here.profile()["characters"][0]
    here.page.locator(".ghead .pm").first.click()
    menu = here.page.get_by_role("menu", name="Collect from the postmaster")
    menu.get_by_role("menuitem", name=re.compile("^On ")).first.click()
    transfer = here.done()
    assert transfer["kind"] == "collect"
    # What went is out of the postmaster, what stayed says why; nothing is lost either way.
    left = {each["id"] for each in here.items(store=first["id"], place="postmaster")}
    refused = {each["item"] for each in transfer["refusals"] if "item" in each}
    assert transfer["done"] or refused
    assert refused <= left
    assert all(each["sentence"] for each in transfer["refusals"])


# -- by keyboard ------------------------------------------------------------------------------------------------------------


def test_by_keyboard_alone_and_focus_goes_along(mover: Callable[..., Mover]) -> None:
    here = mover()
    ilse = here.guardian("Ilse Varr")
    gun, next_one = here.in_vault(4), here.in_vault(5)
    here.tile(gun).focus()
    here.page.keyboard.press("Space")
    here.page.keyboard.press("Shift+ArrowRight")
    expect(here.tile(gun)).to_have_class(re.compile(r"\bsel\b"))
    expect(here.tile(next_one)).to_have_class(re.compile(r"\bsel\b"))
    expect(here.page.get_by_role("status").filter(has_text="2 items selected")).to_have_count(1)
    here.page.keyboard.press("2")
    expect(here.cell(ilse).locator(f".tile[data-id='{next_one}']")).to_be_focused()
    here.done()
    assert [here.where(gun), here.where(next_one)] == [ilse, ilse]
    expect(here.tile(next_one)).to_be_focused()
    expect(here.tile(next_one)).not_to_have_class(re.compile(r"\bmoving\b"))
    here.page.keyboard.press("v")
    here.done()
    assert here.where(next_one) == "vault"
    expect(here.tile(next_one)).to_be_focused()


def test_undo_by_key(mover: Callable[..., Mover]) -> None:
    here = mover()
    gun = here.in_vault(7)
    here.tile(gun).focus()
    here.page.keyboard.press("3")
    here.done()
    assert here.where(gun) == here.guardian("Odalys")
    expect(here.tile(gun)).not_to_have_class(re.compile(r"\bmoving\b"))
    here.page.keyboard.press("Control+z")
    expect(here.cell("vault").locator(f".tile[data-id='{gun}']")).to_be_visible()
    assert here.done()["kind"] == "restore"
    assert here.where(gun) == "vault"


def test_lock_equip_and_select_everything_by_key(mover: Callable[..., Mover]) -> None:
    here = mover()
    brannoch = here.guardian("Brannoch")
    gun = here.in_vault(9)
    was = here.truth(gun).locked
    here.tile(gun).focus()
    here.page.keyboard.press("l")
    here.done()
    assert here.truth(gun).locked is not was
    here.page.keyboard.press("e")
    here.done()
    assert here.truth(gun).equipped
    assert here.where(gun) == brannoch
    expect(here.cell(brannoch).locator(f".tile[data-id='{gun}']")).to_be_focused()
    here.page.keyboard.press("Control+a")
    worn_and_carried = here.cell(brannoch).locator(".tile").count()
    expect(here.page.get_by_role("toolbar", name=f"{worn_and_carried} items selected")).to_be_visible()
    here.page.keyboard.press("Escape")
    expect(here.page.get_by_role("toolbar", name=re.compile("selected"))).to_have_count(0)


def test_a_menu_by_keyboard_gives_focus_back(mover: Callable[..., Mover]) -> None:
    here = mover()
    gun = here.in_vault(6)
    here.tile(gun).focus()
    here.page.keyboard.press("Shift+F10")
    expect(here.page.get_by_role("menuitem").first).to_be_focused()
    here.page.keyboard.press("End")
    here.page.keyboard.press("ArrowUp")
    expect(here.page.get_by_role("menuitem", name="Select")).to_be_focused()
    here.page.keyboard.press("Escape")
    expect(here.tile(gun)).to_be_focused()


# -- in the sheet -----------------------------------------------------------------------------------------------------------


def test_part_of_a_stack(mover: Callable[..., Mover]) -> None:
    here = mover()
    pile = next(
        each
        for each in here.items(store="account")
        if each.get("quantity", 1) > 9 and not each.get("stuck") and each["id"].startswith("s-")
    )

    def held() -> int:
        items = here.home.bungie.account().items
        return sum(each.quantity for each in items if each.hash == pile["hash"] and each.bucket == VAULT)

    before = held()
    here.page.goto(f"{here.home.url}/vault/items/{pile['id']}")
    sheet = here.page.get_by_role("complementary")
    sheet.get_by_label("How many", exact=True).fill("7")
    expect(sheet.get_by_role("slider")).to_have_value("7")
    assert not serious_findings(here.page)
    sheet.get_by_role("button", name="Vault").click()
    here.done()
    assert held() == before + 7


def test_what_the_sheet_cannot_do_says_why(mover: Callable[..., Mover]) -> None:
    here = mover()
    tied = next(each for each in here.items(stuck="not-transferrable", place="inventory") if each["store"].isdigit())
    here.page.goto(f"{here.home.url}/vault/items/{tied['id']}")
    foot = here.page.get_by_role("region", name="Move, equip and lock")
    expect(foot.get_by_role("button", name="Vault")).to_be_disabled()
    expect(foot).to_contain_text("the game ties it to its guardian")
    assert not serious_findings(here.page)


def test_a_refusal_takes_the_tile_back_and_the_tray_tells(mover: Callable[..., Mover]) -> None:
    here = mover()
    gun = here.in_vault(30)
    here.home.bungie.fault("error", count=None, match={"path": "TransferItem"}, code=1660)
    here.tile(gun).focus()
    here.page.keyboard.press("2")
    transfer = here.done()
    assert transfer["state"] == "failed"
    assert here.where(gun) == "vault"
    expect(here.cell("vault").locator(f".tile[data-id='{gun}']:not(.moving)")).to_be_visible()
    expect(here.page.get_by_text(transfer["refusals"][0]["sentence"]).first).to_be_attached()


# -- by thumb ---------------------------------------------------------------------------------------------------------------


class Finger:
    """Touches as a phone sends them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)

    def rest_on(self, target: Locator) -> tuple[float, float]:
        x, y = _middle(target)
        self._send("touchStart", x, y)
        self.page.wait_for_timeout(REST)
        return x, y

    def slide(self, start: tuple[float, float], target: Locator, steps: int = 8) -> None:
        box = target.bounding_box()
        assert box is not None
        end = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        for step in range(1, steps + 1):
            x, y = (a + (b - a) * step / steps for a, b in zip(start, end, strict=True))
            self._send("touchMove", x, y)

    def lift(self) -> None:
        self.session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def _send(self, kind: str, x: float, y: float) -> None:
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})


THUMB = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


def test_on_a_phone_resting_selects_and_the_bar_moves(mover: Callable[..., Mover]) -> None:
    here = mover(**THUMB)
    ilse = here.guardian("Ilse Varr")
    first, second = here.in_vault(3), here.in_vault(4)
    finger = Finger(here.page)
    finger.rest_on(here.tile(first))
    finger.lift()
    here.tile(second).tap()
    bar = here.page.get_by_role("toolbar", name="2 items selected")
    expect(bar).to_be_visible()
    assert not serious_findings(here.page)
    assert sideways(here.page) <= 0
    bar.get_by_role("button", name="Move to").tap()
    here.page.get_by_role("menuitem", name=re.compile("Hunter")).tap()
    here.done()
    assert [here.where(first), here.where(second)] == [ilse, ilse]


def test_on_a_phone_a_tile_is_dragged_to_the_switch(mover: Callable[..., Mover]) -> None:
    here = mover(**THUMB)
    odalys = here.guardian("Odalys")
    gun = here.in_vault(5)
    finger = Finger(here.page)
    start = finger.rest_on(here.tile(gun))
    finger.slide(start, here.page.locator(f".gswitch [data-store='{odalys}']"))
    expect(here.page.locator(".drop-l")).to_have_text("1 in, 1 other to the vault")
    finger.lift()
    here.done()
    assert here.where(gun) == odalys


def test_on_a_phone_the_sheet_moves_and_equips(mover: Callable[..., Mover]) -> None:
    here = mover(**THUMB)
    gun = here.in_vault(8)
    here.tile(gun).tap()
    foot = here.page.get_by_role("region", name="Move, equip and lock")
    foot.get_by_role("button", name="Equip on Titan").tap()
    here.done()
    assert here.truth(gun).equipped
    assert here.where(gun) == here.guardian("Brannoch")
