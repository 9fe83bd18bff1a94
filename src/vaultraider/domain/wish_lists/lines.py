"""One line that speaks of a roll: what it names, or why it cannot be read.

Whoever makes a slip in a perk means fewer copies than all: such a line says nothing, rather than "every roll".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from vaultraider.domain.ledgers import plain
from vaultraider.domain.wish_lists.limits import LONGEST_LINE
from vaultraider.domain.wish_lists.rolls import ANY_PERK

LONGEST_QUOTED = 160
"""Characters of a line that are shown of it."""
_LONGEST_WORD = 40

NONE_OF_ITS = "This line is none of a wish list's. It begins with dimwishlist:item= and an item's number."
SPACE_BEFORE = "A space stands before it. Take that out: a line begins with dimwishlist:item=."
NO_ITEM = "After item= stands no number of an item."
NOT_PERKS = "What follows the item's number begins with &perks= or #notes:."
TOO_LONG = f"This line has more than {LONGEST_LINE:,} characters."

_ROLL = re.compile(r"dimwishlist:item=(-?[0-9]{1,15})(?![0-9])(?:&perks=((?:[0-9,]|\|(?=[0-9]))*))?(#notes:)?([^|]*)")
"""A bar ends the notes; where there are none, the perks."""
_BANSHEE = re.compile(r"https://banshee-44\.com/\?weapon=([0-9]{1,15})&socketEntries=([0-9,]*)(#notes:)?([^|]*)")
_TRACKER = re.compile(r"https://destinytracker\.com/destiny-2/db/items/([0-9]{1,15})(?![0-9]).*perks=([0-9,]*)(#notes:)?([^|]*)")
_PERK = re.compile(r"[0-9]{1,15}")
_EITHER = re.compile(r"[0-9]+(\|[0-9]+)+")
"""Several perks where one stands. The field passes over them, and so do we where others are left."""
_GOES_ON = re.compile(r"\w|\s*[,|]|\s+[0-9]")
"""What follows a list of perks and is no note, but more of the list."""


class Named(NamedTuple):
    """``item``: as it is written, negative for what is not wanted. ``notes``: "" where it has none of its own."""

    item: int
    perks: tuple[int, ...]
    notes: str
    expert: bool


class RollLines:
    """Reads one line after another. Lists repeat a few combinations of perks thousands of times: one tuple each."""

    def __init__(self) -> None:
        self._perks: dict[str, tuple[int, ...] | str] = {"": ()}
        self._numbers = _Numbers()

    def read(self, line: str) -> Named | str:
        """What it names, or a sentence that says why it cannot be read."""
        if len(line) > LONGEST_LINE:
            return TOO_LONG
        found = _ROLL.match(line)
        expert = found is not None
        found = found or _BANSHEE.match(line) or _TRACKER.match(line)
        if found is None:
            return _why(line)
        item, text, marked, notes = found.groups()
        if notes and not marked and (fault := _more_of(text, notes)) is not None:
            return fault
        perks = self._perks.get(text or "")
        if perks is None:
            perks = self._perks[text] = self._perks_of(text)
        return perks if isinstance(perks, str) else Named(int(item), perks, notes, expert)

    def _perks_of(self, text: str) -> tuple[int, ...] | str:
        found: dict[int, None] = {}
        either, any_number = "", False
        for part in text.split(","):
            number = self._numbers[part]
            any_number = any_number or number >= 0
            if number > 0:
                found[number] = None
            elif _EITHER.fullmatch(part):
                either = part
            elif part and number < 0:
                return _no_perk(part)
        if either and not found:
            return f"“{quoted(either, _LONGEST_WORD)}” names several perks as one. Write a line for each of them."
        return tuple(found) if any_number else _no_perk(text)


class _Numbers(dict[str, int]):
    """Hashes by how they are written; 0 for what any perk fits, -1 for what is no number."""

    def __missing__(self, text: str) -> int:
        number = int(text) if _PERK.fullmatch(text) else -1
        found = self[text] = 0 if number == ANY_PERK else number
        return found


def quoted(text: str, most: int = LONGEST_QUOTED) -> str:
    """Somebody else wrote it: the beginning of it, on one line, without what cannot be seen."""
    words = plain(text[:most], most, "text")
    return f"{words}…" if len(text) > most else words


def _why(line: str) -> str:
    if line.lstrip().startswith("dimwishlist:item=") and line[:1].isspace():
        return SPACE_BEFORE
    return NO_ITEM if line.startswith("dimwishlist:item=") else NONE_OF_ITS


def _more_of(perks: str | None, rest: str) -> str | None:
    """What is wrong where the perks end, without a mark that notes follow; None: nothing, these are notes."""
    if perks is None:
        return NOT_PERKS if rest[0] == "&" or _GOES_ON.match(rest) else None
    if perks.endswith(",") or _GOES_ON.match(rest):
        return _no_perk((perks.rpartition(",")[2] + rest).strip(" ,").partition(",")[0])
    return None


def _no_perk(word: str) -> str:
    shown = quoted(word, _LONGEST_WORD)
    return f"“{shown}” is no perk's number. Perks are numbers with commas between them, and notes begin with #notes:."
