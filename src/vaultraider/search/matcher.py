"""What a query finds: one bit set a leaf, made by one pass over the items, and whole numbers from there on.

A leaf's bits stay with the world, so that the next keystroke works out only what is new.
"""

from __future__ import annotations

import msgspec

from vaultraider.search.asking import Meant, meant_by
from vaultraider.search.bits import bits_of, everything, those_of
from vaultraider.search.filters._filter import Test
from vaultraider.search.known import Known
from vaultraider.search.leaves import Key, Leaves
from vaultraider.search.tree import And, Leaf, Node, Not, Or, Query
from vaultraider.search.vocabulary import Vocabulary
from vaultraider.search.world import World


class Found(msgspec.Struct, frozen=True):
    """``ids`` in the profile's order. ``worked_out``: leaves for which the items were gone through; the others were known, or
    nothing hung on them any more."""

    ids: list[str]
    count: int
    worked_out: int = 0


NOTHING = Found([], 0)


class Matcher:
    """Never raises for a query that was parsed. One that is not valid finds nothing."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def find(self, world: World, query: Query) -> Found:
        bits, worked_out = self._bits(world, query)
        ids = [item.id for item in those_of(bits, world.items)]
        return Found(ids, len(ids), worked_out)

    def count(self, world: World, query: Query) -> int:
        """How many it finds: less work than naming them."""
        return self._bits(world, query)[0].bit_count()

    def _bits(self, world: World, query: Query) -> tuple[int, int]:
        if query.problem is not None:
            return 0, 0
        meant: dict[Key, Meant] = {}
        for leaf in query.leaves():
            if leaf.key not in meant:
                found = meant_by(leaf, self._vocabulary)
                if found is None:
                    return 0, 0
                meant[leaf.key] = found
        search = _Search(world, meant)
        return search.of(query.tree), search.worked_out


class _Search:
    """One query over one world."""

    def __init__(self, world: World, meant: dict[Key, Meant]) -> None:
        self._world = world
        self._meant = meant
        self._kept = world.once("matcher.leaves", Leaves)
        self._all = everything(len(world.items))
        self.worked_out = 0

    def of(self, node: Node) -> int:
        if isinstance(node, Leaf):
            return self._leaf(node)
        if isinstance(node, Not):
            return self._all ^ self.of(node.operand)
        if isinstance(node, And):
            return self._and(node)
        return self._or(node) if isinstance(node, Or) else self._all

    def _and(self, node: And) -> int:
        left = self._all
        for operand in node.operands:
            left &= self.of(operand)
            if not left:
                break
        return left

    def _or(self, node: Or) -> int:
        found = 0
        for operand in node.operands:
            found |= self.of(operand)
            if found == self._all:
                break
        return found

    def _leaf(self, leaf: Leaf) -> int:
        bits = self._kept.get(leaf.key)
        if bits is None:
            filter, asked = self._meant[leaf.key]
            self.worked_out += 1
            # What cannot be answered is accepted and matches nothing.
            bits = 0 if filter.unanswerable else self._worked_out(filter.make(asked, self._world))
            self._kept.keep(leaf.key, bits)
        return bits

    def _worked_out(self, test: Test) -> int:
        return test.bits if isinstance(test, Known) else bits_of(self._world.items, test)
