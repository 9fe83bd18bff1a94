"""Stats as Bungie works them out for component 304: item and plugs added up, held inside the group, and bent for display."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

Definition = dict[str, Any]
Lookup = Callable[[int], Definition | None]


def live_stats(definition: Definition, plugs: list[int], item: Lookup, group: Definition | None) -> dict[int, int]:
    """Shown value by stat hash. Stats that count only under a condition are left out."""
    sums: dict[int, int] = {}
    parts: list[Definition] = [definition]
    for plug in plugs:
        found = item(plug) if plug else None
        if found is not None:
            parts.append(found)
    for part in parts:
        for stat in part.get("investmentStats", ()):
            if not stat["isConditionallyActive"]:
                sums[stat["statTypeHash"]] = sums.get(stat["statTypeHash"], 0) + stat["value"]
    if group is None:
        return {}
    return {
        scaled["statHash"]: interpolate(sums[scaled["statHash"]], scaled)
        for scaled in group["scaledStats"]
        if scaled["statHash"] in sums
    }


def interpolate(value: int, scaled: Definition) -> int:
    """Straight lines between the display points; flat outside them."""
    points = scaled["displayInterpolation"]
    value = max(0, min(value, scaled["maximumValue"])) if points[0]["value"] >= 0 else value
    if value <= points[0]["value"]:
        return int(points[0]["weight"])
    for left, right in pairwise(points):
        if value <= right["value"]:
            span = right["value"] - left["value"]
            shown: int = round(left["weight"] + (right["weight"] - left["weight"]) * (value - left["value"]) / span)
            return shown
    return int(points[-1]["weight"])
