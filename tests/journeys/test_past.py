"""Looking back: the vault as it was, what became of an item, what was lost, what two moments differ in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.journeys.house import NARROW, PHONE, House, serious_findings, sideways
from tests.journeys.remembered import BEGIN, FOUND, LOCKED, LOST, MOVED, RAISED, Remembered, Week, remembered_house
from tests.journeys.test_for_everybody import SMALL

pytestmark = pytest.mark.browser

ON_BRANNOCH = "2026-11-18T18:00:00Z"
"""Half an hour before the hero was moved to the vault."""
UNAVAILABLE = ("503",)


@pytest.fixture(scope="module")
def remembered(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remembered]:
    with remembered_house(tmp_path_factory.mktemp("past") / "data", browser) as running:
        yield running


@pytest.fixture(scope="module")
def running_house(remembered: Remembered) -> House:
    return remembered.home


@pytest.fixture
def week(remembered: Remembered) -> Week:
    return remembered.week


@pytest.fixture
def look(visit: Callable[..., Page], home: House) -> Callable[..., Page]:
    """Opens a page as Marrow, whose clock is on UTC."""

    def open_page(path: str, expected: tuple[str, ...] = (), **options: object) -> Page:
        page = visit(expected, "Marrow", timezone_id="UTC", **options)
        page.goto(home.url + path)
        return page

    return open_page


def stamp(moment: str) -> str:
    """As it stands in an address."""
    return moment.replace("+00:00", "Z")


def band(page: Page) -> Locator:
    return page.get_by_role("region", name="You are looking at")


def tile(page: Page, item: str, store: str = "") -> Locator:
    """The item's tile, wherever it lies or in that store."""
    within = f'.vcell[data-store="{store}"] ' if store else ""
    return page.locator(f'{within}.tile[data-id="{item}"]')


def asked_to_write(page: Page) -> list[str]:
    """Fills with what the page asks the server to change, from now on. What it reads by itself is none of that."""
    asked: list[str] = []
    page.on(
        "request",
        lambda request: asked.append(request.url) if request.method != "GET" and "/profile/refresh" not in request.url else None,
    )
    return asked


def test_travel_to_last_week_and_back(look: Callable[..., Page], home: House, week: Week) -> None:
    page = look("/vault")
    hero = week.hero["id"]
    expect(tile(page, hero, "vault")).to_be_visible()
    page.get_by_role("button", name="Look back in time").click()
    expect(band(page)).to_contain_text("today")
    field = band(page).get_by_label("Day and time")
    field.fill("2026-11-18T18:00")
    field.press("Enter")
    expect(page).to_have_url(f"{home.url}/vault?at=2026-11-18T18:00Z")
    expect(band(page)).to_contain_text("18 Nov 18:00")
    expect(tile(page, hero, week.hero["store"])).to_be_visible()
    expect(tile(page, week.lost["id"], "vault")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^The past: 18 Nov 18:00"))).to_be_visible()

    page.get_by_role("combobox").fill(week.lost["name"])
    expect(page.locator(".hits")).to_contain_text(re.compile(r"of [\d,]+"))
    expect(tile(page, week.lost["id"], "vault")).not_to_have_class(re.compile(r"\bdim\b"))
    page.get_by_role("combobox").fill("is:bow")
    expect(page.get_by_text("In the past only words are found.")).to_be_visible()
    page.get_by_role("combobox").fill("")
    page.keyboard.press("Escape")

    tile(page, hero).click()
    sheet = page.get_by_role("complementary")
    expect(sheet.get_by_text("As it was 18 Nov 18:00")).to_be_visible()
    expect(sheet.locator(".chip", has_text="On Brannoch")).to_be_visible()
    expect(sheet.get_by_text("Move to")).to_have_count(0)
    expect(sheet.get_by_role("heading", name="Stats")).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)

    band(page).get_by_role("button", name="Back to now").click()
    expect(page).to_have_url(f"{home.url}/vault")
    expect(band(page)).to_have_count(0)
    expect(tile(page, hero, "vault")).to_be_visible()
    expect(tile(page, week.lost["id"])).to_have_count(0)


def test_nothing_moves_in_the_past(look: Callable[..., Page], week: Week) -> None:
    page = look(f"/vault?at={ON_BRANNOCH}")
    hero = tile(page, week.hero["id"], week.hero["store"])
    asked = asked_to_write(page)
    hero.click(button="right")
    hero.click(modifiers=["Control"])
    expect(page.get_by_role("complementary")).to_be_visible()  # it opens, as there is nothing to select for
    page.keyboard.press("Escape")
    hero.focus()
    for key in ("Space", "v", "4", "l", "e", "p", "1", "Shift+ArrowRight"):
        page.keyboard.press(key)
    target = page.locator('.vcell.v[data-store="vault"]').first
    hero.drag_to(target)
    expect(page.get_by_role("toolbar")).to_have_count(0)
    expect(page.get_by_role("menu", name=re.compile("Move|" + re.escape(week.hero["name"])))).to_have_count(0)
    expect(page.locator(".tile.sel, .tile[data-lifted], .tile.moving")).to_have_count(0)
    expect(page.locator(".vault [aria-haspopup=menu]:not(.choice button)")).to_have_count(0)
    assert asked == []


def test_what_moves_is_back_when_it_is_now(look: Callable[..., Page], week: Week) -> None:
    page = look(f"/vault?at={ON_BRANNOCH}")
    expect(tile(page, week.hero["id"], week.hero["store"])).to_be_visible()
    page.keyboard.press("0")
    now = tile(page, week.hero["id"], "vault")
    now.click(modifiers=["Control"])
    expect(page.get_by_role("toolbar")).to_be_visible()


def test_steps_from_event_to_event(look: Callable[..., Page], home: House, week: Week) -> None:
    page = look(f"/vault?at={ON_BRANNOCH}")
    hero, name = week.hero["id"], week.hero["name"]
    expect(band(page)).to_contain_text("So it was from 16 Nov 21:10 to 18 Nov 18:30.")
    expect(band(page).get_by_role("link", name=re.compile(re.escape(name)))).to_be_visible()
    page.keyboard.press(".")
    expect(page).to_have_url(f"{home.url}/vault?at={stamp(MOVED)}")
    expect(band(page)).to_contain_text(f"{name} moved to the vault from Brannoch")
    expect(tile(page, hero, "vault")).to_be_visible()
    band(page).get_by_role("button", name="Event before").click()
    expect(page).to_have_url(f"{home.url}/vault?at={stamp(RAISED)}")
    expect(tile(page, hero, week.hero["store"])).to_be_visible()
    page.keyboard.press(",")
    expect(page).to_have_url(f"{home.url}/vault?at={stamp(FOUND)}")
    page.keyboard.press(",")
    expect(page).to_have_url(re.compile(re.escape(f"{home.url}/vault?at={BEGIN[:16]}")))
    expect(band(page).get_by_role("button", name="Event before. Nothing")).to_be_visible()
    page.goto(f"{home.url}/vault?at={stamp(LOCKED)}")
    expect(band(page).get_by_role("button", name="Event after. Nothing")).to_be_visible()


def test_quick_steps_are_all_made(look: Callable[..., Page], home: House) -> None:
    page = look(f"/vault?at={ON_BRANNOCH}")
    expect(band(page)).to_contain_text("So it was from 16 Nov 21:10")
    for key in (",", ".", "."):
        page.keyboard.press(key)
    expect(page).to_have_url(f"{home.url}/vault?at={stamp(MOVED)}")


def test_the_open_sheet_goes_along_in_time(look: Callable[..., Page], home: House, week: Week) -> None:
    page = look(f"/vault?at={ON_BRANNOCH}")
    tile(page, week.hero["id"]).click()
    sheet = page.get_by_role("complementary")
    expect(sheet.locator(".chip", has_text="On Brannoch")).to_be_visible()
    page.keyboard.press(".")
    expect(sheet.locator(".chip", has_text="In the vault")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{home.url}/vault?at={stamp(MOVED)}")
    expect(sheet).to_have_count(0)


def test_a_guardian_as_it_was(look: Callable[..., Page], home: House, week: Week) -> None:
    page = look(f"/vault?at={ON_BRANNOCH}")
    page.locator(".ghead").filter(has_text="Brannoch").get_by_role("link").click()
    expect(page).to_have_url(f"{home.url}/characters/{week.hero['store']}?at={ON_BRANNOCH}")
    expect(tile(page, week.hero["id"])).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("nickname|Name this guardian"))).to_have_count(0)
    page.get_by_role("navigation", name="Guardians").get_by_role("link", name="Ilse Varr").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ilse Varr")
    expect(band(page)).to_be_visible()


def test_find_a_lost_item_and_its_last_place(look: Callable[..., Page], home: House, week: Week) -> None:
    page = look("/timeline/lost")
    name = week.lost["name"]
    page.get_by_role("searchbox", name="Search by name").fill(name)
    expect(page).to_have_url(re.compile("[?&]q="))
    row = page.get_by_role("region", name="What is gone").get_by_role("link", name=re.compile(re.escape(name)))
    expect(row).to_contain_text("Last in the vault")
    row.click()
    expect(page).to_have_url(f"{home.url}/timeline/items/{week.lost['id']}")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    facts = page.locator(".life-facts")
    expect(facts).to_contain_text("In the vault")
    expect(facts).to_contain_text("19 Nov 22:37")
    expect(page.get_by_text("Gone since 19 Nov 22:40")).to_be_visible()
    page.get_by_role("link", name="See it where it was").click()
    expect(band(page)).to_contain_text("19 Nov 22:37")
    expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_have_text(name)
    expect(tile(page, week.lost["id"], "vault")).to_have_class(re.compile(r"\bopen\b"))


def test_an_address_of_what_is_gone_leads_to_its_life(look: Callable[..., Page], week: Week) -> None:
    page = look(f"/vault/items/{week.lost['id']}", expected=("404",))
    page.get_by_role("link", name="Look for it in the past").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(week.lost["name"])


def test_nothing_with_that_name_is_gone(look: Callable[..., Page]) -> None:
    page = look("/timeline/lost?q=zebra")
    expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
    page.get_by_role("button", name="Clear the search").last.click()
    expect(page.get_by_text("1 item", exact=True)).to_be_visible()


def test_the_life_line_of_an_item(look: Callable[..., Page], home: House, week: Week) -> None:
    page = look("/vault")
    tile(page, week.hero["id"]).focus()
    page.keyboard.press("h")
    sheet = page.get_by_role("complementary")
    expect(sheet.get_by_role("tab", name=re.compile("Life line"))).to_have_attribute("aria-selected", "true")
    expect(sheet.get_by_role("img", name=re.compile(r"^Power from \d+ on 14 Nov to \d+ on 22 Nov, in 1 step$"))).to_be_visible()
    happened = sheet.locator(".life > li")
    expect(happened.nth(1)).to_contain_text("Moved to the vault")
    expect(happened.nth(1)).to_contain_text("From Brannoch. In game.")
    sheet.get_by_role("button", name="Moves 1").click()
    expect(happened).to_have_count(1)
    happened.first.get_by_role("link", name="See it then").click()
    expect(page).to_have_url(f"{home.url}/vault/items/{week.hero['id']}?at={stamp(MOVED)}")
    expect(sheet.get_by_text("As it was 18 Nov 18:30")).to_be_visible()
    page.keyboard.press("h")
    expect(sheet.locator(".life > li")).not_to_have_count(0)
    page.keyboard.press("h")
    expect(sheet.get_by_role("heading", name="Stats")).to_be_visible()


def test_the_tabs_by_keyboard(look: Callable[..., Page], week: Week) -> None:
    page = look(f"/vault/items/{week.hero['id']}")
    overview = page.get_by_role("tab", name="Overview")
    life = page.get_by_role("tab", name=re.compile("Life line"))
    overview.focus()
    page.keyboard.press("ArrowRight")
    expect(life).to_be_focused()
    expect(life).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tabpanel", name="Life line")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(overview).to_be_focused()
    expect(page.get_by_role("tabpanel", name="Overview")).to_be_visible()


def test_what_two_moments_differ_in(look: Callable[..., Page], home: House, week: Week) -> None:
    page = look("/timeline/difference?from=2026-11-14T20:30Z")
    found, gone, changed, moved = (
        page.get_by_role("region", name=name, exact=True) for name in ("Found", "Gone", "Changed", "Moved")
    )
    expect(found.get_by_role("link")).to_have_attribute("href", f"/vault/items/{week.found}")
    expect(gone.get_by_role("link")).to_contain_text("Last in the vault")
    expect(changed.get_by_role("link")).to_contain_text(re.compile(r"Power: \d+ to \d+"))
    expect(moved.get_by_role("link")).to_contain_text("Brannoch to the vault")
    page.get_by_role("group", name="Show").get_by_role("button", name="1 gone").click()
    expect(found).to_have_count(0)
    gone.get_by_role("link").click()
    expect(page).to_have_url(f"{home.url}/timeline/items/{week.lost['id']}")
    page.goto(f"{home.url}/timeline/difference?from={stamp(FOUND)}&to=2026-11-16T00:00Z")
    expect(page.get_by_role("heading", name="Nothing differs")).to_be_visible()


def test_all_of_it_works_while_bungie_is_down(look: Callable[..., Page], home: House, week: Week) -> None:
    home.bungie.fault("system_disabled", count=None)
    page = look(f"/vault?at={ON_BRANNOCH}", expected=UNAVAILABLE)
    expect(tile(page, week.hero["id"], week.hero["store"])).to_be_visible()
    expect(page.locator(".band")).to_have_count(1)
    page.goto(f"{home.url}/vault/items/{week.hero['id']}?at={ON_BRANNOCH}#life")
    expect(page.locator(".life > li").first).to_be_visible()
    page.goto(f"{home.url}/characters/{week.hero['store']}?at={ON_BRANNOCH}")
    expect(tile(page, week.hero["id"])).to_be_visible()
    page.goto(f"{home.url}/timeline/lost")
    expect(page.get_by_role("link", name=re.compile(re.escape(week.lost["name"])))).to_be_visible()
    page.goto(f"{home.url}/timeline/items/{week.lost['id']}")
    expect(page.locator(".life > li")).to_have_count(1)
    page.goto(f"{home.url}/timeline/difference?from=2026-11-14T20:30Z")
    expect(page.get_by_role("region", name="Gone", exact=True)).to_be_visible()


def test_before_the_memory_began_it_says_so(look: Callable[..., Page]) -> None:
    page = look("/vault?at=2026-11-01", expected=("404",))
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is remembered of that moment")
    expect(page.get_by_text(re.compile("The memory begins on 14 November 2026"))).to_be_visible()
    page.get_by_role("link", name="Go to the first: 14 Nov 20:00").click()
    expect(page.locator(".vault .tile").first).to_be_visible()
    expect(band(page)).to_contain_text("14 Nov 20:00")


@pytest.mark.parametrize(
    "at", ["2031-01-01", "yesterday", "%3Cscript%3Ealert(1)%3C/script%3E", "2026-13-45T99:99:99Z", "%00", "9" * 400]
)
def test_what_is_no_past_moment_breaks_nothing(look: Callable[..., Page], home: House, at: str) -> None:
    page = look(f"/vault?at={at}", expected=("400", "404"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is remembered of that moment")
    band(page).get_by_role("button", name="Back to now").click()
    expect(page.locator(".vault .tile").first).to_be_visible()
    expect(page).to_have_url(f"{home.url}/vault")


def test_a_moment_that_cannot_be_read_is_asked_for_again(look: Callable[..., Page], week: Week) -> None:
    page = look("/vault", expected=UNAVAILABLE)
    expect(page.locator(".vault .tile").first).to_be_visible()
    page.route("**/api/v1/profile?at=*", lambda route: route.fulfill(status=503, body="{}"))
    page.get_by_role("button", name="Look back in time").click()
    expect(page.get_by_role("heading", name="That moment could not be read")).to_be_visible()
    page.unroute("**/api/v1/profile?at=*")
    page.get_by_role("button", name="Try again").click()
    expect(tile(page, week.hero["id"], "vault")).to_be_visible()


def test_nobody_sees_the_life_of_anothers_item(visit: Callable[..., Page], home: House, week: Week) -> None:
    page = visit(("404",), "Hoarder")
    page.goto(f"{home.url}/timeline/items/{week.lost['id']}")
    expect(page.get_by_role("heading", name="Nothing is remembered of this item")).to_be_visible()


def test_who_signs_in_comes_back_to_that_moment(visit: Callable[..., Page], home: House) -> None:
    page = visit(timezone_id="UTC")
    page.goto(f"{home.url}/vault?at={ON_BRANNOCH}")
    page.get_by_role("button", name="Sign in with Bungie").click()
    page.get_by_text("Marrow").first.click()
    page.locator("button.go").click()
    expect(page).to_have_url(f"{home.url}/vault?at={ON_BRANNOCH}")
    expect(band(page)).to_contain_text("18 Nov 18:00")


def pages_of(week: Week) -> dict[str, str]:
    """Each page, and what stands on it once all is there."""
    return {
        f"/vault?at={ON_BRANNOCH}": ".past-band a",
        f"/vault/items/{week.hero['id']}?at={ON_BRANNOCH}": ".past-foot",
        f"/vault/items/{week.hero['id']}#life": ".life > li",
        f"/characters/{week.hero['store']}?at={ON_BRANNOCH}": ".past-band a",
        "/timeline/lost": ".past-rows a",
        f"/timeline/items/{week.lost['id']}": ".life > li",
        "/timeline/difference?from=2026-11-14T20:30Z": ".past-rows a",
        "/vault?at=2026-11-01": ".mid",
    }


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing_serious(look: Callable[..., Page], home: House, week: Week, theme: str) -> None:
    page = look("/system", expected=("404",), color_scheme=theme)
    found = {}
    for path, sign in pages_of(week).items():
        page.goto(home.url + path)
        expect(page.locator(sign).first).to_be_visible()
        found[path] = serious_findings(page)
    assert not {path: what for path, what in found.items() if what}


@pytest.mark.parametrize("screen", [PHONE, NARROW], ids=["phone", "narrow"])
def test_on_a_phone_nothing_overflows_and_thumbs_find_their_targets(
    look: Callable[..., Page], home: House, week: Week, screen: dict[str, int]
) -> None:
    page = look("/system", expected=("404",), viewport=screen, is_mobile=True, has_touch=True)
    found = {}
    for path, sign in pages_of(week).items():
        page.goto(home.url + path)
        expect(page.locator(sign).first).to_be_visible()
        found[path] = (sideways(page), page.evaluate(SMALL))
    assert found == dict.fromkeys(found, (0, []))


def test_lost_is_the_day_it_was_seen(look: Callable[..., Page]) -> None:
    page = look("/timeline/lost?range=7d")
    expect(page.get_by_role("heading", name="Thursday 19 November")).to_be_visible()
    assert LOST.startswith("2026-11-19")


def test_the_memory_goes_out_as_a_file_and_comes_in_again(look: Callable[..., Page], week: Week, tmp_path: Path) -> None:
    page = look("/settings#memory", ("400",))
    memory = page.get_by_role("region", name="Memory")
    expect(memory).to_contain_text("Remembered since 14 November 2026")
    with page.expect_download() as coming:
        memory.get_by_role("link", name="Export to a file").click()
    kept = tmp_path / coming.value.suggested_filename
    coming.value.save_as(kept)
    assert week.lost["name"] in kept.read_text(encoding="utf-8")
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(kept.read_bytes()[:-200])
    field = memory.get_by_label("An exported memory")
    for file, outcome in ((broken, "cannot be read"), (kept, "Imported: ")):
        field.set_input_files(file)
        expect(memory).to_contain_text(f"what is in {file.name} comes in its place")
        memory.get_by_role("button", name="Import it").click()
        expect(memory.get_by_role("status")).to_contain_text(outcome)
    assert serious_findings(page) == []
    page.goto(page.url.replace("/settings#memory", "/timeline/lost"))
    expect(page.get_by_role("main")).to_contain_text(week.lost["name"])
