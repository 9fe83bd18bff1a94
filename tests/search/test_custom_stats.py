"""Totals of a person's own in queries: as stats, in sums, and as what armour is beaten in."""

from __future__ import annotations

import pytest
from tests.search.cast import armor, weapon, world
from tests.search.worlds import ids, names

from vaultraider.domain import hashes
from vaultraider.domain.custom_stats import CustomStat, Guardian, Weights
from vaultraider.search.completion import Completer
from vaultraider.search.query import parse
from vaultraider.search.validate import check
from vaultraider.search.vocabulary import Vocabulary, vocabulary
from vaultraider.search.world import World

MASTERED = ("Masterwork 3.0", "Masterwork 3.0", ())
MELEE_TUNING = ("", "Balanced Tuning", ("Balanced Tuning", "+Melee -Super"))
ARTIFICE = ("Empty Artifice", "Empty Artifice", ())
ANYBODYS = {"class_type": 3}


def total(label: str, weights: Weights, guardian: Guardian = "any", id: int = 1) -> CustomStat:
    return CustomStat(id=id, label=label, keyword=label.lower(), guardian=guardian, weights=weights)


# Weapons, Health, Class, Grenade, Super, Melee
DUTY = total("Duty", (2, 0, 0, 2, 1, 0))
WALL = total("Wall", (0, 1, 1, 0, 0, 0), "hunter", 2)
TITANS = total("Fist", (0, 0, 0, 0, 1, 1), "titan", 3)
RAIDS = (total("Raid", (1, 1, 0, 0, 0, 0), "hunter", 4), total("Raid", (0, 0, 0, 0, 1, 1), "titan", 5))

WARDROBE = (
    weapon("Arquebus"),
    armor("Bonnet", (30, 20, 10, 0, 0, 0), sockets=(MASTERED,)),
    armor("Cap", (0, 0, 0, 10, 20, 30), sockets=(MASTERED, MELEE_TUNING), tier=5),
    armor("Derby", (10, 0, 0, 5, 25, 29), sockets=(MASTERED,)),
    armor("Gaiters", (2, 2, 2, 2, 2, 2), bucket=hashes.LEGS),
    armor("Helm", (30, 0, 0, 20, 0, 0), sockets=(MASTERED,), fields={"class_type": 0}),
    armor("Mask", (5, 5, 5, 5, 5, 5), fields=ANYBODYS),
)

CASES = [
    ("basestat:duty:60", "Bonnet"),
    ("basestat:duty:>=50", "Bonnet Derby Helm"),
    ("basestat:duty:>=0", "Bonnet Cap Derby Gaiters Helm Mask"),
    ("stat:duty:>=0 is:weapon", ""),
    # For hunters, and so neither for titans nor for what anybody can wear.
    ("basestat:wall:<100", "Bonnet Cap Derby Gaiters"),
    ("basestat:wall+duty:90", "Bonnet"),
    ("basestat:wall&duty:45", "Bonnet"),
    ("basestat:duty+highest:>=95", "Helm"),
    # What has no such total has still the stats beside it.
    ("basestat:fist+weapons:30", "Bonnet Helm"),
    ("stat:duty:>60", "Bonnet Helm"),
    ("basestat:raid:50", "Bonnet"),
    ("basestat:raid:0", "Cap Helm"),
]


@pytest.fixture(scope="module")
def wardrobe() -> World:
    return world(*WARDROBE, own=(DUTY, WALL, TITANS, *RAIDS))


@pytest.mark.parametrize(("query", "wanted"), CASES)
def test_as_a_stat(wardrobe: World, query: str, wanted: str) -> None:
    assert names(wardrobe, query) == wanted.split()


LOWER = (
    armor("Alb", (30, 20, 0, 0, 0, 10), sockets=(MASTERED,)),
    # Better in weapons and health, and worse in melee: beaten in nothing but what counts.
    armor("Bib", (30, 21, 0, 0, 0, 6), sockets=(MASTERED,)),
    armor("Cope", (6, 7, 0, 0, 0, 30), sockets=(MASTERED,)),
    armor("Dolman", (29, 18, 0, 0, 0, 30), sockets=(ARTIFICE,)),
    armor("Frock", (30, 20, 0, 0, 0, 10), sockets=(MASTERED,), fields={"tier_type": 6}),
    armor("Helm", (6, 7, 0, 0, 0, 10), sockets=(MASTERED,), fields={"class_type": 0}),
    armor("Visor", (7, 7, 0, 0, 0, 10), sockets=(MASTERED,), fields={"class_type": 0}),
)
FRONT, BACK = total("Front", (2, 1, 0, 0, 0, 0), "hunter", 1), total("Back", (0, 0, 0, 0, 1, 1), "hunter", 2)

LOWER_CASES = [
    ((), ""),
    # Dolman has three more in either, and so escapes.
    ((FRONT,), "Alb Bib Cope"),
    # In melee and super Dolman is Cope, and what the artifice adds.
    ((BACK,), "Alb Bib Cope"),
    # For titans alone there is nothing to be beaten in by hunters.
    ((total("Front", (2, 1, 0, 0, 0, 0), "titan"),), "Helm"),
    ((total("Front", (2, 1, 0, 0, 0, 0), "any"),), "Alb Bib Cope Helm"),
    # Of several it must be beaten in each.
    ((FRONT, total("Side", (0, 1, 0, 0, 0, 1), "hunter", 3)), "Alb Bib Cope"),
]


@pytest.mark.parametrize(("own", "wanted"), LOWER_CASES)
def test_beaten_in_what_counts(own: tuple[CustomStat, ...], wanted: str) -> None:
    found = world(*LOWER, own=own)
    assert names(found, "dupe:customstatlower") == wanted.split()
    assert names(found, "is:customstatlower") == wanted.split()


def test_only_what_is_weighted_counts() -> None:
    """Nothing beats Alb in all six; in health and weapons Bib does."""
    found = world(*LOWER[:2], own=(FRONT,))
    assert names(found, "dupe:statlower") == []
    assert names(found, "dupe:customstatlower") == ["Alb"]
    assert names(found, "dupe:customstatlower+statlower") == []


def test_of_several_it_must_be_beaten_in_each() -> None:
    edge = total("Edge", (1, 0, 0, 0, 0, 1), "hunter", 9)
    assert names(world(*LOWER[:2], own=(edge,)), "dupe:customstatlower") == ["Bib"]
    assert names(world(*LOWER[:2], own=(FRONT, edge)), "dupe:customstatlower") == []


def test_among_what_agrees() -> None:
    sets = [armor(name, stats, sockets=(MASTERED,), fields={"set_hash": hash}) for name, stats, hash in (
        ("Alb", (30, 20, 0, 0, 0, 10), 1), ("Bib", (30, 21, 0, 0, 0, 6), 2), ("Cope", (29, 19, 0, 0, 0, 30), 1),
    )]  # fmt: skip
    assert names(world(*sets, own=(FRONT,)), "dupe:customstatlower") == ["Alb", "Cope"]
    assert names(world(*sets, own=(FRONT,)), "dupe:setbonus+customstatlower") == ["Cope"]


def test_what_was_worked_out_for_other_totals_is_not_used_again() -> None:
    """The items stay the same ones, and with them all that hangs on them alone."""
    before = world(*LOWER, own=(FRONT,))
    assert names(before, "dupe:customstatlower") == ["Alb", "Bib", "Cope"]
    assert ids(before, "basestat:front:>=0") == [item.id for item in before.items if item.blueprint.guardian == "hunter"]
    titans = total("Front", (0, 0, 0, 0, 1, 1), "titan", 1)
    after = World(before.profile, custom_stats=(titans,), previous=before)
    assert all(one is other for one, other in zip(before.items, after.items, strict=True))
    assert names(after, "dupe:customstatlower") == []
    assert names(after, "basestat:front:>=0") == ["Helm", "Visor"]
    none = World(before.profile, previous=after)
    assert names(none, "dupe:customstatlower") == []


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return vocabulary().also({}, ["duty", "größe"])


@pytest.mark.parametrize("query", ["stat:duty:>=5", "basestat:duty&health+größe:<3", "stat:duty:=1"])
def test_who_has_it_can_ask_for_it(words: Vocabulary, query: str) -> None:
    assert check(parse(query), words) is None
    problem = check(parse(query), vocabulary())
    assert problem is not None
    assert "is no stat of" in problem.sentence


def test_what_it_may_have_been_meant_to_be(words: Vocabulary) -> None:
    problem = check(parse("stat:dutty:>=5"), words)
    assert problem is not None
    assert problem.nearest == ("stat:duty:>=5",)


def test_it_completes(words: Vocabulary) -> None:
    offered = [each.word for each in Completer(words).completions("stat:du")]
    assert "stat:duty:" in offered
    assert "basestat:duty:>=" in [each.word for each in Completer(words).completions("basestat:duty:>")]
    assert "stat:duty:" not in [each.word for each in Completer(vocabulary()).completions("stat:du")]
