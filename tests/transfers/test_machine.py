"""The state machine of moving, a short run of it. ``make soak`` runs it for long."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.transfers.machine import Moving, Stage


@pytest.fixture
def stage() -> Iterator[None]:
    Moving.stage = Stage()
    yield
    Moving.stage.close()


def test_after_everything_our_view_is_the_truth(stage: None) -> None:
    run_state_machine_as_test(
        Moving,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate,),
        ),
    )
