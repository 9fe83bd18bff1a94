"""The e-mail as a mail program shows it: in Chromium, 600 pixels wide and on a phone. Pictures of it go to build/screenshots."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.domain.test_xur_letter import EXOTIC, letter, ware
from tests.journeys.house import REPOSITORY, chromium, launch
from tests.services.xur.weekends import SATURDAY, Weekends, wares

from vaultraider.domain.notifications import Message
from vaultraider.domain.notifications.xur import xur_arrived
from vaultraider.drawing import draw_item
from vaultraider.services.pictures import SVG, Illustration
from vaultraider.services.xur.letters import HEAVIEST, compose

TARGET = REPOSITORY / "build" / "screenshots"
SITE = "https://vault.example.org"
LIMIT = 100_000
"""Bytes of an e-mail with its pictures, as they travel."""
HOSTILE = '<img src=x onerror="alert(1)">"\'&{{ 7*7 }}\u202e'


class Drawn:
    """Draws everything alike."""

    def __init__(self, content: bytes = b"", media_type: str = SVG) -> None:
        self._content = content or draw_item("helmet", "exotic", None, None, 1).encode()
        self._media_type = media_type

    def item(self, hash: int, *, ask: bool) -> Illustration:
        return Illustration(content=self._content, media_type=self._media_type, key="k")


class Tags(HTMLParser):
    """What is in a document: tags with their attributes, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += f" {data}"

    def all(self, tag: str, attribute: str) -> list[str]:
        return [str(attributes.get(attribute)) for name, attributes in self.tags if name == tag]


def weight(message: Message) -> int:
    """On the wire: pictures as base64 in lines, HTML and text as quoted-printable at worst a quarter more."""
    pictures = sum(len(picture) for picture in message.pictures.values()) * 4 / 3 * 78 / 76
    return round(pictures + (len(message.html.encode()) + len(message.text.encode())) * 1.25)


@pytest.fixture
def told(weekends: Weekends) -> Message:
    """What Marrow is told, who lacks some of what Xûr has."""
    weekends.house.services.xur.watch(lambda: None)
    account = weekends.house.controls.account()
    weekends.at(SATURDAY)
    lacking = {2533691000, 3455108831, 1747076006}
    account.items = [one for one in account.items if one.hash not in lacking]
    assert weekends.marrow.send("POST", "/api/v1/profile/refresh?forced=true").status_code == 200
    weekends.watch()
    (message,) = weekends.told()
    return message


def test_html_and_its_twin_tell_the_same(told: Message, weekends: Weekends) -> None:
    words = " ".join(Tags(told.html).words.replace("\u00a0", " ").split())
    listed = wares(weekends.shown(weekends.marrow))
    assert len(listed) == 21
    for one in listed:
        for text in (words, told.text):
            assert one["facts"]["name"] in text
            assert f"{one['prices'][0]['quantity']} coins" in text or f", {one['prices'][0]['quantity']}" in text
    for said in ("Tuesday 1 Dec, 17:00 UTC", "You have 92 Strange Coins, enough for 2 pieces of exotic gear."):
        assert said in words and said in told.text
    assert words.count("You own none.") == 3
    assert not re.search("wish list|beats|never", words + told.text, re.IGNORECASE)


def test_pictures_are_those_that_are_named_and_weigh_little(told: Message) -> None:
    named = Tags(told.html).all("img", "src")
    assert sorted(named) == sorted(f"cid:{name}" for name in told.pictures)
    assert "mark" in told.pictures and len(told.pictures) >= 10
    assert all(picture.startswith(b"\x89PNG") for picture in told.pictures.values())
    assert all(re.fullmatch(r"[A-Za-z0-9._-]{1,80}", name) for name in told.pictures)
    assert weight(told) < LIMIT, weight(told)


def test_it_is_a_letter_that_mail_programs_can_show(told: Message) -> None:
    found = Tags(told.html)
    tags = {tag for tag, _ in found.tags}
    assert not tags & {"script", "link", "iframe", "form", "object", "svg", "base", "video"}
    assert all(not name.startswith("on") for _, attributes in found.tags for name in attributes)
    assert all(one == "presentation" for one in found.all("table", "role"))
    assert all(attributes.get("alt") is not None for tag, attributes in found.tags if tag == "img")
    assert found.all("a", "href") == [f"{link}" for link in ("http://localhost:8321/xur", "http://localhost:8321/settings")], (
        "and no other address"
    )
    assert not re.search(r"url\(|@import|http://(?!localhost)|https://", told.html)
    assert ("color-scheme", "light") in [(a.get("name"), a.get("content")) for tag, a in found.tags if tag == "meta"]
    assert told.html.index("display:none") < told.html.index("<h1"), "the preheader comes first"


def test_hostile_names_stay_names() -> None:
    guns = [ware(HOSTILE, copies=0), ware(HOSTILE + "2", "exotic"), ware(HOSTILE + "3", "rare"), EXOTIC]
    said = letter(*guns, place=HOSTILE)
    message = compose(said, Drawn(), site=SITE)
    found = Tags(message.html)
    assert sum(1 for tag, _ in found.tags if tag == "img") == len(message.pictures)
    assert all("alert" not in str(attributes) for _, attributes in found.tags)
    assert "<img src=x" not in message.html and "{{ 7*7 }}" in found.words and "\u202e" not in message.html


def test_what_cannot_be_drawn_is_told_without_a_picture() -> None:
    message = compose(letter(EXOTIC), Drawn(b"<svg", SVG), site=SITE)
    assert set(message.pictures) == {"mark"}
    assert "Bulwark of Small Hours" in message.html
    assert Tags(message.html).all("img", "src") == ["cid:mark"]


def test_no_more_pictures_than_may_be_sent() -> None:
    many = [ware(f"Exotic {n}", "exotic", hash=n) for n in range(60)]
    message = compose(letter(*many), Drawn(), site=SITE)
    assert sum(len(one) for name, one in message.pictures.items() if name != "mark") <= HEAVIEST
    assert weight(message) < 2 * LIMIT
    assert all(f"Exotic {n}" in message.html for n in range(60))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if chromium() is None:
        pytest.skip("Chromium is not installed (or name it by CHROMIUM)")
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


def shown(browser: Browser, message: Message, width: int, name: str = "") -> Page:
    """The e-mail with its pictures in place; whatever it asks for from outside fails the test."""
    html = message.html
    for picture, content in message.pictures.items():
        html = html.replace(f'"cid:{picture}"', f'"data:image/png;base64,{base64.b64encode(content).decode()}"')
    page = browser.new_page(viewport={"width": width, "height": 800}, device_scale_factor=2, color_scheme="dark")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("data:") else None)
    page.set_content(html, wait_until="load")
    if name:
        TARGET.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(TARGET / f"{name}.png"), full_page=True)
    assert asked == []
    return page


@pytest.mark.browser
@pytest.mark.parametrize(("width", "name"), [(720, "email-xur"), (600, "email-xur-600"), (390, "email-xur-phone"), (320, "")])
def test_it_fits(told: Message, browser: Browser, width: int, name: str) -> None:
    page = shown(browser, told, width, name)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("[...document.images].every((one) => one.complete && one.naturalWidth > 0)")
    sizes = page.evaluate("[...document.images].map((one) => [one.width, one.height])")
    assert {tuple(size) for size in sizes} == {(28, 28), (48, 48)}
    letter_width = page.evaluate("document.querySelector('.whole').getBoundingClientRect().width")
    assert letter_width == (600 if width > 620 else width - 16)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(241, 243, 240)", "light in the dark, too"
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [600, 320])
def test_long_and_odd_names_fit(browser: Browser, width: int) -> None:
    long = "Überraschungsgranatwerfer der unaussprechlichen Zwischentöne"
    prices = [msgspec.structs.replace(EXOTIC.prices[0], name=name) for name in ("Legendäre Bruchstücke", "Exotic Cipher")]
    wares = [
        ware(long, "exotic", copies=0, prices=prices),
        ware("W" * 90, "exotic", prices=prices),
        ware("燕" * 50, "exotic", copies=0),
        ware("صفرية", copies=3),
        ware("W" * 90),
    ]
    page = shown(browser, compose(letter(*wares), Drawn(), site=SITE), width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_the_message_alone_needs_no_html() -> None:
    assert xur_arrived(letter(EXOTIC)).html == ""


def test_templates_are_in_the_package() -> None:
    import vaultraider.services.xur as package

    assert (Path(package.__file__).parent / "templates" / "letter.html.j2").is_file()
