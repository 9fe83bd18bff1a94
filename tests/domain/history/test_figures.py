"""What charts follow: each figure of a moment, when it is written down, and what is counted of events."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.domain import accounts as a
from tests.domain.accounts import HUNTER, READ, TITAN

from vaultraider.domain import hashes
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.history.events import KINDS, Event, EventKind
from vaultraider.domain.history.figures import LARGEST, changed_figures, drops_of, figures_of
from vaultraider.domain.history.moment import KeptCharacter, KeptItem, Moment
from vaultraider.domain.history.taking import moment_of
from vaultraider.domain.history.tallies import LONGEST, MOVES, tallies_of, what_moved
from vaultraider.domain.profile import assemble_profile

GLIMMER = 3159615086
EMPTY = Moment(characters={TITAN: KeptCharacter(class_type=0, light=549)})


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue(a.definitions())


def test_they_agree_with_what_the_vault_page_shows(catalogue: Catalogue) -> None:
    snapshot = a.snapshot()
    profile = assemble_profile(snapshot, catalogue)
    found = figures_of(moment_of(snapshot, None), catalogue)
    assert (found["vault"], found["vault-capacity"]) == (profile.vault.used, profile.vault.capacity)
    assert {id: found[f"postmaster:{id}"] for id in (TITAN, HUNTER)} == {
        each.id: each.postmaster.used for each in profile.characters if each.id in (TITAN, HUNTER)
    }
    shown = {each.id: each.max_power for each in profile.characters if isinstance(each.max_power, float)}
    assert {id: found[f"power:{id}"] / 1000 for id in shown} == shown
    assert len(shown) >= 2
    assert {each.hash: found[f"currency:{each.hash}"] for each in profile.currencies} == {
        each.hash: each.quantity for each in profile.currencies
    }


def test_without_definitions_power_is_what_bungie_says_and_nothing_is_made_up() -> None:
    assert figures_of(EMPTY, None) == {"vault": 0, f"postmaster:{TITAN}": 0, f"power:{TITAN}": 549_000}


def test_a_guardian_without_gear_has_the_power_that_bungie_says(catalogue: Catalogue) -> None:
    assert figures_of(EMPTY, catalogue)[f"power:{TITAN}"] == 549_000


def test_what_is_worn_takes_no_place_and_each_stack_takes_one(catalogue: Catalogue) -> None:
    vaulted, mailed = {"bucket": hashes.VAULT, "location": 2}, {"holder": TITAN, "bucket": hashes.POSTMASTER, "location": 4}
    moment = Moment(
        characters=EMPTY.characters,
        items={"1": KeptItem(a.RIFLE, **vaulted), "2": KeptItem(a.RIFLE, **mailed), "3": KeptItem(a.RIFLE, TITAN, equipped=True)},
        stacks={a.CORE: (KeptItem(a.CORE, quantity=999, **vaulted), KeptItem(a.CORE, quantity=5, **vaulted))},
    )
    found = figures_of(moment, catalogue)
    assert (found["vault"], found[f"postmaster:{TITAN}"]) == (3, 1)


def test_no_amount_is_larger_than_a_column(catalogue: Catalogue) -> None:
    found = figures_of(Moment(currencies={GLIMMER: 2**70, 2: -(2**70)}), catalogue)
    assert (found[f"currency:{GLIMMER}"], found["currency:2"]) == (LARGEST, -LARGEST)


CHANGES = [
    ({"vault": 5}, {"vault": 5}, {}),
    ({"vault": 5}, {"vault": 6}, {"vault": 6}),
    ({}, {"vault": 0}, {"vault": 0}),
    ({"currency:1": 9}, {}, {"currency:1": 0}),
    ({"currency:1": 0}, {}, {}),
    ({f"power:{TITAN}": 549_000, f"postmaster:{TITAN}": 3}, {}, {f"power:{TITAN}": 0, f"postmaster:{TITAN}": 0}),
    ({"vault-capacity": 700}, {}, {}),
    ({"vault-capacity": 700}, {"vault-capacity": 1000}, {"vault-capacity": 1000}),
]


@pytest.mark.parametrize(("before", "after", "written"), CHANGES)
def test_what_is_written_down(before: dict[str, int], after: dict[str, int], written: dict[str, int]) -> None:
    assert changed_figures(before, after) == written


def event(kind: EventKind, **more: Any) -> Event:
    return Event(**({"seq": 2, "n": 0, "at": READ, "since": READ - timedelta(minutes=1), "kind": kind} | more))


def test_every_kind_is_counted_where_it_belongs() -> None:
    counted = {kind: sorted(tallies_of([event(kind, item="1", tier="rare")])) for kind in KINDS}
    moved = ["moved", "moves:0:1"]
    assert counted == {
        "acquired": ["in:rare"],
        "lost": ["out:rare"],
        "moved": moved,
        "equipped": moved,
        "postmaster-in": moved,
        "postmaster-out": moved,
        "character-created": [],
        "character-deleted": [],
    } | {
        kind: ["changed"]
        for kind in ("stack", "power", "perk", "locked", "masterwork", "crafted", "tracked", "currency", "loadout")
    }


def test_tallies_are_sums_and_a_stack_counts_as_one() -> None:
    found = tallies_of(
        [event("acquired", tier="legendary", quantity=50), event("acquired", tier="legendary"), event("moved", hash=7)]
    )
    assert found == {"in:legendary": 2, "moved": 1, "moves:7:": 1}


def test_a_key_of_moves_tells_what_moved() -> None:
    for told in ({"item": "69175290", "hash": 7}, {"hash": 7}):
        key = next(each for each in tallies_of([event("moved", **told)]) if each.startswith(MOVES))
        assert what_moved(key) == (7, told.get("item", ""))
    assert what_moved("moves:nothing") == (0, "")


def test_no_key_is_longer_than_its_column() -> None:
    assert {len(key) for key in tallies_of([event("moved", item="9" * 500)])} == {len("moved"), LONGEST}


DROPS: list[tuple[dict[str, Any], dict[str, int]]] = [
    ({"item": "1", "tier": "exotic", "item_kind": "bow"}, {"drop:exotic": 1}),
    ({"item": "1", "tier": "legendary", "item_kind": "helmet"}, {"drop:legendary": 1}),
    ({"item": "1", "tier": "legendary", "item_kind": "engram"}, {"drop:legendary": 1}),
    ({"item": "1", "tier": "rare", "item_kind": "bow"}, {}),
    ({"item": "", "tier": "legendary", "item_kind": "bow"}, {}),
    ({"item": "1", "tier": "legendary", "item_kind": "quest"}, {}),
]


@pytest.mark.parametrize(("found", "written"), DROPS)
def test_what_is_a_drop(found: dict[str, Any], written: dict[str, int]) -> None:
    assert drops_of([event("acquired", **found)]) == written
    assert drops_of([event("lost", **found)]) == {}
