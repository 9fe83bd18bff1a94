"""What an event says of itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from vaultraider.domain.history.events import KINDS, Event, EventKind
from vaultraider.domain.history.sentences import sentence

AT = datetime(2026, 11, 22, 14, 21, tzinfo=UTC)
BRANNOCH, ILSE = "101", "102"
STORES = {BRANNOCH: "Brannoch", ILSE: "Ilse Varr", "vault": "the vault", "account": "the shared inventory"}
VAULT = {"store": "vault", "place": "vault"}
WITH_BRANNOCH = {"store": BRANNOCH, "place": "inventory"}
WORN = {"store": BRANNOCH, "place": "equipped"}
LOST_MAIL = {"store": ILSE, "place": "postmaster"}


def said(kind: EventKind, before: dict[str, Any], after: dict[str, Any], name: str = "Sable Verdict", **more: Any) -> str:
    event = Event(seq=1, n=0, at=AT, since=AT, kind=kind, name=name, before=before, after=after, **more)
    return sentence(event, lambda store: STORES.get(store, "a guardian who is gone"))


@pytest.mark.parametrize(
    ("kind", "before", "after", "expected"),
    [
        ("acquired", {}, {**WITH_BRANNOCH, "power": 546}, "Sable Verdict, 546, found on Brannoch"),
        ("acquired", {}, VAULT, "Sable Verdict found in the vault"),
        ("acquired", {}, LOST_MAIL, "Sable Verdict found in the postmaster of Ilse Varr"),
        ("acquired", {}, {"store": "account", "place": "inventory"}, "Sable Verdict found in the shared inventory"),
        ("lost", {**VAULT, "power": 549, "locked": True}, {}, "Sable Verdict, 549, is gone, last in the vault"),
        ("lost", {"store": "999", "place": "inventory"}, {}, "Sable Verdict is gone, last on a guardian who is gone"),
        ("lost", {}, {}, "Sable Verdict is gone"),
        ("moved", WITH_BRANNOCH, VAULT, "Sable Verdict moved to the vault from Brannoch"),
        ("moved", VAULT, {"store": ILSE, "place": "inventory"}, "Sable Verdict moved to Ilse Varr from the vault"),
        ("moved", WORN, WITH_BRANNOCH, "Sable Verdict taken off by Brannoch"),
        ("moved", {}, {}, "Sable Verdict moved"),
        (
            "equipped",
            {"item": "1", "hash": 1, "name": "Farrier"},
            WORN,
            "Sable Verdict equipped by Brannoch, in place of Farrier",
        ),
        ("equipped", {}, {"store": BRANNOCH}, "Sable Verdict equipped by Brannoch"),
        ("power", {"power": 541}, {"power": 549}, "Sable Verdict, power 541 to 549"),
        ("perk", {"name": "Headlong"}, {"name": "Second Bell"}, "Sable Verdict: Second Bell in place of Headlong"),
        ("perk", {"name": ""}, {"name": "Second Bell"}, "Sable Verdict: Second Bell put in"),
        ("perk", {"name": "Headlong"}, {"name": ""}, "Sable Verdict: Headlong taken out"),
        ("perk", {}, {}, "Sable Verdict changed"),
        ("locked", {"locked": False}, {"locked": True}, "Sable Verdict locked"),
        ("locked", {"locked": True}, {"locked": False}, "Sable Verdict unlocked"),
        ("tracked", {"tracked": False}, {"tracked": True}, "Sable Verdict followed"),
        ("crafted", {"crafted": False}, {"crafted": True}, "Sable Verdict shaped"),
        ("masterwork", {"masterwork": False}, {"masterwork": True}, "Sable Verdict masterworked"),
        ("masterwork", {"energy": 7}, {"energy": 8}, "Sable Verdict, energy 7 to 8"),
        (
            "masterwork",
            {"energy": 9, "masterwork": False},
            {"energy": 10, "masterwork": True},
            "Sable Verdict, energy 9 to 10, masterworked",
        ),
        ("postmaster-in", {}, {"store": ILSE}, "Sable Verdict came to the postmaster of Ilse Varr"),
        ("postmaster-in", VAULT, {"store": ILSE}, "Sable Verdict came to the postmaster of Ilse Varr from the vault"),
        (
            "postmaster-out",
            {"store": ILSE},
            {"store": ILSE, "place": "inventory"},
            "Sable Verdict collected from the postmaster of Ilse Varr",
        ),
        ("postmaster-out", {"store": ILSE}, VAULT, "Sable Verdict collected from the postmaster of Ilse Varr to the vault"),
    ],
)
def test_of_an_item(kind: EventKind, before: dict[str, Any], after: dict[str, Any], expected: str) -> None:
    assert said(kind, before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"index": 2}, {"index": 2, "items": 8}, "Loadout 3 of Brannoch saved"),
        ({"index": 2, "items": 8}, {"index": 2}, "Loadout 3 of Brannoch cleared"),
        (
            {"index": 0, "items": 8, "names": ["Old Quarrel"]},
            {"index": 0, "items": 8, "names": ["Sable Verdict"]},
            "Loadout 1 of Brannoch: Sable Verdict in place of Old Quarrel",
        ),
        (
            {"index": 0, "items": 4},
            {"index": 0, "items": 8, "names": ["A", "B", "C", "D"]},
            "Loadout 1 of Brannoch: A, B and 2 more put in",
        ),
        ({"index": 0, "items": 8, "names": ["A", "B"]}, {"index": 0, "items": 6}, "Loadout 1 of Brannoch: A and B taken out"),
        ({"index": 0, "items": 8}, {"index": 0, "items": 8, "changed": "mods"}, "Loadout 1 of Brannoch: its mods changed"),
        ({"index": 0, "items": 8}, {"index": 0, "items": 8, "changed": "look"}, "Loadout 1 of Brannoch changed"),
        ({}, {}, "A loadout of Brannoch changed"),
    ],
)
def test_of_a_loadout(before: dict[str, Any], after: dict[str, Any], expected: str) -> None:
    assert said("loadout", before, after, "Loadout", character=BRANNOCH) == expected


@pytest.mark.parametrize(
    ("kind", "before", "after", "quantity", "expected"),
    [
        ("moved", VAULT, WITH_BRANNOCH, 1250, "1,250 Ember Salt moved to Brannoch from the vault"),
        ("lost", VAULT, {}, 12, "12 Ember Salt are gone, last in the vault"),
        ("stack", {"quantity": 1200}, {"quantity": 45}, 1155, "Ember Salt 1,200 to 45"),
        ("currency", {"amount": 0}, {"amount": 250000}, 250000, "Ember Salt 0 to 250,000"),
        ("currency", {}, {"amount": 5}, 5, "Ember Salt now 5"),
        ("character-created", {}, {"class": "titan"}, 1, "Ember Salt created, a new guardian"),
        ("character-deleted", {"class": "titan"}, {}, 1, "Ember Salt deleted, a guardian of yours"),
    ],
)
def test_of_amounts(kind: EventKind, before: dict[str, Any], after: dict[str, Any], quantity: int, expected: str) -> None:
    assert said(kind, before, after, "Ember Salt", quantity=quantity) == expected


ODD: list[dict[str, Any]] = [
    {"store": 5, "place": None, "name": ["x"], "power": "549", "names": {"a": 1}, "index": "one", "items": [], "quantity": None},
    {"store": "", "name": None, "amount": 10**400, "names": [None, 5], "energy": 2.5, "masterwork": "yes"},
    {"store": "\u202evault", "name": "\u202e" * 50, "names": ["\x00"], "index": -5, "items": -1},
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("before", ODD)
@pytest.mark.parametrize("after", [*ODD, {}])
def test_whatever_a_file_holds(kind: EventKind, before: dict[str, Any], after: dict[str, Any]) -> None:
    text = said(kind, before, after, "")
    assert text
    assert text.isprintable()


@pytest.mark.parametrize("name", ["", "\u202egnp.exe", "a\nb", "x" * 5000, "<b>Sable</b>", "صفر\u200fאב"])
def test_hostile_names(name: str) -> None:
    text = said("moved", VAULT, WITH_BRANNOCH, name)
    assert text.endswith(" moved to Brannoch from the vault")
    assert len(text) < 200
    assert "\u202e" not in text and "\n" not in text
