"""The page with the origin's button: how the definitions stand, and looking for new ones, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.house import NARROW, PHONE, House, house, serious_findings, sideways
from tests.journeys.test_for_everybody import SMALL

from vaultraider.cli.demo import welcome_owner
from vaultraider.jobs._registry import find_jobs, perform

pytestmark = pytest.mark.browser

JOB = "update_manifest"


@pytest.fixture(scope="module")
def running_house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """It belongs to Marrow; Hoarder is a member. Work is done when a test says so."""
    with house(tmp_path_factory.mktemp("update") / "data") as running:
        welcome_owner(running.parts.services, running.bungie.simulator)
        yield running


@pytest.fixture
def update(visit: Callable[..., Page], home: House) -> Callable[..., Page]:
    def open_page(person: str = "Marrow", expected: tuple[str, ...] = (), **options: Any) -> Page:
        page = visit(expected, person, **options)
        page.goto(f"{home.url}/updateManifest")
        return page

    return open_page


def work(home: House) -> None:
    """What the worker does: all that was asked for."""
    jobs = home.parts.services.jobs
    while waiting := [each for each in jobs.latest(kind=JOB, limit=5) if each.state == "queued"]:
        perform(home.parts.services, find_jobs(), waiting[-1].id)


def asked(home: House) -> int:
    return len(home.parts.services.jobs.latest(kind=JOB, limit=50))


def press(page: Page) -> None:
    with page.expect_response("**/api/v1/manifest/update"):
        page.get_by_role("button", name="Update now").click()
    expect(page.get_by_role("button", name="It is being looked for")).to_be_visible()


def test_nothing_newer_is_said_in_words(update: Callable[..., Page], home: House) -> None:
    page = update()
    expect(page.get_by_role("heading", name="The game's definitions")).to_be_visible()
    before = asked(home)
    press(page)
    assert asked(home) == before + 1
    work(home)
    expect(page.get_by_text("These are the newest definitions.")).to_be_visible()
    expect(page.get_by_role("button", name="Update now")).to_be_visible()
    page.get_by_role("link", name="Versions and what changed").click()
    expect(page.get_by_role("heading", name="Game definitions")).to_be_visible()


def test_a_new_version_comes_step_by_step(update: Callable[..., Page], home: House) -> None:
    page = update()
    before = page.locator(".facts2 .mono").inner_text()
    home.bungie.happen("bump")
    press(page)
    services = home.parts.services
    seen: list[str] = []

    # The worker's work, with a look at the page in the middle of it.
    def watched(report: Callable[..., None]) -> Callable[..., None]:
        def tell(step: str, *more: Any, **others: Any) -> None:
            report(step, *more, **others)
            if step == "unzip" and not seen:
                seen.append(step)
                percent = re.compile(r"^\d+ %, Unpack and check$")
                expect(page.get_by_role("progressbar")).to_have_attribute("aria-valuetext", percent)
                expect(page.locator(".pipe .done")).to_have_count(2)

        return tell

    with pytest.MonkeyPatch.context() as patch:
        update_them = services.manifest.update
        patch.setattr(services.manifest, "update", lambda report, **more: update_them(watched(report), **more))
        work(home)
    assert seen
    expect(page.locator(".facts2 .mono")).not_to_have_text(before)
    expect(page.get_by_role("button", name="Update now")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="New definitions are installed.")).to_be_visible()


def test_what_failed_is_said_with_its_reason(update: Callable[..., Page], home: House) -> None:
    page = update()
    home.bungie.fault("system_disabled", count=None)
    press(page)
    work(home)
    expect(page.locator(".panel")).to_contain_text(re.compile("maintenance|Bungie", re.IGNORECASE))
    expect(page.get_by_role("button", name="Update now")).to_be_visible()


def test_members_see_how_it_stands_and_no_button(update: Callable[..., Page], home: House) -> None:
    page = update("Hoarder", ("403",))
    expect(page.get_by_text("Only who runs this server can have it look now.")).to_be_visible()
    expect(page.get_by_role("button", name="Update now")).to_have_count(0)
    before = asked(home)
    status = page.evaluate(
        """async () => {
          const { csrf_token } = await (await fetch('/api/v1/session')).json();
          return (await fetch('/updateManifest', { method: 'POST', headers: { 'X-CSRFToken': csrf_token } })).status;
        }"""
    )
    assert (status, asked(home)) == (403, before)


def test_who_is_not_signed_in_is_led_to_the_sign_in(visit: Callable[..., Page], home: House) -> None:
    page = visit()
    page.goto(f"{home.url}/updateManifest")
    page.get_by_role("button", name="Sign in with Bungie").click()
    page.get_by_text("Marrow").first.click()
    page.locator("button.go").click()
    page.wait_for_url(f"{home.url}/updateManifest")
    expect(page.get_by_role("button", name="Update now")).to_be_visible()


def test_it_works_without_scripts(browser: Browser, home: House) -> None:
    home.visitor(browser, "Marrow").close()  # Signing in is easier with scripts.
    context = home.visitor(browser, "Marrow", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{home.url}/updateManifest")
    before = asked(home)
    page.get_by_role("button", name="Update now").click()
    page.wait_for_url(f"{home.url}/updateManifest")
    assert asked(home) == before + 1
    expect(page.locator("main")).to_contain_text("It was asked for and begins in a moment.")
    work(home)
    page.get_by_role("link", name="Look again").click()
    expect(page.locator("main")).to_contain_text("These are the newest definitions.")
    expect(page.get_by_role("button", name="Update now")).to_be_visible()
    context.close()


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("person", ["Marrow", "Hoarder"])
def test_axe_finds_nothing_serious(update: Callable[..., Page], theme: str, person: str) -> None:
    page = update(person, color_scheme=theme)
    expect(page.locator(".facts2")).to_be_visible()
    assert serious_findings(page) == []


@pytest.mark.parametrize("screen", [PHONE, NARROW], ids=["390", "320"])
def test_small_screens(update: Callable[..., Page], screen: dict[str, int]) -> None:
    page = update(viewport=screen, is_mobile=True, has_touch=True)
    expect(page.locator(".facts2")).to_be_visible()
    assert (sideways(page), page.evaluate(SMALL)) == (0, [])
