"""/updateManifest: the page by GET, which changes nothing, and the button by POST, for admins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.people import ILSE, MARROW, Browser, House, build_house

PATH = "/updateManifest"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = build_house(tmp_path)
    yield house
    house.services.close()


@pytest.fixture
def marrow(house: House) -> Browser:
    return house.signed_in(MARROW)


def asked(house: House) -> list[tuple[str, str]]:
    return [(each.kind, each.asked_by) for each in house.services.jobs.latest()]


def test_looking_changes_nothing(house: House, marrow: Browser) -> None:
    for browser in (marrow, house.signed_in(ILSE), house.browser()):
        browser.get(PATH)
        browser.client.head(PATH, base_url="http://localhost")
    assert asked(house) == []


def test_a_form_leads_back_to_the_page(house: House, marrow: Browser) -> None:
    answer = marrow.form(PATH)
    assert (answer.status_code, answer.headers["Location"]) == (303, PATH)
    assert asked(house) == [("update_manifest", f"user {house.user(MARROW).id}")]


def test_a_program_gets_the_number_of_the_work(house: House, marrow: Browser) -> None:
    headers = {"X-CSRFToken": marrow.csrf(), "Accept": "application/json"}
    answer = marrow.client.post(PATH, base_url="http://localhost", headers=headers)
    assert (answer.status_code, answer.json) == (202, {"job": "1"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert marrow.client.post(PATH, base_url="http://localhost", headers=headers).json == {"job": "1"}, "it waits already"


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 303),
        ("*/*", 303),
        ("application/json, text/html;q=0.5", 202),
        ("application/json", 202),
        ("nonsense", 303),
    ],
)
def test_the_answer_is_what_was_accepted(house: House, marrow: Browser, accept: str, status: int) -> None:
    headers = {"X-CSRFToken": marrow.csrf(), "Accept": accept}
    assert marrow.client.post(PATH, base_url="http://localhost", headers=headers).status_code == status


def test_signed_in_is_not_enough(house: House, marrow: Browser) -> None:
    assert house.signed_in(ILSE).form(PATH).status_code == 403
    assert house.browser().form(PATH).status_code == 401
    assert asked(house) == []


def test_another_site_cannot_press_the_button(house: House, marrow: Browser) -> None:
    assert marrow.client.post(PATH, base_url="http://localhost").status_code == 403
    told = {"csrf_token": marrow.csrf()}
    foreign = {"Origin": "https://evil.example"}
    assert marrow.client.post(PATH, base_url="http://localhost", data=told, headers=foreign).status_code == 403
    assert asked(house) == []


def test_a_loop_that_has_run_wild_is_slowed(house: House, marrow: Browser) -> None:
    assert [marrow.form(PATH).status_code for _ in range(12)].count(429) == 2
    assert len(asked(house)) == 1
