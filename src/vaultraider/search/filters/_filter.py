"""What a filter says of itself. Parser, validation, completion, help page and documents are made from nothing else.

A family is one file beside this one with ``FILTERS: tuple[Filter, ...]``::

    def _locked(asked: Asked, world: World) -> Test:
        return lambda item: item.locked

    FILTERS = (Filter(keywords=("locked",), make=_locked, help="Items that are locked.", example="is:locked -is:exotic"),)
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import TYPE_CHECKING, Literal

import msgspec

from vaultraider.search.ranges import Range

if TYPE_CHECKING:
    from vaultraider.search.items import SearchItem
    from vaultraider.search.world import World

Format = Literal["simple", "query", "multiquery", "freeform", "range", "stat"]
"""How it is written: ``is:word``, ``word:value``, ``word:a+b``, ``word:anything``, ``word:>5``, ``word:name:>5``."""


class Asked(msgspec.Struct, frozen=True):
    """One use of a filter in a query. ``keyword``: by which of its names. ``format``: in which of its forms. ``text``: the value
    as written, lower-cased, "" for ``is:``. ``values``: of a multiquery. ``stat``: the name or expression before the range."""

    keyword: str
    format: Format
    text: str = ""
    values: tuple[str, ...] = ()
    stat: str = ""
    range: Range | None = None


Test = Callable[["SearchItem"], bool]
Make = Callable[[Asked, "World"], Test]


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """``values``: what a query or multiquery may ask for; ``overloads``: words that stand for numbers in a range.

    ``stats``: whether a name before a range is one that the filter knows, when the person has the ``own_stats`` that it is told.
    ``help``: one sentence, or one by value. ``example``: a query that works as it stands. ``unanswerable``: why nothing that we
    know of an item answers it: it is accepted and matches nothing. ``deprecated``: accepted and never suggested; what to write
    instead. ``hints``: words worth suggesting beyond the values, such as the names of one's own items.
    """

    keywords: tuple[str, ...]
    make: Make
    help: str | Mapping[str, str]
    example: str = ""
    formats: tuple[Format, ...] = ("simple",)
    values: tuple[str, ...] = ()
    overloads: Mapping[str, float] = {}
    stats: Callable[[str, Container[str]], bool] | None = None
    own_stats: tuple[str, ...] = ()
    stat_names: tuple[str, ...] = ()
    hints: Callable[[World], tuple[str, ...]] | None = None
    deprecated: str = ""
    unanswerable: str = ""
