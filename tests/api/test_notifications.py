"""Channels, choices and the log of messages over the API, as the page uses them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.people import ILSE, MARROW, Browser, House, build_house

from vaultraider.domain.notifications import Message
from vaultraider.jobs._registry import find_jobs, perform

SECRET = "plain-abcdefSECRET-0123456789-xyz"
ADDRESS = "https://9.9.9.9/hook"
"""It is looked at and never asked."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = build_house(tmp_path_factory.mktemp("house"))
    yield house
    house.services.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = build_house(tmp_path)
    yield house
    house.services.close()


@pytest.fixture
def marrow(house: House) -> Browser:
    return house.signed_in(MARROW)


def work(house: House) -> None:
    """Does the jobs that are due."""
    for _ in range(20):
        jobs = [each for each in house.services.jobs.latest() if each.state == "queued" and each.not_before <= house.clock.now()]
        if not jobs:
            return
        for each in jobs:
            perform(house.services, find_jobs(), each.id)


def tell(house: House, key: str = "one", **more: Any) -> None:
    message = Message(**{"kind": "xur-arrived", "key": key, "title": f"News {key}", "text": "Text.", "link": "/xur"} | more)
    assert house.services.notifications.tell(house.user(MARROW).id, message)


def hook(browser: Browser, **more: Any) -> Any:
    settings = {"address": ADDRESS, "secret": SECRET}
    answer = browser.send("POST", "/api/v1/channels", {"kind": "webhook", "settings": settings} | more)
    assert answer.status_code == 201, answer.text
    return answer.json


def test_the_demo_shows_its_console_and_what_it_told(house: House, marrow: Browser) -> None:
    tell(house)
    work(house)
    (channel,) = marrow.get("/api/v1/channels").json["channels"]
    assert (channel["kind"], channel["state"], channel["kept"]) == ("console", "ok", [])
    (told,) = marrow.get("/api/v1/notifications").json["notifications"]
    assert (told["title"], told["link"], told["has_html"]) == ("News one", "/xur", False)
    (delivery,) = told["deliveries"]
    assert (delivery["state"], delivery["channel_kind"], delivery["tries"]) == ("sent", "console", 1)
    assert delivery["sentence"] and delivery["at"] and "next" not in delivery


def test_a_real_server_offers_no_console(tmp_path: Path) -> None:
    house = build_house(tmp_path, open_sign_in=False, allow=[MARROW])
    try:
        kinds = {form.kind for form in house.services.notifications.channels.forms()}
        assert "console" not in kinds
        assert {"slack", "discord", "email", "ntfy", "webhook"} <= kinds
    finally:
        house.services.close()


def test_forms_say_what_they_take(marrow: Browser) -> None:
    kinds = {each["kind"]: each for each in marrow.get("/api/v1/channels").json["kinds"]}
    (address,) = kinds["slack"]["fields"]
    assert (address["kind"], address["required"]) == ("secret", True)


def test_a_secret_goes_in_and_never_comes_out(house: House, marrow: Browser, caplog: pytest.LogCaptureFixture) -> None:
    made = hook(marrow, title="The clan")
    assert (made["title"], made["settings"], made["kept"]) == ("The clan", {"address": ADDRESS}, ["secret"])
    assert made["state"] == "unused"
    answers = [
        marrow.get("/api/v1/channels"),
        marrow.send("PATCH", f"/api/v1/channels/{made['id']}", {"title": "Clan"}),
        marrow.send("PATCH", f"/api/v1/channels/{made['id']}", {"settings": {"address": "nonsense", "secret": SECRET}}),
        marrow.get("/api/v1/notifications"),
    ]
    assert all("SECRET" not in each.text for each in answers)
    assert (answers[2].status_code, answers[2].json["field"]) == (400, "address")
    assert "SECRET" not in caplog.text
    files = b"".join(file.read_bytes() for file in house.settings.data_dir.iterdir() if "sqlite3" in file.name)
    assert b"The clan" in files
    assert b"abcdefSECRET" not in files


def test_a_secret_does_not_follow_to_another_address(marrow: Browser) -> None:
    made = hook(marrow)
    answer = marrow.send("PATCH", f"/api/v1/channels/{made['id']}", {"settings": {"address": "https://9.9.9.10/mine"}})
    assert (answer.status_code, answer.json["field"]) == (400, "secret")


def test_changing_and_removing(marrow: Browser) -> None:
    made = hook(marrow)
    path = f"/api/v1/channels/{made['id']}"
    changed = marrow.send("PATCH", path, {"title": "Loot", "enabled": False}).json
    assert (changed["title"], changed["enabled"], changed["kept"]) == ("Loot", False, ["secret"])
    assert marrow.send("DELETE", path).status_code == 204
    assert marrow.send("DELETE", path).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "carrier-pigeon"}, "kind"),
        ({"kind": "slack"}, "address"),
        ({"kind": "slack", "settings": {"address": "http://169.254.169.254/latest"}}, "address"),
        ({"kind": "webhook", "settings": {"address": "https://127.0.0.1/x", "secret": SECRET}}, "address"),
        ({"kind": "webhook", "settings": {"address": ADDRESS, "secret": SECRET}, "title": "x" * 61}, "title"),
        ({"kind": "webhook", "settings": {"address": ADDRESS, "secret": SECRET}, "title": "a\nb"}, "title"),
        ({"kind": "slack", "settings": []}, "settings"),
        ({"kind": "slack", "settings": {"address": 10**30}}, "settings.address"),
        ({}, "kind"),
        ({"kind": "slack", "more": 1}, "more"),
    ],
)
def test_channels_that_are_none(shared: House, body: Any, field: str) -> None:
    answer = shared.signed_in(MARROW).send("POST", "/api/v1/channels", body)
    assert answer.status_code == 400, answer.text
    assert answer.json["field"].startswith(field.partition(".")[0])


def test_somebody_elses_are_not_there(house: House, marrow: Browser) -> None:
    made = hook(marrow)
    tell(house, html="<p>Mine</p>")
    number = marrow.get("/api/v1/notifications").json["notifications"][0]["id"]
    ilse = house.signed_in(ILSE)
    path = f"/api/v1/channels/{made['id']}"
    for method, where, body in (
        ("PATCH", path, {"title": "Mine now"}),
        ("DELETE", path, None),
        ("POST", f"{path}/test", None),
        ("GET", f"/api/v1/notifications/{number}/html", None),
    ):
        assert ilse.send(method, where, body).status_code == 404
    assert ilse.get("/api/v1/notifications").json["notifications"] == []
    wanted = {"kinds": [{"name": "xur-arrived", "timing": "at-once", "channels": [made["id"]]}]}
    assert ilse.send("PUT", "/api/v1/notification-choices", wanted).status_code == 400
    assert marrow.get(f"/api/v1/notifications/{number}/html").status_code == 200


def test_a_test_tells_what_came_of_it_and_has_a_pace(house: House, marrow: Browser) -> None:
    (console,) = marrow.get("/api/v1/channels").json["channels"]
    answers = [marrow.send("POST", f"/api/v1/channels/{console['id']}/test") for _ in range(11)]
    assert answers[0].json == {"ok": True, "sentence": "It is shown on the page of notifications."}
    assert [each.status_code for each in answers] == [200] * 10 + [429]
    assert house.services.notifications.latest(house.user(MARROW), limit=5) == []


def test_choices_come_back_as_they_went(house: House, marrow: Browser) -> None:
    before = marrow.get("/api/v1/notification-choices").json
    assert (before["digest_at"], before["time_zone"], "quiet" in before) == ("08:00", "UTC", False)
    assert {each["name"]: each["timing"] for each in before["kinds"]}["transfer-ended"] == "off"
    made = hook(marrow)
    before["kinds"][0] |= {"timing": "digest", "channels": [made["id"]]}
    changed = before | {"quiet": {"from": "23:00", "to": "08:00"}, "digest_at": "18:30", "time_zone": "Europe/Berlin"}
    assert marrow.send("PUT", "/api/v1/notification-choices", changed).json == changed
    assert marrow.get("/api/v1/notification-choices").json == changed
    marrow.send("DELETE", f"/api/v1/channels/{made['id']}")
    assert marrow.get("/api/v1/notification-choices").json["kinds"][0]["channels"] == []


def test_what_is_about_the_server_is_offered_to_admins_alone(house: House, marrow: Browser) -> None:
    def names(browser: Browser) -> set[str]:
        return {each["name"] for each in browser.get("/api/v1/notification-choices").json["kinds"]}

    assert names(marrow) - names(house.signed_in(ILSE)) == {"manifest-updated", "manifest-failed"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"quiet": {"from": "24:00", "to": "08:00"}}, "quiet"),
        ({"quiet": {"from": "08:00", "to": "08:00"}}, "quiet"),
        ({"quiet": {"from": "23:00"}}, "quiet"),
        ({"digest_at": "8:00"}, "digest_at"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "Europe/Berlin\n"}, "time_zone"),
        ({"kinds": [{"name": "xur-arrived", "timing": "never"}]}, "kinds"),
        ({"kinds": [{"name": "nonsense", "timing": "off"}]}, "kinds"),
        ({"kinds": [{"name": "xur-arrived", "timing": "off", "channels": ["4711"]}]}, "kinds"),
        ({"kinds": [{"name": "xur-arrived", "timing": "off", "channels": ["1; DROP TABLE"]}]}, "kinds"),
    ],
)
def test_choices_that_are_none(shared: House, body: Any, field: str) -> None:
    answer = shared.signed_in(MARROW).send("PUT", "/api/v1/notification-choices", body)
    assert answer.status_code == 400, answer.text
    assert answer.json["field"].startswith(field)


def test_a_line_end_is_no_part_of_a_time_or_a_number(marrow: Browser) -> None:
    """Where a pattern ends in "$" one more line end would pass, and break what reads it."""
    for body in (
        {"digest_at": "08:00\n"},
        {"quiet": {"from": "23:00\n", "to": "08:00"}},
        {"kinds": [{"name": "xur-arrived", "timing": "off", "channels": ["1\n"]}]},
    ):
        answer = marrow.send("PUT", "/api/v1/notification-choices", body)
        assert (body, answer.status_code) == (body, 400)


def test_the_log_goes_page_by_page(house: House, marrow: Browser) -> None:
    for key in "abcde":
        tell(house, key)
    first = marrow.get("/api/v1/notifications?limit=2").json["notifications"]
    assert [each["title"] for each in first] == ["News e", "News d"]
    second = marrow.get(f"/api/v1/notifications?limit=2&before={first[-1]['id']}").json["notifications"]
    assert [each["title"] for each in second] == ["News c", "News b"]
    assert marrow.get("/api/v1/notifications?limit=0").status_code == 400


def test_an_e_mail_is_shown_with_its_pictures_and_can_do_nothing(house: House, marrow: Browser) -> None:
    html = '<!doctype html><style>p{color:red}</style><p>Hi</p><img src="cid:hawk"><img src="cid:hawk-2"><script>bad()</script>'
    tell(house, html=html, pictures={"hawk": b"PNG1", "hawk-2": b"PNG2"})
    (told,) = marrow.get("/api/v1/notifications").json["notifications"]
    assert told["has_html"] is True
    answer = marrow.get(f"/api/v1/notifications/{told['id']}/html")
    assert answer.mimetype == "text/html"
    assert 'src="data:image/png;base64,UE5HMQ=="' in answer.text
    assert 'src="data:image/png;base64,UE5HMg=="' in answer.text
    assert "cid:" not in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox allow-popups" in policy and "script" not in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in policy
    tell(house, "plain")
    plain = marrow.get("/api/v1/notifications").json["notifications"][0]["id"]
    assert marrow.get(f"/api/v1/notifications/{plain}/html").status_code == 404


def test_nobody_without_a_sign_in(shared: House) -> None:
    stranger = shared.browser()
    for path in ("channels", "notification-choices", "notifications", "notifications/1/html"):
        assert stranger.get(f"/api/v1/{path}").status_code == 401


def test_who_leaves_takes_all_of_it_along(house: House, marrow: Browser) -> None:
    from sqlalchemy import func, select, table

    hook(marrow)
    marrow.send("PUT", "/api/v1/notification-choices", {"digest_at": "09:00"})
    tell(house)
    work(house)
    assert marrow.send("DELETE", "/api/v1/account-data", {"confirm": "Marrow#4417"}).status_code == 204
    names = ("told", "notifications", "notification_deliveries", "notification_channels", "notification_choices")
    with house.services.database.reading() as session:
        assert [session.scalar(select(func.count()).select_from(table(name))) for name in names] == [0] * 5
        kept = session.scalar(select(func.count()).select_from(table("jobs")))
    assert kept == 0
