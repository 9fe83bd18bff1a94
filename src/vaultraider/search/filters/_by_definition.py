"""Tests of what all copies of an item share: judged once a hash, and kept as long as the definitions are."""

from __future__ import annotations

from collections.abc import Callable

from vaultraider.search.blueprints import Blueprint
from vaultraider.search.filters._filter import Asked, Make, Test
from vaultraider.search.items import SearchItem
from vaultraider.search.world import World

Judge = Callable[[Blueprint], bool]
_Known = dict[int, bool]


def by_definition(name: str, judge: Judge) -> Make:
    """``name`` tells the judgements of one filter from those of the others."""

    def make(_asked: Asked, world: World) -> Test:
        known = world.catalogue.once(f"filter.{name}", _Known)

        def test(item: SearchItem) -> bool:
            found = known.get(item.hash)
            if found is None:
                found = known[item.hash] = judge(item.blueprint)
            return found

        return test

    return make
