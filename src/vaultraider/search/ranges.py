"""Ranges: ``>=5``, ``<worthy``, ``=10``, ``7``."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

_FORM = re.compile(r"(<=|>=|=|<|>)?(.+)")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_TESTS: dict[str, Callable[[float, float], bool]] = {
    "": operator.eq,
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Range(NamedTuple):
    """``sign``: "" is "=". ``word``: what stood for the number, or ""."""

    sign: str
    number: float
    word: str = ""

    def holds(self, value: float) -> bool:
        return _TESTS[self.sign](value, self.number)


NO_WORDS: Mapping[str, float] = {}


def range_of(text: str, overloads: Mapping[str, float] = NO_WORDS) -> Range | None:
    """None for what is no range."""
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    sign, rest = found[1] or "", found[2]
    if rest in overloads:
        return Range(sign, overloads[rest], rest)
    return Range(sign, float(rest)) if _NUMBER.fullmatch(rest) else None
