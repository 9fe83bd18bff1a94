"""Texts as they are compared: lower case, without accents, quotation marks straight; and the beginnings of words marked.

    "Héritage Noir" ──fold──> "heritage noir" ──mark_words──> "·heritage ·noir"

A marked needle is found in a marked text where a word of the text begins with it, and nowhere else, so that looking for
beginnings is looking for a substring. A needle that begins with a sign ("#pve") carries no mark before it and is found anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MARK = "\x02"
_BEGINNINGS = re.compile(r"(?<![^\W_])(?=[^\W_])")
_STRAIGHT = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"'}
)
_UNSPACED = ("ja", "ko", "zh")
"""Languages that set no spaces between words, or that join to a word what others set beside it."""


def fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.lower().translate(_STRAIGHT))
    return "".join([sign for sign in apart if unicodedata.category(sign) != "Mn"])


def mark_words(folded: str) -> str:
    """With a mark before each word."""
    return _BEGINNINGS.sub(MARK, folded)


def has_words(language: str) -> bool:
    """Whether words of this language of Bungie's can be told apart; if not, a needle is looked for anywhere."""
    return not language.startswith(_UNSPACED)


def marked(texts: Iterable[str], *, words: bool = True) -> str:
    """One text to look through, made of several that belong to the same."""
    whole = "\n".join([fold(text) for text in texts if text])
    return mark_words(whole) if words else whole
