"""The process dies at every point around the journal and the calls; the next one finds the truth and ends what was begun."""

from __future__ import annotations

import contextlib

import pytest
from tests.transfers.house import CrashPoints, Died, MovingHouse, crash_points

from vaultraider.ports import TransferRecord

POINTS = 46
"""At least as many as the journey below passes."""
TRIED = range(0, POINTS, 3)
"""Those that are tried here, one death each; the repeated deaths below meet the others."""


def journey(house: MovingHouse) -> tuple[str, TransferRecord]:
    """Several calls of three kinds: what is worn comes off, goes through the vault, and is put on by somebody else."""
    [id, *_] = house.pick("Ilse Varr*")
    return id, house.move(id, "Odalys", equip=True)


def die(house: MovingHouse, point: int) -> list[str]:
    """Works until the process dies at that point; the points that were passed. It may also come to an end before."""
    with crash_points(house) as points:
        points.die_at = point
        with contextlib.suppress(Died):
            house.quiet()
        return points.passed


@pytest.mark.parametrize("point", TRIED)
def test_dying_once(house: MovingHouse, point: int) -> None:
    id, record = journey(house)
    passed = die(house, point)
    house.restart()
    ended = house.run(record)
    house.quiet()
    assert (ended.state, house.place(id), house.view(id)) == ("done", "Odalys*", "Odalys*"), (passed[-1], ended)
    house.is_the_truth()
    house.nothing_was_repeated()


@pytest.mark.parametrize("life", [4, 5, 7])
def test_dying_again_and_again(house: MovingHouse, life: int) -> None:
    """Each process lives for so many points only."""
    id, record = journey(house)
    for _ in range(60):
        if len(die(house, life)) <= life:
            break
        house.restart()
    ended = house.run(record)
    house.quiet()
    assert (ended.state, house.place(id), house.view(id)) == ("done", "Odalys*", "Odalys*"), ended
    house.is_the_truth()
    house.nothing_was_repeated()


def test_every_kind_of_point_is_passed(house: MovingHouse) -> None:
    journey(house)
    passed = die(house, 10_000)
    assert {each.partition(" ")[2] for each in passed} >= {"take", "begin", "end", "finish", "settle", "transfer", "equip"}
    assert 30 < len(passed) <= POINTS, len(passed)
    assert CrashPoints.JOURNAL
