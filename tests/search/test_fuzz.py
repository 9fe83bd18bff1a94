"""Twenty thousand queries that nobody would write. ``make soak ARGS=queries`` tries a million."""

from __future__ import annotations

import itertools

import pytest
from tests.search.random_queries import Queries
from tests.search.trial import Trial, few_things

from vaultraider.search.vocabulary import vocabulary
from vaultraider.search.world import World

PARTS, EACH = 10, 2000


@pytest.fixture
def trial(world: World) -> Trial:
    return Trial(vocabulary(), few_things(world))


@pytest.mark.parametrize("part", range(PARTS))
def test_every_text_is_read_judged_and_answered(trial: Trial, part: int) -> None:
    for number, text in enumerate(itertools.islice(Queries(part, vocabulary()), EACH)):
        try:
            trial.of(text)
            if number % 5 == 0:
                trial.adds_up(text)
            if number % 20 == 0:
                trial.completes(text, number % 60)
        except Exception as error:
            raise AssertionError(f"seed {part}, number {number}: {text!r}") from error


def test_the_same_seed_makes_the_same_queries() -> None:
    one, other = (list(itertools.islice(Queries(7, vocabulary()), 50)) for _ in range(2))
    assert one == other


def test_they_reach_what_is_valid_and_what_is_not(trial: Trial) -> None:
    works = [trial.of(text) for text in itertools.islice(Queries(1, vocabulary()), 500)]
    assert sum(work.found > 0 for work in works) > 50
    assert sum(work.found < 0 for work in works) > 50
    assert max(work.leaves for work in works) > 100
