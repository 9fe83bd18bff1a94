"""One set of stats leaves nothing to be said for another: recorded behaviour, and what the words mean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultraider.domain.dominance import StatsSet, beaten, who_beats

SETS = st.lists(st.tuples(*[st.integers(-5, 40)] * 3), max_size=12)
SET = st.tuples(*[st.integers(-5, 40)] * 3)


@pytest.mark.real_data
def test_recorded_behaviour(shared_dir: Path) -> None:
    recorded = json.loads((shared_dir / "vectors" / "stats-set.json").read_text())
    one_by_one, at_once = StatsSet(), StatsSet(recorded["inserted"])
    for stats in recorded["inserted"]:
        one_by_one.insert(stats)
    for case in recorded["cases"]:
        assert one_by_one.better_exists(case["stats"]) is case["betterExists"], case
        assert at_once.better_exists(case["stats"]) is case["betterExists"], case


@given(SETS, SET)
def test_it_means_what_it_says(sets: list[tuple[int, ...]], stats: tuple[int, ...]) -> None:
    wanted = any(each != stats and all(a >= b for a, b in zip(each, stats, strict=True)) for each in sets)
    one_by_one = StatsSet()
    for each in sets:
        one_by_one.insert(each)
    assert one_by_one.better_exists(stats) is wanted
    assert StatsSet(sets).better_exists(stats) is wanted
    assert beaten(stats, sets) is wanted


def test_equal_ones_do_not_beat_each_other() -> None:
    assert not StatsSet([(1, 2), (1, 2)]).better_exists((1, 2))


def test_nothing_beats_without_others() -> None:
    assert not StatsSet().better_exists((0, 0, 0))
    assert not beaten((0,), [])


OPTIONS = st.lists(st.lists(st.tuples(*[st.integers(0, 6)] * 3), min_size=1, max_size=3), max_size=7)


def dominates(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


@given(OPTIONS)
def test_who_beats_what_however_it_is_made_up(listed: list[list[tuple[int, ...]]]) -> None:
    options = {str(place): each for place, each in enumerate(listed)}
    everything = StatsSet(each for listed in options.values() for each in listed)
    found = who_beats(options)
    assert set(found) == {name for name, mine in options.items() if all(map(everything.better_exists, mine))}
    for name, beaters in found.items():
        whole = {
            other
            for other, theirs in options.items()
            if other != name and all(any(dominates(a, b) for a in theirs) for b in options[name])
        }
        partly = {
            other
            for other, theirs in options.items()
            if other != name and any(dominates(a, b) for a in theirs for b in options[name])
        }
        assert set(beaters) == (whole or partly)
        assert beaters
        sums = [max(map(sum, options[other])) for other in beaters]
        assert sums == sorted(sums, reverse=True)


def test_the_strongest_is_named_first() -> None:
    assert who_beats({"a": [(1, 1)], "b": [(2, 2)], "c": [(9, 1)], "d": [(1, 3)]}) == {"a": ["c", "b", "d"]}


def test_several_together_beat_what_none_beats_alone() -> None:
    assert who_beats({"either": [(5, 0), (0, 5)], "left": [(6, 0)], "right": [(0, 6)]}) == {"either": ["left", "right"]}
    # What beats the weaker of the two may be weaker itself than the stronger one.
    assert who_beats({"either": [(10, 0), (0, 5)], "left": [(11, 0)], "right": [(0, 6)]}) == {"either": ["left", "right"]}
