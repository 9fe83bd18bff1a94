"""Stats as Bungie works them out for component 304: item and plugs added up, held inside the group, and bent for display."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

Definition = dict[str, Any]
Lookup = Callable[[int], Definition | None]
BASE_ROLLS = "armor_stats"
"""The plugs that make up what a piece of armour has by itself."""


def live_stats(definition: Definition, plugs: list[int], item: Lookup, group: Definition | None) -> dict[int, int]:
    """Shown value by stat hash, for the stats that the group shows.

    What a plug adds "conditionally" counts for stats that the piece has not by itself: so do armour 3.0's masterwork and its
    balanced tuning.
    """
    if group is None:
        return {}
    parts = [definition, *(found for plug in plugs if plug and (found := item(plug)) is not None)]
    base = {stat for part in parts if _category(part) == BASE_ROLLS for stat, value, _ in _added(part) if value}
    sums: dict[int, int] = {}
    for part in parts:
        for stat, value, conditional in _added(part):
            if not (conditional and stat in base):
                sums[stat] = sums.get(stat, 0) + value
    return {
        scaled["statHash"]: interpolate(sums[scaled["statHash"]], scaled)
        for scaled in group["scaledStats"]
        if scaled["statHash"] in sums
    }


def _category(part: Definition) -> str:
    return str(part.get("plug", {}).get("plugCategoryIdentifier", ""))


def _added(part: Definition) -> list[tuple[int, int, bool]]:
    return [(stat["statTypeHash"], stat["value"], stat["isConditionallyActive"]) for stat in part.get("investmentStats", ())]


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
