"""Notes with hashtags, and CSV."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks._conformance import Case, Json, listed, same

from vaultraider.domain.hashtags import append_notes, collect_hashtags, hashtags_of, remove_notes
from vaultraider.domain.item_csv import to_csv


def hashtags(content: Json) -> Iterator[Case]:
    for part in ("extract", "authoredExtract"):
        for case in listed(content, part):
            if "notes" in case and "tags" in case:
                yield Case(f"hashtags of {case['notes']!r}", partial(_hashtags, case))
    for case in listed(content, "append"):
        yield Case(f"{case['append']!r} added to {case['original']!r}", partial(_appended, case))
    for case in listed(content, "remove"):
        yield Case(f"{case['remove']!r} taken from {case['original']!r}", partial(_removed, case))
    collected = content.get("collect") if isinstance(content, dict) else None
    if isinstance(collected, dict) and "notesByItem" in collected:
        yield Case("hashtags of all notes", partial(_collected, collected))


def csv(content: Json) -> Iterator[Case]:
    for case in listed(content, "cases"):
        if "rows" in case and "csv" in case:
            yield Case(case.get("name", "rows"), partial(_csv, case))


def _hashtags(case: Json) -> str:
    return same(hashtags_of(case["notes"]), case["tags"])


def _appended(case: Json) -> str:
    return same(append_notes(case["original"], case["append"]), case["result"])


def _removed(case: Json) -> str:
    return same(remove_notes(case["original"], case["remove"]), case["result"])


def _collected(case: Json) -> str:
    return same(collect_hashtags(case["notesByItem"]), case["expected"])


def _csv(case: Json) -> str:
    return same(to_csv(case["rows"], case.get("options", {}).get("unpackArrays", [])), case["csv"])
