"""Telling: channels and choices in the settings, and the page that says what was told, where it went and why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.house import NARROW, PHONE, House, house, serious_findings, sideways, until, working

from vaultraider.domain.notifications import Message

pytestmark = pytest.mark.browser

LETTER = """<!doctype html><html><head><title>Xûr</title><style>h1 { color: rgb(11, 107, 92) }</style></head>
<body><h1>Xûr is here</h1><script>document.body.textContent = 'scripts run'</script></body></html>"""
DELIVERED = """async () => (await (await fetch('/api/v1/notifications')).json()).notifications
  .every((each) => each.deliveries.every(({ state }) => state !== 'waiting' && state !== 'sending'))"""
HOSTILE = '<img src=x onerror="document.title=1">\u202e' + "W" * 150
NEWS = (
    Message(
        kind="transfer-ended", key="1", title="Meridian Lance is on Brannoch", text="It waited.", link="/journal", level="good"
    ),
    Message(kind="transfer-failed", key="2", title=HOSTILE, text="\n".join(f"Line {n}" for n in range(1, 30)), level="bad"),
    Message(kind="xur-arrived", key="3", title="Xûr came", text="Until Tuesday.", link="/xur", level="good", html=LETTER),
)


@pytest.fixture(scope="module")
def running_house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Marrow was told three things, of which one was not wanted."""
    with house(tmp_path_factory.mktemp("told") / "data") as running, working(running):
        running.visitor(browser, "Marrow").close()
        services = running.parts.services
        (user,) = services.accounts.users.all()
        for message in NEWS:
            services.notifications.tell(user.id, message)
        yield running


@pytest.fixture
def settings(visit: Callable[..., Page], home: House) -> Callable[..., Page]:
    def open_settings(**options: Any) -> Page:
        page = visit(options.pop("expected", ()), "Marrow", **options)
        page.goto(f"{home.url}/settings#notifications")
        expect(channel(page, "This demo")).to_be_visible()
        return page

    return open_settings


@pytest.fixture
def told(visit: Callable[..., Page], home: House) -> Callable[..., Page]:
    def open_messages(**options: Any) -> Page:
        page = visit(options.pop("expected", ()), "Marrow", **options)
        page.goto(f"{home.url}/notifications")
        expect(page.get_by_role("heading", name="Xûr came")).to_be_visible()
        return page

    return open_messages


def channel(page: Page, title: str) -> Any:
    return page.locator(".nrow").filter(has=page.locator("b", has_text=re.compile(f"^{re.escape(title)}$")))


def add(page: Page, kind: str, **fields: str) -> None:
    page.get_by_role("button", name="Add a channel").click()
    page.get_by_role("group", name="Kind of channel").get_by_role("button", name=re.compile(f"^{kind}")).click()
    for label, value in fields.items():
        page.locator(".newtok .nform").get_by_label(label.replace("_", " ")).fill(value)
    page.get_by_role("button", name="Add the channel").click()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_what_was_told_where_it_went_and_why_not(told: Callable[..., Page], theme: str) -> None:
    page = told(color_scheme=theme)
    until(page, DELIVERED)
    page.reload()
    came = page.get_by_role("article", name=re.compile("Xûr came"))
    expect(came.get_by_role("listitem")).to_contain_text(re.compile(r"This demo\s+Sent"))
    unwanted = page.get_by_role("article", name=re.compile("Meridian Lance"))
    expect(unwanted.get_by_role("listitem")).to_contain_text("You chose not to be told of this.")
    assert not serious_findings(page)


def test_a_hostile_name_is_only_text_and_a_long_text_is_cut(told: Callable[..., Page]) -> None:
    page = told()
    entry = page.get_by_role("article").filter(has_text="onerror")
    expect(entry.locator("img")).to_have_count(0)
    whole = entry.get_by_role("button", name="Show all of it")
    before = entry.bounding_box()
    whole.click()
    after = entry.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > before["height"] + 100
    assert sideways(page) <= 0


def test_the_letter_is_shown_and_runs_nothing(told: Callable[..., Page]) -> None:
    page = told(expected=("Blocked script execution", "Content Security Policy"))
    page.get_by_role("article", name=re.compile("Xûr came")).get_by_role("button", name="Show the e-mail").click()
    letter = page.frame_locator("iframe.nletter")
    expect(letter.get_by_role("heading", name="Xûr is here")).to_be_visible()
    expect(letter.get_by_role("heading")).to_have_css("color", "rgb(11, 107, 92)")
    expect(letter.get_by_text("scripts run")).to_have_count(0)
    assert "allow-scripts" not in (page.locator("iframe.nletter").get_attribute("sandbox") or "allow-scripts")


@pytest.mark.parametrize("screen", [PHONE, NARROW], ids=["390", "320"])
def test_on_a_phone(told: Callable[..., Page], home: House, screen: dict[str, int]) -> None:
    page = told(viewport=screen, is_mobile=True, has_touch=True)
    assert sideways(page) <= 0
    assert not serious_findings(page)
    page.goto(f"{home.url}/settings#notifications")
    page.get_by_role("button", name="Change This demo").tap()
    expect(page.get_by_role("button", name="Save")).to_be_visible()
    assert sideways(page) <= 0
    assert not serious_findings(page)


def test_the_page_is_found_by_key_and_from_the_settings(settings: Callable[..., Page], home: House) -> None:
    page = settings()
    page.get_by_role("link", name="What was told").click()
    expect(page).to_have_url(f"{home.url}/notifications")
    page.keyboard.press("g")
    page.keyboard.press("y")
    expect(page).to_have_url(f"{home.url}/system")
    page.keyboard.press("g")
    page.keyboard.press("n")
    expect(page).to_have_url(f"{home.url}/notifications")
    page.get_by_role("link", name="Channels and quiet hours").click()
    expect(page).to_have_url(f"{home.url}/settings#notifications")


def test_a_test_says_what_really_came_of_it(settings: Callable[..., Page]) -> None:
    page = settings()
    demo = channel(page, "This demo")
    demo.get_by_role("button", name="Send a test").click()
    expect(demo.get_by_role("status")).to_contain_text(re.compile(r"\w+ \w+"))
    refused = {"ok": False, "sentence": "Refused: the web address was revoked. Paste a new one."}
    page.route("**/api/v1/channels/*/test", lambda route: route.fulfill(json=refused))
    demo.get_by_role("button", name="Send a test").click()
    expect(demo.get_by_role("status")).to_contain_text("the web address was revoked")
    page.unroute_all(behavior="ignoreErrors")


def test_a_wrong_address_is_told_at_its_field(settings: Callable[..., Page]) -> None:
    page = settings(expected=("400",))
    add(page, "Webhook", Address="http://127.0.0.1:5000/hook", Signing_secret="a secret of some thirty-two letters")
    field = page.locator(".newtok").get_by_label("Address")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".newtok").get_by_role("alert")).to_contain_text(re.compile(r"\w+ \w+"))
    assert not serious_findings(page)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".newtok .nform")).to_have_count(0)


def test_a_channel_is_added_renamed_switched_off_and_removed(settings: Callable[..., Page]) -> None:
    page = settings(timezone_id="Europe/Berlin")
    add(page, "This demo", Name="Second screen")
    row = channel(page, "Second screen")
    expect(row).to_contain_text("Never used")
    # The first channel of the person's own: the times are by this browser's clock from now on.
    row.get_by_role("button", name="Change Second screen").click()
    row.get_by_label("Name").fill("Living room")
    row.get_by_role("button", name="Save").click()
    row = channel(page, "Living room")
    row.get_by_role("switch").click()
    expect(row).to_contain_text("Switched off")
    row.get_by_role("button", name="Change Living room").click()
    row.get_by_role("button", name="Remove this channel").click()
    row.get_by_role("button", name="Remove it now").click()
    expect(row).to_have_count(0)


def test_a_secret_is_kept_and_never_shown_again(settings: Callable[..., Page]) -> None:
    page = settings()

    def with_secret(route: Any) -> None:
        answer = route.fetch().json()
        answer["channels"].append(
            {
                "id": "77",
                "kind": "ntfy",
                "title": "Phone",
                "label": "ntfy.sh",
                "settings": {"server": "https://ntfy.sh"},
                "kept": ["topic", "token"],
                "enabled": True,
                "created": "2026-11-20T10:00:00Z",
                "state": "trouble",
                "sentence": "Refused 9 Nov: the token is not valid. Paste a new one.",
            }
        )
        route.fulfill(json=answer)

    sent: list[Any] = []
    page.route("**/api/v1/channels", with_secret)
    page.route("**/api/v1/channels/77", lambda route: (sent.append(route.request.post_data_json), route.fulfill(json={})))
    page.reload()
    row = channel(page, "Phone")
    expect(row).to_contain_text("the token is not valid")
    row.get_by_role("button", name="Repair Phone").click()
    expect(row.get_by_text("kept", exact=True)).to_have_count(2)
    expect(row.get_by_label("Topic")).to_have_value("")
    row.get_by_role("button", name="Forget it").click()
    row.get_by_role("button", name="Save").click()
    expect(row.get_by_role("button", name="Save")).to_have_count(0)
    assert sent == [{"title": "Phone", "settings": {"server": "https://ntfy.sh", "token": None}}]
    page.unroute_all(behavior="ignoreErrors")


def test_choices_quiet_hours_and_time_zone_are_kept(settings: Callable[..., Page]) -> None:
    page = settings(timezone_id="Europe/Berlin")
    add(page, "This demo", Name="Other")
    expect(channel(page, "Other")).to_be_visible()
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Berlin")
    xur = page.get_by_role("group", name="Xûr is here: when")
    xur.get_by_role("button", name="Digest").click()
    page.get_by_role("button", name="Channels for Xûr is here").click()
    where = page.get_by_role("group", name="Channels for Xûr is here")
    where.get_by_label("Other").uncheck()
    page.get_by_role("switch", name="Quiet hours").check()
    begin = page.get_by_label("From", exact=True)
    begin.fill("22:30")
    with page.expect_response(lambda answer: answer.request.method == "PUT" and "22:30" in (answer.request.post_data or "")):
        begin.blur()
    page.get_by_label("Time zone").select_option("Asia/Tokyo")
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.get_by_role("button", name="Use this browser's: Europe/Berlin").click()
    page.reload()
    expect(xur.get_by_role("button", name="Digest")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Channels for Xûr is here: 1 channel")).to_be_visible()
    expect(begin).to_have_value("22:30")
    expect(page.get_by_label("Time zone")).to_have_value("Europe/Berlin")
    assert not serious_findings(page)


def test_nothing_told_yet_leads_to_the_settings(visit: Callable[..., Page], home: House) -> None:
    page = visit((), "Marrow")
    page.route("**/api/v1/notifications?*", lambda route: route.fulfill(json={"notifications": []}))
    page.goto(f"{home.url}/notifications")
    expect(page.get_by_role("heading", name="Nothing to tell yet")).to_be_visible()
    page.unroute_all(behavior="ignoreErrors")


def test_messages_that_cannot_be_read_say_so(visit: Callable[..., Page], home: House) -> None:
    page = visit(("503",), "Marrow")
    page.route("**/api/v1/notifications?*", lambda route: route.fulfill(status=503, json={"detail": "The database rests."}))
    page.goto(f"{home.url}/notifications")
    expect(page.get_by_text("The database rests.")).to_be_visible()
    page.unroute_all(behavior="ignoreErrors")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Xûr came")).to_be_visible()
