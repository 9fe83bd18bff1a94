"""What the search field offers at the caret."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.search.few_words import WORDS
from tests.search.query_texts import TEXTS

from vaultraider.search.expansion import expansions
from vaultraider.search.folding import fold
from vaultraider.search.own_names import OwnName, OwnNames
from vaultraider.search.suggest import Suggester, Suggestion
from vaultraider.search.vocabulary import vocabulary
from vaultraider.search.world import World

NOW = datetime(2026, 11, 17, tzinfo=UTC)
ITEMS = ("Arctic Haze", "Ager's Scepter", "Acd/0 Feedback Fence", "The Palindrome", "Häkke Bow", "Bow of Dusk")
PERKS = ("Kill Clip", "Archer's Tempo", "Outlaw")


class Search(msgspec.Struct):
    query: str
    saved: bool = False
    uses: int = 1
    name: str = ""
    last: datetime = NOW - timedelta(days=1)


class Names:
    def items(self) -> tuple[OwnName, ...]:
        return tuple(OwnName("item", name, fold(name), number, "bow", "exotic") for number, name in enumerate(ITEMS, 1))

    def perks(self) -> tuple[OwnName, ...]:
        return tuple(OwnName("perk", name, fold(name), number) for number, name in enumerate(PERKS, 100))

    def hints(self, keyword: str) -> tuple[str, ...]:
        return ("Raid day", "Trials") if keyword == "inloadout" else ()


def suggest(text: str, searches: tuple[Search, ...] = ()) -> list[Suggestion]:
    """``|`` is the caret; without one it stands at the end. Without the help that is always last."""
    before, _, after = text.partition("|")
    units = len(before.encode("utf-16-le", "surrogatepass")) // 2
    *found, help = Suggester(WORDS).suggest(before + after, units, source=Names(), searches=searches, now=NOW)
    assert (help.kind, help.text) == ("help", before + after)
    return found


def counted(text: str, finds: dict[str, int]) -> list[str]:
    """With what each whole query finds; whatever is not named finds one item."""
    found = Suggester(WORDS).suggest(
        text, len(text), source=Names(), searches=(), now=NOW, count=lambda query: finds.get(query, 1)
    )
    return [each.text for each in found[:-1]]


def texts(text: str, *kinds: str) -> list[str]:
    return [each.text for each in suggest(text) if not kinds or each.kind in kinds]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("is:b", ["is:bow", "is:blue"]),
        ("IS:B", ["is:bow", "is:blue"]),
        ("is:weapon", ["is:weaponmod"]),
        ("not:ex", ["not:exotic"]),
        ("jun", ["tag:junk"]),
        ("tag:", ["tag:none", "tag:favorite", "tag:keep", "tag:junk"]),
        ("dupe:perks+s", ["dupe:perks+setbonus", "dupe:perks+statlower"]),
        ("dupe:setbonus+", ["dupe:setbonus+statlower", "dupe:setbonus+item", "dupe:setbonus+perks"]),
        ("exot", ["is:exotic"]),
        ("season:>o", ["season:>outlaw"]),
        ("stat:hea", ["stat:health:"]),
        ("stat:health:", ["stat:health:<", "stat:health:>", "stat:health:<=", "stat:health:>="]),
        ("-(is:ex", ["-(is:exotic"]),
        ("(is:blue ju|n)", ["(is:blue tag:junk)"]),
        ("is:bow is:ex|o tag:junk", ["is:bow is:exotic tag:junk"]),
        ("🤯 jun| 🤯", ["🤯 tag:junk 🤯"]),
        ("/* title */ jun", ["/* title */ tag:junk"]),
        ("oldw", []),
        ("is:exotic ", []),
        ("not(", []),
        ('"jun"', []),
    ],
)
def test_filters_and_values(text: str, offered: list[str]) -> None:
    assert texts(text, "filter", "value") == offered


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("arctic haz", ['name:"arctic haze"']),
        ("is:weapon arctic haz| -is:exotic", ['is:weapon name:"arctic haze" -is:exotic']),
        ('name:"arctic haz', ['name:"arctic haze"']),
        ('is:bow name:"arc| x" is:blue', ['is:bow name:"arctic haze" is:blue']),
        ("exactname:arc", ['exactname:"arctic haze"']),
        ("ager’s", ['name:"ager\'s scepter"']),
        ("acd/0 fee", ['name:"acd/0 feedback fence"']),
        ("kill clip or pali", ['kill clip or name:"the palindrome"']),
        ("hakke", ['name:"häkke bow"']),
        ("of", ['name:"bow of dusk"']),
        ("dusk", ['name:"bow of dusk"']),
        ("a", []),
        ("notes:arc", []),
    ],
)
def test_names_of_ones_own_items(text: str, offered: list[str]) -> None:
    assert texts(text, "item") == offered


def test_what_begins_so_comes_before_what_holds_it() -> None:
    assert [each.shown for each in suggest("bow") if each.kind == "item"] == ["Bow of Dusk", "Häkke Bow"]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("kill cl", ['perkname:"kill clip"']),
        ("perkname:out", ["perkname:outlaw"]),
        ("name:out", []),
        ("perkname:kill cl", ['perkname:"kill clip"']),
    ],
)
def test_names_of_perks(text: str, offered: list[str]) -> None:
    assert texts(text, "perk") == offered


@pytest.mark.parametrize(
    ("text", "finds", "offered"),
    [
        ("is:b", {"is:bow": 0}, ["is:blue", "is:bow"]),
        ("tag:", {"tag:none": 0, "tag:keep": 0}, ["tag:favorite", "tag:junk", "tag:none", "tag:keep"]),
        ("is:blue tag:j", {"is:blue tag:junk": 0}, ["is:blue tag:junk"]),
        ("stat:hea", {"stat:health:": 0}, ["stat:health:"]),
        ("ager", {'name:"ager\'s scepter"': 0}, []),
        ("-is:exotic haz", {'-is:exotic name:"arctic haze"': 0}, []),
    ],
    ids=["states", "values", "the only one", "unfinished", "a name", "a name beside other words"],
)
def test_what_finds_nothing_stands_behind_and_names_that_find_none_are_left_out(
    text: str, finds: dict[str, int], offered: list[str]
) -> None:
    assert counted(text, finds) == offered


OWN = [f"own{number}" for number in range(20)]
TAGS = ["tag:none", "tag:favorite", "tag:keep", "tag:junk", *(f"tag:{name}" for name in OWN)]


@pytest.mark.parametrize(
    ("text", "finds", "offered"),
    [
        ("tag:", {}, TAGS[:8]),
        ("tag:", {"tag:own19": 3, "tag:junk": 2}, ["tag:own19", "tag:junk", *TAGS[:3], *TAGS[4:7]]),
        ("tag:", {"tag:own19": 3, "tag:own18": 3, "tag:keep": 3}, ["tag:keep", "tag:own18", "tag:own19", *TAGS[:2], *TAGS[3:6]]),
        (
            "tag:own1",
            {"tag:own19": 3, "tag:own12": 4},
            ["tag:own12", "tag:own19", *(f"tag:own{n}" for n in (10, 11, 13, 14, 15, 16))],
        ),
        ("is:blue tag:", {"tag:own0": 9, "is:blue tag:junk": 1}, ["is:blue tag:junk"]),
        ("-tag:", {"tag:own0": 9, "-tag:own0": 5, "-tag:junk": 14, "-tag:keep": 14}, ["-tag:own0", "-tag:keep", "-tag:junk"]),
        ("not tag:", {"tag:own0": 9, "not tag:own0": 5, "not tag:junk": 14}, ["not tag:own0", "not tag:junk"]),
    ],
    ids=["none finds any", "the fullest", "as full", "begun", "beside other words", "excluded", "excluded in words"],
)
def test_of_tags_the_fullest_is_offered_first_then_the_field_s_own(text: str, finds: dict[str, int], offered: list[str]) -> None:
    suggester = Suggester(WORDS.also({"tag": OWN}))
    found = suggester.suggest(text, len(text), source=Names(), searches=(), now=NOW, count=lambda query: finds.get(query, 0))
    assert [each.text for each in found[: len(offered)]] == offered
    assert len(found) == 8 + 1


def test_a_tag_that_ends_in_a_digit_is_like_any_other() -> None:
    found = Suggester(WORDS.also({"tag": ["raid2"]})).suggest("tag:", 4, source=Names(), searches=(), now=NOW)
    assert [each.text for each in found[:-1]] == ["tag:none", "tag:favorite", "tag:keep", "tag:junk", "tag:raid2"]


def test_hints_of_a_filter() -> None:
    assert texts("inloadout:ra", "value") == ['inloadout:"raid day"']
    assert texts('inloadout:"tri', "value") == ["inloadout:trials"]


def test_a_suggestion_says_what_it_is() -> None:
    (first, *_) = suggest("🤯 -jun|k is:x")
    assert first == Suggestion(
        kind="value", text="🤯 -tag:junk is:x", caret=12, shown="tag:junk", match=((4, 4),), means="Help of tag."
    )
    found = next(each for each in suggest("arctic") if each.kind == "item")
    assert (found.shown, found.match, found.hash, found.item_kind, found.tier) == ("Arctic Haze", ((0, 6),), 1, "bow", "exotic")


SEARCHES = (
    Search("is:bow", uses=1),
    Search("is:exotic tag:junk", saved=True, name="Exotic junk"),
    Search("/* spring clean */ tag:junk is:bow", saved=True, uses=9),
    Search("kill and clip", uses=9, last=NOW - timedelta(days=365)),
)


def test_searches_of_before() -> None:
    found = suggest("", SEARCHES)
    assert [(each.kind, each.text, each.name) for each in found] == [
        ("saved", "/* spring clean */ tag:junk is:bow", "spring clean"),
        ("saved", "is:exotic tag:junk", "Exotic junk"),
        ("recent", "is:bow", ""),
        ("recent", "kill and clip", ""),
    ]


def test_searches_of_before_that_hold_what_is_typed() -> None:
    found = [each for each in suggest("spring", SEARCHES) if each.kind == "saved"]
    assert [(each.text, each.match) for each in found] == [("/* spring clean */ tag:junk is:bow", ((3, 6),))]
    assert [each.text for each in suggest("exotic j", SEARCHES) if each.kind == "saved"] == ["is:exotic tag:junk"]
    assert "is:bow" not in [each.text for each in suggest("is:bow", SEARCHES)]


def test_nothing_is_offered_twice() -> None:
    found = [each.text for each in suggest("is:b", SEARCHES)]
    assert len(found) == len(set(found))
    assert found.count("is:bow") == 1


def test_deprecated_filters_are_not_offered() -> None:
    assert not [word for each in WORDS.filters() if each.deprecated for word in expansions(each)]


@given(text=TEXTS, caret=st.integers(min_value=-2, max_value=80))
def test_whatever_is_typed_wherever_the_caret_stands(text: str, caret: int) -> None:
    for each in Suggester(WORDS).suggest(text, caret, source=Names(), searches=SEARCHES, now=NOW):
        shown = len(each.shown.encode("utf-16-le", "surrogatepass")) // 2
        assert all(0 <= start < start + length <= shown for start, length in each.match)
        if each.kind != "help":
            assert 0 < each.caret <= len(each.text.encode("utf-16-le", "surrogatepass")) // 2


def test_names_come_from_ones_own_items(world: World) -> None:
    words = vocabulary()
    names = OwnNames(world, words)
    item = next(item for item in world.items if item.blueprint.is_weapon)
    typed = f"name:{item.blueprint.title[:-1]}"
    found = Suggester(words).suggest(typed, len(typed), source=names, searches=(), now=NOW)
    assert item.blueprint.title in [each.shown for each in found if each.kind == "item" and each.item_kind and each.tier]


NO_PERKS = [
    "Default Shader",
    "Empty Mod Socket",
    "Default Emblem",
    "Super of Stormwall 0",
    "Kill Tracker",
    "Kelp",
    "Balanced Tuning",
]
PERKS_OF_EACH_SORT = [
    "Night Watch Drill", "Straight Bore", "Drop Box", "Standing Order", "Adaptive Frame", "Grenadier", "Tier 4 Weapon",
    "Pilot Light Catalyst", "Secret of The Patient Eye",
]  # fmt: skip


def test_perks_are_what_players_call_so(world: World) -> None:
    every = {plug.title for item in world.items for plug in item.perks}
    offered = {each.name for each in OwnNames(world, vocabulary()).perks()}
    assert set(NO_PERKS) <= every
    assert not offered & set(NO_PERKS)
    assert set(PERKS_OF_EACH_SORT) <= offered
    assert not [name for name in offered if name.startswith(("Empty", "Default", "Super of", "Aspect of", "Fragment of"))]
