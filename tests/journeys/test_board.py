"""The board: live values, a device that goes and comes, names and levels, and the same without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.journeys.house import DESKTOP, NARROW, PHONE, House, house, serious_findings, sideways
from tests.journeys.test_for_everybody import SMALL

pytestmark = pytest.mark.browser

INPUTS = 6
DEVICE = "iio:device3"
SCALE = 1.220703125
"""Millivolts a step: 5 V in 12 bits."""
REFUSED = "status of 503"
UNUSED = "was preloaded"
"""What scripts would need, where there are none."""
FORGET = """async () => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const headers = { 'X-CSRFToken': csrf_token, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ name: '', level: null });
  for (const { channel, name, level } of (await (await fetch('/api/v1/board')).json()).inputs)
    if (name || level) await fetch(`/api/v1/board/inputs/${channel}`, { method: 'PUT', headers, body });
}"""


class Device:
    """A converter as Linux shows it in sysfs, in a folder of our own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder, self.drawer = root / "devices" / DEVICE, root / "unplugged"
        self.folder.mkdir(parents=True)
        (self.folder / "name").write_text("adc108s102\n")
        (self.folder / "in_voltage_scale").write_text(f"{SCALE}\n")
        for channel in range(INPUTS):
            self.give(channel, 163 + 500 * channel)

    def give(self, channel: int, raw: int) -> None:
        """In one go, as the kernel does: whoever reads meanwhile reads the old value or the new one."""
        written = self.root / "written"
        written.write_text(f"{raw}\n")
        written.rename(self.folder / f"in_voltage{channel}_raw")

    def unplug(self) -> None:
        self.folder.rename(self.drawer)

    def plug(self) -> None:
        if self.drawer.exists():
            self.drawer.rename(self.folder)


@pytest.fixture(scope="module")
def wired(tmp_path_factory: pytest.TempPathFactory) -> Device:
    return Device(tmp_path_factory.mktemp("sysfs"))


@pytest.fixture(scope="module")
def running_house(browser: Browser, wired: Device, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with a board whose values nobody moves but the test: it may be quiet for as long as it likes."""
    folder = tmp_path_factory.mktemp("board") / "data"
    root = str(wired.folder.parent)
    with house(folder, board="iio:adc108s102", board_iio_root=root, board_quiet=0, board_streams=2) as running:
        yield running


@pytest.fixture
def device(wired: Device) -> Iterator[Device]:
    """Plugged in, at its usual values."""
    yield wired
    wired.plug()
    for channel in range(INPUTS):
        wired.give(channel, 163 + 500 * channel)


@pytest.fixture
def watch(visit: Callable[..., Page], home: House, device: Device) -> Callable[..., Page]:
    """Opens the board as its owner, with no names and no levels."""

    def open_page(expected: tuple[str, ...] = (), **options: object) -> Page:
        page = visit(expected, "Marrow", **options)
        page.goto(f"{home.url}/board")
        expect(standing(page)).to_have_text("Live")
        page.evaluate(FORGET)
        expect(page.get_by_role("heading", name="Input 5")).to_be_visible()
        return page

    return open_page


def standing(page: Page) -> Locator:
    return page.locator(".b-standing")


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def volts(raw: int) -> str:
    return f"{raw * SCALE / 1000:.3f} V"


def test_the_values_are_live(watch: Callable[..., Page], device: Device) -> None:
    page = watch()
    expect(page.get_by_text("adc108s102: 6 inputs of 12 bits, 0 to 5 V, read 10 times a second")).to_be_visible()
    first = card(page, "Input 0")
    expect(first.locator(".b-volts")).to_have_text(volts(163))
    expect(first).to_contain_text("163 of 4,095")
    device.give(0, 2048)
    expect(first.locator(".b-volts")).to_have_text("2.500 V")
    expect(first).to_contain_text("Between 0.199 and 2.500 V")
    expect(
        first.get_by_role("img", name=re.compile(r"^Input 0 in the last two minutes: from 0.199 to 2.500 V, now 2.500 V"))
    ).to_be_visible()
    expect(card(page, "Input 5").locator(".b-volts")).to_have_text(volts(2663))


def test_an_unplugged_device_is_said_and_comes_back_by_itself(watch: Callable[..., Page], device: Device) -> None:
    page = watch()
    device.unplug()
    expect(standing(page)).to_have_text("Missing")
    expect(page.locator(".b-note")).to_contain_text("adc108s102 is gone. Plug it in again")
    expect(page.get_by_role("status").filter(has_text="The board cannot be read.")).to_have_count(1)
    first = card(page, "Input 0")
    expect(first.locator(".b-volts")).to_have_text(volts(163))
    expect(first.locator(".b-foot")).to_contain_text(re.compile(r"Last read \d+ s ago"))
    age = first.locator(".b-foot").inner_text()
    expect(first.locator(".b-foot")).not_to_have_text(age)
    device.plug()
    device.give(0, 1000)
    expect(standing(page)).to_have_text("Live")
    expect(page.locator(".b-note")).to_have_count(0)
    expect(first.locator(".b-volts")).to_have_text(volts(1000))
    expect(page.get_by_role("status").filter(has_text="The board is live.")).to_have_count(1)


def test_an_input_gets_a_name_and_a_level_and_shows_when_it_is_passed(watch: Callable[..., Page], device: Device) -> None:
    page = watch()
    page.get_by_role("button", name="Name and levels of Input 1").press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Name")).to_be_focused()
    dialog.get_by_label("Name").fill("  Battery <b> ")
    dialog.get_by_label("Rises above").fill("3")
    dialog.get_by_label("Falls below").fill("4")
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("This must be above the lower level")).to_be_visible()
    expect(dialog.get_by_label("Rises above")).to_have_attribute("aria-invalid", "true")
    dialog.get_by_label("Falls below").fill("0,5")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    named = card(page, "Battery <b>")
    expect(page.get_by_role("button", name="Name and levels of Battery <b>")).to_be_focused()
    expect(named).to_contain_text("Tells above 3 V, below 0.5 V")
    expect(named.locator(".chip-warn")).to_have_count(0)
    device.give(1, 2600)
    expect(named.locator(".chip-warn")).to_have_text("Above 3 V")
    expect(page.get_by_role("status").filter(has_text="Battery <b> is above 3 V.")).to_have_count(1)
    device.give(1, 2000)
    expect(named.locator(".chip-warn")).to_have_count(0)
    page.reload()
    expect(card(page, "Battery <b>")).to_contain_text("Tells above 3 V, below 0.5 V")


def test_who_finds_no_place_is_told_and_looks_again(watch: Callable[..., Page], home: House, device: Device) -> None:
    first, _ = watch(expected=(REFUSED,)), watch()
    late = watch_late(first, home)
    expect(late.locator(".b-standing")).to_have_text(re.compile(r"^Every \d+ s|^Every 1 min"))
    expect(late.locator(".b-note")).to_contain_text("Others are watching")
    expect(card(late, "Input 0").locator(".b-volts")).to_have_text(volts(163))


def watch_late(page: Page, home: House) -> Page:
    """One page more than there are streams."""
    late = page.context.new_page()
    late.goto(f"{home.url}/board")
    expect(card(late, "Input 0")).to_be_visible()
    return late


def test_the_numbers_behind_a_chart_stand_in_a_table(watch: Callable[..., Page], device: Device) -> None:
    page = watch()
    page.get_by_role("button", name="Show Input 2 as a table").click()
    table = card(page, "Input 2").get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["Until", "Lowest, V", "Highest, V", "Last, V"])
    expect(table.get_by_role("row").nth(1)).to_contain_text(volts(1163).removesuffix(" V"))


def test_without_scripts_the_values_stand_in_the_page_and_it_refreshes_itself(
    watch: Callable[..., Page], visit: Callable[..., Page], home: House, device: Device
) -> None:
    watch()
    plain = visit((UNUSED,), "Marrow", java_script_enabled=False)
    plain.goto(f"{home.url}/board")
    row = plain.get_by_role("row", name=re.compile("^Input 0"))
    expect(row).to_contain_text(volts(163))
    device.give(0, 2048)
    expect(row).to_contain_text("2.500 V")


def test_it_is_in_the_menu_and_has_a_key(vault: Callable[..., Page], device: Device) -> None:
    page = vault()
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="Board")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("b")
    expect(page.get_by_role("heading", name="Board", level=1)).to_be_visible()
    expect(page).to_have_title(re.compile("^Board"))


def test_on_a_phone_it_is_under_more(vault: Callable[..., Page], device: Device) -> None:
    page = vault(viewport=PHONE, has_touch=True, is_mobile=True)
    page.get_by_role("button", name="More").tap()
    page.get_by_role("link", name="Board").tap()
    expect(standing(page)).to_have_text("Live")
    assert sideways(page) == 0


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_page_is_for_everybody(watch: Callable[..., Page], device: Device, theme: str) -> None:
    page = watch(color_scheme=theme, viewport=DESKTOP)
    assert serious_findings(page) == []
    page.get_by_role("button", name="Name and levels of Input 0").click()
    assert serious_findings(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    device.unplug()
    expect(standing(page)).to_have_text("Missing")
    assert serious_findings(page) == []


@pytest.mark.parametrize("size", [NARROW, PHONE], ids=["narrow", "phone"])
def test_it_fits_and_can_be_pressed(watch: Callable[..., Page], device: Device, size: dict[str, int]) -> None:
    page = watch(viewport=size, has_touch=True, is_mobile=True)
    assert sideways(page) == 0
    assert page.evaluate(SMALL, 44) == []
    page.get_by_role("button", name="Name and levels of Input 0").tap()
    assert sideways(page) == 0
    assert page.evaluate(SMALL, 44) == []
