"""What a query is once it is read: a tree, and what was wrong with the text.

Every ``start`` and ``length`` counts UTF-16 units of the text as it was typed, as a browser counts them.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is wrong, and where. ``nearest``: what could have been meant, each to stand in the same place."""

    start: int
    length: int
    sentence: str
    nearest: tuple[str, ...] = ()


class _Place(msgspec.Struct, frozen=True, kw_only=True):
    """``comment``: what stood in ``/* */`` before it."""

    start: int = 0
    length: int = 0
    comment: str = ""

    @property
    def end(self) -> int:
        return self.start + self.length


class Nothing(_Place, frozen=True, kw_only=True):
    """No text at all, which everything matches."""


class Leaf(_Place, frozen=True, kw_only=True):
    """``name:value``. A free word, or words in quotes, have the name ``keyword``."""

    name: str
    value: str

    @property
    def key(self) -> tuple[str, str]:
        """Two leaves with the same key match the same items."""
        return self.name, self.value


class Not(_Place, frozen=True, kw_only=True):
    operand: Node


class And(_Place, frozen=True, kw_only=True):
    """Two operands or more."""

    operands: tuple[Node, ...]


class Or(_Place, frozen=True, kw_only=True):
    """Two operands or more."""

    operands: tuple[Node, ...]


Node = Nothing | Leaf | Not | And | Or


class Query(msgspec.Struct, frozen=True):
    """``text``: as typed. ``problem``: why it cannot be read at all; the tree is ``Nothing`` then. ``doubt``: it is read, though
    perhaps not as it was meant."""

    text: str
    tree: Node
    problem: Problem | None = None
    doubt: Problem | None = None

    @property
    def comment(self) -> str:
        """What stands in front of the whole, which serves as its title."""
        return self.tree.comment

    def leaves(self) -> Iterator[Leaf]:
        """From left to right."""
        return leaves(self.tree)


def leaves(node: Node) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, Not):
        yield from leaves(node.operand)
    elif isinstance(node, And | Or):
        for operand in node.operands:
            yield from leaves(operand)
