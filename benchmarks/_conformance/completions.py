"""What completion offers: the first suggestion, the order of searches used before, and what is underlined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache, partial

import msgspec
from benchmarks._conformance import Case, Json, listed, same

from vaultraider.search.completion import Completer
from vaultraider.search.folding import fold
from vaultraider.search.own_names import OwnName
from vaultraider.search.recent import offered
from vaultraider.search.suggest import Suggester, Suggestion
from vaultraider.search.tokens import plain
from vaultraider.search.vocabulary import vocabulary

SHOWN = 7
"""So many are seen at once: those must be among ours. Their order may be a better one."""
NOW = datetime(2026, 6, 1, tzinfo=UTC)
_AGED = re.compile(r"(\d+) days old, (\d+) uses")
_NAMED = {
    "recent saved": (1, True, 0),
    "yearold saved": (1, True, 365),
    "yearold unsaved": (1, False, 365),
    "yearold highuse": (100, False, 365),
    "dayold highuse": (15, False, 1),
    "dim api autosuggest": (0, False, 20_000),
}
"""Uses, saved, days since the last."""


class Search(msgspec.Struct, frozen=True):
    query: str
    uses: int
    saved: bool
    last: datetime
    name: str = ""


class Names:
    """The same names as items and as perks."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(names)

    def items(self) -> tuple[OwnName, ...]:
        return tuple(OwnName("item", name, fold(name), 1) for name in self._names)

    def perks(self) -> tuple[OwnName, ...]:
        return tuple(OwnName("perk", name, fold(name), 1) for name in self._names)

    def hints(self, keyword: str) -> tuple[str, ...]:
        return ()


def completions(content: Json) -> Iterator[Case]:
    names = content.get("itemNames", []) if isinstance(content, dict) else []
    for part, own in (("terms", []), ("multiWord", names)):
        for case in listed(content, part):
            yield Case(f"first for {case['query']!r}", partial(_first, case, Names(own)))
    for part in ("complete", "extraComplete"):
        for case in listed(content, part):
            yield Case(f"completions of {case['typed']!r}", partial(_completed, case))
    for case in listed(content, "recentOrder"):
        yield Case(f"searches for {case['query']!r}", partial(_ordered, case, listed(content, "recentOrder")))
    for case in listed(content, "highlight"):
        yield Case(f"underlined for {case['query']!r}", partial(_underlined, case, listed(content, "highlight")))


@cache
def _suggester() -> Suggester:
    return Suggester(vocabulary())


@cache
def _completer() -> Completer:
    return Completer(vocabulary())


def _first(case: Json, names: Names) -> str:
    before, _, after = case["query"].partition("|")
    found = [each.text for each in _asked(before + after, len(before), names) if each.kind != "help"]
    return same(found[0] if found else "Expected failure", case["firstSuggestion"])


def _asked(text: str, caret: int, names: Names, searches: Iterable[Search] = ()) -> list[Suggestion]:
    return _suggester().suggest(text, caret, source=names, searches=searches, now=NOW)


def _completed(case: Json) -> str:
    ours = [each.word for each in _completer().completions(plain(case["typed"]))]
    theirs = case["suggestions"]
    missing = [word for word in theirs[:SHOWN] if word not in ours]
    return same(ours[:1], theirs[:1]) or (f"{missing} are missing" if missing else "")


def _ordered(case: Json, all_cases: list[Json]) -> str:
    queries = dict.fromkeys(query for each in all_cases for query in each["order"])
    return same([each.query for each in offered(map(_search, sorted(queries)), case["query"], NOW)], case["order"])


def _search(query: str) -> Search:
    aged = _AGED.fullmatch(query)
    uses, saved, days = (int(aged[2]), False, int(aged[1])) if aged else _NAMED[query]
    return Search(query, uses, saved, NOW - timedelta(days=days))


def _underlined(case: Json, all_cases: list[Json]) -> str:
    queries = dict.fromkeys(found["query"]["fullText"] for each in all_cases for found in each["results"])
    searches = [Search(query, 1, True, NOW) for query in queries]
    found = [each for each in _asked(case["query"], len(case["query"]), Names(()), searches) if each.kind in ("saved", "recent")]
    ours = [(each.text, [each.shown[at : at + length] for at, length in each.match]) for each in found]
    return same(ours, [(each["query"]["fullText"], _marked(each)) for each in case["results"]])


def _marked(result: Json) -> list[str]:
    if "highlightRange" not in result:
        return []
    start, end = result["highlightRange"]["range"]
    return [result["query"][result["highlightRange"]["section"]][start:end]]
