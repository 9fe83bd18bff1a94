"""One way of writing a query, so that the same search is kept once. Reading it again gives the same tree."""

from __future__ import annotations

import re

from vaultraider.search.tokens import SPACES, straight
from vaultraider.search.tree import And, Leaf, Node, Not, Nothing, Or, Query

_TO_QUOTE = re.compile(rf"[{SPACES}()'\"]")
_LOOKS_LIKE_MORE = re.compile(r"-|[a-z]+:")


def canonical(query: Query) -> str:
    """Only the first comment stays. What cannot be read stays as it was typed."""
    if query.problem is not None:
        return query.text
    written = _Writer(query).whole()
    title = f"/* {query.comment} */" if query.comment else ""
    return f"{title} {written}" if title and written else title or written


def quoted(value: str) -> str:
    """In quotes where it needs them: with white space, brackets or quotes in it, or empty."""
    value = straight(value)
    return _in_quotes(value) if not value or _TO_QUOTE.search(value) else value


def _in_quotes(value: str) -> str:
    escaped = value.replace("\\", "\\\\")
    if '"' not in value:
        return f'"{escaped}"'
    if "'" not in value:
        return f"'{escaped}'"
    return '"' + escaped.replace('"', '\\"') + '"'


class _Writer:
    """A word that begins with ``/*`` would begin a comment where another one ends it."""

    def __init__(self, query: Query) -> None:
        self._tree = query.tree
        self._closes = any("*/" in leaf.value for leaf in query.leaves())

    def whole(self) -> str:
        return self._written(self._tree, 0)

    def _written(self, node: Node, depth: int) -> str:
        if isinstance(node, Nothing):
            return ""
        if isinstance(node, Leaf):
            return f"{node.name}:{quoted(node.value)}" if node.name != "keyword" else self._word(node.value)
        if isinstance(node, Not):
            return "-" + self._written(node.operand, depth + 1)
        parts = [self._written(operand, depth + 1) for operand in node.operands]
        parts[:-1] = [_not_a_mark(part) for part in parts[:-1]]
        joined = _between(node).join(parts)
        return f"({joined})" if depth else joined

    def _word(self, word: str) -> str:
        looks_like_more = _LOOKS_LIKE_MORE.match(word) or (self._closes and word.startswith("/*"))
        return _in_quotes(word) if looks_like_more else quoted(word)


def _between(node: And | Or) -> str:
    """A word among filters is kept apart by “and”, so that two words do not read as one name."""
    if isinstance(node, Or):
        return " or "
    return " and " if any(isinstance(each, Leaf) and each.name == "keyword" for each in node.operands) else " "


def _not_a_mark(part: str) -> str:
    """The word “not” with something after it would turn that round."""
    return f'{part[:-3]}"not"' if part.lstrip("-") == "not" else part
