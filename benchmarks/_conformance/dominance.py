"""Which armour is beaten by another piece in every stat."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks._conformance import Case, Json, listed, same

from vaultraider.domain.dominance import StatsSet


def stats_sets(content: Json) -> Iterator[Case]:
    if not isinstance(content, dict) or not isinstance(content.get("inserted"), list):
        return
    for case in listed(content, "cases"):
        if "stats" in case and "betterExists" in case:
            yield Case(f"better than {case['stats']}", partial(_better, content["inserted"], case))


def _better(inserted: list[list[int]], case: Json) -> str:
    known = StatsSet()
    for stats in inserted:
        known.insert(stats)
    return same(known.better_exists(case["stats"]), case["betterExists"])
