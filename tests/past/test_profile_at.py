"""The vault as it was: the same answer as today's, of a past moment, while Bungie is down."""

from __future__ import annotations

import gzip
import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import brotli
import msgspec
import pytest
from tests.past.days import Lived
from tests.wired import WiredBrowser, WiredHouse

from vaultraider.api._profile_types import ItemDetails, ProfileAnswer
from vaultraider.api._times import stamp

OF_THE_MOMENT = {"last_played", "minutes_played", "current", "playing", "clan"}
"""What nobody remembers of a guardian."""


def at(browser: WiredBrowser, moment: datetime | str) -> dict[str, Any]:
    text = moment if isinstance(moment, str) else stamp(moment)
    answer = browser.get("/api/v1/profile", query_string={"at": text})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def items(profile: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in profile["items"]}


@pytest.mark.parametrize("name", ["found", "back"])
def test_it_is_what_was_shown_then(marrow: WiredBrowser, lived: Lived, name: str) -> None:
    shown, past = lived.shown[name], at(marrow, lived.times[name])
    assert items(past) == items(shown)
    for part in ("account", "manifest", "vault", "buckets", "definitions", "plugs"):
        assert past[part] == shown[part], part
    assert sorted(map(str, past["currencies"])) == sorted(map(str, shown["currencies"]))
    assert {each["id"]: lasting(each) for each in past["characters"]} == {
        each["id"]: lasting(each) for each in shown["characters"]
    }


def lasting(character: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in character.items() if name not in OF_THE_MOMENT}


def test_each_moment_has_its_own(marrow: WiredBrowser, lived: Lived) -> None:
    ids, times = lived.ids, lived.times
    begin, end = items(at(marrow, times["first"])), items(at(marrow, times["nothing"]))
    power = begin[ids["raised"]]["power"]
    assert [items(at(marrow, times[name]))[ids["raised"]]["power"] for name in ("raised", "carried", "raised again", "lost")] == [
        power + 1, power + 1, power + 2, power + 2,
    ]  # fmt: skip
    assert ids["lost"] in begin
    assert ids["lost"] in items(at(marrow, times["lost"] - timedelta(seconds=1)))
    assert ids["lost"] not in items(at(marrow, times["lost"]))
    assert ids["found"] not in begin
    assert end[ids["found"]]["place"] == "postmaster"
    where = [items(at(marrow, times[name]))[ids["carried"]]["store"] for name in ("first", "carried", "back")]
    assert where == [ids["brannoch"], "vault", ids["brannoch"]]


def test_it_says_what_it_is(marrow: WiredBrowser, lived: Lived) -> None:
    asked = lived.times["found"] + timedelta(hours=3)
    answer = marrow.get(f"/api/v1/profile?at={stamp(asked)}")
    said = msgspec.json.decode(answer.data, type=ProfileAnswer)
    assert (said.past, said.at, said.read) == (True, stamp(asked), stamp(lived.times["found"]))
    assert msgspec.to_builtins(said.observed) == {
        "since": stamp(lived.times["found"]),
        "until": stamp(lived.times["raised again"]),
    }
    assert at(marrow, lived.times["nothing"])["observed"] == {"since": stamp(lived.times["back"])}
    assert "past" not in lived.shown["found"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-17T17:30:00Z", "found"),
        ("2026-11-17T17:29:59Z", "carried"),
        ("2026-11-17T17:29:59.999999Z", "carried"),
        ("2026-11-17T17:30:00.0Z", "found"),
        ("2026-11-17T18:30:00+01:00", "found"),
        ("2026-11-17T18:30:00 01:00", "found"),
        ("2026-11-17T12:25:00-05:00", "carried"),
        ("2026-11-17T17:20Z", "carried"),
        ("2026-11-17", "found"),
        ("2026-11-18", "back"),
    ],
)
def test_ways_to_say_when(marrow: WiredBrowser, lived: Lived, text: str, expected: str) -> None:
    assert at(marrow, text)["observed"]["since"] == stamp(lived.times[expected])


def test_a_plus_that_was_not_escaped(marrow: WiredBrowser, lived: Lived) -> None:
    answer = marrow.get("/api/v1/profile?at=2026-11-17T18:30:00+01:00")
    assert answer.json["observed"]["since"] == stamp(lived.times["found"])


def test_today_means_until_now(still: WiredHouse, marrow: WiredBrowser) -> None:
    assert at(marrow, "2026-11-18")["at"] == stamp(still.clock.now())


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("2026-11-17T16:59:59Z", 404),
        ("2026-11-16", 404),
        ("0001-01-01T00:00:00+14:00", 400),
        ("9999-12-31T23:59:59-14:00", 400),
        ("2026-11-18T23:00:00Z", 400),
        ("2027-01-01", 400),
        ("2026-11-17T17:30:00", 400),
        ("1763400600", 400),
        ("now", 400),
        ("", 400),
        ("2026-11-17T17:30:00Z\n", 400),
        ("<script>", 400),
    ],
)
def test_moments_that_cannot_be_seen(marrow: WiredBrowser, text: str, status: int) -> None:
    answer = marrow.get(f"/api/v1/profile?at={quote(text)}")
    assert answer.status_code == status, answer.text
    if status == 400:
        assert answer.json["field"] == "at"
    else:
        assert answer.json["detail"] == "The memory begins on 17 November 2026 at 17:00 UTC. Choose a later moment."


def test_what_has_not_changed_is_not_sent_again(marrow: WiredBrowser, lived: Lived) -> None:
    path = f"/api/v1/profile?at={stamp(lived.times['found'])}"
    first = marrow.get(path)
    again = marrow.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = marrow.get(f"/api/v1/profile?at={stamp(lived.times['lost'])}", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
    assert first.headers["Cache-Control"] == "private, no-cache"


def test_it_comes_compressed(marrow: WiredBrowser, lived: Lived) -> None:
    path = f"/api/v1/profile?at={stamp(lived.times['found'])}"
    plain = marrow.get(path).data
    packed = {name: marrow.get(path, headers={"Accept-Encoding": name}).data for name in ("br", "gzip")}
    assert brotli.decompress(packed["br"]) == gzip.decompress(packed["gzip"]) == plain


def test_everybody_sees_their_own(still: WiredHouse, marrow: WiredBrowser, hoarder: WiredBrowser, lived: Lived) -> None:
    path = f"/api/v1/profile?at={stamp(lived.times['found'])}"
    mine, theirs = marrow.get(path), hoarder.get(path)
    assert mine.json["account"]["name"] == "Marrow#4417"
    assert theirs.json["account"]["name"].startswith("Hoarder")
    gear = [{id for id in items(answer.json) if not id.startswith("s-")} for answer in (mine, theirs)]
    assert gear[0] and gear[1] and not gear[0] & gear[1]
    assert still.browser().get(path).status_code == 401


def test_a_sheet_of_then(still: WiredHouse, lived: Lived) -> None:
    past, user = still.services.history.past, still.user()
    before = past.item(user, lived.ids["lost"], lived.times["first"])
    assert isinstance(before, ItemDetails)
    assert before.store_name == "Vault"
    assert before.sockets
    assert json.loads(msgspec.json.encode(before))["name"] == before.name


def test_without_definitions_it_waits_for_them(still: WiredHouse, marrow: WiredBrowser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(still.services.history.past, "_catalogue", missing)
    answer = marrow.get("/api/v1/profile?at=2026-11-17")
    assert (answer.status_code, answer.json["code"]) == (503, "definitions-missing")
    named = marrow.get("/api/v1/events").json["events"]
    assert named[1]["sentence"].endswith("is gone, last in the vault"), "events have the names of their day"
    assert marrow.get("/api/v1/diff?from=2026-11-17").status_code == 200


def missing() -> Any:
    from vaultraider.domain.errors import DefinitionsMissing

    raise DefinitionsMissing
