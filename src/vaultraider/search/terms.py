"""What is being typed at the caret: the terms that a completion could replace."""

from __future__ import annotations

import re
from typing import NamedTuple

from vaultraider.search.tokens import SPACES, Flaw, Token, plain, tokens

MOST = 10
"""Words that together may be the beginning of one name."""
_END = re.compile(rf"[{SPACES})]|\Z")


class Term(NamedTuple):
    """Indices of the text: what is replaced. ``text``: what is typed of it up to the caret's word, as ``plain(...)``."""

    start: int
    end: int
    text: str


def terms_at(text: str, caret: int) -> list[Term]:
    """The longest first: in ``name:foo arctic haz|`` the whole, then "arctic haz", then "haz"."""
    lowered = plain(text)
    found = _END.search(lowered, min(caret, len(text)))
    end = found.start() if found else len(text)
    words, flaw = tokens(lowered[:end])
    starts = _starts(words, flaw)
    until = end
    if flaw is not None and lowered[flaw.start] in "\"'":
        until = _closing(lowered, flaw.began, end)
    return [Term(start, until, lowered[start:end]) for start in starts[-MOST:]]


def _starts(words: list[Token], flaw: Flaw | None) -> list[int]:
    """Where unfinished leaves begin. Quotes, brackets and the like end what stands before them."""
    if flaw is not None:
        return [flaw.began]
    starts: list[int] = []
    for word in words:
        if word.kind == "leaf" and not word.quoted:
            starts.append(word.start)
        elif word.kind not in ("and", "or", "space"):
            starts = []
    return starts


def _closing(lowered: str, began: int, end: int) -> int:
    """Where quotes end that the caret stands in, if they are closed further on."""
    words, _ = tokens(lowered)
    return next((word.end for word in words if word.start == began and word.quoted), end)
