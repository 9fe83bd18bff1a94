"""Duplicates, and armour that another piece beats."""

from __future__ import annotations

import pytest
from tests.search.cast import armor, weapon, world
from tests.search.worlds import ids, names

from vaultraider.domain.annotations import Annotation
from vaultraider.domain.wishes import Verdict
from vaultraider.search.armor import mixes
from vaultraider.search.world import World

CRAFTED = 8
LOCKED = 1
MASTERED = ("Masterwork 3.0", "Masterwork 3.0", ())
MELEE_TUNING = ("", "Balanced Tuning", ("Balanced Tuning", "+Melee -Super"))
ARTIFICE = ("Empty Artifice", "Empty Artifice", ())


def traits(first: str, second: str, *more: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """``more``: what else the first column offers."""
    return (("*Outlaw", first, (first.replace("!", ""), *more)), ("*Kill Clip", second, (second,)))


SHELF = (
    weapon("Ashes", power=500, sockets=traits("Outlaw", "Kill Clip")),
    weapon("Ashes", power=510, sockets=traits("Rapid Hit", "Kill Clip", "Outlaw")),
    weapon("Ashes", power=520, sockets=traits("Rampage", "Kill Clip")),
    weapon("Birch", power=500, state=CRAFTED, sockets=traits("Outlaw!", "Kill Clip"), fields={"recipe": 5}),
    weapon("Birch", power=500, sockets=traits("Rapid Hit", "Rampage"), fields={"recipe": 5}),
    weapon("Cedar", power=500, sockets=traits("Outlaw", "Rampage")),
    # A weapon that came out again, and one of the same name that is a helmet.
    weapon("Cedar", hash=4711, power=500, sockets=traits("Rapid Hit", "Rampage")),
    armor("Ashes", hash=4712),
)


def numbers(world: World, query: str) -> str:
    """Places in the shelf, from 1."""
    return " ".join(str(int(id) % 100) for id in ids(world, query))


SHELF_CASES = [
    ("is:dupe", "1 2 3 4 5 6 7"),
    ("dupe:item", "1 2 3 4 5 6 7"),
    ("count:3", "1 2 3"),
    ("count:1", "8"),
    ("count:>1 -is:weapon", ""),
    ("dupe:traits", "1 4 5 7"),
    ("dupe:item+traits", ""),
    ("dupe:perks", "1"),
    ("is:dupeperks", "1"),
    ("is:infusionfodder", "2 3"),
    ("is:crafteddupe", "4 5"),
    ("is:customstatlower", ""),
    ("dupe:customstatlower", ""),
    ("dupe:item+customstatlower", ""),
]


@pytest.fixture(scope="module")
def shelf() -> World:
    return world(*SHELF)


@pytest.mark.parametrize(("query", "wanted"), SHELF_CASES)
def test_duplicates(shelf: World, query: str, wanted: str) -> None:
    assert numbers(shelf, query) == wanted


def test_what_one_would_keep_is_no_lower_duplicate() -> None:
    one, locked, tagged = weapon("Elm", power=550), weapon("Elm", state=LOCKED, power=500), weapon("Elm", power=10)
    assert numbers(world(one, locked), "is:dupelower") == "1"
    assert numbers(world(one, weapon("Elm", power=540)), "is:dupelower") == "2"
    # The name says whose tag it is: the last of that name.
    assert numbers(world(one, locked, tagged, said={"Elm": Annotation("keep")}), "is:dupelower") == "1 2"


def test_beside_one_from_a_wish_list() -> None:
    found = world(weapon("Fir"), weapon("Fir"), weapon("Gorse"), judged={"Fir": Verdict(True), "Gorse": Verdict(True)})
    assert numbers(found, "is:wishlistdupe") == "1"


WARDROBE = (
    # Weapons, Health, Class, Grenade, Super, Melee
    armor("Alb", (30, 20, 10, 0, 0, 0), sockets=(MASTERED,), fields={"set_hash": 1}),
    armor("Bib", (30, 20, 11, 0, 0, 0), sockets=(MASTERED,), fields={"set_hash": 2}),
    armor("Cope", (10, 20, 30, 0, 0, 0), sockets=(MASTERED,), fields={"set_hash": 1}),
    armor("Dolman", (0, 0, 0, 10, 20, 30), sockets=(MASTERED, MELEE_TUNING), fields={"set_hash": 1}),
    armor("Ephod", (0, 0, 0, 10, 20, 30), sockets=(MASTERED,)),
    armor("Frock", (30, 20, 10, 0, 0, 0), sockets=(MASTERED,), fields={"tier_type": 6}),
    armor("Gown", (29, 20, 10, 0, 0, 0), sockets=(MASTERED,), fields={"set_hash": 1}),
    armor("Habit", (30, 20, 11, 0, 0, 0), sockets=(MASTERED,), bucket=3551918588),
)

WARDROBE_CASES = [
    ("dupe:archetype", "Alb Bib Dolman Ephod Frock Gown"),
    ("dupe:archetype+tertiarystat", "Alb Bib Dolman Ephod Frock Gown"),
    ("dupe:tertiarystat", "Alb Bib Dolman Ephod Frock Gown"),
    ("dupe:nonzerostats", "Alb Bib Cope Dolman Ephod Frock Gown"),
    ("dupe:untunedstats", "Alb Dolman Ephod Frock"),
    ("dupe:stats", "Alb Frock"),
    ("is:statdupe", "Alb Frock"),
    ("dupe:tunedstat", ""),
    ("dupe:setbonus", "Alb Cope Dolman Gown"),
    # Bib beats Alb and Gown; the exotic has no rival, and neither has what belongs to another slot. Dolman is Ephod and more.
    ("dupe:statlower", "Alb Ephod Gown"),
    ("is:statlower", "Alb Ephod Gown"),
    ("dupe:setbonus+statlower", "Gown"),
]


@pytest.fixture(scope="module")
def wardrobe() -> World:
    return world(*WARDROBE)


@pytest.mark.parametrize(("query", "wanted"), WARDROBE_CASES)
def test_armour_that_agrees_and_armour_that_is_beaten(wardrobe: World, query: str, wanted: str) -> None:
    assert names(wardrobe, query) == wanted.split()


def test_artifice_can_make_up_for_what_is_missing() -> None:
    """Three more in any one stat: enough to escape, and to beat."""
    plain, artifice = armor("Plain", (10, 10, 10, 10, 10, 10)), armor("Fine", (7, 10, 10, 10, 10, 10), sockets=(ARTIFICE,))
    assert names(world(plain, artifice), "is:statlower") == []
    assert names(world(plain, armor("Finer", (10, 10, 10, 10, 10, 10), sockets=(ARTIFICE,))), "is:statlower") == ["Plain"]


def test_tuning_can_escape() -> None:
    """Five more in one stat for five less in another is nothing that the other piece could be."""
    tuned = armor("Tuned", (0, 0, 0, 10, 20, 28), sockets=(MASTERED, MELEE_TUNING))
    assert names(world(tuned, armor("Plain", (0, 0, 0, 10, 20, 30), sockets=(MASTERED,))), "is:statlower") == []
    # Where the other one is better by more than that, no tuning helps.
    best = armor("Best", (7, 7, 7, 20, 30, 40), sockets=(MASTERED,))
    assert names(world(tuned, best), "is:statlower") == ["Tuned"]


def test_the_same_piece_twice_beats_neither() -> None:
    assert names(world(armor("Twin", (1, 2, 3, 4, 5, 6)), armor("Twin", (1, 2, 3, 4, 5, 6))), "is:statlower") == []


def test_older_armour_is_compared_as_if_it_were_masterworked() -> None:
    """Two in every stat for the older one, five in each that the roll of the newer one left at nothing."""
    old, new = armor("Old", (25, 20, 10, 2, 2, 2)), armor("New", (30, 25, 15, 0, 0, 0), sockets=(MASTERED,))
    assert names(world(old, new), "is:statlower") == ["Old"]


def test_what_a_piece_can_be_made_into() -> None:
    """Balanced Tuning raises only what the roll left at nothing."""
    (tuned, artifice, plain) = world(
        armor("Tuned", (0, 0, 0, 10, 20, 28), sockets=(MASTERED, MELEE_TUNING)),
        armor("Fine", (1, 2, 3, 4, 5, 6), sockets=(ARTIFICE,)),
        armor("Plain", (1, 2, 3, 4, 5, 6)),
    ).items
    assert mixes(tuned) == [(6, 6, 6, 10, 20, 28), (5, 5, 5, 10, 15, 33)]
    assert mixes(artifice)[0] == (6, 4, 5, 6, 7, 8)
    assert len(mixes(artifice)) == 6
    assert mixes(plain) == [(3, 4, 5, 6, 7, 8)]
