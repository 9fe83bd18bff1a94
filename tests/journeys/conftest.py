"""A browser and a running house for the journeys."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.journeys.house import DESKTOP, PATIENCE, Complaints, House, house, lacking, launch, see_vault

REQUIRED = "VAULTRAIDER_REQUIRE_SERVICES"
expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    reason = lacking()
    if reason and os.environ.get(REQUIRED) == "1":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture(scope="session")
def running_house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house") / "data") as running:
        yield running


@pytest.fixture
def home(running_house: House) -> Iterator[House]:
    """The running house with a calm Bungie."""
    running_house.calm()
    yield running_house
    running_house.calm()


@pytest.fixture
def visit(browser: Browser, home: House) -> Iterator[Callable[..., Page]]:
    """Opens a page as a new visitor; at the end no browser may have complained of anything unexpected."""
    contexts: list[BrowserContext] = []
    complaints: list[Complaints] = []

    def open_page(expected: tuple[str, ...] = (), person: str | None = None, **options: object) -> Page:
        context = home.visitor(browser, person, **{"viewport": DESKTOP, "color_scheme": "dark", "locale": "en-GB", **options})
        heard = Complaints(context)
        heard.expected += expected
        contexts.append(context)
        complaints.append(heard)
        return context.new_page()

    yield open_page
    left = [text for heard in complaints for text in heard.rest()]
    for context in contexts:
        context.close()
    assert not left, left


@pytest.fixture
def vault(visit: Callable[..., Page], home: House) -> Callable[..., Page]:
    """Opens the vault of who is signed in already."""

    def open_vault(person: str = "Marrow", expected: tuple[str, ...] = (), **options: object) -> Page:
        page = visit(expected, person, **options)
        page.goto(f"{home.url}/vault")
        see_vault(page)
        return page

    return open_vault
