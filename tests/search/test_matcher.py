"""What a tree of filters finds, and how little is done for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.search.cast import TITAN, armor, profile, weapon, world
from tests.search.worlds import ids, names

from vaultraider.domain.annotations import Annotation
from vaultraider.search.asking import meant_by
from vaultraider.search.bits import bits_of, everything, those_of
from vaultraider.search.items import SearchItem
from vaultraider.search.leaves import MOST_BYTES, MOST_LEAVES, Leaves
from vaultraider.search.matcher import Found, Matcher
from vaultraider.search.query import parse
from vaultraider.search.tree import And, Leaf, Node, Not, Or
from vaultraider.search.vocabulary import vocabulary
from vaultraider.search.world import World

MATCHER = Matcher(vocabulary())
THINGS = (
    weapon("Ada", state=1),
    weapon("Bea", store=TITAN, power=540),
    weapon("Cleo", state=5, fields={"tier_type": 6}),
    armor("Dora", state=1),
    armor("Enid", store=TITAN),
)


@pytest.fixture
def few() -> World:
    return world(*THINGS)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", "Ada Bea Cleo Dora Enid"),
        ("/* all of it */", "Ada Bea Cleo Dora Enid"),
        ("is:locked is:weapon", "Ada Cleo"),
        ("is:locked or is:weapon", "Ada Bea Cleo Dora"),
        ("is:locked and is:weapon or is:exotic", "Ada Cleo"),
        ("is:locked (is:armor or is:exotic)", "Cleo Dora"),
        ("-is:locked", "Bea Enid"),
        ("-(is:locked or is:weapon)", "Enid"),
        ("--is:armor", "Dora Enid"),
        ("not:weapon not is:locked", "Enid"),
        ("is:weapon -is:weapon", ""),
        ("is:weapon or -is:weapon", "Ada Bea Cleo Dora Enid"),
    ],
)
def test_operators(few: World, query: str, wanted: str) -> None:
    assert names(few, query) == wanted.split()


@pytest.mark.parametrize(
    "query", ["(", "is:nothing", "is:locked or is:nothing", "power:many", "stat:health", '"open', "-" * 500 + "a"]
)
def test_what_is_not_valid_finds_nothing(few: World, query: str) -> None:
    assert MATCHER.find(few, parse(query)) == Found([], 0)
    assert MATCHER.count(few, parse(query)) == 0


def test_nothing_is_found_among_nothing() -> None:
    empty = World(profile(()))
    assert MATCHER.find(empty, parse("is:weapon or -is:weapon")) == Found([], 0, 1)
    assert MATCHER.count(empty, parse("")) == 0


def test_found_things_stand_in_the_profiles_order(few: World) -> None:
    order = [item.id for item in few.items]
    found = ids(few, "is:weapon or is:armor")
    assert found == [id for id in order if id in set(found)]
    assert len(found) == MATCHER.count(few, parse("is:weapon or is:armor"))


def test_the_next_keystroke_works_out_only_what_is_new(few: World) -> None:
    def worked_out(query: str) -> int:
        return MATCHER.find(few, parse(query)).worked_out

    assert worked_out("is:locked power:>1") == 2
    assert worked_out("is:locked power:>1") == 0
    assert worked_out("is:locked power:>12") == 1
    assert worked_out("-is:locked or (is:locked power:>12)") == 0


def test_what_nothing_hangs_on_any_more_is_not_worked_out(few: World) -> None:
    assert MATCHER.find(few, parse("name:zzz is:weapon power:>500")).worked_out == 1
    assert MATCHER.find(few, parse("power:>=0 or name:a or stat:any:>3")).worked_out == 1


def test_a_leaf_that_stands_there_often_is_worked_out_once(few: World) -> None:
    assert MATCHER.find(few, parse(" ".join(["is:weapon"] * 300))).worked_out == 1


def test_a_world_forgets_leaves_before_they_are_too_many(few: World) -> None:
    for number in range(MOST_LEAVES + 10):
        MATCHER.count(few, parse(f"power:{number}"))
    assert len(few.once("matcher.leaves", Leaves)) == MOST_LEAVES
    assert MATCHER.find(few, parse(f"power:{MOST_LEAVES + 9}")).worked_out == 0
    assert MATCHER.find(few, parse("power:0")).worked_out == 1


def test_a_world_forgets_leaves_before_they_are_too_long(few: World) -> None:
    for number in range(200):
        MATCHER.count(few, parse(f"name:{'z' * 16_000}{number}"))
    kept = few.once("matcher.leaves", Leaves)
    assert 0 < len(kept) < 200
    assert kept.bytes <= MOST_BYTES


def test_the_leaf_that_was_asked_for_last_stays() -> None:
    kept = Leaves(most=2)
    kept.keep(("is", "a"), 1)
    kept.keep(("is", "b"), 2)
    assert kept.get(("is", "a")) == 1
    kept.keep(("is", "c"), 3)
    assert [kept.get(("is", value)) for value in "abc"] == [1, None, 3]


def test_brackets_as_deep_as_can_be_read(few: World) -> None:
    query = "(" * 90 + "is:weapon" + ")" * 90
    assert names(few, query) == ["Ada", "Bea", "Cleo"]


def test_items_and_what_hangs_on_them_are_used_again() -> None:
    seen = profile(THINGS)
    first = World(seen)
    tagged = World(seen, annotations={first.items[0].key: Annotation("junk")}, previous=first)
    assert all(one is other for one, other in zip(first.items, tagged.items, strict=True))
    calls: list[str] = []
    for each in (first, tagged):
        each.once_of_items("count", lambda: calls.append("items"))
        each.once("count", lambda: calls.append("world"))
    assert calls == ["items", "world", "world"]
    assert ids(tagged, "tag:junk") == [first.items[0].id]
    assert ids(first, "tag:junk") == []


def test_another_profile_keeps_the_items_that_did_not_change() -> None:
    seen = profile(THINGS)
    first = World(seen)
    moved = profile((*THINGS[1:],), seen.catalogue)
    second = World(moved, previous=first)
    first.once_of_items("count", lambda: 1)
    assert second.once_of_items("count", lambda: 2) == 2


def operators() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(
        ["is:locked", "is:weapon", "is:armor", "is:exotic", "name:a", "power:>510", "is:invault", "ada", "tag:none", "is:dupe"]
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            inner.map(lambda each: f"-({each})"),
            st.lists(inner, min_size=2, max_size=4).map(lambda many: "(" + " or ".join(many) + ")"),
            st.lists(inner, min_size=2, max_size=4).map(lambda many: "(" + " ".join(many) + ")"),
        ),
        max_leaves=12,
    )


def holds(node: Node, item: SearchItem, world: World) -> bool:
    """One item at a time, as the words say."""
    if isinstance(node, Leaf):
        meant = meant_by(node, vocabulary())
        assert meant is not None
        return bool(meant.filter.make(meant.asked, world)(item))
    if isinstance(node, Not):
        return not holds(node.operand, item, world)
    if isinstance(node, And):
        return all(holds(each, item, world) for each in node.operands)
    return any(holds(each, item, world) for each in node.operands) if isinstance(node, Or) else True


ONE_WORLD = world(*THINGS)


@settings(max_examples=150, deadline=None)
@given(operators())
def test_bits_say_what_each_item_by_itself_says(query: str) -> None:
    tree = parse(query).tree
    assert ids(ONE_WORLD, query) == [item.id for item in ONE_WORLD.items if holds(tree, item, ONE_WORLD)]


@given(st.lists(st.booleans()))
def test_bits_there_and_back(flags: list[bool]) -> None:
    places = list(range(len(flags)))
    bits = bits_of(places, flags.__getitem__)
    assert those_of(bits, places) == [place for place in places if flags[place]]
    assert bits <= everything(len(flags))


def _each_example() -> Iterator[str]:
    for each in vocabulary().filters():
        yield each.example


@pytest.mark.parametrize("query", list(dict.fromkeys(_each_example())))
def test_every_example_is_answered_on_a_small_vault(few: World, query: str) -> None:
    assert set(ids(few, query)) <= {item.id for item in few.items}
