"""The words of the language: every filter of the field's reference is known, explained, and answers or says why it cannot."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tests.search.worlds import ids

from vaultraider.domain.annotations import TAGS, Annotation
from vaultraider.domain.profile import Profile
from vaultraider.domain.wishes import Verdict
from vaultraider.search.filters._filter import Filter, Format
from vaultraider.search.query import parse
from vaultraider.search.validate import check
from vaultraider.search.vocabulary import vocabulary
from vaultraider.search.world import World

FILTERS = [filter for family in vocabulary().families for filter in family.filters]
SIGNS = ("", "=", "<", "<=", ">", ">=")

NOT_WITH_MARROW = {
    "accessories": "the slot has gone from the game",
    "armormod": "mods are no items any more",
    "artifice": "his armour is of another system",
    "curated": "his weapons are rolled",
    "customstatlower": "he has no totals of his own",
    "enhanceable": "his weapons have patterns",
    "enhanced": "his weapons have patterns",
    "hasdisabledmod": "all his mods are on",
    "memento": "he has none",
    "reptoken": "no token is a stack of his",
    "retiredperk": "all perks of the demo can still roll",
    "sunset": "nothing of today has a limit of power",
    "transmat": "he has none",
}
"""What the demo does not show, by keyword: other tests of these filters do."""


@pytest.fixture(scope="module")
def wishful(marrows_profile: Profile) -> World:
    """Marrow's items with a tag of each sort, notes, loadouts and a wish list that likes and dislikes."""
    plain = World(marrows_profile)
    copies = [item for item in plain.items if item.is_copy and (item.blueprint.is_weapon or item.blueprint.is_armor)]
    tagged = {item.key: Annotation(tag, f"#pve for {tag}") for item, tag in zip(copies, TAGS, strict=False)}
    weapons = [item for item in copies if item.blueprint.is_weapon]
    return World(
        marrows_profile,
        annotations=tagged,
        verdicts={item.id: Verdict(place % 2 == 0, notes="pve", perks=(1,)) for place, item in enumerate(weapons[:99])},
        wishable=frozenset(item.hash for item in weapons[::2]),
        loadouts={item.id: ("Quay watch",) for item in copies[:9]},
    )


def reference(shared_dir: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((shared_dir / "vectors" / "search-filters.json").read_text())["d2"]["filters"]
    return found


def written(entry: dict[str, Any], keyword: str, format: Format) -> Iterator[str]:
    """Every way to write one form of a filter of the reference."""
    values, overloads = entry.get("values", []), entry.get("overloads", {})
    if format == "simple":
        yield from (f"is:{keyword}", f"not:{keyword}")
    elif format == "query":
        yield from (f"{keyword}:{value}" for value in values)
    elif format == "multiquery":
        yield from (f"{keyword}:{value}" for value in values)
        yield from (f"{keyword}:{first}+{second}" for first, second in pairwise(values))
    elif format == "freeform":
        yield from (f"{keyword}:word", f'{keyword}:"two words"')
    elif format == "range":
        yield from (f"{keyword}:{sign}{number}" for sign in SIGNS for number in ("0", "7", "2.5", *overloads))
    else:
        yield from (f"{keyword}:{name}:{sign}7" for sign in SIGNS for name in values)


def test_the_reference_is_accepted_whole(shared_dir: Path) -> None:
    tried = 0
    for entry in reference(shared_dir):
        for keyword in entry["keywords"]:
            for format in entry["formats"]:
                for text in written(entry, keyword, format):
                    tried += 1
                    assert check(parse(text), vocabulary()) is None, text
    assert tried > 1200


def test_forms_and_words_are_those_of_the_reference(shared_dir: Path) -> None:
    for entry in reference(shared_dir):
        for keyword in entry["keywords"]:
            for format in entry["formats"]:
                found = vocabulary().find(format, keyword)
                assert found is not None, keyword
                assert bool(found.deprecated) == entry["deprecated"], keyword
                if entry.get("overloads"):
                    assert dict(found.overloads) == entry["overloads"], keyword
                if format in ("query", "multiquery"):
                    assert set(entry.get("values", [])) <= set(found.values), keyword


def test_what_is_no_filter_there_is_none_here(shared_dir: Path) -> None:
    known = {keyword for entry in reference(shared_dir) for keyword in entry["keywords"]}
    assert {keyword for each in FILTERS for keyword in each.keywords} == known


@pytest.mark.parametrize("filter", FILTERS, ids=lambda filter: filter.keywords[0])
def test_each_explains_itself(filter: Filter) -> None:
    sentences = [filter.help] if isinstance(filter.help, str) else list(filter.help.values())
    sentences += [filter.unanswerable] if filter.unanswerable else []
    for sentence in sentences:
        assert re.fullmatch(r"[A-Z“].*\.", sentence), sentence
        assert "  " not in sentence
        assert "!" not in sentence
    if not isinstance(filter.help, str):
        every = set(filter.values) or set(filter.keywords)
        assert filter.keywords[0] in filter.help or set(filter.help) >= every, "one by value, or one for those that have none"
    if filter.deprecated:
        assert check(parse(filter.deprecated), vocabulary()) is None, "what to write instead can be written"


@pytest.mark.parametrize("filter", FILTERS, ids=lambda filter: filter.keywords[0])
def test_each_has_an_example_that_works_as_it_stands(filter: Filter) -> None:
    query = parse(filter.example)
    assert check(query, vocabulary()) is None
    asked = {leaf.value if leaf.name == "is" else leaf.name for leaf in query.leaves()}
    assert asked & set(filter.keywords)


def some_uses(filter: Filter, keyword: str) -> Iterator[str]:
    if "simple" in filter.formats:
        yield f"is:{keyword}"
    if {"query", "multiquery"} & set(filter.formats):
        yield from (f"{keyword}:{value}" for value in filter.values)
    if "range" in filter.formats:
        yield from (f"{keyword}:{sign}0" for sign in ("", ">"))
    if "stat" in filter.formats:
        yield from (f"{keyword}:{name}:>0" for name in filter.stat_names)
    if "freeform" in filter.formats:
        yield from (f"{keyword}:{word}" for word in ("a", "e", "pve", "quay"))


def by_heart(world: World, keyword: str) -> list[str]:
    """Uses of filters that ask for a whole name or number."""
    item = next(item for item in world.items if item.blueprint.is_weapon and item.perks and item.is_copy)
    whole = {"exactname": item.name, "exactperk": item.perks[0].name, "id": item.id, "hash": str(item.hash)}
    return [f'{keyword}:"{whole[keyword]}"'] if keyword in whole else []


@pytest.mark.parametrize("filter", FILTERS, ids=lambda filter: filter.keywords[0])
def test_none_answers_nothing_without_saying_why(wishful: World, filter: Filter) -> None:
    for keyword in filter.keywords:
        found = any(ids(wishful, text) for text in (*some_uses(filter, keyword), *by_heart(wishful, keyword)))
        assert found is not (bool(filter.unanswerable) or keyword in NOT_WITH_MARROW), keyword


def test_what_the_demo_does_not_show_is_known() -> None:
    assert set(NOT_WITH_MARROW) <= {keyword for each in FILTERS for keyword in each.keywords}
