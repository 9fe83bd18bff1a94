"""One set of stats leaves nothing to be said for another: recorded behaviour, and what the words mean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultraider.domain.dominance import StatsSet, beaten

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
