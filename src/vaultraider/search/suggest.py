"""What the search field offers for a text with the caret somewhere in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Literal

import msgspec
from msgspec.structs import replace

from vaultraider.search.canonical import quoted
from vaultraider.search.completion import Completer, Completion, meaning
from vaultraider.search.own_names import OwnName, Source, fitting
from vaultraider.search.query import parse
from vaultraider.search.recent import UsedSearch, offered
from vaultraider.search.terms import Term, terms_at
from vaultraider.search.tokens import browser_offsets
from vaultraider.search.vocabulary import Vocabulary

MOST_FILTERS, MOST_ITEMS, MOST_PERKS, MOST_SEARCHES, MOST_UNASKED = 8, 5, 4, 5, 10
MOST_TRIED = 16
"""Filters and values of which those are offered first that find something."""
PILES = ("tag",)
"""Filters whose values are what a person sorts items into. All are tried, and the largest is offered first."""
LEAST_TYPED = 2
"""Letters from which names are offered for a bare word."""
ITEM_NAMES, PERK_NAMES = ("name", "exactname"), ("perkname", "exactperk", "perk")

Kind = Literal["filter", "value", "item", "perk", "saved", "recent", "help"]
HELP_TITLE = "Every filter, with examples"
UNFINISHED = (":", "<", ">", "=")
Count = Callable[[str], int | None]
"""How many items a whole query finds; None for one that is not valid."""


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """``text``: the whole query once it is taken, and ``caret`` where it stands in it then. ``shown``: what to show, ``match`` of
    it to underline. All places are a browser's (UTF-16). ``means``: a sentence, or "". ``name``: of a saved search."""

    kind: Kind
    text: str
    caret: int
    shown: str
    match: tuple[tuple[int, int], ...] = ()
    means: str = ""
    hash: int = 0
    item_kind: str = ""
    tier: str = ""
    name: str = ""


class Suggester:
    """One for a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._completer = Completer(vocabulary)

    def suggest(
        self,
        text: str,
        caret: int,
        *,
        source: Source,
        searches: Iterable[UsedSearch],
        now: datetime,
        count: Count | None = None,
    ) -> list[Suggestion]:
        """``caret``: in UTF-16 units. What completes the term comes first, then what was searched before, then help.

        ``count``: with it, what would find nothing comes after what finds something, and names that would find none are left out.
        """
        found = list(self._completing(text, caret, source, count)) if text.strip() else []
        found += _before(text, searches, now, MOST_SEARCHES if text.strip() else MOST_UNASKED)
        seen: dict[str, Suggestion] = {}
        for each in found:
            if each.text != text:
                seen.setdefault(each.text, each)
        return [*seen.values(), Suggestion(kind="help", text=text, caret=caret, shown=HELP_TITLE)]

    def _completing(self, text: str, caret: int, source: Source, count: Count | None) -> Iterator[Suggestion]:
        """Of the first term, from the longest on, that anything completes."""
        for term in terms_at(text, _index(text, caret)):
            line = _Line(text, term)
            piles = count is not None and _parted(term.text)[0] in PILES
            most = MOST_FILTERS if count is None else None if piles else MOST_TRIED
            filters = [line.filter(each) for each in self._completer.completions(term.text)[:most]]
            named = [line.named(name, keyword) for name, keyword in self._names(term, source)]
            hinted = [line.hinted(word, keyword) for word, keyword in self._hints(term, source)]
            if count is not None:
                size = line.size_of(count) if piles else lambda _: 0
                filters = sorted(filters, key=lambda each: (is_whole(each) and count(each.text) == 0, -size(each)))
                named = [each for each in named if count(each.text) != 0]
            found = [*filters[:MOST_FILTERS], *named, *hinted]
            if found:
                yield from found
                return

    def _names(self, term: Term, source: Source) -> Iterator[tuple[OwnName, str]]:
        """Each with the filter that finds it."""
        keyword, typed = _parted(term.text)
        bare = not keyword and len(typed) >= LEAST_TYPED
        if keyword in ITEM_NAMES or bare:
            yield from ((name, keyword or "name") for name in fitting(source.items(), typed, MOST_ITEMS))
        if keyword in PERK_NAMES or bare:
            yield from ((name, keyword or "perkname") for name in fitting(source.perks(), typed, MOST_PERKS))

    def _hints(self, term: Term, source: Source) -> Iterator[tuple[str, str]]:
        keyword, typed = _parted(term.text)
        known = self._vocabulary.valued.get(keyword)
        if known is None or "freeform" not in known.formats or keyword in (*ITEM_NAMES, *PERK_NAMES):
            return
        words = [word for word in source.hints(keyword) if typed in word.lower()]
        yield from ((word, keyword) for word in words[:MOST_FILTERS])


def is_whole(suggestion: Suggestion) -> bool:
    """Whether it can be searched for as it stands."""
    return suggestion.kind != "help" and not suggestion.text.endswith(UNFINISHED)


class _Line:
    """One text, in which one term is replaced."""

    def __init__(self, text: str, term: Term) -> None:
        self._before, self._after = text[: term.start], text[term.end :]
        self._term = term

    def size_of(self, count: Count) -> Callable[[Suggestion], int]:
        """How many items of the whole text each value stands for; of one that is excluded, all that it has."""
        excluded = self._before.rstrip().endswith(("-", "not"))
        return lambda each: count(each.shown if excluded else each.text) or 0

    def filter(self, completion: Completion) -> Suggestion:
        word = completion.word
        state = word.startswith(("is:", "not:"))
        kind: Kind = "filter" if state or word.endswith(":") else "value"
        return self._made(kind, word, word, self._term.text, means=meaning(completion))

    def named(self, name: OwnName, keyword: str) -> Suggestion:
        word = f"{keyword}:{quoted(name.name.lower())}"
        made = self._made(name.kind, word, name.name, _parted(self._term.text)[1])
        return replace(made, hash=name.hash, item_kind=name.item_kind, tier=name.tier)

    def hinted(self, hint: str, keyword: str) -> Suggestion:
        word = f"{keyword}:{quoted(hint.lower())}"
        return self._made("value", word, word, _parted(self._term.text)[1])

    def _made(self, kind: Kind, word: str, shown: str, typed: str, means: str = "") -> Suggestion:
        until = self._before + word
        return Suggestion(
            kind=kind, text=until + self._after, caret=_units(until), shown=shown, match=_match(shown, typed), means=means
        )


def _before(text: str, searches: Iterable[UsedSearch], now: datetime, most: int) -> Iterator[Suggestion]:
    for search in offered(searches, text, now)[:most]:
        yield Suggestion(
            kind="saved" if search.saved else "recent",
            text=search.query,
            caret=_units(search.query),
            shown=search.query,
            match=_match(search.query, text.strip()),
            name=search.name or parse(search.query).comment,
        )


def _parted(term: str) -> tuple[str, str]:
    """``name:"arctic haz`` into the keyword and what is typed of the name; the keyword is "" for bare words."""
    keyword, colon, value = term.partition(":")
    if not colon or not keyword.isalpha():
        return "", term
    if value.startswith(('"', "'")):
        value = value[1:].removesuffix(value[0])
    return keyword, value


def _match(shown: str, typed: str) -> tuple[tuple[int, int], ...]:
    """Nothing where lower case is longer than what is shown, as in very few languages it is."""
    lowered = shown.lower()
    at = lowered.find(typed.lower()) if typed and len(lowered) == len(shown) else -1
    if at < 0:
        return ()
    offset = browser_offsets(shown)
    return ((offset(at), offset(at + len(typed)) - offset(at)),)


def _units(text: str) -> int:
    return browser_offsets(text)(len(text))


def _index(text: str, caret: int) -> int:
    """From a browser's place to ours. What lies beyond the text is its end."""
    if caret <= 0:
        return 0
    offset = browser_offsets(text)
    return next((index for index in range(len(text) + 1) if offset(index) >= caret), len(text))
