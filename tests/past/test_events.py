"""What happened, as the page asks for it: filtered, in pages, in sentences."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.past.days import Lived
from tests.wired import WiredBrowser, WiredHouse

from vaultraider.api._times import stamp
from vaultraider.domain.history.delta import difference, encode_delta
from vaultraider.domain.history.events import GROUPS, KINDS, Event
from vaultraider.domain.history.moment import Moment
from vaultraider.ports.history import NewObservation

KINDS_SEEN = [
    "moved", "lost", "currency", "locked", "power", "postmaster-in", "acquired", "moved", "locked", "power",
]  # fmt: skip
"""Of Marrow's two days, newest first."""
HOSTILE = "<img src=x onerror=alert(1)>\u202egnp.exe\x07\n" + "ä" * 900


def events(browser: WiredBrowser, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page(browser, query)["events"]
    return found


def page(browser: WiredBrowser, query: str = "") -> dict[str, Any]:
    answer = browser.get(f"/api/v1/events?{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def test_two_days_in_sentences(marrow: WiredBrowser, lived: Lived) -> None:
    found = page(marrow)
    assert [event["kind"] for event in found["events"]] == KINDS_SEEN
    name = {event["item"]: event["name"] for event in found["events"] if "item" in event}
    ids = lived.ids
    assert [event["sentence"] for event in found["events"][:3]] == [
        f"{name[ids['carried']]} moved to Brannoch from the vault",
        f"{name[ids['lost']]}, {found['events'][1]['before']['power']}, is gone, last in the vault",
        "Glimmer 183,402 to 184,852",
    ]
    assert found["events"][5]["sentence"] == f"{name[ids['found']]} came to the postmaster of Brannoch"
    assert found["events"][7]["sentence"] == f"{name[ids['carried']]} moved to the vault from Brannoch"
    assert found["first"] == stamp(lived.times["first"])
    assert found["counts"] == {"all": 10, "found": 1, "moved": 3, "changed": 5, "gone": 1}
    assert "next" not in found


def test_what_is_said_of_one(marrow: WiredBrowser, lived: Lived) -> None:
    [lost] = events(marrow, "group=gone")
    [facts] = [each for each in lived.shown["found"]["items"] if each["id"] == lived.ids["lost"]]
    icon = lived.shown["found"]["definitions"][str(facts["hash"])]["icon"]
    assert lost == {
        "id": lost["id"],
        "at": stamp(lived.times["lost"]),
        "since": stamp(lived.times["earned"]),
        "kind": "lost",
        "group": "gone",
        "item": lived.ids["lost"],
        "hash": facts["hash"],
        "name": lost["name"],
        "tier": "legendary",
        "item_kind": lost["item_kind"],
        "icon": icon,
        "before": {"store": "vault", "place": "vault", "power": facts["power"]},
        "after": {},
        "by": "game",
        "sentence": lost["sentence"],
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=power", ["power", "power"]),
        ("kind=power,moved", ["moved", "power", "moved", "power"]),
        ("group=found", ["acquired"]),
        ("group=moved", ["moved", "postmaster-in", "moved"]),
        ("group=moved&kind=postmaster-in,power", ["postmaster-in"]),
        ("group=gone&kind=power", []),
        ("item={raised}", ["locked", "power", "locked", "power"]),
        ("item={raised}&kind=power&limit=1", ["power"]),
        ("item={theirs}", []),
        ("item=1", []),
        ("hash=3159615086", ["currency"]),
        ("hash=1", []),
        ("character={brannoch}", ["moved", "postmaster-in", "acquired", "moved"]),
        ("character=7", []),
        ("by=game", KINDS_SEEN),
        ("by=you", []),
        ("q=gLIM", ["currency"]),
        ("q=%25", []),
        ("q=_", []),
        ("q=%00", KINDS_SEEN),
        ("q=%22%27%3B--", []),
        ("since={lost}", ["moved", "lost"]),
        ("until={raised}", ["locked", "power"]),
        ("since={carried}&until={found}", ["postmaster-in", "acquired", "moved"]),
        ("since=2026-11-18", ["moved", "lost", "currency", "locked", "power"]),
        ("until=2026-11-17", ["postmaster-in", "acquired", "moved", "locked", "power"]),
        ("since=2026-11-17&until=2026-11-18", KINDS_SEEN),
        ("since=2030-01-01", []),
        ("until=0001-01-01", []),
        ("utm_source=a&kind=lost", ["lost"]),
    ],
)
def test_filters(marrow: WiredBrowser, lived: Lived, query: str, expected: list[str]) -> None:
    given = {name: stamp(moment) for name, moment in lived.times.items() if " " not in name}
    # A time and an item may have one name; which is meant is told by the word before.
    names = lived.ids if "item=" in query or "character=" in query else given
    assert [event["kind"] for event in events(marrow, query.format(**names))] == expected


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("kind=eaten", "kind"),
        ("kind=power,", "kind"),
        ("kind=", "kind"),
        ("group=all", "group"),
        ("item=%27%20OR%201=1", "item"),
        ("item=" + "9" * 21, "item"),
        ("hash=-1", "hash"),
        ("hash=x", "hash"),
        ("hash=4294967296", "hash"),
        ("character=%00", "character"),
        ("by=rule", "by"),
        ("q=" + "x" * 201, "q"),
        ("cursor=1", "cursor"),
        ("cursor=1-1%0a", "cursor"),
        ("cursor=-1-1", "cursor"),
        ("cursor=9999999999-1", "cursor"),
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("since=yesterday", "since"),
        ("since=2026-02-30", "since"),
        ("until=2026-11-17T20:00", "until"),
        ("until=2026-11-17T25:00:00Z", "until"),
        ("since=2026-W46-2", "since"),
    ],
)
def test_what_cannot_be_asked(marrow: WiredBrowser, query: str, field: str) -> None:
    answer = marrow.get(f"/api/v1/events?{query}")
    assert (answer.status_code, answer.json["field"]) == (400, field), answer.text


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
@pytest.mark.parametrize("more", ["", "&kind=power,lost,moved"])
def test_pages_hold_everything_once(marrow: WiredBrowser, limit: int, more: str) -> None:
    """Each gap, too, is on one page: behind what was seen at its end."""
    whole = page(marrow, f"limit=500{more}")
    found, gaps, query = [], [], f"limit={limit}{more}"
    following: str | None = ""
    while following is not None:
        got = page(marrow, f"{query}&cursor={following}" if following else query)
        assert ("counts" in got) == (not following)
        assert len(got["events"]) <= limit
        found += got["events"]
        gaps += got["gaps"]
        following = got.get("next")
    assert found == whole["events"]
    assert gaps == whole["gaps"]
    assert len(gaps) == 1


def test_a_page_stays_whole_while_new_events_come(house: WiredHouse, marrow: WiredBrowser) -> None:
    whole = events(marrow)
    first = page(marrow, "limit=4")
    happen(house, "Late Bloom")
    second = page(marrow, f"limit=500&cursor={first['next']}")
    assert first["events"] + second["events"] == whole
    assert events(marrow)[0]["name"] == "Late Bloom"
    assert page(marrow)["counts"]["all"] == len(whole) + 1


def test_somebody_else_sees_their_own(marrow: WiredBrowser, hoarder: WiredBrowser, still: WiredHouse, lived: Lived) -> None:
    assert {event["item"] for event in events(hoarder)} == {lived.ids["theirs"]}
    assert not {event["id"] for event in events(hoarder, f"item={lived.ids['raised']}")}
    assert still.browser().get("/api/v1/events").status_code == 401


def test_hostile_names_are_only_names(house: WiredHouse, marrow: WiredBrowser) -> None:
    happen(house, HOSTILE)
    [event] = events(marrow, "limit=1")
    assert event["name"].startswith("<img")
    assert "\u202e" not in event["sentence"]
    assert not any(ord(sign) < 32 for sign in event["sentence"])
    assert len(event["sentence"]) < 200
    assert [each["id"] for each in events(marrow, "q=ONERROR")] == [event["id"]]


def test_every_kind_is_in_one_group() -> None:
    assert sorted(kind for kinds in GROUPS.values() for kind in kinds) == sorted(KINDS)


def happen(house: WiredHouse, name: str) -> datetime:
    """Something of that name happens to Marrow, an hour later."""
    history = house.services.history
    user = house.user()
    membership = house.services.accounts.destiny.membership(user)
    account = history.store.account(user.id, membership)
    assert account is not None
    at = account.seen + timedelta(hours=1)
    found = history.moments.at(user, membership, at)
    assert found is not None
    changed = difference(found[0], Moment(items=found[0].items))
    assert changed is not None
    event = Event(seq=account.seq + 1, n=0, at=at, since=account.seen, kind="lost", item="77", hash=5, name=name)
    seen = NewObservation(seq=account.seq + 1, at=at, since=account.seen, delta=encode_delta(changed), events=[event])
    assert history.store.append(account, seen)
    return at
