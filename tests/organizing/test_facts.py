"""What is said of each item: small vaults made by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from tests.search.cast import LEVEL_OBJECTIVE, TITAN, Thing, armor, weapon, world
from tests.search.worlds import ids

from vaultraider.domain import hashes
from vaultraider.search.world import World
from vaultraider.services.organizing import Facts
from vaultraider.services.organizing.facts import Category, facts_of

CRAFTED = 8
MASTERED = ("Masterwork 3.0", "Masterwork 3.0", ())
TUNING = ("", "Balanced Tuning", ("Balanced Tuning", "+Melee -Super"))
PERKS = 4241085061
W, H, C, G, S, M = hashes.ARMOR_STAT_HASHES


def told(found: World, category: Category = "weapons", **came: datetime) -> dict[str, dict[str, Any]]:
    """By name, as it is sent."""
    facts: dict[str, Facts] = facts_of(found, category, came)
    names = {item.id: item.blueprint.title for item in found.items}
    return {names[id]: msgspec.json.decode(msgspec.json.encode(each)) for id, each in facts.items()}


def only(thing: Thing, category: Category = "weapons") -> dict[str, Any]:
    (found,) = told(world(thing), category).values()
    return found


def test_a_weapon_and_its_columns() -> None:
    sockets = (
        ("", "Adaptive Frame", ()),
        ("*Outlaw", "Outlaw!", ("Outlaw!", "Rapid Hit")),
        ("*Kill Clip", "Kill Clip", ("Kill Clip",)),
        ("", "Souvenir", ()),
        ("Default Shader", "Night Coat", ()),
        ("", "Kill Tracker", ()),
    )
    found = only(weapon("Ashes", sockets=sockets, counts={"Kill Tracker": {74070459: 12}}))
    assert found["frame"] == "Adaptive Frame"
    assert found["columns"] == {
        "trait1": "Outlaw",
        "trait2": "Kill Clip",
        "traits": ["Outlaw", "Rapid Hit", "Kill Clip"],
        "origin": "Souvenir",
    }
    assert found["kills"] == {"pvp": 12}
    assert found["dupes"] == 1
    assert "level" not in found
    assert "best" not in found


def test_traits_are_listed_only_where_there_is_a_choice() -> None:
    plain = only(weapon("Ashes", sockets=(("*Outlaw", "Outlaw", ("Outlaw",)), ("*Kill Clip", "Rampage", ("Rampage",)))))
    assert plain["columns"] == {"trait1": "Outlaw", "trait2": "Rampage"}


def test_a_mod_is_told_where_one_was_chosen() -> None:
    empty, chosen = ("Empty Mod", "Empty Mod", ()), ("Empty Mod", "Recovery Mod", ())
    origin = ("", "Souvenir", ())
    assert only(weapon("Ashes", sockets=(origin, empty)))["columns"] == {"origin": "Souvenir"}
    assert only(weapon("Ashes", sockets=(origin, chosen)))["columns"] == {"origin": "Souvenir", "mod": "Recovery Mod"}


def test_what_was_shaped_has_a_level() -> None:
    shaped = weapon(
        "Birch", state=CRAFTED, sockets=(("", "Level", ()),), counts={"Level": {LEVEL_OBJECTIVE: 17}}, fields={"recipe": 5}
    )
    assert only(shaped)["level"] == 17


def test_a_weapons_masterwork() -> None:
    assert only(weapon("Cedar", sockets=(("", "Range Masterwork", ()),)))["mw"] == {"tier": 7, "stat": 1240592695}


def test_a_piece_of_armour() -> None:
    found = only(armor("Cowl", (0, 25, 20, 30, 0, 0), sockets=(MASTERED, TUNING), fields={"set_hash": 9}), "armor")
    assert (found["primary"], found["secondary"], found["tertiary"]) == (G, H, C)
    assert (found["tuned"], found["set"], found["mw"]) == (M, "Tide Watch", {"tier": 5})
    assert found["best"] is True
    assert "columns" not in found
    assert "beaten" not in found


def test_old_armour_has_no_order_of_stats_and_gains_in_all_six() -> None:
    found = only(armor("Old", (10, 10, 10, 10, 10, 10)), "armor")
    assert "primary" not in found
    assert found["mw_stats"] == [[stat, 12] for stat in sorted((W, H, C, G, S, M))] + [[hashes.TOTAL, 72]]


def test_what_beats_a_piece_is_named_the_strongest_first() -> None:
    pieces = [armor("Least", (10, 10, 10, 10, 10, 10))]
    pieces += [armor(f"Better {more}", (10 + 2 * more, 10, 10, 10, 10, 10 + more % 2)) for more in range(1, 8)]
    found = world(*pieces, armor("Elsewhere", (30, 30, 30, 30, 30, 30), bucket=hashes.CHEST))
    least = told(found, "armor")["Least"]
    named = [item.blueprint.title for id in least["beaten_by"] for item in found.items if item.id == id]
    assert named == ["Better 7", "Better 6", "Better 5", "Better 4", "Better 3"]
    assert least["beaten"] == 7
    said = told(found, "armor")
    assert {name for name, facts in said.items() if facts.get("best")} == {"Better 7", "Elsewhere"}
    beaten = {item.blueprint.title for item in found.items if item.id in ids(found, "is:statlower")}
    assert {name for name, facts in said.items() if "beaten" in facts} == beaten


def test_an_exotic_is_beaten_only_by_its_like_and_can_be_the_best() -> None:
    exotic = {"tier_type": 6}
    found = told(
        world(
            armor("Crown", (10, 0, 0, 0, 0, 0), fields=exotic),
            armor("Crown", (11, 0, 0, 0, 0, 0), fields=exotic),
            armor("Hood", (5, 0, 0, 0, 0, 0)),
        ),
        "armor",
    )
    assert "beaten" not in found["Hood"]
    assert found["Crown"]["best"] is True


def test_copies_are_counted_by_name_and_stacks_by_hash() -> None:
    found = world(
        weapon("Elm"),
        weapon("Elm", hash=4711),
        weapon("Fir"),
        Thing("Shard", bucket=hashes.CONSUMABLES, stack=True, quantity=3),
        Thing("Shard", bucket=hashes.CONSUMABLES, stack=True, quantity=2, store=TITAN),
    )
    assert {name: facts["dupes"] for name, facts in told(found).items()} == {"Elm": 2, "Fir": 1}
    assert told(found, "other") == {"Shard": {"dupes": 2}}


def test_every_item_is_in_one_category() -> None:
    found = world(weapon("Elm"), armor("Hood"), Thing("Shell", bucket=hashes.GHOST), Thing("Dust", bucket=1, stack=True))
    assert [list(told(found, category)) for category in ("weapons", "armor", "other")] == [["Elm"], ["Hood"], ["Shell", "Dust"]]


@pytest.mark.parametrize(
    ("moment", "said"),
    [(datetime(2026, 2, 11, 9, 30, 15, 999999, tzinfo=UTC), "2026-02-11T09:30:15Z")],
    ids=["in whole seconds"],
)
def test_when_it_came(moment: datetime, said: str) -> None:
    found = world(weapon("Elm"), weapon("Fir"))
    elm = found.items[0].id
    facts = facts_of(found, "weapons", {elm: moment})
    assert [each.found for each in facts.values()] == [said, ""]


def test_facts_are_kept_with_the_item_and_never_mixed_up() -> None:
    """The second world has another heir: what hangs on others is worked out anew."""
    one = world(armor("Least", (1, 1, 1, 1, 1, 1)), armor("Best", (2, 2, 2, 2, 2, 2)))
    before = facts_of(one, "armor", {})
    again = facts_of(World(one.profile, previous=one), "armor", {one.items[0].id: datetime(2026, 1, 1, tzinfo=UTC)})
    least, best = (item.id for item in one.items)
    assert (before[least].found, again[least].found) == ("", "2026-01-01T00:00:00Z")
    assert before[least].beaten_by == again[least].beaten_by == (best,)
