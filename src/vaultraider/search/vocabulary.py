"""Every filter there is: one file a family in ``filters/``, found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import ModuleType

from msgspec.structs import replace

from vaultraider.search import filters
from vaultraider.search.filters._filter import Filter, Format


class TwiceError(ValueError):
    """Two filters of one form have the same keyword."""


class Family:
    """One file of filters. ``name``: the file's. ``title``: the first sentence of its docstring, without the full stop."""

    def __init__(self, name: str, title: str, members: Iterable[Filter]) -> None:
        self.name = name
        self.title = title
        self.filters = tuple(members)


class Vocabulary:
    """Raises TwiceError."""

    def __init__(self, families: Iterable[Family]) -> None:
        self.families = tuple(families)
        self._simple: dict[str, Filter] = {}
        self._valued: dict[str, Filter] = {}
        for each in self.filters():
            for keyword in each.keywords:
                if "simple" in each.formats:
                    _add(self._simple, keyword, each)
                if set(each.formats) - {"simple"}:
                    _add(self._valued, keyword, each)

    def filters(self) -> Iterator[Filter]:
        for family in self.families:
            yield from family.filters

    def also(self, values: Mapping[str, Iterable[str]], stats: Iterable[str] = ()) -> Vocabulary:
        """The same with more values of filters, by keyword, and more ``stats``: what a person has named, such as tags of their
        own."""
        more = {keyword: tuple(words) for keyword, words in values.items()}
        own = tuple(dict.fromkeys(stats))
        return Vocabulary(
            Family(family.name, family.title, (_with_stats(_with_more(each, more), own) for each in family.filters))
            for family in self.families
        )

    def find(self, format: Format, keyword: str) -> Filter | None:
        """By its form and one of its names."""
        found = (self._simple if format == "simple" else self._valued).get(keyword)
        return found if found is not None and format in found.formats else None

    @property
    def simple(self) -> Mapping[str, Filter]:
        """What may stand after ``is:`` and ``not:``."""
        return self._simple

    @property
    def valued(self) -> Mapping[str, Filter]:
        """What may stand before a colon, other than ``is`` and ``not``. One filter may have several forms."""
        return self._valued


def _add(known: dict[str, Filter], keyword: str, each: Filter) -> None:
    if known.setdefault(keyword, each) is not each:
        raise TwiceError(keyword)


def _with_more(each: Filter, more: Mapping[str, tuple[str, ...]]) -> Filter:
    added = tuple(word for keyword in each.keywords for word in more.get(keyword, ()))
    return replace(each, values=tuple(dict.fromkeys((*each.values, *added)))) if added else each


def _with_stats(each: Filter, own: tuple[str, ...]) -> Filter:
    if each.stats is None or not own:
        return each
    return replace(each, own_stats=own, stat_names=(*each.stat_names, *own))


@cache
def vocabulary() -> Vocabulary:
    """Every family of ``filters/``, in the order of their files. Read once."""
    names = sorted(module.name for module in pkgutil.iter_modules(filters.__path__) if not module.name.startswith("_"))
    return Vocabulary(_family(importlib.import_module(f"{filters.__name__}.{name}")) for name in names)


def _family(module: ModuleType) -> Family:
    name = module.__name__.rpartition(".")[2]
    title = (module.__doc__ or name).strip().partition("\n")[0].partition(".")[0]
    members: tuple[Filter, ...] = module.FILTERS
    return Family(name, title, members)
