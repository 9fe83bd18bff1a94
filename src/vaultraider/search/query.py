"""From text to a tree: the grammar of Destiny Item Manager, whose words every player's saved searches are written in.

White space binds loosest, then ``or``, then ``and``: ``a b or c`` is a and (b or c), while ``a and b or c`` is (a and b) or c.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from vaultraider.search.tokens import SPACES, Flaw, Token, browser_offsets, plain, tokens
from vaultraider.search.tree import And, Leaf, Node, Not, Nothing, Or, Problem, Query

__all__ = ["And", "Leaf", "Node", "Not", "Nothing", "Or", "Problem", "Query", "parse"]

LONGEST = 16_384
"""Characters of a query that is read at all. 2,048 are saved at most."""
DEEPEST = 100
"""Brackets and minus signs within each other."""

_TOO_DEEP = f"More than {DEEPEST} brackets or minus signs stand within each other."
_BINDS = {"space": 1, "or": 2, "and": 3}
_GLUED = ("and(", "or(", "not(")


class NotReadError(Exception):
    """The text is no query. ``problem``: why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


def parse(text: str) -> Query:
    """Never raises: what cannot be read has a ``problem`` and matches nothing."""
    if len(text) > LONGEST:
        return Query(text, Nothing(), Problem(0, len(text), f"A search has {LONGEST:,} characters at most."))
    words, flaw = tokens(plain(text))
    reader = _Reader(text, _without_idle_comments(words), flaw)
    try:
        tree = reader.whole()
    except NotReadError as error:
        return Query(text, Nothing(), error.problem)
    return Query(text, tree, doubt=reader.doubt)


def _without_idle_comments(words: list[Token]) -> list[Token]:
    """A comment belongs to what follows it. One that nothing follows is left out, with the space before it."""
    kept: list[Token] = []
    follows = ")"
    for word in reversed(words):
        idle = word.kind == "comment" and follows == ")"
        leftover = word.kind == "space" and follows == ")"
        if not idle and not leftover:
            kept.append(word)
            follows = word.kind
    kept.reverse()
    return kept or [word for word in words if word.kind == "comment"][:1]


class _Operator(NamedTuple):
    word: Token
    binds: int


class _Reader:
    def __init__(self, text: str, words: list[Token], flaw: Flaw | None) -> None:
        self._text = text
        self._words = words
        self._flaw = flaw
        self._next = 0
        self._offset = browser_offsets(text)
        self.doubt: Problem | None = None

    def whole(self) -> Node:
        """Raises NotReadError."""
        if len(self._words) == 1 and self._words[0].kind == "comment" and self._flaw is None:
            return Nothing(comment=self._words[0].value)
        if not self._words and self._flaw is None:
            return Nothing()
        tree = self._climb(1, 0)
        if _depth(tree) > DEEPEST:
            raise NotReadError(Problem(tree.start, tree.length, _TOO_DEEP))
        rest = self._words[self._next :]
        if any(word.kind != ")" for word in rest) or (rest and self._flaw):
            self._doubt(rest[0], "No bracket was opened before this one, so what follows it is left out.")
        return tree

    def _climb(self, lowest: int, depth: int) -> Node:
        """An atom, and all that operators at least as tight as ``lowest`` join to it."""
        row = _Row(self._atom(depth))
        while (operator := self._operator()) and operator.binds >= lowest:
            self._next += 1
            right = self._climb(operator.binds + 1, depth)
            row.join(Or if operator.word.kind == "or" else And, right)
        return row.node()

    def _operator(self) -> _Operator | None:
        """What stands between two atoms; None before a closing bracket and at the end."""
        word = self._peek()
        if word is None or word.kind == ")":
            return None
        if word.kind not in _BINDS:
            raise self._problem(word, "Between these two goes a space, “and” or “or”.")
        return _Operator(word, _BINDS[word.kind])

    def _atom(self, depth: int) -> Node:
        before = self._words[self._next - 1] if self._next else None
        word = self._peek()
        if word is None or word.kind not in ("leaf", "not", "(", "comment"):
            raise self._missing(before, word)
        if depth > DEEPEST:
            raise self._problem(word, _TOO_DEEP)
        self._next += 1
        if word.kind == "leaf":
            return self._leaf(word)
        if word.kind == "(":
            return self._bracket(word, depth)
        operand = self._atom(depth + 1)
        if word.kind == "comment":
            return replace(operand, comment=word.value) if word.value else operand
        start = self._offset(word.start)
        return Not(operand=operand, start=start, length=operand.end - start)

    def _leaf(self, word: Token) -> Node:
        start = self._offset(word.start)
        length = self._offset(word.end) - start
        if word.name == "not":
            return Not(operand=Leaf(name="is", value=word.value, start=start, length=length), start=start, length=length)
        if word.name == "keyword" and not word.quoted and word.value.startswith(_GLUED):
            glued = word.value.partition("(")[0]
            self._doubt(word, f"Without a space after “{glued}” this is looked for as a word.")
        return Leaf(name=word.name, value=word.value, start=start, length=length)

    def _bracket(self, opening: Token, depth: int) -> Node:
        inner = self._climb(1, depth + 1)
        closing = self._peek()
        end = inner.end
        if closing is not None:
            self._next += 1
            end = self._offset(closing.end)
        start = self._offset(opening.start)
        return replace(inner, start=start, length=end - start)

    def _peek(self) -> Token | None:
        """None at the end. Raises NotReadError where reading stopped before it."""
        if self._next < len(self._words):
            return self._words[self._next]
        if self._flaw is not None:
            raise self._problem(self._flaw, self._flaw.sentence)
        return None

    def _missing(self, before: Token | None, word: Token | None) -> NotReadError:
        if before is None or (before.kind == "comment" and word is None):
            return self._problem(word or before or Token("space", 0, 0), "Something to look for is missing here.")
        if before.kind == "(":
            return self._problem(before, "Nothing is in these brackets.")
        shown = self._text[before.start : before.end].strip(SPACES)
        return self._problem(before, f"Something to look for is missing after “{shown}”.")

    def _problem(self, place: Token | Flaw, sentence: str) -> NotReadError:
        return NotReadError(self._at(place, sentence))

    def _doubt(self, place: Token, sentence: str) -> None:
        self.doubt = self.doubt or self._at(place, sentence)

    def _at(self, place: Token | Flaw, sentence: str) -> Problem:
        start = self._offset(place.start)
        return Problem(start, self._offset(place.end) - start, sentence)


def _depth(node: Node) -> int:
    """Of the canonical form, which has brackets where the text may have none."""
    if isinstance(node, Not):
        return 1 + _depth(node.operand)
    return 1 + max(map(_depth, node.operands)) if isinstance(node, And | Or) else 0


class _Row:
    """What operators join from left to right. More than two under the same one lie side by side."""

    def __init__(self, first: Node) -> None:
        self._kind: type[And] | type[Or] | None = type(first) if isinstance(first, And | Or) else None
        self._nodes: list[Node] = list(first.operands) if isinstance(first, And | Or) else [first]
        self._start, self._end = first.start, first.end
        self._comment = first.comment if self._kind else ""

    def join(self, kind: type[And] | type[Or], right: Node) -> None:
        if self._kind is not kind:
            self._begin(kind)
            self._nodes += right.operands if isinstance(right, kind) else (right,)
        else:
            self._nodes.append(right)
        self._end = right.end

    def _begin(self, kind: type[And] | type[Or]) -> None:
        """All until here becomes the first under another operator. A comment before it is the whole's from now on."""
        first = self.node()
        self._comment = first.comment
        self._nodes = [replace(first, comment="") if first.comment else first]
        self._kind = kind

    def node(self) -> Node:
        if self._kind is None:
            return self._nodes[0]
        return self._kind(operands=tuple(self._nodes), start=self._start, length=self._end - self._start, comment=self._comment)
