"""What the journal says was done, as a wish for how it was before."""

from __future__ import annotations

from tests.services.transfers.records import equip, lock, transfer

from vaultraider.domain.transfers.plans import Step
from vaultraider.domain.transfers.wishes import LockChange
from vaultraider.services.transfers.undo import restore_of


def told(*steps: Step) -> set[tuple[str, str, str, bool, int]]:
    return {(each.id, each.was, each.left, each.was_equipped, each.quantity) for each in restore_of(steps).placements}


def test_an_item_by_its_first_and_last_place() -> None:
    assert told(transfer("a", "ilse", "vault"), transfer("a", "vault", "odalys")) == {("a", "ilse", "odalys", False, 1)}


def test_what_ended_where_it_began_is_not_named() -> None:
    assert told(transfer("a", "ilse", "vault"), transfer("a", "vault", "ilse")) == set()


def test_what_came_off_is_put_on_again() -> None:
    steps = (
        equip("b", "ilse", off="a"),
        transfer("a", "ilse", "vault"),
        transfer("c", "vault", "ilse"),
        equip("c", "ilse", off="b"),
    )
    assert told(*steps) == {("a", "ilse", "vault", True, 1), ("c", "vault", "ilse", False, 1)}


def test_several_worn_at_once() -> None:
    assert told(equip("a", "b", "ilse", off="cd")) == {
        ("a", "ilse", "ilse", False, 1),
        ("b", "ilse", "ilse", False, 1),
        ("c", "ilse", "ilse", True, 1),
        ("d", "ilse", "ilse", True, 1),
    }


def test_nothing_returns_into_a_postmaster() -> None:
    assert told(transfer("a", "ilse", "ilse", kind="pull"), transfer("a", "ilse", "vault")) == {
        ("a", "postmaster", "vault", False, 1)
    }


def test_stacks_by_amounts() -> None:
    steps = (transfer("salt", "account", "vault", quantity=30), transfer("salt", "vault", "account", quantity=10))
    assert told(*steps) == {("s-77-account-0", "account", "vault", False, 20)}
    pulled = (transfer("salt", "ilse", "account", kind="pull", quantity=5), transfer("salt", "account", "vault", quantity=5))
    assert told(*pulled) == {("s-77-account-0", "postmaster", "vault", False, 5)}


def test_locks() -> None:
    steps = (
        lock("a", "vault", True),
        lock("b", "vault", True, why="lock-again"),
        lock("c", "vault", True),
        lock("c", "vault", False),
    )
    assert restore_of(steps).locks == (LockChange("a", was=False),)
