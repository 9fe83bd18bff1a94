"""What a profile says of a step whose answer was unclear."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.clocks import START
from tests.services.transfers.records import HASHES, equip, lock, transfer

from vaultraider.domain.snapshot import read_snapshot
from vaultraider.domain.transfers.plans import Step
from vaultraider.services.transfers.evidence import Whereabouts, finding, worn_of

VAULT, POSTMASTER, KINETIC, CONSUMABLES = 138197802, 215593132, 1498876634, 1469714392


def there(**where: Any) -> Whereabouts:
    """Item to store: "vault", a character, "ilse*" (worn), "ilse!" (postmaster); a stack to its amounts by store."""
    carried: dict[str, list[Any]] = {"ilse": [], "odalys": []}
    worn: dict[str, list[Any]] = {"ilse": [], "odalys": []}
    account: list[Any] = []
    for id, places in where.items():
        for place, amount in (places if isinstance(places, dict) else {places: 1}).items():
            mark = place[-1] if place[-1] in "*!+" else ""
            store = place.rstrip("*!+")
            bucket = POSTMASTER if mark == "!" else VAULT if store == "vault" else CONSUMABLES if id in HASHES else KINETIC
            item = {"itemHash": HASHES.get(id, 1), "quantity": amount, "bucketHash": bucket, "state": 1 if mark == "+" else 0}
            if id not in HASHES:
                item["itemInstanceId"] = id
            owner = worn if mark == "*" else carried
            owner.get(store, account).append(item)
    body = {
        "profileInventory": {"data": {"items": account}},
        "characterInventories": {"data": {who: {"items": items} for who, items in carried.items()}},
        "characterEquipment": {"data": {who: {"items": items} for who, items in worn.items()}},
    }
    return Whereabouts(read_snapshot(json.dumps(body).encode(), START))


MOVE = transfer("a", "ilse", "vault")
PULL = transfer("a", "ilse", "ilse", kind="pull")
WEAR = equip("a", "ilse", off="b")
BOTH = equip("a", "b", "ilse")
SALT = transfer("salt", "account", "vault", quantity=5, amounts=(20, 3))
ROWS: list[tuple[Step, dict[str, Any], str]] = [
    (MOVE, {"a": "vault"}, "done"),
    (MOVE, {"a": "ilse"}, "not-done"),
    (MOVE, {"a": "ilse*"}, "not-done"),
    (MOVE, {"a": "odalys"}, "changed"),
    (MOVE, {"a": "ilse!"}, "changed"),
    (MOVE, {}, "changed"),
    (PULL, {"a": "ilse"}, "done"),
    (PULL, {"a": "ilse!"}, "not-done"),
    (PULL, {"a": "vault"}, "changed"),
    (WEAR, {"a": "ilse*"}, "done"),
    (WEAR, {"a": "ilse", "b": "ilse*"}, "not-done"),
    (WEAR, {"a": "odalys*"}, "changed"),
    (BOTH, {"a": "ilse*", "b": "ilse*"}, "done"),
    (BOTH, {"a": "ilse*", "b": "ilse"}, "changed"),
    (BOTH, {"a": "ilse", "b": "ilse"}, "not-done"),
    (lock("a", "vault", True), {"a": "vault+"}, "done"),
    (lock("a", "vault", True), {"a": "vault"}, "not-done"),
    (lock("a", "vault", False), {"a": "vault"}, "done"),
    (lock("a", "vault", True), {}, "changed"),
    (SALT, {"salt": {"account": 15, "vault": 8}}, "done"),
    (SALT, {"salt": {"account": 20, "vault": 3}}, "not-done"),
    (SALT, {"salt": {"account": 12, "vault": 8}}, "done"),
    (SALT, {"salt": {"account": 15, "vault": 3}}, "done"),
    (SALT, {"salt": {"account": 18, "vault": 3}}, "not-done"),
    (SALT, {"salt": {"account": 18, "vault": 4}}, "changed"),
    (transfer("salt", "account", "vault", quantity=5), {"salt": {"account": 20, "vault": 3}}, "changed"),
]


@pytest.mark.parametrize(("step", "where", "found"), ROWS)
def test_finding(step: Step, where: dict[str, Any], found: str) -> None:
    assert finding(step, there(**where)) == found


def test_which_of_several_are_worn() -> None:
    assert [piece.id for piece in worn_of(BOTH, there(a="ilse", b="ilse*"))] == ["b"]
