"""Ways to make a filter's test that many filters share."""

from __future__ import annotations

from collections.abc import Mapping

from vaultraider.search.filters._filter import Asked, Make, Test
from vaultraider.search.world import World


def of_item(test: Test) -> Make:
    """The same test, whatever is asked."""
    return lambda _asked, _world: test


def kept(test: Test) -> Test:
    """The same, worked out once an item: for what looks at every socket."""
    return lambda item: item.once(test)


def by_word(tests: Mapping[str, Test]) -> Make:
    """One test a keyword, or a value of a query."""

    def make(asked: Asked, _world: World) -> Test:
        return tests[asked.text if asked.format == "query" else asked.keyword]

    return make


def matches_nothing(_asked: Asked, _world: World) -> Test:
    """For what cannot be answered."""
    return lambda _item: False
