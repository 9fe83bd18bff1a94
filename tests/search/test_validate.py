"""Whether a query can be answered, and what is said and offered when it cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from tests.search.few_words import WORDS
from tests.search.query_texts import TEXTS

from vaultraider.search.nearest import edits, nearest
from vaultraider.search.ranges import range_of
from vaultraider.search.reading import LONGEST_SAVED, read
from vaultraider.search.tree import Problem


def problem(text: str) -> Problem:
    reading = read(text, WORDS)
    assert not reading.valid
    assert reading.problem is not None
    assert (reading.canonical, reading.saveable, reading.remembered) == (text, False, False)
    return reading.problem


@pytest.mark.parametrize(
    "text",
    [
        "", "food", "is:exotic", "not:yellow", "is:oldword", "tag:junk", "is:dupe", "dupe:perks", "dupe:perks+item", "name:x",
        'name:""', '""',
        'name:"is: x"', "notes:a:b", "keyword:food", "is:inloadout", "inloadout:2", "inloadout:raid", "season:arrivals",
        "season:>=outlaw", "season:2.5", "is:masterwork", "masterwork:range", "masterwork:<5", "stat:health:5", "is:exotic)",
        "stat:health+melee:>=5", "stat:health&melee+range:=5", "basestat:total:<1", "kills:>5", "kills:pve:>5",
    ],
)  # fmt: skip
def test_valid(text: str) -> None:
    reading = read(text, WORDS)
    assert reading.valid, reading.problem
    assert reading.problem is None


@pytest.mark.parametrize(
    ("text", "sentence", "meant"),
    [
        ("is:exotik", "There is no filter “is:exotik”.", ("is:exotic",)),
        ("not:exo", "There is no filter “not:exo”.", ("not:exotic",)),
        ("is:favorite", "There is no filter “is:favorite”.", ("tag:favorite",)),
        ("is:tag", "“tag” needs a value, such as tag:junk.", ("tag:none", "tag:favorite", "tag:keep")),
        ("is:oldwrod", "There is no filter “is:oldwrod”.", ()),
        ("type:bow", "There is no filter “type:”.", ("is:bow", '"type:bow"')),
        ("exotic:yes", "There is no filter “exotic:”.", ("is:exotic", '"exotic:yes"')),
        ("saeson:5", "There is no filter “saeson:”.", ("season:5", '"saeson:5"')),
        ("iss:foo", "There is no filter “iss:”.", ('"iss:foo"',)),
        ("https://a.b", "There is no filter “https:”.", ('"https://a.b"',)),
        ("tag:junkk", "“junkk” is not among the values of “tag:”.", ("tag:junk",)),
        ("tag:keep,junk", "“tag:” takes one value. “or” stands between several.", ("(tag:keep or tag:junk)",)),
        ("dupe:prks+item", "“prks” is not among the values of “dupe:”.", ("dupe:item+perks",)),
        ("dupe:perks+", "A value is missing in “dupe:”.", ("dupe:perks",)),
        ("season:arrival", "“season:” takes a number or one of its words, such as season:>=20.", ("season:arrivals",)),
        ("season:>=outlow", "“season:” takes a number or one of its words, such as season:>=20.", ("season:>=outlaw",)),
        (
            "masterwork:<range",
            "“masterwork:” takes a number or one of its words, such as masterwork:>=9.",
            ("masterwork:range",),
        ),
        ("stat:recovry:>5", "“recovry” is no stat of “stat:”.", ("stat:recovery:>5",)),
        ("stat:health+recovry:>5", "“health+recovry” is no stat of “stat:”.", ("stat:health+recovery:>5",)),
        ("stat:health", "“stat:” needs a stat and a number, such as stat:total:>=60.", ("stat:health:>=10",)),
        ("stat:health:high", "“stat:health:” needs a number after it, such as >=10.", ("stat:health:>=10",)),
        ("stat:health:<=2:=2", "“stat:health:” needs a number after it, such as >=10.", ("stat:health:>=10",)),
        ('tag:""', "Nothing stands between these quotes.", ()),
        ("kills:raid:>5", "“raid” is no stat of “kills:”.", ()),
    ],
)
def test_what_could_have_been_meant(text: str, sentence: str, meant: tuple[str, ...]) -> None:
    found = problem(text)
    assert (found.sentence, found.nearest) == (sentence, meant)
    for offered in meant:
        assert read(offered, WORDS).valid


def test_the_first_problem_is_told_with_its_place() -> None:
    found = problem("🤯 (is:exotic or -is:foo) is:bar")
    assert (found.start, found.length) == (18, 6)


def test_a_problem_is_no_longer_than_it_can_be_read() -> None:
    found = problem("is:" + "x" * 3000)
    assert len(found.sentence) < 80
    assert found.nearest == ()


@pytest.mark.parametrize(
    ("text", "saveable", "remembered"),
    [
        ("", False, False),
        ("food", True, False),
        ("/* title */ food", True, False),
        ("-food", True, True),
        ("is:exotic", True, True),
        ("id:1", True, True),
        ("id:1 or id:2", True, False),
        ("id:1 or is:exotic", True, True),
        ("/* title */", False, False),
        ("x" * LONGEST_SAVED, True, False),
        ("x" * (LONGEST_SAVED + 1), False, False),
        ("🤯" * (LONGEST_SAVED // 2) + "x", False, False),
    ],
    ids=str,
)
def test_what_is_kept(text: str, saveable: bool, remembered: bool) -> None:
    reading = read(text, WORDS)
    assert (reading.valid, reading.saveable, reading.remembered) == (True, saveable, remembered)


def test_words_of_a_persons_own() -> None:
    more = WORDS.also({"tag": ["raid"]})
    assert read("tag:raid", more).valid
    assert read("tag:junk", more).valid
    assert not read("tag:raid", WORDS).valid


def test_a_doubt_is_told_of_what_is_valid() -> None:
    reading = read("is:exotic) is:bow", WORDS)
    assert reading.valid
    assert reading.canonical == "is:exotic"
    assert reading.problem is not None


@given(TEXTS)
def test_every_text_is_judged(text: str) -> None:
    reading = read(text, WORDS)
    assert reading.valid or reading.problem is not None
    for offered in reading.problem.nearest if reading.problem is not None else ():
        assert read(offered, WORDS).valid


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("", "", 0), ("a", "", 1), ("ab", "ba", 1), ("exotic", "exotik", 1), ("abc", "cab", 2), ("ca", "abc", 3)],
)
def test_edits(one: str, other: str, count: int) -> None:
    assert edits(one, other) == edits(other, one) == count


def test_the_nearest_come_first_and_far_ones_not_at_all() -> None:
    assert nearest("boww", ["brow", "bow", "glaive"]) == ("bow",)
    assert nearest("scout", ["sidearm", "scoutrifle"]) == ("scoutrifle",)
    assert nearest("x" * 1000, ["x" * 1000]) == ()


@pytest.mark.parametrize("text", ["", "<", "5.", ".5", "-5", "5>", "==5", "=<5", "1e3", "\u0665", "5 ", "<five"])
def test_what_is_no_range(text: str) -> None:
    assert range_of(text) is None
