"""A captured profile after the first write: the rows that were captured, where the items lie now."""

from __future__ import annotations

from typing import Any

import msgspec

from vaultraider.simulator.item_details import equip_state, item_component
from vaultraider.simulator.view import Json, View
from vaultraider.simulator.world import Item

LISTS = ("profileInventory", "characterInventories", "characterEquipment")
FOLLOWS = ("location", "bucketHash", "transferStatus")
"""What a move changes in a row; the rest stays as it was captured."""
LOCKED, TRACKED = 1, 2
WORN = 1
"""Flag of transferStatus."""


def moved_lists(parts: dict[str, msgspec.Raw], view: View) -> dict[str, msgspec.Raw]:
    """The lists of items, and the instances, as the world is now. Raises KeyError where the capture had no such list."""
    captured = {key: msgspec.json.decode(parts[key]) for key in LISTS if key in parts}
    rows = {key: row for _, key, row in _rows(captured)}
    moved = _moved(captured, view)
    for key, component in captured.items():
        if "data" not in component:
            continue
        if key == "profileInventory":
            component["data"]["items"] = [_row(rows, moved, view, one) for one in view.account.items if not one.owner]
            continue
        worn = key == "characterEquipment"
        for owner, content in component["data"].items():
            mine = (one for one in view.account.items if one.owner == owner and one.equipped is worn)
            content["items"] = [_row(rows, moved, view, one) for one in mine]
    found = {key: msgspec.Raw(msgspec.json.encode(component)) for key, component in captured.items()}
    if "itemComponents" in parts:
        found["itemComponents"] = _details(parts["itemComponents"], view, moved)
    return found


def _rows(captured: dict[str, Any]) -> list[tuple[str, str, Json]]:
    """Owner, instance (for stacks the hash), and the captured row."""
    found = []
    for key, component in captured.items():
        data = component.get("data", {})
        for owner, content in [("", data)] if key == "profileInventory" else data.items():
            found += [(owner, one.get("itemInstanceId") or f"#{one['itemHash']}", one) for one in content.get("items", ())]
    return found


def _moved(captured: dict[str, Any], view: View) -> set[str]:
    """Instances that lie elsewhere than they were captured, or that were put on or taken off."""
    before = {key: (owner, row["bucketHash"], bool(row["transferStatus"] & WORN)) for owner, key, row in _rows(captured)}
    return {one.id for one in view.account.items if one.id and before.get(one.id) != (one.owner, one.bucket, one.equipped)}


def _row(rows: dict[str, Json], moved: set[str], view: View, item: Item) -> Json:
    fresh = item_component(view, item)
    row = dict(rows.get(item.id or f"#{item.hash}", fresh))
    if item.id in moved or row["bucketHash"] != item.bucket:
        row |= {name: fresh[name] for name in FOLLOWS}
    row["quantity"] = item.quantity
    state = int(row.get("state", 0)) & ~(LOCKED | TRACKED)
    row["state"] = state | (LOCKED if item.locked else 0) | (TRACKED if item.tracked else 0)
    return row


def _details(part: msgspec.Raw, view: View, moved: set[str]) -> msgspec.Raw:
    sets: dict[str, Any] = msgspec.json.decode(part)
    instances = sets.get("instances", {}).get("data", {})
    for one in view.account.items:
        row = instances.get(one.id) if one.id in moved else None
        if row is not None:
            row["isEquipped"] = one.equipped
            row["canEquip"], row["cannotEquipReason"] = equip_state(view, one)
    return msgspec.Raw(msgspec.json.encode(sets))
