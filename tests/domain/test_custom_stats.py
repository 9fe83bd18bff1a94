"""Totals of one's own: their words, their weights, and which may stand beside which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultraider.domain import hashes
from vaultraider.domain.custom_stats import (
    CustomStat,
    Guardian,
    Weights,
    checked_stat,
    clashing,
    in_order,
    keyword_of,
    put_in,
)
from vaultraider.domain.errors import InvalidInput
from vaultraider.search.query import parse
from vaultraider.search.validate import check
from vaultraider.search.vocabulary import vocabulary

TWO: Weights = (2, 0, 0, 2, 1, 0)
TAKEN = frozenset({"health", "total"})


def stat(label: str, guardian: Guardian = "any", weights: Weights = TWO, id: int = 0) -> CustomStat:
    return checked_stat(label, guardian, weights, taken=TAKEN, id=id)


@pytest.mark.parametrize(
    ("label", "keyword"),
    [
        ("Solar duty", "solarduty"),
        ("  PvE  2 ", "pve2"),
        ("Custom Total", "custom"),
        ("Größe & Ärger", "größeärger"),
        ("Gro\u0308ße", "größe"),
        ("raid_wall", "raid_wall"),
        ("İron", "iron"),
        ("光の総計", "光の総計"),
        ("--- !", ""),
        ("", ""),
    ],
)
def test_what_searches_call_it(label: str, keyword: str) -> None:
    assert keyword_of(label) == keyword


@pytest.mark.parametrize(
    ("label", "weights", "field"),
    [
        ("", TWO, "label"),
        ("*", TWO, "label"),
        ("Health", TWO, "label"),
        ("TO tal", TWO, "label"),
        ("x" * 31, TWO, "label"),
        ("One", (1, 0, 0, 0, 0, 0), "weights"),
        ("None", (0, 0, 0, 0, 0, 0), "weights"),
        ("Less", (-1, 2, 2, 0, 0, 0), "weights"),
        ("More", (100, 2, 2, 0, 0, 0), "weights"),
        ("Five", (1, 1, 1, 1, 1), "weights"),
    ],
)
def test_what_cannot_be_one(label: str, weights: tuple[int, ...], field: str) -> None:
    with pytest.raises(InvalidInput) as told:
        checked_stat(label, "any", weights, taken=TAKEN)
    assert told.value.field == field


def test_a_label_is_shown_without_what_cannot_be_seen() -> None:
    assert stat(" Solar\u202e \n duty\0").label == "Solar duty"


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (stat("Raid", "titan"), stat("raid", "titan", id=1), True),
        (stat("Raid", "titan"), stat("raid", "hunter", id=1), False),
        (stat("Raid", "titan"), stat("RAID!", "any", id=1), True),
        (stat("Raid", "any"), stat("Raid", "warlock", id=1), True),
        (stat("Raid", "any"), stat("Raids", "any", id=1), False),
        (stat("Raid", "any", id=1), stat("Raid", "any", id=1), False),
    ],
)
def test_no_piece_has_two_by_one_word(one: CustomStat, other: CustomStat, clash: bool) -> None:
    assert (clashing(one, [other]) is not None) == clash


def test_what_it_comes_to() -> None:
    values = dict(zip(hashes.ARMOR_STAT_HASHES, (20, 5, 5, 30, 25, 5), strict=True))
    assert stat("Solar duty").of(values) == 125
    assert stat("Solar duty").of({}) == 0
    assert [stat("x", "titan").fits(guardian) for guardian in ("titan", "hunter", "")] == [True, False, False]
    assert [stat("x", "any").fits(guardian) for guardian in ("titan", "hunter", "")] == [True, True, True]


def test_the_order_is_by_class_and_label() -> None:
    kept = [stat("b", "any", id=1), stat("z", "titan", id=2), stat("A", "titan", id=3), stat("a", "hunter", id=4)]
    assert [each.id for each in in_order(kept)] == [3, 2, 4, 1]


def test_an_import_takes_the_place_of_the_same_word_and_class() -> None:
    there = [stat("Raid", "titan", id=7)]
    assert put_in(stat("Raid", "titan"), there) == "same"
    assert put_in(stat("Raid", "any"), there) == "clash"
    changed = put_in(stat("RAID", "titan", (1, 1, 0, 0, 0, 0)), there)
    assert isinstance(changed, CustomStat)
    assert changed.id == 7
    assert put_in(stat("Other", "titan"), there) == stat("Other", "titan")


@given(st.text(max_size=30))
def test_whatever_it_is_called_searches_can_call_it_so(label: str) -> None:
    try:
        kept = stat(label)
    except InvalidInput:
        return
    words = vocabulary().also({}, [kept.keyword])
    for query in (f"stat:{kept.keyword}:>=5", f"basestat:{kept.keyword}+health:<3"):
        read = parse(query)
        assert check(read, words) is None, query
