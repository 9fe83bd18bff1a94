"""What every answer carries and every unsafe request must prove."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.people import ILSE, MARROW, House, build_house

from vaultraider.settings import Settings
from vaultraider.web.security import answers_to, is_local, known_names
from vaultraider.web.tries import neighbourhood

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = build_house(tmp_path)
    yield house
    house.services.close()


def routes(house: House, *, unsafe: bool) -> list[tuple[str, str]]:
    """Every route there is, with arguments filled in."""
    found = []
    for rule in house.app.url_map.iter_rules():
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        found += [
            (method, path) for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}) if (method in UNSAFE) == unsafe
        ]
    return found


# --- CSRF


def test_every_unsafe_route_needs_the_token(house: House) -> None:
    """One table over every route that changes something, whoever adds it."""
    browser = house.signed_in(MARROW)
    unsafe = routes(house, unsafe=True)
    assert {("POST", "/sign-in"), ("POST", "/sign-out"), ("POST", "/setup"), ("DELETE", "/api/v1/account-data")} <= set(unsafe)
    for method, path in unsafe:
        for headers in ({}, {"X-CSRFToken": "invented"}, {"X-CSRFToken": house.browser().csrf()}):
            answer = browser.client.open(path, method=method, json={}, headers=headers)
            assert (method, path, answer.status_code) == (method, path, 403)
            assert "out of date" in answer.text
    assert browser.who() == "Marrow#4417"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_sites_page_is_refused_even_with_a_token(house: House, headers: dict[str, str]) -> None:
    browser = house.signed_in(MARROW)
    answer = browser.client.put("/api/v1/preferences", json={}, headers={"X-CSRFToken": browser.csrf(), **headers})
    assert (answer.status_code, answer.json["code"]) == (403, "csrf")


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}]
)
def test_our_own_page_is_welcome(house: House, headers: dict[str, str]) -> None:
    browser = house.signed_in(MARROW)
    answer = browser.client.put("/api/v1/preferences", json={}, headers={"X-CSRFToken": browser.csrf(), **headers})
    assert answer.status_code == 200


def test_the_token_lives_as_long_as_the_session(house: House) -> None:
    browser = house.signed_in(MARROW)
    token = browser.csrf()
    house.clock.pass_time(5 * 86400)
    assert browser.client.put("/api/v1/preferences", json={}, headers={"X-CSRFToken": token}).status_code == 200


def test_over_a_session_that_ended_the_api_says_so(house: House) -> None:
    browser, other = house.signed_in(MARROW), house.signed_in(MARROW)
    token = browser.csrf()
    other.send("POST", "/api/v1/sessions/end-all")
    answer = browser.client.put("/api/v1/preferences", json={}, headers={"X-CSRFToken": token})
    assert (answer.status_code, answer.json["code"]) == (401, "not-signed-in")


def test_the_front_page_in_two_tabs(house: House) -> None:
    """The second tab's form is as good as the first's."""
    browser = house.browser()
    tokens = [re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get("/").text)[0] for _ in range(2)]
    for token in tokens:
        assert browser.client.post("/sign-in", data={"csrf_token": token}).status_code == 303


def test_nothing_is_changed_by_get(house: House) -> None:
    """The original updated its manifest by GET, for anybody signed in."""
    browser = house.signed_in(MARROW)
    before = house.services.accounts.users.all()
    for _, path in routes(house, unsafe=False):
        if not path.startswith("/callback"):
            browser.get(path)
    assert house.services.accounts.users.all() == before
    assert browser.who() == "Marrow#4417"
    told = [path for _, path in routes(house, unsafe=False) if re.search(r"(?i)sign-out|delete|end-all|update", path)]
    assert told == ["/updateManifest"], "a page with a button"
    assert not [each for each in house.services.jobs.latest() if each.kind == "update_manifest"]


def test_every_route_of_the_api_but_a_few_is_for_the_signed_in(house: House) -> None:
    public = {"/api/v1/session", "/api/v1/status", "/api/v1/openapi.json"}
    boards = {"/api/v1/board", "/api/v1/board/stream"}
    stranger = house.browser()
    for method, path in routes(house, unsafe=False) + routes(house, unsafe=True):
        if path.startswith("/api/") and path not in public and not path.startswith("/api/v1/xur"):
            answer = stranger.send(method, path, None if method == "GET" else {})
            # A server without a board says so to everybody; who may see one is in tests/board.
            said = (404, "not-found") if path in boards else (401, "not-signed-in")
            assert (method, path, answer.status_code, answer.json["code"]) == (method, path, *said)


# --- headers


@pytest.mark.parametrize(
    "path", ["/", "/setup", "/nowhere", "/api/v1/session", "/api/v1/nowhere", "/healthz", "/callback/bungie"]
)
def test_every_answer_carries_the_headers(house: House, path: str) -> None:
    headers = house.browser().get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    if not headers["Content-Type"].startswith("text/html"):
        assert set(policy) == {"default-src", "frame-ancestors"}
    else:
        assert policy["script-src"] == "'self'"
        assert policy["frame-src"] == "'self'"
        assert policy["base-uri"] == "'none'"
        assert policy["form-action"] == "'self' https://www.bungie.net"
        assert headers["Permissions-Policy"].startswith("camera=()")
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Server" not in headers
    for name in ("X-Content-Type-Options", "Content-Security-Policy", "Referrer-Policy"):
        assert len(headers.getlist(name)) == 1


def test_parts_of_pages_carry_only_what_browsers_heed_of_them(house: House) -> None:
    part = house.browser().get("/icons/items/1")
    assert part.headers["X-Content-Type-Options"] == "nosniff"
    assert part.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert part.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Referrer-Policy" not in part.headers
    missing = house.browser().get("/assets/nowhere.js")
    assert (missing.status_code, missing.headers["Referrer-Policy"]) == (404, "same-origin")


@pytest.mark.parametrize("path", ["/", "/setup", "/nowhere"])
def test_no_page_needs_more_than_the_policy_gives(house: House, path: str) -> None:
    page = house.browser().get(path).text
    assert not re.search(r"<script(?![^>]*\bsrc=)", page), "an inline script"
    assert not re.search(r"\son\w+=", page), "an inline handler"
    assert not re.search(r"<style|\sstyle=", page), "an inline style"
    assert not re.search(r"(src|href)=[\"']https?://", page), "something from elsewhere"


@pytest.mark.parametrize(
    ("address", "strict"),
    [
        ("https://vault.example", True),
        ("http://vault.example", False),
        ("https://127.0.0.1:8321", False),
        ("https://localhost:8321", False),
    ],
)
def test_strict_transport_only_where_it_hurts_nobody(house: House, address: str, strict: bool) -> None:
    """On localhost it would force https on everything else that runs there."""
    assert ("Strict-Transport-Security" in house.browser(address).get("/").headers) == strict


def test_pages_and_answers_about_people_are_not_kept_by_caches(house: House) -> None:
    browser = house.signed_in(MARROW)
    for path in ("/nowhere", "/api/v1/session", "/api/v1/accounts", "/api/v1/preferences"):
        assert browser.get(path).headers["Cache-Control"] == "no-store"
    assert "Cookie" in browser.get("/api/v1/session").headers["Vary"]


# --- names, proxies, sizes


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("vault.example", True),
        ("VAULT.example:443", True),
        ("127.0.0.1:8321", True),
        ("[::1]:8321", True),
        ("192.168.1.20", True),
        ("localhost:8321", True),
        ("evil.example", False),
        ("vault.example.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("", False),
        ("[::1", False),
    ],
)
def test_the_names_we_answer_to(host: str, ours: bool) -> None:
    names = known_names(Settings(redirect_url="https://vault.example/callback/bungie"))
    assert answers_to(names, host) == ours


def test_a_rebound_name_is_refused(tmp_path: Path) -> None:
    house = build_house(tmp_path, redirect_url="https://vault.example/callback/bungie")
    assert house.browser("http://evil.example").get("/api/v1/session").status_code == 421
    assert house.browser("http://evil.example").get("/healthz").status_code == 200
    assert house.browser("https://vault.example").get("/").status_code == 200
    house.services.close()


def test_without_a_callback_any_name_will_do() -> None:
    assert answers_to(known_names(Settings()), "whatever.example")


@pytest.mark.parametrize(("hops", "secure"), [(0, False), (1, True)])
def test_a_proxy_is_believed_only_when_told(tmp_path: Path, hops: int, secure: bool) -> None:
    house = build_house(tmp_path, trusted_proxies=hops)
    browser = house.browser()
    answer = browser.get("/", headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"})
    assert ("Secure" in answer.headers["Set-Cookie"]) == secure
    house.services.close()


def test_the_cookie_is_for_https_alone_where_people_come_by_https(tmp_path: Path) -> None:
    """Also when nobody told us of the proxy in front: one visit to http:// would show the cookie to everybody on the way."""
    house = build_house(tmp_path, redirect_url="https://vault.example/callback/bungie")
    assert "Secure" in house.browser("http://vault.example").get("/").headers["Set-Cookie"]
    house.services.close()


def test_forged_addresses_do_not_get_around_the_limit(house: House) -> None:
    browser = house.browser()
    token = browser.csrf()
    answers = [
        browser.client.post("/setup", data={"csrf_token": token}, headers={"X-Forwarded-For": f"203.0.113.{each}"}).status_code
        for each in range(7)
    ]
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("address", "one"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8::1:2:3:4", "2001:db8::/64"),
        ("2001:db8::ffff", "2001:db8::/64"),
        ("", ""),
    ],
)
def test_an_ipv6_customer_is_one(address: str, one: str) -> None:
    assert neighbourhood(address) == one


def test_a_huge_body_is_refused_unread(house: House) -> None:
    browser = house.signed_in(MARROW)
    headers = {"X-CSRFToken": browser.csrf(), "Content-Type": "application/json"}
    answer = browser.client.put("/api/v1/preferences", data=b" " * (1 << 20) + b"{}", headers=headers)
    assert (answer.status_code, answer.json["code"]) == (413, "request-entity-too-large")


MB = 2**20
LARGE = [
    ("PUT", "preferences", "application/json", 1, "nothing of it was kept."),
    ("POST", "wish_lists", "application/json", 1, "Send it as a file to /api/v1/wish_lists/upload, which takes 20 MB"),
    ("POST", "wish_lists/upload", "text/plain", 20, "Split it into several lists"),
    ("POST", "wish_lists/upload", "text/html", 1, "Up to 20 MB are taken with the header Content-Type: text/plain."),
    ("POST", "curation/import", "application/json", 20, "Split a table into several"),
    (
        "POST",
        "curation/import",
        "text/plain",
        1,
        "Up to 20 MB are taken with the header Content-Type: application/json or",
    ),
    ("POST", "ledgers/1/import", "text/csv", 1, "Import it in parts"),
    ("POST", "history/import", "application/x-ndjson", 200, "vaultraider history import"),
]


@pytest.mark.parametrize(("method", "path", "kind", "most", "instead"), LARGE)
def test_what_is_too_large_is_told_the_limit_and_another_way(
    house: House, method: str, path: str, kind: str, most: int, instead: str
) -> None:
    """By what it says of its length: nothing of it is read."""
    browser = house.signed_in(MARROW)
    headers = {"X-CSRFToken": browser.csrf(), "Content-Type": kind}
    length = {"CONTENT_LENGTH": str((most + 1) * MB)}
    answer = browser.client.open(f"/api/v1/{path}", method=method, headers=headers, environ_overrides=length)
    assert (answer.status_code, answer.mimetype) == (413, "application/problem+json")
    assert answer.json["detail"].startswith(f"What was sent is larger than {most} MB, the most that is taken here;")
    assert instead in answer.json["detail"]


@pytest.mark.parametrize("host", ["localhost", "a.localhost", "127.0.0.1", "::1", "[::1]:80"])
def test_what_is_local(host: str) -> None:
    assert is_local(host) == (host != "::1"), "an IPv6 address in Host stands in brackets"


# --- errors


def test_an_error_page_has_a_reference_that_the_log_has_too(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    browser = house.browser()
    state = "the-state-nobody-may-read"
    page = browser.come_back(state=state, code="the-code-nobody-may-read").text
    reference = re.search(r"\b[0-9a-f]{4}-[0-9a-f]{4}\b", page)
    assert reference is not None
    assert reference[0] in caplog.text
    assert "nobody-may-read" not in caplog.text


def test_a_page_that_breaks_stays_calm(house: House, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(house.app.view_functions, "sign_in.front", lambda: 1 / 0)
    answer = house.browser().get("/")
    assert answer.status_code == 500
    assert "division" not in answer.text
    assert "ZeroDivisionError" in caplog.text
    assert re.search(r"[0-9a-f]{4}-[0-9a-f]{4}", answer.text)


def test_a_page_of_404_and_405(house: House) -> None:
    browser = house.browser()
    assert "nothing at this address" in browser.get("/<script>alert(1)</script>").text
    assert "<script>alert" not in browser.get("/<script>alert(1)</script>").text
    assert browser.get("/sign-out").status_code == 405


def test_health(house: House) -> None:
    browser = house.browser()
    assert (browser.get("/healthz").text, browser.get("/readyz").text) == ("ok\n", "ready\n")
    assert browser.cookie is None


# --- two people


def test_two_people_at_once_never_see_each_others_data(house: House) -> None:
    """The original kept one session for all visitors, so that the second saw the first one's vault."""
    people = {MARROW: "Marrow#4417", ILSE: "Ilse#0077"}
    browsers = {person: [house.signed_in(person) for _ in range(3)] for person in people}
    for person, sort in ((MARROW, "power"), (ILSE, "name")):
        browsers[person][0].send("PUT", "/api/v1/preferences", {"sort": sort})

    def look(person: str, place: int) -> tuple[str, str | None, str, list[str]]:
        browser = browsers[person][place]
        accounts = [each["name"] for each in browser.get("/api/v1/accounts").json["accounts"]]
        return person, browser.who(), browser.get("/api/v1/preferences").json["sort"], accounts

    with ThreadPoolExecutor(6) as pool:
        work = [pool.submit(look, person, place) for _ in range(15) for person in people for place in range(3)]
        for done in work:
            person, name, sort, accounts = done.result()
            assert (name, sort, accounts) == (people[person], {MARROW: "power", ILSE: "name"}[person], [people[person]])


# --- what a request costs


def test_a_signed_in_request_writes_nothing_and_reads_little(house: House) -> None:
    from sqlalchemy import event

    browser = house.signed_in(MARROW)
    browser.get("/api/v1/session")
    said: list[str] = []
    event.listen(house.services.database.engine, "before_cursor_execute", lambda *call: said.append(call[2]))
    for _ in range(10):
        browser.get("/api/v1/session")
    assert said == []
    house.clock.pass_time(4)
    browser.get("/api/v1/session")
    assert [each.split()[0] for each in said if not each.startswith(("BEGIN", "COMMIT", "ROLLBACK"))] == ["SELECT"]


def test_a_visitor_costs_no_row(house: House) -> None:
    browser = house.browser()
    browser.get("/")
    browser.get("/api/v1/session")
    with house.services.database.reading() as session:
        from vaultraider.database.sessions import BrowserSessionRow

        assert session.query(BrowserSessionRow).count() == 0
