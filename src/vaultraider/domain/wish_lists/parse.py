"""Text into rolls. One line says one thing:

    title:<text>, description:<text>        what the list, and what follows, is called (also with @ before it)
    //notes:<text>                          notes of the rolls that follow, until an empty line or another comment
    //<anything>, an empty line             nothing; it ends such notes
    dimwishlist:item=<hash>&perks=<hash>,<hash>#notes:<text>|<anything>
    https://banshee-44.com/?weapon=<hash>&socketEntries=<hash>,<hash>#notes:<text>
    https://destinytracker.com/destiny-2/db/items/<hash>...perks=<hash>,<hash>#notes:<text>

(``lines`` reads the last three.) A negative hash is what is not wanted. Notes of a line go before those of its block; ``\\n`` in
them is a new line. Lines may end as on Windows.
"""

from __future__ import annotations

import re

from vaultraider.domain.text_files import marked_encoding
from vaultraider.domain.wish_lists.limits import LONGEST_LINE, MOST_LINES, MOST_ROLLS
from vaultraider.domain.wish_lists.lines import RollLines, quoted
from vaultraider.domain.wish_lists.rolls import WILDCARD, ParsedList, Roll, RollKey, WrongLine

MOST_FAULTS = 20
"""That are told; all are counted."""
_LONGEST_TITLE = 200

_LABEL = re.compile(r"@?(title|description):(.+)")


def read_text(file: bytes) -> str:
    """A file as text; what is no UTF-8 in it becomes a mark that says so. Never raises."""
    return file.decode(marked_encoding(file) or "utf-8", errors="replace")


def parse_list(text: str) -> ParsedList:
    """Never raises: what is no line of a wish list is counted and passed over."""
    reader = _Reader()
    lines = text.split("\n", MOST_LINES)
    for number, line in enumerate(lines[:MOST_LINES], 1):
        reader.take(number, line.removesuffix("\r"))
    if any(lines[MOST_LINES:]):
        reader.leave_out(MOST_LINES + 1)
    return reader.done()


class _Reader:
    """What is in force at a line, and what has been read until there."""

    def __init__(self) -> None:
        self._list_title = self._list_description = ""
        self._title = self._description = self._block = ""
        self._rolls: dict[RollKey, Roll] = {}
        self._lines = RollLines()
        self._duplicates = self._wrong = 0
        self._faults: list[WrongLine] = []

    def take(self, number: int, line: str) -> None:
        if line.startswith("dimwishlist:"):
            self._take_roll(number, line)
        elif line.startswith("//notes:"):
            self._block = line[len("//notes:") : LONGEST_LINE].partition("|")[0].replace("\\n", "\n")
        elif not line or line.startswith("//"):
            self._block = ""
        elif (label := _LABEL.fullmatch(line)) is not None:
            self._take_label(label[1], label[2])
        else:
            self._take_roll(number, line)

    def leave_out(self, number: int) -> None:
        """From this line on."""
        self._fault(number, "", f"A list has at most {MOST_LINES:,} lines. This one and what follows it is left out.")

    def done(self) -> ParsedList:
        return ParsedList(
            title=self._list_title,
            description=self._list_description,
            rolls=tuple(self._rolls.values()),
            duplicates=self._duplicates,
            wrong_lines=self._wrong,
            faults=tuple(self._faults),
        )

    def _take_label(self, label: str, text: str) -> None:
        if label == "title":
            self._title = text[:_LONGEST_TITLE]
            self._list_title = self._list_title or text.strip()[:_LONGEST_TITLE]
        else:
            self._description = text[:LONGEST_LINE].strip()
            self._list_description = self._list_description or self._description

    def _take_roll(self, number: int, line: str) -> None:
        named = self._lines.read(line)
        if isinstance(named, str):
            self._fault(number, line, named)
            return
        item, perks, notes, expert = named
        unwanted = item < 0 and item != WILDCARD
        roll = Roll(
            -item if unwanted else item,
            perks,
            notes.replace("\\n", "\n") if notes else self._block,
            expert,
            unwanted,
            self._title,
            self._description,
        )
        key = roll.key
        if key in self._rolls:
            self._duplicates += 1
        elif len(self._rolls) >= MOST_ROLLS:
            self._fault(number, line, f"A list holds {MOST_ROLLS:,} rolls. This one and what follows it is left out.")
        else:
            self._rolls[key] = roll

    def _fault(self, number: int, line: str, sentence: str) -> None:
        self._wrong += 1
        if len(self._faults) < MOST_FAULTS:
            self._faults.append(WrongLine(number, quoted(line), sentence))
