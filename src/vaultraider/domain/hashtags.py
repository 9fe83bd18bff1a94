"""Hashtags in notes: ``#pve``, after a space or a comma or at the beginning.

Letters, digits, pictures (emoji and the game's own signs) and ``_ : -`` make one; whatever else stands behind it ends it.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

_SPACES = re.compile(r"(\s)+")
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
"""Where the game's own signs are."""
_LAST_PICTURE = 0x20000


class _Part(NamedTuple):
    """A piece of notes. ``at``: where it begins."""

    at: int
    text: str
    tag: bool


def hashtags_of(notes: str | None) -> list[str]:
    """In the order in which they stand there, each as often as it does."""
    return _hashtag().findall(notes) if notes else []


def append_notes(original: str | None, more: str) -> str:
    """``more`` behind the notes. Hashtags that they have already are not written again."""
    there = set(hashtags_of(original))
    added = "".join(part.text for part in _parts(more) if not (part.tag and part.text in there))
    return _tidied(f"{original or ''} {added}")


def remove_notes(original: str | None, what: str) -> str:
    """Hashtags by themselves, one by one; any other text wherever it stands. A hashtag is never cut in two."""
    if not original:
        return ""
    if _only_hashtags().match(what):
        gone = set(hashtags_of(what))
        return _tidied("".join(part.text for part in _parts(original) if not (part.tag and part.text in gone)))
    text = what.strip()
    if not text:
        return original.strip()
    return " ".join(_without(original, text).split())


def collect_hashtags(notes: Iterable[str | None]) -> list[str]:
    """All of them once, those used most first. However they are capitalised they are one, shown as it is written most."""
    written: dict[str, Counter[str]] = {}
    for each in notes:
        for tag in hashtags_of(each):
            written.setdefault(tag.lower(), Counter())[tag] += 1
    ranked = sorted(written.values(), key=lambda forms: -forms.total())
    return [max(forms, key=forms.__getitem__) for forms in ranked]


def _without(original: str, text: str) -> str:
    spans = [(part.at, part.at + len(part.text)) for part in _parts(original) if part.tag]
    kept, begin, span = [], 0, 0
    at = original.find(text)
    while at >= 0:
        while span < len(spans) and spans[span][1] <= at:
            span += 1
        inside = span < len(spans) and spans[span][0] < at
        kept.append(original[begin : at + len(text)] if inside else original[begin:at])
        begin = at + len(text)
        at = original.find(text, begin)
    return "".join(kept) + original[begin:]


def _parts(notes: str) -> Iterable[_Part]:
    at = 0
    for found in _hashtag().finditer(notes):
        if found.start(1) > at:
            yield _Part(at, notes[at : found.start(1)], False)
        yield _Part(found.start(1), found[1], True)
        at = found.end(1)
    if at < len(notes):
        yield _Part(at, notes[at:], False)


def _tidied(notes: str) -> str:
    """Of several spaces in a row the last one stays."""
    return _SPACES.sub(r"\1", notes).strip()


@functools.cache
def _signs() -> str:
    """What a hashtag may be made of, as the inside of a character class. ``re`` knows letters and digits, and no categories."""
    runs: list[list[int]] = []
    for code in range(_LAST_PICTURE):
        if unicodedata.category(chr(code)) == "So":
            if runs and runs[-1][1] == code - 1:
                runs[-1][1] = code
            else:
                runs.append([code, code])
    return r"\w:\-" + _PRIVATE + "".join(f"{chr(first)}-{chr(last)}" for first, last in runs)


@functools.cache
def _hashtag() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=[\s,])|^)(#[{_signs()}]+)")


@functools.cache
def _only_hashtags() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:(?:^|[\s,])#[{_signs()}]+\s*)+\Z")
