"""Stats, sums of stats, and which piece of armour has most of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.search.cast import TITAN, armor, weapon, world
from tests.search.worlds import names

from vaultraider.domain import hashes
from vaultraider.search.expressions import is_stat, read_expression
from vaultraider.search.stat_names import RANKS, STATS
from vaultraider.search.world import World

MASTERED = ("Masterwork 3.0", "Masterwork 3.0", ())
TUNING = ("", "Balanced Tuning", ("Balanced Tuning", "+Melee -Super"))

WARDROBE = (
    weapon("Arquebus"),
    # Weapons, Health, Class, Grenade, Super, Melee
    armor("Bonnet", (30, 20, 10, 0, 0, 0), sockets=(MASTERED,)),
    armor("Cap", (0, 0, 0, 10, 20, 30), sockets=(MASTERED, TUNING), tier=5),
    armor("Derby", (10, 0, 0, 0, 25, 29), sockets=(MASTERED, TUNING), tier=5),
    armor("Fez", (15, 15, 15, 5, 5, 5), fields={"tier_type": 6}),
    armor("Gaiters", (2, 2, 2, 2, 2, 2), bucket=hashes.LEGS),
    armor("Hessians", (40, 0, 0, 0, 0, 0), bucket=hashes.LEGS, fields={"tier_type": 6}),
)

CASES = [
    ("stat:range:>=40", "Arquebus"),
    ("stat:range:>40", ""),
    ("stat:stability:>=0", ""),
    ("stat:weapons:30", "Bonnet"),
    ("stat:mobility:30", "Bonnet"),
    ("basestat:grenade:0", "Bonnet Derby Hessians"),
    ("stat:grenade:5", "Bonnet Fez"),
    ("stat:total:>=75", "Bonnet Cap Derby"),
    ("basestat:total:60", "Bonnet Cap Fez"),
    ("basestat:health+class:30", "Bonnet Fez"),
    ("basestat:health&class:15", "Bonnet Fez"),
    ("basestat:health&class+weapons:45", "Bonnet"),
    ("basestat:highest:>=30", "Bonnet Cap Hessians"),
    ("basestat:secondhighest:25", "Derby"),
    ("basestat:sixthhighest:>=2", "Fez Gaiters"),
    ("basestat:highest+secondhighest:50", "Bonnet Cap"),
    ("stat:any:>=40", "Arquebus Hessians"),
    ("basestat:highest&range:>=15", "Arquebus Bonnet Cap Hessians"),
    ("stat:range+total:40", "Arquebus Hessians"),
    ("maxbasestatvalue:melee", "Cap Gaiters"),
    ("maxstatvalue:weapons", "Bonnet Hessians"),
    ("maxbasestatvalue:total", "Derby Hessians"),
    ("maxstatvalue:any is:legs", ""),
    ("maxstatloadout:weapons", "Bonnet Hessians"),
    ("maxstatloadout:class", "Fez Gaiters"),
    ("primarystat:weapons", "Bonnet"),
    ("secondarystat:super", "Cap Derby"),
    ("tertiarystat:weapons", "Derby"),
    ("primarystat:melee", "Cap Derby"),
    ("tunedstat:melee", "Cap Derby"),
    ("tunedstat:primary", "Cap Derby"),
    ("tunedstat:secondary", ""),
    ("tunedstat:unfocused", ""),
]


@pytest.fixture(scope="module")
def wardrobe() -> World:
    return world(*WARDROBE)


@pytest.mark.parametrize(("query", "wanted"), CASES)
def test_stats(wardrobe: World, query: str, wanted: str) -> None:
    assert names(wardrobe, query) == wanted.split()


def test_one_exotic_is_worn_at_a_time() -> None:
    """Two exotics have most: only one of them can be worn, and the better swap stays."""
    hood = armor("Hood", (10, 0, 0, 0, 0, 0), fields={"tier_type": 6})
    plain = armor("Plain Hood", (9, 0, 0, 0, 0, 0))
    boots = armor("Boots", (30, 0, 0, 0, 0, 0), bucket=hashes.LEGS, fields={"tier_type": 6}, store=TITAN)
    poor = armor("Poor Boots", (1, 0, 0, 0, 0, 0), bucket=hashes.LEGS)
    assert names(world(hood, plain, boots, poor), "maxstatloadout:weapons") == ["Boots", "Plain Hood"]


def test_nobody_has_most_of_nothing() -> None:
    assert names(world(armor("Bare", (1, 0, 0, 0, 0, 0))), "maxbasestatvalue:health") == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("health", (("health",),)),
        ("health+class", (("health",), ("class",))),
        ("health&class+melee", (("health", "class"), ("melee",))),
        ("highest&recovery+strength&strength&range", (("highest", "recovery"), ("strength", "strength", "range"))),
        ("", None),
        ("health+", None),
        ("too&+many", None),
        ("health class", None),
        ("any+health", None),
    ],
)
def test_expressions(text: str, wanted: tuple[tuple[str, ...], ...] | None) -> None:
    found = read_expression(text)
    assert (found.groups if found is not None else None) == wanted


def test_any_stands_alone() -> None:
    assert is_stat("any")
    assert not is_stat("any&any")


WORDS = sorted({*STATS, *RANKS})


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), min_size=1, max_size=4))
def test_every_sum_of_means_is_read(groups: list[list[str]]) -> None:
    found = read_expression("+".join("&".join(group) for group in groups))
    assert found is not None
    assert found.groups == tuple(map(tuple, groups))
