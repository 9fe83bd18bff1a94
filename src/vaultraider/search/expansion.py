"""Everything that can be written with a filter, as completion offers it."""

from __future__ import annotations

from collections.abc import Iterator

from vaultraider.search.filters._filter import Filter

SIGNS = ("<", ">", "<=", ">=")
TOGETHER = {
    "dupe": ("stats", "archetype+tertiarystat", "nonzerostats", "setbonus+statlower", "traits", "statlower", "customstatlower")
}
"""Of filters that take several values: what is most asked for, in this order, before all other values."""


def expansions(each: Filter) -> list[str]:
    """Whole leaves, and beginnings that end in a colon or a sign. None of what is deprecated."""
    if each.deprecated:
        return []
    if set(each.formats) == {"simple"}:
        return [f"{prefix}:{keyword}" for keyword in each.keywords for prefix in ("is", "not")]
    return list(dict.fromkeys(_expanded(each)))


def _expanded(each: Filter) -> Iterator[str]:
    for format in each.formats:
        for keyword in each.keywords:
            if format == "simple":
                yield from (f"is:{keyword}", f"not:{keyword}")
                continue
            yield f"{keyword}:"
            if format == "query":
                yield from (f"{keyword}:{value}" for value in each.values)
            elif format == "multiquery":
                yield from (f"{keyword}:{value}" for value in (*TOGETHER.get(keyword, ()), *each.values))
            elif format == "range":
                yield from (f"{keyword}:{rest}" for rest in _ranges(tuple(each.overloads)))
            elif format == "stat":
                yield from (f"{keyword}:{stat}:{sign}" for stat in each.stat_names for sign in ("", *SIGNS))


def _ranges(words: tuple[str, ...]) -> Iterator[str]:
    yield from SIGNS
    for sign in ("", *SIGNS):
        yield from (sign + word for word in words)


def sums(each: Filter, typed: str) -> list[str]:
    """Of a filter that takes several values, once ``a:b+`` is typed: the same with one of the others."""
    name, _, values = typed.partition(":")
    if "multiquery" not in each.formats or "+" not in values:
        return []
    *had, _ = values.split("+")
    if not set(had) <= set(each.values):
        return []
    begun = f"{name}:{'+'.join(had)}+"
    liked = [f"{name}:{value}" for value in TOGETHER.get(name, ()) if f"{name}:{value}".startswith(begun)]
    return list(dict.fromkeys([*liked, *(begun + value for value in each.values if value not in had)]))
