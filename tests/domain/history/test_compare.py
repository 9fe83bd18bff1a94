"""What is told of two moments: one table of small changes, and what each is as an event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from tests.domain import accounts as a
from tests.domain.accounts import HUNTER, TITAN, WARLOCK

from vaultraider.domain import hashes
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.history.compare import events_between
from vaultraider.domain.history.events import KINDS, Event
from vaultraider.domain.history.moment import KeptCharacter, KeptItem, KeptLoadout, Moment
from vaultraider.domain.history.names import CatalogueNames, HashNames

AT, SINCE = datetime(2026, 11, 17, 20, 0, tzinfo=UTC), datetime(2026, 11, 17, 19, 30, tzinfo=UTC)
NAMES = CatalogueNames(Catalogue(a.definitions()))
Change = Callable[[Moment], Moment]

IN_VAULT = {"holder": "", "bucket": hashes.VAULT, "location": 2, "equipped": False}
ON_TITAN = {"holder": TITAN, "bucket": hashes.KINETIC, "location": 1, "equipped": False}
ON_HUNTER = ON_TITAN | {"holder": HUNTER}
WORN_BY_TITAN = ON_TITAN | {"equipped": True}
AT_TITANS_POST = ON_TITAN | {"bucket": hashes.POSTMASTER, "location": 4}

RIFLE = KeptItem(hash=a.RIFLE, primary=(hashes.ATTACK, 530), sockets=(a.BARREL * 4 + 3, a.MAGWORK * 4 + 3, 0), energy=(7, 2))
CORES = KeptItem(hash=a.CORE, bucket=hashes.CONSUMABLES, location=2)
VAULT, POCKET = {"store": "vault", "place": "vault"}, {"store": TITAN, "place": "inventory"}
WORN, POST = {"store": TITAN, "place": "equipped"}, {"store": TITAN, "place": "postmaster"}
SHARED = {"store": "account", "place": "inventory"}

BEGIN = Moment(
    characters={TITAN: KeptCharacter(class_type=0, class_hash=1, race_hash=1, light=540)},
    items={
        "1": msgspec.structs.replace(RIFLE, **IN_VAULT),
        "2": msgspec.structs.replace(RIFLE, **ON_TITAN),
        "3": msgspec.structs.replace(RIFLE, **WORN_BY_TITAN),
        "4": msgspec.structs.replace(RIFLE, **AT_TITANS_POST),
    },
    stacks={a.CORE: (msgspec.structs.replace(CORES, quantity=100),)},
    currencies={a.CORE: 250},
    loadouts={TITAN: (KeptLoadout(1, 2, 3, (("2", (7,)), ("3", ()))), KeptLoadout(0x811C9DC5, 0x811C9DC5, 0x811C9DC5))},
)


def item(id: str, **fields: Any) -> Change:
    return lambda moment: with_items(moment, {id: msgspec.structs.replace(moment.items[id], **fields)})


def with_items(moment: Moment, items: dict[str, KeptItem]) -> Moment:
    return msgspec.structs.replace(moment, items=moment.items | items)


def without(id: str) -> Change:
    return lambda moment: msgspec.structs.replace(moment, items={key: each for key, each in moment.items.items() if key != id})


def new(id: str, **fields: Any) -> Change:
    return lambda moment: with_items(moment, {id: msgspec.structs.replace(RIFLE, **fields)})


def stacks(*piles: tuple[int, dict[str, Any]]) -> Change:
    kept = tuple(msgspec.structs.replace(CORES, quantity=quantity, **fields) for quantity, fields in piles)
    return lambda moment: msgspec.structs.replace(moment, stacks={a.CORE: kept} if kept else {})


def loadouts(*places: KeptLoadout) -> Change:
    return lambda moment: msgspec.structs.replace(moment, loadouts={TITAN: places})


def with_(**fields: Any) -> Change:
    return lambda moment: msgspec.structs.replace(moment, **fields)


def plugs(*each: int) -> tuple[int, ...]:
    return tuple(hash * 4 + 3 for hash in each)


BARREL = {"socket": 0, "hash": a.BARREL, "name": "Fluted Bore", "label": "Barrel"}
MAGWORK = {"socket": 0, "hash": a.MAGWORK, "name": "Masterwork: Range"}
OLD_SET, EMPTY_SET = BEGIN.loadouts[TITAN]

TABLE: dict[str, tuple[list[Change], list[tuple[str, str, str, int, dict[str, Any], dict[str, Any]]]]] = {
    "nothing": ([], []),
    "found in the vault": (
        [new("9", **IN_VAULT)],
        [("acquired", "9", "", 1, {}, VAULT | {"power": 530})],
    ),
    "found at the postmaster": (
        [new("9", **AT_TITANS_POST)],
        [("acquired", "9", TITAN, 1, {}, POST | {"power": 530}), ("postmaster-in", "9", TITAN, 1, {}, {"store": TITAN})],
    ),
    "an engram of three": (
        [new("9", quantity=3, primary=None, **ON_TITAN)],
        [("acquired", "9", TITAN, 3, {}, POCKET | {"quantity": 3})],
    ),
    "lost": ([without("2")], [("lost", "2", TITAN, 1, POCKET | {"power": 530}, {})]),
    "to the vault": ([item("2", **IN_VAULT)], [("moved", "2", TITAN, 1, POCKET, VAULT)]),
    "from the vault": ([item("1", **ON_TITAN)], [("moved", "1", TITAN, 1, VAULT, POCKET)]),
    "from one guardian to another": (
        [item("2", **ON_HUNTER)],
        [("moved", "2", HUNTER, 1, POCKET, {"store": HUNTER, "place": "inventory"})],
    ),
    "put on instead of another": (
        [item("2", **WORN_BY_TITAN), item("3", **ON_TITAN)],
        [("equipped", "2", TITAN, 1, {"item": "3", "hash": a.RIFLE, "name": "Sable Verdict"}, {"store": TITAN})],
    ),
    "from the vault and put on": (
        [item("1", **WORN_BY_TITAN), item("3", **IN_VAULT)],
        [
            ("moved", "1", TITAN, 1, VAULT, WORN),
            ("equipped", "1", TITAN, 1, {"item": "3", "hash": a.RIFLE, "name": "Sable Verdict"}, {"store": TITAN}),
            ("moved", "3", TITAN, 1, WORN, VAULT),
        ],
    ),
    "taken off, and nothing put on": ([item("3", **ON_TITAN)], [("moved", "3", TITAN, 1, WORN, POCKET)]),
    "put on where nothing was": (
        [without("3"), item("2", **WORN_BY_TITAN)],
        [
            ("lost", "3", TITAN, 1, WORN | {"power": 530}, {}),
            ("equipped", "2", TITAN, 1, {"item": "3", "hash": a.RIFLE, "name": "Sable Verdict"}, {"store": TITAN}),
        ],
    ),
    "out of the postmaster": ([item("4", **ON_TITAN)], [("postmaster-out", "4", TITAN, 1, {"store": TITAN}, POCKET)]),
    "out of the postmaster and on": ([item("4", **IN_VAULT)], [("postmaster-out", "4", TITAN, 1, {"store": TITAN}, VAULT)]),
    "pushed into the postmaster": ([item("2", **AT_TITANS_POST)], [("postmaster-in", "2", TITAN, 1, POCKET, {"store": TITAN})]),
    "stronger": ([item("1", primary=(hashes.ATTACK, 540))], [("power", "1", "", 1, {"power": 530}, {"power": 540})]),
    "power is not known any more": ([item("1", primary=None)], []),
    "another stat than power": ([item("1", primary=(12345, 540))], []),
    "a perk": ([item("1", sockets=plugs(a.MAGWORK, a.MAGWORK, 0))], [("perk", "1", "", 1, BARREL, MAGWORK)]),
    "a perk taken out": (
        [item("1", sockets=(3, a.MAGWORK * 4 + 3, 0))],
        [("perk", "1", "", 1, BARREL, {"socket": 0, "hash": 0, "name": ""})],
    ),
    "a plug that nobody knows": (
        [item("1", sockets=(4040 * 4, a.MAGWORK * 4 + 3, 0))],
        [("perk", "1", "", 1, BARREL, {"socket": 0, "hash": 4040, "name": "Plug 4040"})],
    ),
    "a socket more, as an update brings": ([item("1", sockets=(*(RIFLE.sockets or ()), 5 * 4))], []),
    "only switched off": ([item("1", sockets=(a.BARREL * 4 + 1, a.MAGWORK * 4 + 3, 0))], []),
    "sockets are not known any more": ([item("1", sockets=None)], []),
    "locked": ([item("1", state=1)], [("locked", "1", "", 1, {"locked": False}, {"locked": True})]),
    "tracked": ([item("1", state=2)], [("tracked", "1", "", 1, {"tracked": False}, {"tracked": True})]),
    "shaped": ([item("1", state=8)], [("crafted", "1", "", 1, {"crafted": False}, {"crafted": True})]),
    "highlighted": ([item("1", state=16)], []),
    "masterworked": (
        [item("1", state=4, energy=(10, 2))],
        [("masterwork", "1", "", 1, {"energy": 7, "masterwork": False}, {"energy": 10, "masterwork": True})],
    ),
    "energy is used": ([item("1", energy=(7, 7))], []),
    "the game forbids a transfer for now": ([item("1", transfer_status=2)], []),
    "the step of a quest": (
        [item("2", hash=a.CORE)],
        [
            ("lost", "2", TITAN, 1, POCKET | {"power": 530}, {}),
            ("acquired", "2", TITAN, 1, {}, POCKET | {"power": 530}),
        ],
    ),
    "a stack grows": ([stacks((130, {}))], [("stack", "", "", 30, {"quantity": 100}, {"quantity": 130})]),
    "a stack is used up": ([stacks()], [("lost", "", "", 100, SHARED | {"quantity": 100}, {})]),
    "a stack goes to the vault": ([stacks((100, IN_VAULT))], [("moved", "", "", 100, SHARED, VAULT)]),
    "part of a stack goes to the vault": (
        [stacks((60, {}), (40, IN_VAULT))],
        [("moved", "", "", 40, SHARED, VAULT)],
    ),
    "a stack is split": ([stacks((60, {}), (40, {}))], []),
    "some went to the vault, some were used": (
        [stacks((40, {}), (30, IN_VAULT))],
        [("moved", "", "", 30, SHARED, VAULT), ("stack", "", "", 30, {"quantity": 100}, {"quantity": 70})],
    ),
    "to two places, and some were found": (
        [stacks((50, {}), (30, IN_VAULT), (40, ON_TITAN))],
        [
            ("moved", "", TITAN, 40, SHARED, POCKET),
            ("moved", "", "", 10, SHARED, VAULT),
            ("stack", "", "", 20, {"quantity": 100}, {"quantity": 120}),
        ],
    ),
    "more at the postmaster": (
        [stacks((100, {}), (5, AT_TITANS_POST))],
        [
            ("stack", "", TITAN, 5, {"quantity": 100}, {"quantity": 105}),
            ("postmaster-in", "", TITAN, 5, {}, {"store": TITAN}),
        ],
    ),
    "earned": ([with_(currencies={a.CORE: 300})], [("currency", "", "", 50, {"amount": 250}, {"amount": 300})]),
    "all spent": ([with_(currencies={a.CORE: 0})], [("currency", "", "", 250, {"amount": 250}, {"amount": 0})]),
    "a new guardian": (
        [with_(characters=BEGIN.characters | {WARLOCK: KeptCharacter(class_type=2, race_hash=9)})],
        [("character-created", "", WARLOCK, 1, {}, {"class": "warlock"})],
    ),
    "a guardian is deleted": (
        [with_(characters={})],
        [("character-deleted", "", TITAN, 1, {"class": "titan", "race": "Exo"}, {})],
    ),
    "a guardian grows and changes clothes": (
        [with_(characters={TITAN: KeptCharacter(class_type=0, class_hash=1, race_hash=1, light=541, emblem=3)})],
        [],
    ),
    "a loadout is changed": (
        [loadouts(KeptLoadout(1, 2, 3, (("2", (7,)), ("1", ()))), EMPTY_SET)],
        [
            (
                "loadout",
                "",
                TITAN,
                1,
                {"index": 0, "items": 2, "names": ["Sable Verdict"]},
                {"index": 0, "items": 2, "names": ["Sable Verdict"]},
            )
        ],
    ),
    "a loadout's mods": (
        [loadouts(KeptLoadout(1, 2, 3, (("2", (8,)), ("3", ()))), EMPTY_SET)],
        [("loadout", "", TITAN, 1, {"index": 0, "items": 2}, {"index": 0, "items": 2, "changed": "mods"})],
    ),
    "a loadout's name": (
        [loadouts(KeptLoadout(9, 2, 3, OLD_SET.items), EMPTY_SET)],
        [("loadout", "", TITAN, 1, {"index": 0, "items": 2}, {"index": 0, "items": 2, "changed": "look"})],
    ),
    "a loadout is saved": (
        [loadouts(OLD_SET, KeptLoadout(1, 2, 3, (("gone", ()),)))],
        [("loadout", "", TITAN, 1, {"index": 1}, {"index": 1, "items": 1, "names": ["an item that is no more"]})],
    ),
    "an empty place, written otherwise": ([loadouts(OLD_SET, KeptLoadout())], []),
    "a loadout's place is not told any more": ([loadouts(OLD_SET)], []),
    "loadouts are not known any more": ([with_(loadouts={})], []),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_what_is_told(name: str) -> None:
    changes, expected = TABLE[name]
    after = BEGIN
    for change in changes:
        after = change(after)
    events = events_between(BEGIN, after, seq=3, at=AT, since=SINCE, names=NAMES)
    assert [(e.kind, e.item, e.character, e.quantity, e.before, e.after) for e in events] == expected
    assert [event.id for event in events] == [f"3-{n}" for n in range(len(events))]
    assert all((event.at, event.since, event.by, event.transfer) == (AT, SINCE, "game", "") for event in events)


def test_every_kind_is_in_the_table() -> None:
    assert {told[0] for _, expected in TABLE.values() for told in expected} == set(KINDS)


def test_a_lost_item_says_that_it_was_locked() -> None:
    before = item("2", state=1)(BEGIN)
    (event,) = events_between(before, without("2")(before), seq=1, at=AT, since=SINCE, names=NAMES)
    assert event.before["locked"] is True


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (with_(currencies={})(BEGIN), BEGIN),
        (with_(loadouts={})(BEGIN), BEGIN),
        (item("1", primary=None, energy=None, sockets=None, gear_tier=None)(BEGIN), item("1", gear_tier=4)(BEGIN)),
    ],
    ids=["currencies", "loadouts", "an item's details"],
)
def test_what_becomes_known_is_no_news(before: Moment, after: Moment) -> None:
    assert events_between(before, after, seq=1, at=AT, since=SINCE, names=NAMES) == []


def test_a_masterwork_is_told_once() -> None:
    """The plug that it puts into its socket is no perk besides."""
    after = item("1", state=4, sockets=plugs(a.MAGWORK, a.MAGWORK, 0))(BEGIN)
    kinds = [event.kind for event in events_between(BEGIN, after, seq=1, at=AT, since=SINCE, names=NAMES)]
    assert kinds == ["masterwork"]


def test_names_of_the_day() -> None:
    (event,) = events_between(BEGIN, new("9", **IN_VAULT)(BEGIN), seq=1, at=AT, since=SINCE, names=NAMES)
    assert (event.name, event.tier, event.item_kind, event.hash) == ("Sable Verdict", "legendary", "hand_cannon", a.RIFLE)


def test_without_definitions_things_are_called_by_their_hashes() -> None:
    after = item("1", sockets=plugs(a.MAGWORK, a.MAGWORK, 0))(new("9", **IN_VAULT)(BEGIN))
    found, perk = events_between(BEGIN, after, seq=1, at=AT, since=SINCE, names=HashNames())
    assert (found.name, found.tier, found.item_kind) == ("Item 101", "unknown", "unknown")
    assert (perk.before["name"], perk.after["name"]) == ("Plug 201", "Plug 202")


def test_a_new_manifest_alone_is_no_event() -> None:
    """Definitions are asked for names, and only where something happened."""
    renamed = CatalogueNames(Catalogue(a.definitions(key="en-other")))
    assert events_between(BEGIN, BEGIN, seq=1, at=AT, since=SINCE, names=renamed) == []


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "a\nb\x00c", "\u202etxt.exe", "x" * 100_000])
def test_names_are_one_visible_line(name: str) -> None:
    definitions = a.definitions()
    rifle = definitions.rows["InventoryItem"][a.RIFLE]
    definitions.rows["InventoryItem"][a.RIFLE] = msgspec.structs.replace(rifle, name=name)
    event = _found(CatalogueNames(Catalogue(definitions)))
    assert event.name.isprintable()
    assert 0 < len(event.name) <= 100


def _found(names: CatalogueNames) -> Event:
    return events_between(BEGIN, new("9", **IN_VAULT)(BEGIN), seq=1, at=AT, since=SINCE, names=names)[0]
