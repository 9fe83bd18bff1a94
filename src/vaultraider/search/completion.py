"""Completes one term, such as ``is:b`` or ``stat:mob``, with filters and their values, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from vaultraider.search.expansion import SIGNS, expansions, sums
from vaultraider.search.filters._filter import Filter
from vaultraider.search.vocabulary import Vocabulary

_COMPARES = re.compile(r"[\d<>=]$")
_USUAL = """
dupe count infusionfodder wishlist wishlistnotes trashlist wishlistunknown wishlistable name notes description perk
perkname keyword tagged tag hasnotes kinetic dark titan autorifle engrams special common cosmetic haslight breaker
foundry powerfulreward pinnaclereward craftable patternunlocked source focusable inloadout iningameloadout
indimloadout stack year kills weaponlevel tier masterwork energycapacity season light armor2.0 armor3.0 weapon armor
equipment postmaster equipped transferable stackable stackfull infusable locked unlocked crafted vendor ininventory
modslot artifice randomroll curated holofoil extraperk shaded ornamented hasdisabledmod modded armorintrinsic
deepsight memento catalyst enhancedperk enhanceable enhanced enhancementready retiredperk adept origintrait
tieredweapon stat basestat maxstatloadout maxstatvalue maxbasestatvalue maxpowerloadout maxpower primarystat tunedstat
inleftchar onwrongclass invault incurrentchar currentclass id hash
"""
"""The first keyword of each filter, in the order in which Destiny Item Manager lists them: between equals it decides."""
_PLACES = {keyword: place for place, keyword in enumerate(_USUAL.split())}


class Completion(NamedTuple):
    """``word``: what stands for the term then. ``filter``: which one it belongs to."""

    word: str
    filter: Filter


class Completer:
    """Knows all that one vocabulary can say."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        filters = sorted(vocabulary.filters(), key=_place)
        self._all = [Completion(word, each) for each in filters for word in expansions(each)]

    def completions(self, term: str) -> list[Completion]:
        """``term``: in lower case with straight quotes. Never the term itself."""
        if not term:
            return []
        whole = ":" in term
        fitting = [each for each in self._all if (each.word.startswith(term) if whole else term in each.word)]
        fitting = [each for each in fitting if _wanted(each.word, term)]
        fitting.sort(key=lambda each: _rank(each.word, term))
        return self._summed(term) or [each for each in fitting if each.word != term]

    def _summed(self, term: str) -> list[Completion]:
        each = self._vocabulary.valued.get(term.partition(":")[0])
        return [Completion(word, each) for word in sums(each, term) if word.startswith(term) and word != term] if each else []


def _wanted(word: str, term: str) -> bool:
    """``not:`` and comparisons are offered to whoever has begun to write them: each would double the list."""
    if word.startswith("not:") and not term.startswith("not"):
        return False
    return term.endswith((":", "<", ">")) or not word.endswith(SIGNS)


def _place(each: Filter) -> int:
    return min((_PLACES[keyword] for keyword in each.keywords if keyword in _PLACES), default=len(_PLACES))


def _rank(word: str, term: str) -> tuple[object, ...]:
    """What begins with the term comes first, then tags, states with few letters left, and beginnings of more before values."""
    at, colon, colons = word.find(term), word.find(":"), word.count(":")
    state = word.startswith(("is:", "not:"))
    begins = at in (0, colon + 1)
    tag = word.startswith("tag:")
    return (
        1 if colons > 1 else -1 if begins else 0,
        not tag,
        not state,
        len(word) - len(term) - at if state else 0,
        not word.endswith(":"),
        word.startswith("not:") or ":<=" in word or ":>=" in word,
        0 if state else colons,
        # A tag of one's own may end in a digit and compares nothing.
        tag or not _COMPARES.search(word),
    )


def meaning(completion: Completion) -> str:
    """What it finds, in a sentence, or "" where that is not said."""
    help = completion.filter.help
    if isinstance(help, str):
        return help
    return _by_value(help, completion.word)


def _by_value(help: Mapping[str, str], word: str) -> str:
    keyword, _, value = word.partition(":")
    return next((help[key] for key in (value, value.rstrip("<>=:"), keyword) if key in help), "")
