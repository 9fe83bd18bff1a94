"""Recorded behaviour of the field's own program, case by case: one file here = one subject, each knowing its formats by content.

A format is a look at a file's content that yields the file's cases. A case is what to do and why it may rightly come out
otherwise; its check answers "" when ours agrees, else what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

Json = Any


class Case(NamedTuple):
    """``otherwise``: why a difference is meant, or "" where there is no excuse."""

    name: str
    check: Callable[[], str]
    otherwise: str = ""


Format = Callable[[Json], Iterator[Case]]
"""Yields nothing for content of another format."""


def same(ours: object, theirs: object) -> str:
    return "" if ours == theirs else f"{_short(ours)} instead of {_short(theirs)}"


def listed(content: Json, name: str) -> list[Json]:
    """A list of objects of that name, or nothing."""
    found = content.get(name) if isinstance(content, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 300 else text[:297] + "..."
