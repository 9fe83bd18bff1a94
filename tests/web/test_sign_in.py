"""Signing in, seen from the browser: the state, who may come in, what the cookie is, and that nothing leads astray."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.people import ILSE, MARROW, NEWCOMER, Browser, House, build_house, state_of

from vaultraider.domain.errors import BungieMaintenance, BungieRefusal
from vaultraider.web.sign_in import local_path


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = build_house(tmp_path)
    yield house
    house.services.close()


def test_from_the_front_page_to_the_vault(house: House) -> None:
    browser = house.browser()
    assert "Sign in with Bungie" in browser.get("/").text
    answer = browser.sign_in(MARROW)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/vault")
    assert browser.who() == "Marrow#4417"
    assert browser.get("/").headers["Location"] == "/vault"


Attack = Callable[[House, Browser], tuple[str, str]]
"""Gives the state and the code with which somebody comes to the callback."""


def missing(house: House, browser: Browser) -> tuple[str, str]:
    browser.begin()
    return "", house.bungie.approve(MARROW)


def nothing_stored(house: House, browser: Browser) -> tuple[str, str]:
    return "", house.bungie.approve(MARROW)


def invented(house: House, browser: Browser) -> tuple[str, str]:
    browser.begin()
    return "invented", house.bungie.approve(MARROW)


def of_another_browser(house: House, browser: Browser) -> tuple[str, str]:
    browser.begin()
    return house.browser().begin(), house.bungie.approve(MARROW)


def replayed(house: House, browser: Browser) -> tuple[str, str]:
    state = browser.begin()
    browser.come_back(state=state, code="wrong")
    return state, house.bungie.approve(MARROW)


def too_late(house: House, browser: Browser) -> tuple[str, str]:
    state = browser.begin()
    house.clock.pass_time(601)
    return state, house.bungie.approve(MARROW)


def pushed_out(house: House, browser: Browser) -> tuple[str, str]:
    state = browser.begin()
    for _ in range(5):
        browser.begin()
    return state, house.bungie.approve(MARROW)


def not_text(house: House, browser: Browser) -> tuple[str, str]:
    browser.begin()
    return "\x00\udcff\u202e'\"><script>", house.bungie.approve(MARROW)


@pytest.mark.parametrize(
    "attack", [missing, nothing_stored, invented, of_another_browser, replayed, too_late, pushed_out, not_text]
)
def test_a_return_that_this_browser_did_not_begin_is_refused(house: House, attack: Attack) -> None:
    """The original compared the state with itself, so every return passed; and broke when there was none."""
    browser = house.browser()
    state, code = attack(house, browser)
    asked = house.bungie.calls.count("exchange")
    answer = browser.client.get("/callback/bungie", query_string={"state": state.encode("utf-8", "replace"), "code": code})
    assert answer.status_code == 403
    assert "was not started here" in answer.text
    assert "<script>" not in answer.text
    assert browser.who() is None
    assert house.bungie.calls.count("exchange") == asked
    assert code in house.bungie.codes


def test_without_any_state_at_all(house: House) -> None:
    browser = house.browser()
    browser.begin()
    assert browser.come_back(code=house.bungie.approve(MARROW)).status_code == 403
    assert browser.come_back().status_code == 403


def test_several_tabs_may_sign_in_at_once(house: House) -> None:
    browser = house.browser()
    first, second = browser.begin(next="/vault/items/1"), browser.begin()
    assert browser.come_back(state=first, code=house.bungie.approve(MARROW)).headers["Location"] == "/vault/items/1"
    # Signing in begins a new session: what the old one had begun is over.
    assert browser.come_back(state=second, code=house.bungie.approve(MARROW)).status_code == 403
    assert browser.who() == "Marrow#4417"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("access_denied", "did not give Vault Raider the permission"),
        ("server_error", "did not finish"),
        ("<script>", "did not finish"),
    ],
)
def test_a_no_at_bungie_is_met_kindly(house: House, error: str, words: str) -> None:
    """The original only handled the error in its repository, not where it was needed."""
    browser = house.browser()
    state = browser.begin()
    answer = browser.come_back(state=state, error=error)
    assert answer.status_code == 200
    assert words in answer.text
    assert "<script>" not in answer.text
    assert "Sign in with Bungie" in answer.text
    assert browser.who() is None
    assert house.services.accounts.users.all() == []


def test_an_error_with_a_foreign_state_is_refused(house: House) -> None:
    browser = house.browser()
    browser.begin()
    assert browser.come_back(state="foreign", error="access_denied").status_code == 403


@pytest.mark.parametrize(
    ("trouble", "status", "words"),
    [
        (None, 200, "took too long or was used already"),
        (BungieMaintenance(retry_after=30), 503, "maintenance"),
        (BungieRefusal("Bungie.net did not accept the sign-in: Strange. Try again."), 200, "Strange"),
    ],
)
def test_a_code_that_bungie_does_not_take(house: House, trouble: Exception | None, status: int, words: str) -> None:
    browser = house.browser()
    state = browser.begin()
    if trouble:
        house.bungie.trouble["exchange"] = [trouble]
    answer = browser.come_back(state=state, code="stale")
    assert (answer.status_code, words in answer.text) == (status, True)
    assert house.services.accounts.users.all() == []


def test_the_secret_changes_at_sign_in_and_the_old_one_is_dead(house: House) -> None:
    """Session fixation: what a stranger knew before is worth nothing after."""
    victim, stranger = house.browser(), house.browser()
    state = victim.begin()
    before = victim.cookie
    stranger.client.set_cookie("vaultraider_session", before)
    victim.come_back(state=state, code=house.bungie.approve(MARROW))
    assert victim.cookie != before
    assert victim.who() == "Marrow#4417"
    assert stranger.who() is None


@pytest.mark.parametrize("planted", ["p" + "A" * 43, "v" + "A" * 43, "x", "'; DROP TABLE users; --", "p" * 3000])
def test_a_planted_cookie_never_becomes_a_session(house: House, planted: str) -> None:
    browser = house.browser()
    browser.client.set_cookie("vaultraider_session", planted)
    assert browser.who() is None
    browser.sign_in(MARROW)
    assert browser.who() == "Marrow#4417"
    assert browser.cookie != planted


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_cookie(house: House, scheme: str) -> None:
    browser = house.browser(f"{scheme}://vault.example")
    state = browser.begin()
    cookies = browser.come_back(state=state, code=house.bungie.approve(MARROW)).headers.getlist("Set-Cookie")
    assert len(cookies) == 1
    parts = set(cookies[0].split("; ")[1:])
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= parts
    assert ("Secure" in parts) == (scheme == "https")
    assert not any(part.startswith("Domain") for part in parts)


def test_signing_out_ends_the_session_itself(house: House) -> None:
    browser = house.signed_in(MARROW)
    kept = browser.cookie
    assert browser.form("/sign-out").headers["Location"] == "/"
    assert (browser.cookie, browser.who()) == (None, None)
    browser.client.set_cookie("vaultraider_session", kept)
    assert browser.who() is None


def test_signing_out_everywhere(house: House) -> None:
    here, there, ilse = house.signed_in(MARROW), house.signed_in(MARROW), house.signed_in(ILSE)
    assert there.who() == "Marrow#4417"
    assert here.send("POST", "/api/v1/sessions/end-all").json == {"ended": 2}
    assert (here.who(), there.who(), ilse.who()) == (None, None, "Ilse#0077")


def test_signing_out_everywhere_reaches_other_processes_within_seconds(house: House) -> None:
    here = house.signed_in(MARROW)
    other = house.another()
    there = other.signed_in(MARROW)
    assert there.who() == "Marrow#4417"
    here.send("POST", "/api/v1/sessions/end-all")
    assert there.send("PUT", "/api/v1/preferences", {}).status_code in (401, 403)
    house.clock.pass_time(4)
    assert there.who() is None
    other.services.close()


def test_a_session_ends_when_idle_and_in_any_case_some_day(house: House) -> None:
    browser = house.signed_in(MARROW)
    for _ in range(5):
        house.clock.pass_time(10 * 86400)
        assert browser.who() == "Marrow#4417"
    house.clock.pass_time(10 * 86400)
    assert browser.who() is None
    browser.sign_in(MARROW)
    house.clock.pass_time(15 * 86400)
    assert browser.who() is None


@pytest.mark.parametrize(
    ("wish", "where"),
    [
        ("/vault", "/vault"),
        ("/vault/items/6917529?x=1&y=%20", "/vault/items/6917529?x=1&y=%20"),
        ("/characters/230584", "/characters/230584"),
        ("/vault?at=2026-11-15T20:00:00Z", "/vault?at=2026-11-15T20:00:00Z"),
        ("", "/vault"),
        (None, "/vault"),
        ("https://evil.example/", "/vault"),
        ("//evil.example/", "/vault"),
        ("/\\evil.example/", "/vault"),
        ("\\\\evil.example", "/vault"),
        ("/\t/evil.example", "/vault"),
        ("/ /evil.example", "/vault"),
        ("javascript:alert(1)", "/vault"),
        (":/evil.example", "/vault"),
        ("/vault\r\nSet-Cookie: a=b", "/vault"),
        ("evil.example", "/vault"),
        ("/@evil.example", "/vault"),
        ("/vault#https://evil.example", "/vault"),
        pytest.param("/vault/" + "x" * 100_000, "/vault", id="a heap, kept until the sign-in ends"),
    ],
)
def test_a_sign_in_never_ends_on_a_strangers_page(house: House, wish: str | None, where: str) -> None:
    assert local_path(wish) == where
    if wish is not None:
        assert house.browser().sign_in(MARROW, next=wish).headers["Location"] == where


# --- who may come in


@pytest.fixture
def real(tmp_path: Path) -> Iterator[House]:
    """A server as people run it: nobody may come in but by set-up, invitation or list."""
    house = build_house(tmp_path, open_sign_in=False, allow=["Newcomer#0001"])
    yield house
    house.services.close()


def set_up(house: House, person: str = MARROW) -> Browser:
    browser = house.browser()
    token = house.services.accounts.sign_in.setup_token()
    state = state_of(browser.form("/setup", token=token))
    assert browser.come_back(state=state, code=house.bungie.approve(person)).status_code == 303
    return browser


def test_the_first_person_needs_the_set_up_token_and_owns_the_server(real: House) -> None:
    stranger = real.browser()
    answer = stranger.sign_in(MARROW)
    assert (answer.status_code, "no owner yet" in answer.text) == (403, True)
    assert real.services.accounts.users.all() == []
    assert "Set-up token" in stranger.get("/setup").text
    owner = set_up(real)
    assert owner.get("/api/v1/session").json["user"]["role"] == "admin"
    assert real.services.accounts.sign_in.setup_token() is None
    assert owner.get("/setup").status_code == 302


@pytest.mark.parametrize("token", ["", "AAAAA-AAAAA-AAAAA-AAAAA", "ä", "x" * 5000])
def test_a_wrong_set_up_token(real: House, token: str) -> None:
    answer = real.browser().form("/setup", token=token)
    assert (answer.status_code, "not the set-up token" in answer.text) == (403, True)


def test_the_set_up_token_may_be_typed_loosely_and_is_the_same_in_every_process(real: House) -> None:
    token = real.services.accounts.sign_in.setup_token()
    assert token is not None
    other = real.another(open_sign_in=False)
    assert other.services.accounts.sign_in.setup_token() == token
    other.services.close()
    state_of(real.browser().form("/setup", token=f" {token.lower().replace('-', ' ')} "))


def test_the_set_up_token_is_worth_nothing_once_there_is_an_owner(real: House) -> None:
    token, late = real.services.accounts.sign_in.setup_token(), real.browser()
    state = state_of(late.form("/setup", token=token))
    set_up(real)
    assert late.come_back(state=state, code=real.bungie.approve(ILSE)).status_code == 403
    answer = real.browser().form("/setup", token=token)
    assert (answer.status_code, "has an owner already" in answer.text) == (403, True)


def test_guessing_the_set_up_token_is_slow(real: House) -> None:
    browser = real.browser()
    assert [browser.form("/setup", token="guess").status_code for _ in range(6)] == [403] * 5 + [429]
    assert int(browser.form("/setup", token="guess").headers["Retry-After"]) > 0


def test_others_need_an_invitation_or_a_place_on_the_list(real: House) -> None:
    owner = set_up(real)
    answer = real.browser().sign_in(ILSE)
    assert (answer.status_code, "not invited" in answer.text) == (403, True)
    assert real.browser().sign_in(NEWCOMER).status_code == 303  # on the list
    link = owner.send("POST", "/api/v1/invitations", {"note": "Ilse"}).json["path"]
    ilse = real.browser()
    page = ilse.get(link).text
    token = link.rsplit("/", 1)[1]
    assert f'value="{token}"' in page
    assert ilse.sign_in(ILSE, invitation=token).status_code == 303
    assert ilse.get("/api/v1/session").json["user"]["role"] == "member"
    listed = owner.get("/api/v1/invitations").json["invitations"]
    assert [(each["note"], each["used_by"]) for each in listed] == [("Ilse", "Ilse#0077")]
    assert real.browser().get(link).status_code == 404
    # Once in, always in: nobody has to be invited twice.
    assert real.browser().sign_in(ILSE).status_code == 303


@pytest.mark.parametrize("allowed", ["ilse#0077", " Ilse#0077 ", ILSE])
def test_the_list_takes_names_and_ids(tmp_path: Path, allowed: str) -> None:
    house = build_house(tmp_path, open_sign_in=False, allow=[allowed])
    set_up(house)
    assert house.browser().sign_in(ILSE).status_code == 303
    assert house.browser().sign_in(NEWCOMER).status_code == 403
    house.services.close()


@pytest.mark.parametrize("chosen", [{"displayName": "Marrow#4417"}, {"displayName": MARROW}, {"uniqueName": "marrow#4417"}])
def test_the_list_is_not_taken_in_by_a_name_that_anybody_may_choose(
    tmp_path: Path, chosen: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the Bungie name, with Bungie's own number, is one person's alone. Old accounts have none."""
    house = build_house(tmp_path, open_sign_in=False, allow=["Marrow#4417", MARROW])
    set_up(house, NEWCOMER)
    answer = json.dumps({"bungieNetUser": {"membershipId": ILSE, **chosen}}).encode()
    monkeypatch.setattr(house.bungie, "memberships_for_current_user", lambda _token: answer)
    assert house.browser().sign_in(ILSE).status_code == 403
    house.services.close()


def test_an_invitation_lets_one_in_of_two_and_ends_some_day(tmp_path: Path) -> None:
    house = build_house(tmp_path, open_sign_in=False)
    owner = set_up(house)
    token = owner.send("POST", "/api/v1/invitations", {}).json["path"].rsplit("/", 1)[1]
    guests = house.browser(), house.browser()
    states = [guest.begin(invitation=token) for guest in guests]
    assert guests[0].come_back(state=states[0], code=house.bungie.approve(ILSE)).status_code == 303
    assert guests[1].come_back(state=states[1], code=house.bungie.approve(NEWCOMER)).status_code == 403
    late = owner.send("POST", "/api/v1/invitations", {}).json["path"]
    house.clock.pass_time(15 * 86400)
    assert house.browser().get(late).status_code == 404
    house.services.close()


def test_a_withdrawn_invitation_is_worth_nothing(real: House) -> None:
    owner = set_up(real)
    made = owner.send("POST", "/api/v1/invitations", {"note": "x"}).json
    guest = real.browser()
    state = guest.begin(invitation=made["path"].rsplit("/", 1)[1])
    assert owner.send("DELETE", f"/api/v1/invitations/{made['invitation']['id']}").status_code == 204
    assert guest.come_back(state=state, code=real.bungie.approve(ILSE)).status_code == 403
    assert owner.send("DELETE", "/api/v1/invitations/999").status_code == 404
