"""Words for other people's formats: cut to their length, without what would move the cursor or turn the reading around."""

from __future__ import annotations

import re
from collections.abc import Callable

_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SPACES = re.compile(r"\s+")


def as_it_is(letter: str) -> str:
    return letter


def fit(text: str, limit: int, escape: Callable[[str], str] = as_it_is) -> str:
    """Escapes letter by letter, and ends in "…" where more than ``limit`` would come of it (as JavaScript counts)."""
    parts: list[str] = []
    size = 0
    for letter in text:
        part = escape(letter)
        size += len(part) + sum(each > "\uffff" for each in part)
        parts.append(part)
        if size > limit:
            while parts and size > limit - 1:
                last = parts.pop()
                size -= len(last) + sum(each > "\uffff" for each in last)
            return "".join(parts) + "…"
    return "".join(parts)


def plain(text: str) -> str:
    """Lines of text: line ends as \\n, tabs kept, other control characters and turning marks gone."""
    return _CONTROLS.sub("", _TURNING.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def one_line(text: str) -> str:
    """For titles and headers."""
    return _SPACES.sub(" ", _CONTROLS.sub(" ", _TURNING.sub("", text))).strip()
