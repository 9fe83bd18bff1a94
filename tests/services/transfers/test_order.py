"""Which transfer is next: in the order of asking, but for what shares nothing with one that is put down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.clocks import START
from tests.services.transfers.records import equip, record, step, transfer

from vaultraider.domain.transfers.wishes import Move, SetLock, Wanted
from vaultraider.ports import TransferRecord
from vaultraider.services.transfers.order import FARTHEST, next_due

LATER = START + timedelta(seconds=30)


def waits(**more: object) -> TransferRecord:
    return record(1, not_before=LATER, **more)


UNCLEAR = transfer("a", "brannoch", "vault", bucket=1)
ROWS = {
    "another item": (
        waits(steps=[step(transfer("a", "vault", "odalys", bucket=1), "planned")]),
        transfer("b", "vault", "ilse"),
        True,
    ),
    "the same item": (waits(steps=[step(transfer("a", "vault", "odalys"), "planned")]), transfer("a", "vault", "ilse"), False),
    "what it took off": (waits(steps=[step(equip("a", "odalys", off="c"), "planned")]), transfer("c", "odalys", "vault"), False),
    "what it wished": (waits(wish=Move(items=(Wanted(id="b"),), to="vault")), transfer("b", "odalys", "vault"), False),
    "what it wished to lock": (waits(wish=SetLock(items=("b",), state=True)), transfer("b", "odalys", "vault"), False),
    "what it did": (waits(steps=[step(transfer("b", "vault", "ilse"), "done")]), transfer("b", "ilse", "vault"), False),
    "what it gave up": (waits(steps=[step(transfer("b", "vault", "ilse"), "skipped")]), transfer("b", "ilse", "vault"), True),
    "into the slot of an unclear step": (
        waits(steps=[step(UNCLEAR, "running")]),
        transfer("b", "vault", "brannoch", bucket=1),
        False,
    ),
    "into another slot": (waits(steps=[step(UNCLEAR, "running")]), transfer("b", "vault", "brannoch", bucket=2), True),
    "out of that slot": (waits(steps=[step(UNCLEAR, "running")]), transfer("b", "brannoch", "vault", bucket=1), True),
    "into the vault as well": (waits(steps=[step(UNCLEAR, "running")]), transfer("b", "ilse", "vault", bucket=1), True),
    "dressing who is dressed": (waits(steps=[step(equip("a", "ilse"), "running")]), equip("b", "ilse", bucket=9), False),
    "dressing somebody else": (waits(steps=[step(equip("a", "ilse"), "running")]), equip("b", "odalys", bucket=9), True),
    "a slot of what only waits": (
        waits(steps=[step(transfer("a", "vault", "ilse", bucket=1), "planned")]),
        transfer("b", "vault", "ilse", bucket=1),
        True,
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_beside_one_that_is_put_down(name: str) -> None:
    first, wanted, goes = ROWS[name]
    second = record(2, steps=[step(wanted, "planned")])
    assert next_due([first, second], START) == (second if goes else None)


def test_the_oldest_first() -> None:
    ones = [record(number, steps=[step(transfer(str(number), "vault", "ilse"), "planned")]) for number in (1, 2, 3)]
    assert next_due(ones, START) == ones[0]
    assert next_due([], START) is None


def test_who_is_held_up_holds_up() -> None:
    """The third touches nothing of the first, but an item of the second, which comes before it."""
    first = waits(steps=[step(transfer("a", "vault", "ilse"), "planned")])
    second = record(2, steps=[step(transfer("a", "ilse", "vault"), "planned"), step(transfer("b", "ilse", "vault"), "planned")])
    third = record(3, steps=[step(transfer("b", "vault", "odalys"), "planned")])
    assert next_due([first, second, third], START) is None
    assert next_due([first, second, third], LATER) == first


def test_a_clock_that_was_set_back() -> None:
    """No pause is that long: the moment was written by a clock that ran ahead."""
    ahead = record(1, not_before=START + FARTHEST + timedelta(seconds=1))
    assert next_due([ahead], START) == ahead
