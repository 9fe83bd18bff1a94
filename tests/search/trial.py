"""What must hold of any text whatever, put to one text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from tests.search.query_texts import shape

from vaultraider.search.canonical import canonical
from vaultraider.search.matcher import Matcher
from vaultraider.search.own_names import OwnNames
from vaultraider.search.query import LONGEST, parse
from vaultraider.search.reading import read
from vaultraider.search.suggest import Suggester
from vaultraider.search.tree import And, Leaf, Node, Not, Nothing, Query
from vaultraider.search.vocabulary import Vocabulary
from vaultraider.search.world import World

NOW = datetime(2026, 11, 17, tzinfo=UTC)


FEW = 40


def few_things(world: World) -> World:
    """A small part of a vault, with something of each kind in it."""
    small = World(world.profile)
    small.items = small.items[:: max(1, len(small.items) // FEW)]
    return small


class Work(NamedTuple):
    """``leaves``: of the tree. ``worked_out``: how often all items were gone through. ``found``: items; -1 if not valid."""

    leaves: int
    worked_out: int
    found: int


class Trial:
    """One vocabulary over one world."""

    def __init__(self, vocabulary: Vocabulary, world: World) -> None:
        self._vocabulary = vocabulary
        self._world = world
        self._everything = frozenset(item.id for item in world.items)
        self._matcher = Matcher(vocabulary)
        self._suggester = Suggester(vocabulary)
        self._names = OwnNames(world, vocabulary)

    def of(self, text: str) -> Work:
        """Raises AssertionError where something does not hold."""
        reading = read(text, self._vocabulary)
        query = reading.query
        units = len(text.encode("utf-16-le", "surrogatepass")) // 2
        leaves = list(query.leaves())
        assert len(leaves) <= (len(text) + 1) // 2
        for told in (reading.problem, query.problem, query.doubt):
            assert told is None or (told.start >= 0 and told.length >= 0 and told.start + told.length <= units)
            assert told is None or len(told.sentence) < 200
        if query.problem is None:
            self._same_again(query)
        found = self._matcher.find(self._world, query)
        assert found.count == len(found.ids)
        assert found.worked_out <= len({leaf.key for leaf in leaves})
        if not reading.valid:
            assert found.ids == []
            assert reading.problem is not None
            assert all(read(each, self._vocabulary).valid for each in reading.problem.nearest)
        return Work(len(leaves), found.worked_out, found.count if reading.valid else -1)

    def _same_again(self, query: Query) -> None:
        form = canonical(query)
        form.encode()
        again = parse(form)
        assert canonical(again) == form
        # Quoting can double a text of quotes, which is then too long to be read, let alone saved.
        if len(form) <= LONGEST:
            assert again.problem is None
            assert shape(again.tree) == shape(query.tree)

    def adds_up(self, text: str) -> None:
        """A query finds what its leaves find, put together as sets."""
        reading = read(text, self._vocabulary)
        if reading.valid:
            assert set(self._matcher.find(self._world, reading.query).ids) == self._sets(reading.query.tree)

    def _sets(self, node: Node) -> frozenset[str]:
        if isinstance(node, Nothing):
            return self._everything
        if isinstance(node, Leaf):
            return frozenset(self._matcher.find(self._world, Query("", node)).ids)
        if isinstance(node, Not):
            return self._everything - self._sets(node.operand)
        operands = list(map(self._sets, node.operands))
        return frozenset.intersection(*operands) if isinstance(node, And) else frozenset.union(*operands)

    def completes(self, text: str, caret: int) -> None:
        for each in self._suggester.suggest(text, caret, source=self._names, searches=(), now=NOW):
            assert each.kind == "help" or 0 < each.caret <= len(each.text.encode("utf-16-le", "surrogatepass")) // 2
