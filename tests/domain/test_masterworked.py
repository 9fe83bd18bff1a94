"""What stats would be with a full masterwork: tables by hand, and recorded armour."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.search import cast
from tests.search.cast import RANGE, STABILITY, Thing, armor, hash_of, plug, weapon

from vaultraider.domain import hashes
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import InvestmentStat, PlugSetDefinition
from vaultraider.domain.masterworked import masterworked
from vaultraider.domain.profile import Profile
from vaultraider.domain.stats import Rule

RANGE_MASTERWORK, STABILITY_MASTERWORK = (
    "v400.plugs.weapons.masterworks.stat.range",
    "v400.plugs.weapons.masterworks.stat.stability",
)
OLD = "v400.plugs.armor.masterworks"
SIX = dict.fromkeys(hashes.ARMOR_STAT_HASHES, 0)
PLUGS = (
    *(plug(f"Range {tier}", RANGE_MASTERWORK, stats={RANGE: tier}) for tier in (1, 3, 10)),
    *(plug(f"Stability {tier}", STABILITY_MASTERWORK, stats={STABILITY: tier}) for tier in (1, 10)),
    plug("Empty", "plugs.masterworks.weapons.default"),
    *(plug(f"New {tier}", hashes.ARMOR_3_MASTERWORKS, stats=dict.fromkeys(SIX, tier), conditional=True) for tier in (1, 2, 5)),
    plug("Old 4", OLD),
    plug("Old 10", OLD, stats=dict.fromkeys(SIX, 2)),
    msgspec.structs.replace(
        plug("Catalyst", "exotic_weapon_masterwork_upgrade", stats={STABILITY: 20}), trait_ids=(hashes.EXOTIC_CATALYST,)
    ),
)
SET = 5150
"""All of them fit every socket."""


def profile(*things: Thing, listed: bool = True) -> Profile:
    """``listed``: sockets say what else they take."""
    known = cast.catalogue(things)
    rows: dict[int, Any] = known.definitions.rows["InventoryItem"]  # type: ignore[attr-defined] # it is made by hand
    rows |= {each.hash: each for each in PLUGS}
    for thing in things:
        row = rows[thing.key]
        sockets = [msgspec.structs.replace(socket, reusable_plug_set=SET if listed else 0) for socket in row.sockets]
        rows[thing.key] = msgspec.structs.replace(row, sockets=tuple(sockets))
    known.definitions.rows["PlugSet"][SET] = PlugSetDefinition(SET, plugs=tuple((each.hash, True) for each in PLUGS))  # type: ignore[attr-defined] # likewise
    return cast.profile(things, Catalogue(known.definitions))


def would_be(*sockets: str, piece: tuple[int, ...] | None = None, listed: bool = True, **more: Any) -> dict[int, int]:
    """Of a weapon with range 40, or a ``piece`` of armour with these rolled stats, and that in its sockets."""
    plugged = tuple((name, name, ()) for name in sockets)
    thing = armor("Piece", piece, sockets=plugged, **more) if piece is not None else weapon("Gun", sockets=plugged, **more)
    (entry,) = profile(thing, listed=listed).entries
    found = profile(thing, listed=listed)
    return masterworked(entry, found.catalogue)


@pytest.mark.parametrize(
    ("sockets", "wanted"),
    [
        (("Range 3",), {RANGE: 50}),
        (("Stability 1",), {STABILITY: 10}),
        (("Range 10",), {}),
        (("Empty",), {}),
        ((), {}),
        (("Outlaw", "Range 1"), {RANGE: 50}),
        (("Kill Tracker",), {}),
    ],
    ids=["some range", "some stability", "full", "which is not said", "no socket", "beside a perk", "only a tracker"],
)
def test_weapons_keep_the_stat_that_they_have(sockets: tuple[str, ...], wanted: dict[int, int]) -> None:
    assert would_be(*sockets) == wanted


def test_a_catalyst_that_is_in_counts_from_then_on() -> None:
    assert would_be("Catalyst", fields={"tier_type": 6}) == {STABILITY: 20}
    assert would_be("Catalyst", state=4, fields={"tier_type": 6}) == {}


W, H, C, G, S, M = hashes.ARMOR_STAT_HASHES
T = hashes.TOTAL


@pytest.mark.parametrize(
    ("rolled", "plugged", "wanted"),
    [
        ((30, 25, 20, 0, 0, 0), "New 1", {G: 5, S: 5, M: 5, T: 90}),
        ((30, 25, 20, 0, 0, 0), "New 5", {}),
        ((30, 25, 20, 12, 0, 0), "New 2", {S: 5, M: 5, T: 97}),
        ((10, 11, 12, 13, 14, 15), "Old 4", {W: 12, H: 13, C: 14, G: 15, S: 16, M: 17, T: 87}),
        ((10, 11, 12, 13, 14, 15), "Old 10", {}),
    ],
    ids=["a new one", "a full one", "with four stats", "an old one", "an old full one"],
)
def test_armour(rolled: tuple[int, ...], plugged: str, wanted: dict[int, int]) -> None:
    """Armor 3.0 gains where its roll left nothing, what came before in all six."""
    state = 4 if plugged == "Old 10" else 0
    assert would_be(plugged, piece=rolled, state=state) == wanted


def test_old_armour_whose_sockets_say_nothing() -> None:
    rolled = (10, 11, 12, 13, 14, 15)
    assert would_be("Old 4", piece=rolled, listed=False)[T] == 87
    assert would_be(piece=rolled, listed=False)[W] == 12
    assert would_be("Old 4", piece=rolled, listed=False, state=4) == {}


def test_mods_stay_as_they_are() -> None:
    assert would_be("Range 1", "Range 3") == {RANGE: 60}, "each socket by itself"


def test_nothing_is_said_where_a_plug_is_unknown() -> None:
    things = (weapon("Gun", sockets=(("Range 3", "Range 3", ()), ("", "Nobody knows", ()))),)
    found = profile(*things)
    assert masterworked(found.entries[0], found.catalogue) == {}


def test_stacks_and_what_is_no_gear_have_none() -> None:
    found = profile(Thing("Glimmer", bucket=hashes.CONSUMABLES, stack=True), Thing("Shell", bucket=hashes.GHOST))
    assert [masterworked(entry, found.catalogue) for entry in found.entries] == [{}, {}]


def test_the_rule_of_new_armour_is_the_one_that_stats_follow() -> None:
    """It depends on this one, which is told from the plug's category."""
    found = profile(armor("Piece", (1, 2, 3, 0, 0, 0), sockets=(("New 1", "New 1", ()),)))
    under = found.catalogue.plug(hash_of("New 1")).effects.under
    assert {rule for _, _, rule in under} == {Rule.ZERO_BASE}
    assert InvestmentStat(W, 1, True) in PLUGS[6].investment_stats
