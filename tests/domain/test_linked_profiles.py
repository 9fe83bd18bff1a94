"""Which Destiny accounts a person has: recorded behaviour, and that trouble at Bungie hides none."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultraider.domain.linked_profiles import (
    LinkedProfiles,
    Memberships,
    accounts_of,
    accounts_of_memberships,
    default_account,
    destiny_1_candidates,
    merge,
)
from vaultraider.domain.people import DestinyAccount


def parse(raw: dict[str, Any]) -> LinkedProfiles:
    return msgspec.convert(raw, LinkedProfiles)


def card(platform: int, ident: str = "1", **more: Any) -> dict[str, Any]:
    return {
        "membershipType": platform,
        "membershipId": ident,
        "displayName": "marrow",
        "bungieGlobalDisplayName": "Marrow",
        "bungieGlobalDisplayNameCode": 417,
    } | more


def linked(*profiles: dict[str, Any], errors: list[tuple[int, dict[str, Any]]] | None = None) -> LinkedProfiles:
    broken = [{"errorCode": code, "infoCard": each} for code, each in errors or []]
    return parse({"profiles": list(profiles), "profilesWithErrors": broken})


def all_in_error(raw: dict[str, Any], code: int) -> LinkedProfiles:
    """As Bungie answers in maintenance: success, with every profile among the errors (Bungie-net/api #1214)."""
    errors = [{"errorCode": code, "infoCard": each} for each in raw["profiles"]]
    errors += [{"errorCode": code, "infoCard": each["infoCard"]} for each in raw["profilesWithErrors"]]
    return parse({"profiles": [], "profilesWithErrors": errors})


# --- recorded: what another manager makes of a real answer

REAL = "d2-linked-profiles-2025-07-15.json.gz"


@pytest.mark.real_data
@pytest.mark.parametrize("case", [0, 1, 2])
def test_a_real_answer_gives_the_recorded_accounts(shared_dir: Path, case: int) -> None:
    vector = json.loads((shared_dir / "vectors" / "accounts.json").read_text())
    name, expect = vector["cases"][case]["name"], vector["cases"][case]["expect"]
    raw = json.loads(gzip.decompress((shared_dir / "data" / "real" / REAL).read_bytes()))
    answer = all_in_error(raw, 1618) if "1618" in name else all_in_error(raw, 1601) if "1601" in name else parse(raw)
    found = accounts_of(answer)
    destiny_1 = [each for each in destiny_1_candidates(answer) if "returns" in vector["d1Lookups"].get(_lookup(each), "")]
    assert len(found) + len(destiny_1) == expect["accounts"]
    if expect["d2"] is None:
        assert found == []
    else:
        assert [each.type for each in found] == [2]
        assert len(found[0].platforms) >= 2
        assert (found[0].last_played is None) == ("1618" in name)
        assert found[0].problem == (1618 if "1618" in name else None)
    if case == 0:
        assert found[0].name == "Guardian2#9226", "the global name, as the file's rule says"
        assert (destiny_1[0].display_name, destiny_1[0].membership_type) == ("Guardian1", 2)


def _lookup(each: Any) -> str:
    return f"{({1: 'xbox', 2: 'psn'})[each.membership_type]} {each.membership_id}"


# --- rules


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({}, "Marrow#0417"),
        ({"bungieGlobalDisplayNameCode": 7}, "Marrow#0007"),
        ({"bungieGlobalDisplayNameCode": 12345}, "Marrow#12345"),
        ({"bungieGlobalDisplayNameCode": None}, "Marrow"),
        ({"bungieGlobalDisplayName": ""}, "marrow"),
        ({"bungieGlobalDisplayName": None, "displayName": None}, "Guardian"),
        ({"bungieGlobalDisplayName": "<b>守護者</b>"}, "<b>守護者</b>#0417"),
    ],
)
def test_the_bungie_name(fields: dict[str, Any], name: str) -> None:
    assert [each.name for each in accounts_of(linked(card(3, **fields)))] == [name]


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (linked(card(3, "1"), card(2, "2", isOverridden=True)), ["1"]),
        (linked(card(3, "1"), errors=[(1601, card(2, "2"))]), ["1"]),
        (linked(card(3, "1"), errors=[(1670, card(1, "2"))]), ["1"]),
        (linked(card(3, "1"), errors=[(1618, card(2, "2"))]), ["1", "2"]),
        (linked(errors=[(5, card(2, "2", crossSaveOverride=3))]), []),
        (linked(errors=[(5, card(2, "2", crossSaveOverride=2))]), ["2"]),
        (linked(card(20, "9"), card(254, "8")), []),
        (linked(), []),
    ],
)
def test_which_accounts_count(answer: LinkedProfiles, kept: list[str]) -> None:
    assert [each.id for each in accounts_of(answer)] == kept


KNOWN = accounts_of(
    linked(
        card(3, "1", dateLastPlayed="2026-11-01T10:00:00Z", isCrossSavePrimary=True),
        card(2, "2", dateLastPlayed="2026-11-02T10:00:00Z"),
    )
)


@pytest.mark.parametrize("code", [1601, 1618, 1626, 5])
def test_maintenance_that_looks_like_success_hides_no_account(code: int) -> None:
    """One person saw 52 good accounts flip for a minute (Bungie-net/api #1475)."""
    after = merge(KNOWN, linked(errors=[(code, card(3, "1")), (code, card(2, "2"))]))
    assert [(each.id, each.last_played, each.cross_save_primary) for each in after] == [
        (each.id, each.last_played, each.cross_save_primary) for each in KNOWN
    ]
    assert {each.problem for each in after} == {code}


def test_an_empty_answer_hides_no_account() -> None:
    assert merge(KNOWN, linked()) == KNOWN


def test_a_good_answer_takes_the_problem_away() -> None:
    troubled = merge(KNOWN, linked(errors=[(1618, card(3, "1"))]))
    after = merge(troubled, linked(card(3, "1", dateLastPlayed="2026-11-03T10:00:00Z")))
    assert {each.id: each.problem for each in after} == {"1": None, "2": None}


def test_an_account_that_was_folded_into_another_goes() -> None:
    answer = linked(card(3, "1", crossSaveOverride=3), card(2, "2", isOverridden=True, crossSaveOverride=3))
    assert [each.id for each in merge(KNOWN, answer)] == ["1"]


accounts = st.builds(
    DestinyAccount,
    type=st.sampled_from([1, 2, 3, 6]),
    id=st.sampled_from(["1", "2", "3"]),
    name=st.just("Marrow#4417"),
    problem=st.sampled_from([None, 1618]),
)


@given(
    st.lists(accounts, unique_by=lambda each: (each.type, each.id)), st.lists(st.tuples(st.sampled_from([1601, 1618]), accounts))
)
def test_errors_alone_never_shorten_the_list(known: list[DestinyAccount], errors: list[tuple[int, DestinyAccount]]) -> None:
    after = merge(known, linked(errors=[(code, card(each.type, each.id)) for code, each in errors]))
    assert {(each.type, each.id) for each in known} <= {(each.type, each.id) for each in after}
    assert len({(each.type, each.id) for each in after}) == len(after)


# --- the one to look at


@pytest.mark.parametrize(
    ("answer", "chosen"),
    [
        (linked(card(3, "1", dateLastPlayed="2026-11-01T10:00:00Z"), card(2, "2", dateLastPlayed="2026-11-02T10:00:00Z")), "2"),
        (linked(card(3, "1", isCrossSavePrimary=True), card(2, "2", dateLastPlayed="2026-11-02T10:00:00Z")), "1"),
        (linked(card(3, "1"), errors=[(1618, card(2, "2"))]), "1"),
        (linked(errors=[(1618, card(2, "2"))]), "2"),
    ],
)
def test_the_default_account(answer: LinkedProfiles, chosen: str) -> None:
    found = default_account(accounts_of(answer))
    assert found is not None
    assert found.id == chosen


def test_no_account_no_default() -> None:
    assert default_account([]) is None


def test_memberships_alone_will_do() -> None:
    said = msgspec.convert(
        {
            "bungieNetUser": {
                "membershipId": "17",
                "cachedBungieGlobalDisplayName": "Marrow",
                "cachedBungieGlobalDisplayNameCode": 417,
            },
            "destinyMemberships": [card(3, "1", crossSaveOverride=3), card(2, "2", crossSaveOverride=3)],
            "primaryMembershipId": "1",
        },
        Memberships,
    )
    assert [(each.id, each.cross_save_primary) for each in accounts_of_memberships(said)] == [("1", True)]
    assert said.bungie_net_user.name == "Marrow#0417"
