"""From text to words. Each token knows where it stands, as indices of ``plain(text)``, which is as long as the text itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate
from typing import Literal, NamedTuple

Kind = Literal["(", ")", "not", "and", "or", "space", "leaf", "comment"]

SPACES = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
"""White space as browsers have it. Python's own differs by a few."""
_WHITE = frozenset(SPACES)
_S = f"[{SPACES}]"
_OPEN = re.compile(rf"\({_S}*")
_MINUS = re.compile(rf"-{_S}*")
_NOT = re.compile(rf"not{_S}+")
_BETWEEN = re.compile(rf"(and|or){_S}+")
_SPACE = re.compile(rf"{_S}+")
_NAME = re.compile(r"[a-z]+:")
_VALUE = re.compile(rf"[^{SPACES}()]+")
_WORD = re.compile(rf"[^{SPACES})]+")
_STOPS = {quote: re.compile(rf"[\\{quote}]") for quote in "\"'"}
_LINE_END = re.compile("[\n\r\u2028\u2029]")
_STRAIGHT = str.maketrans({**dict.fromkeys("‘’‚", "'"), **dict.fromkeys("“”„", '"')})
_SAFE = str.maketrans({"İ": "i", "\0": "\ufffd"})
_SURROGATES = re.compile("[\ud800-\udfff]")


class Token(NamedTuple):
    """``name``, ``value``: of a leaf; of a comment its text is the value."""

    kind: Kind
    start: int
    end: int
    name: str = ""
    value: str = ""
    quoted: bool = False


class Flaw(NamedTuple):
    """Where reading stopped. ``began``: where the token began that could not be read."""

    start: int
    end: int
    sentence: str
    began: int


def plain(text: str) -> str:
    """Lower case, straight quotes, and nothing that cannot be stored or sent. As long as the text."""
    return straight(_SURROGATES.sub("\ufffd", text)).translate(_SAFE).lower()


def straight(text: str) -> str:
    """With the quotes of a keyboard in place of those of a book."""
    return text.translate(_STRAIGHT)


def browser_offsets(text: str) -> Callable[[int], int]:
    """From indices of a Python text to those of a browser, which counts some characters twice."""
    if not text or max(text) <= "\uffff":
        return lambda index: index
    offsets = [0, *accumulate(1 + (character > "\uffff") for character in text)]
    return offsets.__getitem__


def tokens(text: str) -> tuple[list[Token], Flaw | None]:
    """All tokens of ``plain(...)``, or those before the flaw."""
    reader = _Reader(text)
    found: list[Token] = []
    while reader.at < len(text):
        token = reader.next()
        if isinstance(token, Flaw):
            return found, token
        if token.kind != "space" or (token.start and token.end < len(text)):
            found.append(token)
        reader.at = token.end
    return found, None


class _Reader:
    """Reads each character a fixed number of times, whatever the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.no_comment_before = 0

    def next(self) -> Token | Flaw:
        at, text = self.at, self.text
        first = text[at]
        if first in _WHITE:
            return self._white()
        if first == "(":
            return Token("(", at, _past(_OPEN, text, at))
        if first == ")":
            return Token(")", at, at + 1)
        if first in "\"'":
            return self._quoted(at, at, "keyword")
        if first == "-":
            return Token("not", at, _past(_MINUS, text, at))
        if first == "n" and (found := _NOT.match(text, at)):
            return Token("not", at, found.end())
        if first == "/" and (comment := self._comment()):
            return comment
        return self._filter() or self._word()

    def _word(self) -> Token:
        end = _past(_WORD, self.text, self.at)
        return Token("leaf", self.at, end, "keyword", self.text[self.at : end])

    def _white(self) -> Token:
        """White space belongs to a bracket that closes after it, or to the word between it and more of it."""
        at, text = self.at, self.text
        after = _past(_SPACE, text, at)
        if text.startswith(")", after):
            return Token(")", at, after + 1)
        found = _BETWEEN.match(text, after)
        if found is None:
            return Token("space", at, after)
        return Token("and" if found[1] == "and" else "or", at, found.end())

    def _comment(self) -> Token | None:
        at, text = self.at, self.text
        if at < self.no_comment_before or not text.startswith("/*", at):
            return None
        line_end = _end_of_line(text, at)
        close = text.find("*/", at + 2, line_end)
        if close < 0:
            self.no_comment_before = line_end
            return None
        after = _SPACE.match(text, close + 2)
        return Token("comment", at, after.end() if after else close + 2, value=text[at + 2 : close].strip(SPACES))

    def _filter(self) -> Token | Flaw | None:
        at, text = self.at, self.text
        name = _NAME.match(text, at)
        if name is None:
            return None
        word, begin = name[0][:-1], name.end()
        if text[begin : begin + 1] in ("'", '"'):
            return self._quoted(at, begin, word)
        value = _VALUE.match(text, begin)
        if value is None:
            return Flaw(at, begin, f"“{name[0]}” needs a value right after the colon.", at)
        return Token("leaf", at, value.end(), word, value[0])

    def _quoted(self, began: int, at: int, name: str) -> Token | Flaw:
        """From the opening quote at ``at``. A backslash before a quote or a backslash means just that."""
        text, quote, parts, here = self.text, self.text[at], list[str](), at + 1
        while stop := _STOPS[quote].search(text, here):
            parts.append(text[here : stop.start()])
            if stop[0] == quote:
                return Token("leaf", began, stop.end(), name, "".join(parts), quoted=True)
            escaped = text[stop.end() : stop.end() + 1]
            if not escaped:
                break
            if escaped not in "\"'\\":
                return Flaw(stop.start(), stop.end() + 1, "Within quotes, \\ stands before a quote or another \\ only.", began)
            parts.append(escaped)
            here = stop.end() + 1
        return Flaw(at, len(text), "These quotes are not closed.", began)


def _end_of_line(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.start() if found else len(text)


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at + 1
