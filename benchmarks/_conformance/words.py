"""The vocabulary: every keyword in every form with every value, and what completion makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from benchmarks._conformance import Case, Json, listed, same

from vaultraider.search.expansion import expansions
from vaultraider.search.filters._filter import Filter
from vaultraider.search.filters._making import matches_nothing
from vaultraider.search.reading import read
from vaultraider.search.vocabulary import vocabulary

_SIGNS = ("", "=", "<", "<=", ">", ">=")


def filters(content: Json) -> Iterator[Case]:
    known = content.get("d2") if isinstance(content, dict) else None
    for each in listed(known, "filters"):
        for keyword in each["keywords"]:
            for text in _uses(keyword, each):
                yield Case(text, partial(_accepted, text))
    for text in content.get("staticSuggestionsD2", ()) if isinstance(content, dict) else ():
        yield Case(f"{text} suggested", partial(_suggested, text))


def suggestion_rules(content: Json) -> Iterator[Case]:
    for case in listed(content, "suggestions"):
        if "expected" in case and "keywords" in case:
            yield Case(f"what {case['keywords']!r:.40} ({case['format']}) expands to", partial(_expanded, case))


def _uses(keyword: str, each: Json) -> Iterator[str]:
    values, formats = each.get("values", []), each["formats"]
    if "simple" in formats:
        yield from (f"is:{keyword}", f"not:{keyword}")
    if "query" in formats:
        yield from (f"{keyword}:{value}" for value in values)
    if "multiquery" in formats:
        yield from (f"{keyword}:{value}" for value in values)
        yield from (f"{keyword}:{one}+{other}" for one, other in pairwise(values))
    if "freeform" in formats:
        yield from (f"{keyword}:x", f'{keyword}:"two words"')
    if "range" in formats:
        yield from (f"{keyword}:{sign}{number}" for sign in _SIGNS for number in ("5", "2.5", *each.get("overloads", {})))
    if "stat" in formats:
        yield from (f"{keyword}:{value}:{sign}5" for value in values or ["total"] for sign in _SIGNS)


def _accepted(text: str) -> str:
    reading = read(text, vocabulary())
    return "" if reading.valid else reading.problem.sentence if reading.problem else "not accepted"


def _suggested(text: str) -> str:
    if text.endswith((":", "<", ">", "=")):
        return "" if any(word.startswith(text) for word in _everything()) else "nothing begins so"
    return _accepted(text)


def _everything() -> list[str]:
    return [word for each in vocabulary().filters() for word in expansions(each)]


def _expanded(case: Json) -> str:
    keywords = [case["keywords"]] if isinstance(case["keywords"], str) else case["keywords"]
    words = tuple(case["suggestions"] or ())
    of_stats = case["format"] == "stat"
    each = Filter(
        keywords=tuple(keywords),
        make=matches_nothing,
        help="",
        formats=(case["format"] or "simple",),
        values=() if of_stats else words,
        stat_names=words if of_stats else (),
        overloads=case["overload"] or {},
    )
    return same(expansions(each), case["expected"])
