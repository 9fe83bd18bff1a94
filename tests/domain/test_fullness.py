"""Places that overflow: told once on the way up, and not again before it has clearly gone down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.clocks import START
from tests.domain import accounts as a
from tests.domain.accounts import HUNTER, TITAN

from vaultraider.domain import hashes
from vaultraider.domain.fullness import Alarm, Place, PlaceKind, look_at, places
from vaultraider.domain.notifications.accounts import nearly_full, sign_in_lapsed
from vaultraider.domain.snapshot import read_snapshot

HOUR = timedelta(hours=1)


def rounds(kind: PlaceKind, capacity: int, levels: list[int]) -> list[int]:
    """At which of the levels, one an hour, somebody is told."""
    alarm: Alarm | None = None
    told = []
    for hour, used in enumerate(levels):
        before, alarm = alarm, look_at(Place(kind, "", used, capacity), alarm, START + hour * HOUR)
        if alarm is not None and before is None:
            assert alarm.began == START + hour * HOUR
            told.append(used)
    return told


@pytest.mark.parametrize(
    ("kind", "capacity", "levels", "told"),
    [
        ("postmaster", 21, [0, 15, 16, 17, 21], [16]),
        ("postmaster", 21, [17, 15, 16, 13, 16, 21], [17]),
        ("postmaster", 21, [17, 12, 15, 16], [17, 16]),
        ("postmaster", 21, [17, 0, 21, 3, 16], [17, 21, 16]),
        ("postmaster", 42, [31, 32, 25, 32, 24, 32], [32, 32]),
        ("postmaster", 0, [30], []),
        ("vault", 1000, [949, 950, 1000, 921, 999], [950]),
        ("vault", 1000, [950, 920, 949, 950], [950, 950]),
        ("vault", 700, [664, 665], [665]),
        ("vault", 1000, [0], []),
    ],
)
def test_told_once(kind: PlaceKind, capacity: int, levels: list[int], told: list[int]) -> None:
    assert rounds(kind, capacity, levels) == told


@given(st.lists(st.integers(0, 21), max_size=60))
def test_between_two_alarms_it_was_clearly_down(levels: list[int]) -> None:
    alarm: Alarm | None = None
    lowest = 0
    for used in levels:
        lowest = min(lowest, used)
        before, alarm = alarm, look_at(Place("postmaster", TITAN, used, 21), alarm, START)
        if alarm is not None and before is None:
            assert lowest <= 12
            assert used >= 16
            lowest = used


def account(postmaster: int, **changes: Any) -> Any:
    body = a.account()
    items = body["characterInventories"]["data"][TITAN]["items"]
    items[:] = [each for each in items if each["bucketHash"] != hashes.POSTMASTER]
    items += [a.thing(a.UNKNOWN, 900 + n, bucket=hashes.POSTMASTER) for n in range(postmaster)]
    return read_snapshot(a.encode(body | changes), START)


def test_counted_from_a_profile() -> None:
    found = {place.name: place for place in places(account(17), a.definitions())}
    assert found[f"postmaster-{TITAN}"].used == 17
    assert found[f"postmaster-{HUNTER}"].used == 0
    assert found["vault"].used == sum(
        each["bucketHash"] == hashes.VAULT for each in a.account()["profileInventory"]["data"]["items"]
    )
    assert found["vault"].capacity > 0


@pytest.mark.parametrize(("part", "gone"), [("profileInventory", "vault"), ("characterInventories", "postmaster")])
def test_what_did_not_come_says_nothing(part: str, gone: str) -> None:
    snapshot = msgspec.structs.replace(account(17), incomplete=frozenset({part}))
    assert all(place.kind != gone for place in places(snapshot, a.definitions()))


def test_the_words() -> None:
    told = nearly_full(Place("postmaster", TITAN, 17, 21), START, key="3-46 postmaster", guardian="Brannoch")
    assert (told.kind, told.title) == ("postmaster-nearly-full", "Postmaster of Brannoch: 17 of 21")
    assert told.text.splitlines() == [
        "The postmaster of Brannoch holds 17 of 21 items. There is room for 4 more.",
        "When it is full, each new item deletes the oldest one.",
    ]
    assert told.link == f"/characters/{TITAN}"
    assert "It is full." in nearly_full(Place("postmaster", TITAN, 21, 21), START, key="k").text
    vault = nearly_full(Place("vault", "", 999, 1000), START, key="k", account="Tern#0092")
    assert (vault.kind, vault.title, vault.link) == ("vault-nearly-full", "Vault nearly full: 999 of 1000", "/vault")
    assert vault.text == "999 of the vault's 1000 places are taken. There is room for 1 more.\nThis is the account Tern#0092."


def test_each_alarm_and_each_lapse_is_news_once() -> None:
    place = Place("vault", "", 960, 1000)
    keys = {nearly_full(place, START + hour * HOUR, key=key).key for hour in range(2) for key in ("3-1 vault", "3-2 vault")}
    assert len(keys) == 4
    assert sign_in_lapsed(START).key != sign_in_lapsed(START + HOUR).key
    assert sign_in_lapsed(START) == sign_in_lapsed(START)
