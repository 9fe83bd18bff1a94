"""On each page, in both themes and on small screens: axe finds nothing serious, nothing overflows, thumbs find their targets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.house import NARROW, PHONE, House, see_all_rows, see_vault, serious_findings, sideways

pytestmark = pytest.mark.browser

PAGES = (
    "/vault",
    "/vault/items/{item}",
    "/search",
    "/organizer",
    "/characters",
    "/xur",
    "/journal",
    "/ledgers",
    "/ledgers/1",
    "/notifications",
    "/system",
    "/updateManifest",
    "/settings",
    "/wishes",
)
PUBLIC = ("/", "/nowhere", "/xur")
SMALL = """() => {
  // A button may cover the whole card that it stands in.
  const covers = ({ position, inset }) => position === 'absolute' && inset === '0px';
  const reach = (each) => (covers(getComputedStyle(each, '::before')) ? each.offsetParent : each);
  return [...document.querySelectorAll('button, select, .tabbar a, input:not([type=checkbox]):not([type=hidden])')]
  .filter((each) => each.checkVisibility() && !each.closest('.visually-hidden'))
  .map((each) => [each, reach(each).getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
  .map(([each, box]) => `${each.ariaLabel ?? each.textContent.trim().slice(0, 30)} ${box.width}x${box.height}`);
}"""


def go(page: Page, home: House, path: str, item: str) -> None:
    page.goto(home.url + path.format(item=item))
    if path.startswith(("/vault", "/characters")):
        expect(page.locator(".tile").first).to_be_visible()
    else:
        expect(page.get_by_role("heading").first).to_be_attached()
    if "{item}" in path:
        expect(page.get_by_role("heading", name="Moving")).to_be_visible()
    page.wait_for_timeout(300)  # what fades in has its final colours


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing_serious(vault: Callable[..., Page], home: House, theme: str) -> None:
    page = vault(color_scheme=theme, expected=("404",))
    item = page.locator(".vcell.v .tile").first.get_attribute("data-id") or ""
    found = {}
    for path in (*PAGES, "/nowhere"):
        go(page, home, path, item)
        found[path] = serious_findings(page)
    page.goto(f"{home.url}/vault")
    see_vault(page)
    for name, open_it in OPENED.items():
        open_it(page)
        found[name] = serious_findings(page)
        page.keyboard.press("Escape")
    assert not {path: what for path, what in found.items() if what}


def _by_key(key: str, what: str) -> Callable[[Page], None]:
    """What a key opens is fetched when it is asked for the first time."""

    def open_it(page: Page) -> None:
        page.keyboard.press(key)
        expect(page.locator(what)).to_be_visible()

    return open_it


OPENED: dict[str, Callable[[Page], None]] = {
    "keys": _by_key("?", "dialog.keys"),
    "moves": _by_key("m", ".tray"),
    "account menu": lambda page: page.get_by_role("button", name="Account").click(),
    "freshness": lambda page: page.locator(".fresh").click(),
    "sort": lambda page: page.get_by_role("button", name="Sort:").click(),
    "search": lambda page: page.get_by_role("combobox").fill("bow"),
}


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing_serious_before_signing_in(visit: Callable[..., Page], home: House, theme: str) -> None:
    page = visit(("404",), color_scheme=theme)
    for path in PUBLIC:
        page.goto(home.url + path)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        assert serious_findings(page) == []


@pytest.mark.parametrize("screen", [PHONE, NARROW], ids=["390", "320"])
def test_small_screens(vault: Callable[..., Page], home: House, screen: dict[str, int]) -> None:
    page = vault(viewport=screen, is_mobile=True, has_touch=True, expected=("404",))
    item = page.locator(".vcell.v .tile").first.get_attribute("data-id") or ""
    wrong = {}
    for path in (*PAGES, *PUBLIC):
        go(page, home, path, item)
        wide, small = sideways(page), page.evaluate(SMALL)
        if wide > 0 or small:
            wrong[path] = (wide, small[:6])
    assert not wrong
    page.goto(f"{home.url}/vault")
    see_vault(page)
    assert serious_findings(page) == []


def test_a_phone_shows_one_store_at_a_time(vault: Callable[..., Page]) -> None:
    page = vault(viewport=PHONE, is_mobile=True, has_touch=True)
    see_all_rows(page)
    switch = page.get_by_role("group", name="Guardians and vault")
    expect(switch.get_by_role("button")).to_have_count(4)
    expect(page.locator(".vcell.cur").first).to_be_visible()
    switch.get_by_role("button").last.click()
    expect(page.locator(".vcell.cur")).to_have_count(0)
    switch.get_by_role("button").first.click()
    first = page.get_by_role("button", name="Show all").first
    first.click()
    expect(page.get_by_role("button", name="Show fewer")).to_have_count(1)
    page.get_by_role("button", name="More").click()
    expect(page.get_by_role("navigation", name="More").get_by_role("link", name="Settings")).to_be_visible()


def test_an_open_sheet_on_a_phone_is_the_whole_screen(vault: Callable[..., Page]) -> None:
    page = vault(viewport=PHONE, is_mobile=True, has_touch=True)
    page.locator(".tile").first.click()
    expect(page.get_by_role("complementary")).to_be_visible()
    expect(page.locator(".app")).to_have_attribute("inert", "")
    page.get_by_role("button", name="Close (Esc)").click()
    expect(page.locator(".app")).not_to_have_attribute("inert", "")


def test_nothing_moves_for_who_does_not_want_it(vault: Callable[..., Page]) -> None:
    page = vault(reduced_motion="reduce")
    move = page.evaluate("() => getComputedStyle(document.documentElement).getPropertyValue('--vr-move').trim()")
    assert move in ("0s", "0ms")


def test_forced_colours_keep_the_frames(vault: Callable[..., Page]) -> None:
    page = vault(forced_colors="active")
    border = page.locator(".panel, .chip, .tile .s").first.evaluate("each => getComputedStyle(each).borderTopStyle")
    assert border == "solid"


def test_the_page_does_not_jump_while_it_loads(vault: Callable[..., Page], home: House) -> None:
    page = vault()
    page.add_init_script(
        """window.shifted = 0;
        new PerformanceObserver((list) => { for (const each of list.getEntries()) window.shifted += each.value; })
          .observe({ type: 'layout-shift', buffered: true });"""
    )
    page.goto(f"{home.url}/vault")
    see_vault(page)
    see_all_rows(page)
    assert page.evaluate("() => window.shifted") < 0.02
