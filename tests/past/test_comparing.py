"""What is said of two moments, without a house: what plugs, stacks and guardians differ in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from vaultraider.domain import hashes
from vaultraider.domain.history.moment import KeptCharacter, KeptItem, Moment
from vaultraider.services.history.differences import MOST, difference_of
from vaultraider.services.history.naming import Naming

AT = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
POWER = next(iter(hashes.POWER_STATS))
WEAPON = KeptItem(
    hash=7, holder="", bucket=hashes.VAULT, primary=(POWER, 541), energy=None, sockets=(5 * 4 + 3, 6 * 4 + 3), lockable=True
)
BRANNOCH = KeptCharacter(class_type=0)


def compare(before: Moment, after: Moment) -> dict[str, Any]:
    naming = Naming(None, {"101": "Brannoch"}, {"101": BRANNOCH, "102": KeptCharacter(class_type=1)})
    found: dict[str, Any] = msgspec.to_builtins(difference_of(before, after, naming, since=AT, until=AT, gaps=[]))
    return found


def changes(before: KeptItem, after: KeptItem) -> list[tuple[str, str, str]]:
    found = compare(Moment(items={"1": before}), Moment(items={"1": after}))
    assert len(found["changed"]) <= 1
    return [(each["what"], each["before"], each["after"]) for item in found["changed"] for each in item["changes"]]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"primary": (POWER, 549)}, [("Power", "541", "549")]),
        ({"primary": None}, []),
        ({"state": 1}, [("Lock", "unlocked", "locked")]),
        ({"state": 2 + 8}, [("Followed", "no", "yes"), ("Shaped", "no", "yes")]),
        ({"state": 4}, [("Masterwork", "no", "yes")]),
        ({"state": 16}, []),
        ({"gear_tier": 5}, []),
        ({"energy": (8, 1)}, []),
        ({"damage": 3}, []),
        ({"sockets": (5 * 4 + 3, 8 * 4 + 3)}, [("Socket 2", "Plug 6", "Plug 8")]),
        ({"sockets": (5 * 4 + 3,)}, [("Socket 2", "Plug 6", "empty")]),
        ({"sockets": (5 * 4 + 3, 6 * 4 + 3, 9 * 4 + 1)}, [("Socket 3", "empty", "Plug 9")]),
        ({"sockets": (5 * 4 + 3, 6 * 4 + 3, 9 * 4 + 2)}, []),
        ({"sockets": (5 * 4 + 1, 6 * 4 + 1)}, []),
        ({"sockets": None}, []),
        ({"transfer_status": 2, "version": 3, "lockable": False}, []),
    ],
)
def test_one_item(changed: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    """What was not known before is no change, nor is what nobody sees."""
    assert changes(WEAPON, msgspec.structs.replace(WEAPON, **changed)) == expected


def test_what_both_know() -> None:
    armour = msgspec.structs.replace(WEAPON, energy=(7, 3), gear_tier=4, damage=2)
    after = msgspec.structs.replace(armour, energy=(8, 0), gear_tier=5, damage=3)
    assert changes(armour, after) == [("Energy", "7", "8"), ("Tier", "4", "5"), ("Element", "Arc", "Solar")]
    assert changes(armour, msgspec.structs.replace(armour, energy=(7, 5))) == [], "what is used of it is no news"


@pytest.mark.parametrize(
    ("where", "before", "after"),
    [
        ({"holder": "101", "bucket": 5}, "the vault", "Brannoch"),
        ({"holder": "102", "bucket": 5}, "the vault", "the Hunter"),
        ({"holder": "101", "bucket": 5, "equipped": True}, "the vault", "Brannoch, equipped"),
        ({"holder": "101", "bucket": hashes.POSTMASTER}, "the vault", "the postmaster of Brannoch"),
        ({"holder": "", "bucket": 5}, "the vault", "the shared inventory"),
        ({"holder": "999", "bucket": 5}, "the vault", "a guardian who is gone"),
    ],
)
def test_where_it_went(where: dict[str, Any], before: str, after: str) -> None:
    moved = msgspec.structs.replace(WEAPON, **where)
    found = compare(Moment(items={"1": WEAPON}), Moment(items={"1": moved}))
    assert [(each["before"], each["after"]) for each in found["moved"]] == [(before, after)]
    assert found["changed"] == []


def pile(*amounts: tuple[str, int]) -> dict[int, tuple[KeptItem, ...]]:
    return {9: tuple(KeptItem(hash=9, holder=holder, bucket=5 if holder else hashes.VAULT, quantity=n) for holder, n in amounts)}


@pytest.mark.parametrize(
    ("before", "after", "kind", "expected"),
    [
        ({}, pile(("", 30)), "found", {"id": "s-9", "quantity": 30, "store": "vault"}),
        (pile(("", 30), ("101", 5)), {}, "gone", {"quantity": 35, "store": None}),
        (pile(("", 30)), pile(("", 12)), "changed", {"changes": [{"what": "Quantity", "before": "30", "after": "12"}]}),
        (pile(("", 30)), pile(("101", 30)), "moved", {"before": "the vault", "after": "Brannoch"}),
        (pile(("", 30)), pile(("101", 10), ("102", 20)), "moved", {"after": "Brannoch: 10; the Hunter: 20"}),
        (pile(("", 30)), pile(("", 10), ("", 20)), "", {}),
    ],
)
def test_stacks(before: Any, after: Any, kind: str, expected: dict[str, Any]) -> None:
    found = compare(Moment(stacks=before), Moment(stacks=after))
    assert {name for name, count in found["counts"].items() if count} == ({kind} if kind else set())
    if kind:
        [item] = found[kind]
        assert {name: item.get(name) for name in expected} == expected


def test_guardians_and_currencies() -> None:
    found = compare(
        Moment(characters={"101": BRANNOCH}, currencies={1: 5, 2: 7, 3: 1}),
        Moment(characters={"102": KeptCharacter(class_type=1)}, currencies={1: 5, 2: 9, 4: 2}),
    )
    assert found["characters"] == [
        {"id": "102", "name": "Hunter", "created": True},
        {"id": "101", "name": "Brannoch", "created": False},
    ]
    assert [(each["hash"], each["before"], each["after"]) for each in found["currencies"]] == [(2, 7, 9), (3, 1, 0), (4, 0, 2)]


def test_a_whole_account_that_came() -> None:
    """The lists end somewhere; the counts do not."""
    many = {str(number): msgspec.structs.replace(WEAPON, primary=(POWER, number)) for number in range(1, MOST + 501)}
    found = compare(Moment(), Moment(items=many))
    assert (found["counts"]["found"], len(found["found"]), found["truncated"]) == (MOST + 500, MOST, True)
    assert found["found"][0]["power"] == MOST + 500, "the best of them are shown"
    assert "truncated" not in compare(Moment(), Moment(items={"1": WEAPON}))
