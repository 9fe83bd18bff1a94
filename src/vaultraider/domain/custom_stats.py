"""Totals of a person's own: weighted sums of the six stats of armour, for one class or for all.

The label is what is shown. What stands in queries is made of it: small letters, digits and underscores, whatever the language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from typing import Literal, get_args

import msgspec
from msgspec.structs import replace

from vaultraider.domain import hashes
from vaultraider.domain.errors import InvalidInput
from vaultraider.domain.ledgers import plain

Guardian = Literal["titan", "hunter", "warlock", "any"]
GUARDIANS: tuple[Guardian, ...] = get_args(Guardian)
LONGEST_LABEL = 30
MOST_STATS = 40
"""Of one person."""
LEAST_WEIGHTED = 2
"""One stat alone has a name already."""
MOST_WEIGHT = 99
USUAL_LABEL, USUAL_KEYWORD = "custom total", "custom"
"""Destiny Item Manager's first label: searches that were saved with it go on working."""
_NOT_IN_WORDS = re.compile(r"[^\w]", re.UNICODE)

Weights = tuple[int, int, int, int, int, int]
"""In the order of ``hashes.ARMOR_STAT_HASHES``."""


class CustomStat(msgspec.Struct, frozen=True, kw_only=True):
    """``id``: 0 for one that is not kept yet. ``keyword``: how queries call it."""

    id: int = 0
    label: str
    keyword: str
    guardian: Guardian
    weights: Weights

    def fits(self, guardian: str) -> bool:
        """Whether armour for this class has it; "" is armour for any."""
        return self.guardian in ("any", guardian)

    def of(self, values: Mapping[int, int]) -> int:
        """What it comes to for stats by hash. One that is not there counts as nothing."""
        return sum([weight * values.get(stat, 0) for stat, weight in zip(hashes.ARMOR_STAT_HASHES, self.weights, strict=True)])

    @property
    def places(self) -> tuple[int, ...]:
        """Which of the six count."""
        return tuple([place for place, weight in enumerate(self.weights) if weight])


def keyword_of(label: str) -> str:
    """ "Solar duty" is "solarduty"; "" for a label without letters and digits."""
    small = unicodedata.normalize("NFC", label.strip()).lower()
    return USUAL_KEYWORD if small == USUAL_LABEL else _NOT_IN_WORDS.sub("", small)


def checked_stat(label: str, guardian: Guardian, weights: Iterable[int], *, taken: Container[str], id: int = 0) -> CustomStat:
    """``taken``: words that queries know as stats. Raises InvalidInput, naming ``label`` or ``weights``."""
    shown = plain(unicodedata.normalize("NFC", label), LONGEST_LABEL, "label")
    keyword = keyword_of(shown)
    if not keyword:
        raise InvalidInput("label", "Give it a name with at least one letter or digit: searches call it by that.")
    if keyword in taken:
        raise InvalidInput("label", f"Searches know “{keyword}” as another stat already. Choose another name.")
    return CustomStat(id=id, label=shown, keyword=keyword, guardian=guardian, weights=checked_weights(weights))


def checked_weights(weights: Iterable[int]) -> Weights:
    """Raises InvalidInput, naming ``weights``."""
    found = tuple(weights)
    if len(found) != len(hashes.ARMOR_STAT_HASHES) or not all(0 <= weight <= MOST_WEIGHT for weight in found):
        raise InvalidInput("weights", f"Weights are whole numbers from 0 to {MOST_WEIGHT}, one for each of the six stats.")
    if sum(weight > 0 for weight in found) < LEAST_WEIGHTED:
        raise InvalidInput("weights", "Give at least two of the six stats a weight: one alone has a name already.")
    weapons, health, guardian, grenade, super, melee = found
    return weapons, health, guardian, grenade, super, melee


def clashing(stat: CustomStat, others: Iterable[CustomStat]) -> CustomStat | None:
    """Another one that some piece of armour would have by the same word."""
    for other in others:
        overlaps = "any" in (stat.guardian, other.guardian) or stat.guardian == other.guardian
        if other.id != stat.id and other.keyword == stat.keyword and overlaps:
            return other
    return None


def in_order(stats: Iterable[CustomStat]) -> tuple[CustomStat, ...]:
    """By class, then by label: the same everywhere that they are shown."""
    return tuple(sorted(stats, key=lambda each: (GUARDIANS.index(each.guardian), each.label.casefold(), each.id)))


def put_in(stat: CustomStat, among: Iterable[CustomStat]) -> CustomStat | Literal["same", "clash"]:
    """One of an import as it is to be kept: in place of the one of the same word and class, if there is one."""
    others = tuple(among)
    there = next((each for each in others if (each.keyword, each.guardian) == (stat.keyword, stat.guardian)), None)
    found = replace(stat, id=there.id if there is not None else 0)
    if found == there:
        return "same"
    return "clash" if clashing(found, others) is not None else found
