"""Texts that are queries, nearly queries, or not at all."""

from __future__ import annotations

from hypothesis import strategies as st

from vaultraider.search.tree import And, Leaf, Node, Not, Or

PIECES = (
    "is:exotic", "is:", "not:bow", "not", "not ", "-", "- ", "(", ")", " ", "  ", "\t", "or", "and", " or ", " and ", " OR ",
    '"', "'", "“", "”", "‘", "’", "/*", "*/", "/* a */", "\\", '\\"', "name:", "name:x", 'name:"a b"', 'a"b', "stat:health:>5",
    "season:<=arrivals", "kill clip", "keyword:", '""', "and(", "\n", "\u2028", "\x85", "\x1c", "\ufeff", "\u3000", "İ", "ß", "é",
    "🤯", "수", "\0", "\ud800", "\u202e", "<b>", ":", "::", "+", "&", ">=", "0", "x" * 40,
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join)


def shape(node: Node) -> object:
    """What a tree means, without places and comments."""
    if isinstance(node, Leaf):
        return node.key
    if isinstance(node, Not):
        return "not", shape(node.operand)
    if isinstance(node, And | Or):
        return type(node).__name__, tuple(map(shape, node.operands))
    return ()
