"""Takes a picture of each page and state, on a desktop and a phone, dark and light: ``python -m tests.journeys.screenshots``.

They go to ``build/screenshots`` as ``<page>-<screen>-<theme>.png``. With names as arguments only those are taken.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.journeys import pictured
from tests.journeys.dated import dated_house
from tests.journeys.house import (
    DESKTOP,
    NARROW,
    PATIENCE,
    PHONE,
    REPOSITORY,
    House,
    house,
    lacking,
    launch,
    name_guardians,
    see_all_rows,
    see_vault,
    sign_in,
)
from tests.journeys.lived import lived_house
from tests.journeys.remembered import remembered_house

TARGET = REPOSITORY / "build" / "screenshots"
SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": DESKTOP},
    "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True},
}
NARROWEST: dict[str, dict[str, Any]] = {"narrow": {"viewport": NARROW, "is_mobile": True, "has_touch": True}}
THEMES = ("dark", "light")
SETTLED = 400
"""Milliseconds until pictures are decoded and what fades is there."""


@dataclass(frozen=True)
class Shot:
    """``path`` is where it begins; ``act`` what is done then. ``whole``: the whole page, not only what the window shows.
    ``narrow``: on the narrowest phone, too."""

    name: str
    path: str = "/vault"
    act: Callable[[Page, House], None] = lambda page, home: None
    person: str | None = "Marrow"
    whole: bool = False
    only: str = ""
    narrow: bool = False


def _scroll(page: Page, home: House) -> None:
    see_all_rows(page)
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")


def _open_item(page: Page, home: House) -> None:
    page.get_by_role("combobox").fill("sable verdict")
    page.keyboard.press("Enter")
    expect(page.locator(".tile.dim").first).to_be_attached()
    page.locator(".vcell.v .tile:not(.dim)").first.click()
    expect(page.get_by_role("heading", name="Moving")).to_be_visible()


def _search(text: str) -> Callable[[Page, House], None]:
    def act(page: Page, home: House) -> None:
        page.get_by_role("combobox").click()
        page.keyboard.type(text)
        expect(page.locator(".ac-i, .ac-p").first).to_be_visible()

    return act


def _act(*names: str) -> Callable[[Page, House], None]:
    """On all that is found, by these entries of one menu after the other."""

    def act(page: Page, home: House) -> None:
        _search("is:handcannon")(page, home)
        page.get_by_role("button", name="Actions on").click()
        for name in names:
            page.get_by_role("menuitem", name=name, exact=True).click()

    return act


def _select(page: Page, home: House) -> None:
    _act()(page, home)
    page.get_by_role("menuitem", name="Select all").click()
    expect(page.get_by_role("toolbar")).to_be_visible()


def _wished(page: Page, home: House) -> None:
    """About to add a list."""
    page.get_by_role("button", name="Add a list").click()
    expect(page.locator(".wpage form")).to_be_visible()


def _tag(page: Page, home: House) -> None:
    page.locator(".vcell.v .tile").nth(3).focus()
    expect(page.locator("#moving-told")).to_be_attached()
    page.keyboard.press("Shift+Digit2")
    expect(page.locator(".deed")).to_be_visible()


def _organized(kind: str = "Armour", act: Callable[[Page], None] = lambda page: None) -> Callable[[Page, House], None]:
    def choose(page: Page, home: House) -> None:
        page.get_by_role("group", name="Kind").get_by_role("button", name=kind).click()
        expect(page.locator(".orow .adv").first).to_be_visible()
        act(page)

    return choose


def _compared(page: Page) -> None:
    for row in (0, 2, 3):
        page.locator(".orow .c-chk").nth(row).click()
    bar = page.get_by_role("toolbar")
    expect(bar).to_be_visible()
    more = bar.get_by_role("button", name="More to do with them")
    if more.is_visible():
        # On a phone the bar has no room for it.
        more.click()
        page.get_by_role("menuitem", name="Compare").click()
    else:
        bar.get_by_role("button", name="Compare").click()
    expect(page.locator(".cmp td.best").first).to_be_visible()


def _columns(page: Page) -> None:
    page.get_by_role("button", name="Columns").click()


def _down(page: Page, home: House) -> None:
    home.bungie.fault("system_disabled", count=None)
    page.keyboard.press("r")
    expect(page.locator(".band")).to_be_visible(timeout=PATIENCE * 1000)


def _offline(page: Page, home: House) -> None:
    see_all_rows(page)
    page.wait_for_timeout(SETTLED * 4)
    page.context.set_offline(True)
    expect(page.locator(".band")).to_be_visible()


def _loading(page: Page, home: House) -> None:
    page.route("**/api/v1/profile", lambda route: None)
    page.reload()
    expect(page.locator(".sk-say")).to_be_visible()


def _transfers(names: str) -> Callable[[Page, House], None]:
    """The tray with transfers as the API tells them: what lasts a moment keeps still for its picture."""

    def act(page: Page, home: House) -> None:
        profile = page.evaluate("async () => await (await fetch('/api/v1/profile')).json()")
        told = [pictured.transfers(profile)[name] for name in names.split()]
        page.route("**/api/v1/transfers/changes", lambda route: route.fulfill(status=503))
        page.route("**/api/v1/transfers?*", lambda route: route.fulfill(json={"transfers": told}))
        page.reload()
        see_vault(page)
        expect(page.locator(".pill")).to_be_visible()
        page.locator(".pill").click()
        expect(page.locator(".tray .move")).to_have_count(len(told))

    return act


def _moved(page: Page, home: House) -> None:
    profile = page.evaluate("async () => await (await fetch('/api/v1/profile')).json()")
    page.route("**/api/v1/writes?*", lambda route: route.fulfill(json={"writes": pictured.writes(profile)}))
    page.reload()
    expect(page.locator(".jday").first).to_be_visible()


def _told(page: Page, home: House) -> None:
    """Told for good: the same message is no news the next time."""
    services = home.parts.services
    for user in services.accounts.users.all():
        for message in pictured.MESSAGES:
            services.notifications.tell(user.id, message)
    page.reload()
    expect(page.get_by_role("heading", name=pictured.MESSAGES[-1].title)).to_be_visible()


def _entered(page: Page, home: House) -> None:
    """A ledger of one's own through the year before this one."""
    services, now = home.parts.services, home.parts.services.clock.now()
    user = next(each for each in services.accounts.users.all() if each.name.startswith("Marrow"))
    clears = services.ledgers.open(user, f"Raid clears {now:%H:%M:%S.%f}", "clears")
    begin = now.replace(year=now.year - 1, month=1, day=1)
    for week in range(48):
        amount, note = (-6, "Given away") if week % 9 == 8 else (week % 5 + 1, "Nightfall" if week % 2 else "")
        services.ledgers.add(user, clears.number, begin + timedelta(weeks=week), amount, note)
    page.goto(f"{home.url}/ledgers/{clears.number}?year={begin.year}")
    expect(page.get_by_role("img", name=f"{begin.year}: the balance went")).to_be_visible()


def _channel(page: Page, home: House) -> None:
    page.get_by_role("button", name="Add a channel").click()
    page.locator(".nkind", has_text="E-mail").click()
    expect(page.get_by_label("Your address")).to_be_visible()


def _inputs(page: Page, home: House) -> None:
    """With a name and levels, of which one is passed in the course of its wave."""
    change = {"name": "Battery", "level": {"above": 4.2, "below": 1.5, "hysteresis": 0.2, "on": True}}
    page.evaluate(
        """async (change) => {
          const { csrf_token } = await (await fetch('/api/v1/session')).json();
          const headers = { 'X-CSRFToken': csrf_token, 'Content-Type': 'application/json' };
          await fetch('/api/v1/board/inputs/1', { method: 'PUT', headers, body: JSON.stringify(change) });
        }""",
        change,
    )
    expect(page.get_by_role("heading", name="Battery")).to_be_visible()


def _input(page: Page, home: House) -> None:
    _inputs(page, home)
    page.get_by_role("button", name="Name and levels of Battery").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _runs(page: Page, home: House) -> None:
    page.get_by_role("button", name="Make a backup", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _past(page: Page, home: House) -> None:
    expect(page.locator(".past-band a, .past-rows a, .life > li").first).to_be_visible()


def _crash(page: Page, home: House) -> None:
    page.route("**/api/v1/profile", lambda route: route.fulfill(json={"characters": [{}], "items": [{}]}))
    page.reload()
    expect(page.get_by_role("heading", name="This page broke.")).to_be_visible()


SHOTS = (
    Shot("landing", "/", person=None),
    Shot("not-found", "/nowhere", person=None),
    Shot("vault"),
    Shot("vault-end", act=_scroll),
    Shot("vault-search", act=_search("is:handcannon perk:lo"), narrow=True),
    Shot("vault-search-flaw", act=_search('is:handcanon perk:"ember magazine"'), narrow=True),
    Shot("vault-actions", act=_act(), narrow=True),
    Shot("vault-actions-tag", act=_act("Tag…"), narrow=True),
    Shot("vault-actions-note", act=_act("Add a hashtag…"), narrow=True),
    Shot("vault-selected", act=_select, narrow=True),
    Shot("vault-tagged", act=_tag),
    Shot("search", "/search", whole=True, narrow=True),
    Shot("wishes", "/wishes", act=_wished, whole=True, narrow=True),
    Shot("vault-no-match", act=lambda page, home: page.get_by_role("combobox").fill("hand cannon zebra")),
    Shot("item", act=_open_item, narrow=True),
    Shot("organizer", "/organizer", act=_organized()),
    Shot("organizer-weapons", "/organizer", act=_organized("Weapons")),
    Shot("organizer-columns", "/organizer", act=_organized(act=_columns)),
    Shot("compare", "/organizer", act=_organized(act=_compared)),
    Shot("tray", act=_transfers("running partly done")),
    Shot("tray-long", act=_transfers("big waiting checking pending")),
    Shot("tray-ends", act=_transfers("pending contradicted failed cancelled expired done")),
    Shot("journal", "/journal", act=_moved),
    Shot("journal-empty", "/journal", person="Hoarder"),
    Shot("ledgers", "/ledgers", act=_entered, whole=True),
    Shot("guardian", "/characters", whole=True),
    Shot("settings", "/settings", whole=True),
    Shot("messages", "/notifications", act=_told, whole=True),
    Shot("messages-empty", "/notifications", person="Newcomer"),
    Shot("channel-new", "/settings#notifications", act=_channel),
    Shot("system", "/system", whole=True),
    Shot("runs", "/system", act=_runs),
    Shot("board", "/board", act=_inputs, whole=True),
    Shot("board-input", "/board", act=_input),
    Shot("update-manifest", "/updateManifest"),
    Shot("keys", act=lambda page, home: page.keyboard.press("?"), only="desktop"),
    Shot("account-menu", act=lambda page, home: page.get_by_role("button", name="Account").click(), only="desktop"),
    Shot("freshness", act=lambda page, home: page.locator(".fresh").click()),
    Shot("more", act=lambda page, home: page.get_by_role("button", name="More").click(), only="phone"),
    Shot("vault-full", person="Hoarder"),
    Shot("no-guardians", person="Newcomer"),
    Shot("private", person="Private"),
    Shot("loading", act=_loading),
    Shot("broke", act=_crash),
    Shot("offline", act=_offline),
    Shot("bungie-down", act=_down),
)


XUR = (
    ("2026-11-21T12:00:00+00:00", Shot("xur", "/xur")),
    ("2026-11-21T12:00:00+00:00", Shot("xur-visitor", "/xur", person=None)),
    ("2026-11-21T12:00:00+00:00", Shot("xur-ware", "/xur", act=lambda page, home: page.locator("button.ware-b").nth(9).click())),
    ("2026-11-25T12:00:00+00:00", Shot("xur-away", "/xur")),
)
"""Each at its moment, in a house of its own: time goes only forward."""


def _charts(page: Page, home: House) -> None:
    for chart in ("power", "fill", "items", "drops", "moved"):
        expect(page.locator(f"#chart-{chart} .cc-f")).to_contain_text("As of")
    expect(page.locator(".ev").first).to_be_visible()
    expect(page.locator(".diff")).to_contain_text("found")


def _read(page: Page, home: House) -> None:
    _charts(page, home)
    page.get_by_role("button", name="Show Vault use as a table").click()
    page.get_by_role("slider", name="Power: read the values").focus()
    for key in ("Home", *["PageDown"] * 2, *["ArrowRight"] * 40):
        page.keyboard.press(key)


def _broken(page: Page, home: House) -> None:
    """One chart never came, one could not be refreshed, one is being refreshed, and one has nothing to draw."""
    failed = {"code": "slow", "detail": "The server took too long.", "reference": "7c1f-20e4"}
    page.route("**/api/v1/charts/power?*", lambda route: route.fulfill(status=503, json=failed))
    page.reload()
    expect(page.get_by_role("heading", name="This chart could not load")).to_be_visible()
    page.route("**/api/v1/charts/fill?*", lambda route: route.fulfill(status=503, json=failed))
    page.get_by_role("button", name="Refresh Vault use only").click()
    expect(page.locator("#chart-fill .cc-f")).to_contain_text("Not refreshed")
    page.route("**/api/v1/charts/items?*", lambda route: None)
    page.get_by_role("button", name="Refresh Items per week only").click()
    expect(page.locator("#chart-items .cc-f")).to_contain_text("Refreshing")


TIMELINE = (
    Shot("timeline", "/timeline", act=_charts),
    Shot("timeline-whole", "/timeline?group=gone&range=7d", act=_charts, whole=True),
    Shot("timeline-read", "/timeline", act=_read, only="desktop"),
    Shot("timeline-year", "/timeline?range=365d", act=_charts),
    Shot("timeline-broken", "/timeline", act=_broken),
    Shot("timeline-first", "/timeline", person="Hoarder"),
)
"""In a house that has lived for three months."""


PAST = {
    "past": "/vault?at=2026-11-18T18:00:00Z",
    "past-item": "/vault/items/{hero}?at=2026-11-18T18:00:00Z",
    "past-guardian": "/characters?at=2026-11-18T18:00:00Z",
    "life-line": "/vault/items/{hero}#life",
    "lost": "/timeline/lost",
    "lost-item": "/timeline/items/{lost}",
    "difference": "/timeline/difference?from=2026-11-14T20:30Z",
}
"""Looking back; where each picture is taken."""


def main(wanted: list[str]) -> int:
    reason = lacking()
    if reason:
        sys.stderr.write(f"No screenshots: {reason}.\n")
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    shots = [shot for shot in SHOTS if not wanted or shot.name in wanted]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        with house(Path(folder) / "data") as home:
            name_guardians(browser, home)
            for shot in shots:
                _take(browser, home, shot)
        _take_xur(browser, Path(folder) / "xur", [each for each in XUR if not wanted or each[1].name in wanted])
        _take_timeline(browser, Path(folder) / "lived", [shot for shot in TIMELINE if not wanted or shot.name in wanted])
        _take_past(browser, Path(folder) / "remembered", wanted)
        if not wanted or "definitions" in wanted:
            _definitions(browser, Path(folder) / "fresh")
        browser.close()
    sys.stdout.write(f"{len(list(TARGET.glob('*.png')))} pictures in {TARGET}\n")
    return 0


def _take_xur(browser: Browser, folder: Path, shots: list[tuple[str, Shot]]) -> None:
    if not shots:
        return
    with dated_house(folder, "2026-11-14T12:00:00+00:00") as home:
        home.look_at_xur()
        home.clock.set(shots[0][0])
        name_guardians(browser, home)
        for moment, shot in shots:
            home.be(moment)
            _take(browser, home, shot)


def _take_timeline(browser: Browser, folder: Path, shots: list[Shot]) -> None:
    if not shots:
        return
    with lived_house(folder, browser) as home:
        for shot in shots:
            _take(browser, home, shot)


def _take_past(browser: Browser, folder: Path, wanted: list[str]) -> None:
    if wanted and not set(wanted) & set(PAST):
        return
    with remembered_house(folder, browser) as lived:
        week = lived.week
        for name, path in PAST.items():
            if not wanted or name in wanted:
                _take(browser, lived.home, Shot(name, path.format(hero=week.hero["id"], lost=week.lost["id"]), act=_past))


def _take(browser: Browser, home: House, shot: Shot) -> None:
    for screen, options in {**SCREENS, **(NARROWEST if shot.narrow else {})}.items():
        if shot.only not in ("", screen):
            continue
        for theme in THEMES:
            home.calm()
            context = home.visitor(browser, shot.person, **options, color_scheme=theme, locale="en-GB")
            page = context.new_page()
            page.goto(home.url + shot.path)
            if shot.person in ("Marrow", "Hoarder") and shot.path.startswith(("/vault", "/characters")):
                expect(page.locator(".tile").first).to_be_visible()
            shot.act(page, home)
            if shot.whole:
                # Rather a window of that height than a "full page": what lies below is drawn, and what sticks stays in its place.
                height = page.evaluate("() => document.documentElement.scrollHeight")
                page.set_viewport_size({"width": options["viewport"]["width"], "height": height})
            page.wait_for_timeout(SETTLED)
            page.screenshot(path=TARGET / f"{shot.name}-{screen}-{theme}.png")
            page.unroute_all(behavior="ignoreErrors")
            context.close()
            home.calm()


def _definitions(browser: Browser, folder: Path) -> None:
    with house(folder, definitions=False) as home:
        for screen, options in SCREENS.items():
            context = browser.new_context(**options, color_scheme="dark")
            page = context.new_page()
            sign_in(page, home.url)
            expect(page.get_by_role("progressbar")).to_be_visible()
            page.screenshot(path=TARGET / f"definitions-{screen}-dark.png")
            context.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
