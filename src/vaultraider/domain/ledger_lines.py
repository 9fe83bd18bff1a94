"""Entries as CSV: what a spreadsheet or a bank writes, read strictly, each fault with the number of its line.

The first line names the columns, in any order: ``at`` and ``amount``, perhaps ``note``; others are passed over, so that an
export of ours can be read again. Commas, semicolons and tabs are understood, and every encoding that spreadsheets write.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time

import msgspec

from vaultraider.domain.errors import InvalidInput
from vaultraider.domain.ledgers import NOTE, checked_amount, checked_time, plain
from vaultraider.domain.text_files import decoded, delimiter_of

COLUMNS = ("at", "amount", "note")
MOST_BYTES = 1 << 20
MOST_LINES = 20_000
MOST_ERRORS = 1_000
"""That are told: whoever has so many mends some first."""
_AMOUNT = re.compile(r"[+-]?[0-9]{1,12}")
_ISO = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"([T ](?P<clock>[0-9]{2}:[0-9]{2}(:[0-9]{2})?)([.,][0-9]{1,9})?[ ]?(?P<zone>Z|z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_FORMULA = re.compile("'*[ ]*[-=+@＝＋－＠]")
"""What a spreadsheet would run instead of showing it, perhaps with apostrophes before it."""


class Line(msgspec.Struct, frozen=True, gc=False):
    at: datetime
    amount: int
    note: str = ""


class Columns(msgspec.Struct, frozen=True):
    """Where each stands, and how many the first line names."""

    places: dict[str, int]
    count: int


class WrongLine(msgspec.Struct, frozen=True):
    """``line``: as an editor counts them, from 1. ``sentence``: what is wrong with it, and what would be right."""

    line: int
    sentence: str


def read_lines(file: bytes, now: datetime) -> tuple[list[Line], list[WrongLine]]:
    """What can be read, and what cannot. Never raises, whatever the bytes are."""
    if len(file) > MOST_BYTES:
        return [], [WrongLine(1, "The file is larger than 1 MB. Import it in parts.")]
    text = decoded(file)
    if text is None:
        return [], [WrongLine(1, "This is no text that can be read. Save it as CSV in UTF-8.")]
    lines: list[Line] = []
    errors: list[WrongLine] = []
    try:
        for number, cells, columns in _records(text):
            found = _read(number, cells, columns, now)
            if isinstance(found, Line):
                lines.append(found)
            elif len(errors) < MOST_ERRORS:
                errors.append(found)
            else:
                raise _NotCsv(number, f"More than {MOST_ERRORS:,} lines are wrong. Mend those before this one first.")
    except _NotCsv as error:
        errors.append(error.wrong)
    return lines, errors


def read_time(text: str) -> datetime:
    """A date (its first moment in UTC), or a date with a time; without a zone it is UTC. Raises InvalidInput, naming ``at``."""
    found = _ISO.fullmatch(text.strip())
    try:
        if found is not None:
            day = date.fromisoformat(found["day"])
            clock = time.fromisoformat(found["clock"]) if found["clock"] else time()
            zone = (found["zone"] or "Z").upper()
            offset = "+00:00" if zone in ("Z", "UTC") else zone
            return datetime.fromisoformat(f"{day}T{clock.isoformat('seconds')}{offset}").astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise InvalidInput("at", "The date cannot be read. Write it as 2026-11-15, or with a time as 2026-11-15 20:00.")


class _NotCsv(Exception):
    """From here on nothing can be read."""

    def __init__(self, line: int, sentence: str) -> None:
        self.wrong = WrongLine(line, sentence)
        super().__init__(sentence)


def _records(text: str) -> Iterator[tuple[int, Sequence[str], Columns]]:
    """Each line's number, its cells, and where the columns are. Empty lines are passed over."""
    columns: Columns | None = None
    for number, cells in _rows(text):
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = _columns(number, cells)
        elif number > MOST_LINES + 1:
            raise _NotCsv(number, f"There are more than {MOST_LINES:,} lines. Import the file in parts.")
        else:
            yield number, cells, columns
    if columns is None:
        raise _NotCsv(1, "The file is empty. Its first line names the columns: at,amount,note.")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _NotCsv(number, "A quotation mark is open, or stands where none can be. Mend it and import again.") from None
        yield number, cells


def _columns(number: int, cells: Sequence[str]) -> Columns:
    names = [cell.strip().casefold() for cell in cells]
    for wanted in COLUMNS:
        if names.count(wanted) > 1:
            raise _NotCsv(number, f"There are two columns named {wanted}. Keep one.")
    if "at" not in names or "amount" not in names:
        raise _NotCsv(number, "The first line must name the columns: at,amount or at,amount,note.")
    return Columns({wanted: names.index(wanted) for wanted in COLUMNS if wanted in names}, len(names))


def _read(number: int, cells: Sequence[str], columns: Columns, now: datetime) -> Line | WrongLine:
    if any(cell.strip() for cell in cells[columns.count :]):
        return WrongLine(number, "There are more cells than columns. A comma in a note needs quotation marks around the note.")
    found = {name: cells[place] if place < len(cells) else "" for name, place in columns.places.items()}
    try:
        return Line(
            at=checked_time(read_time(found["at"]), now),
            amount=_amount(found["amount"]),
            note=plain(unguarded(found.get("note", "").strip()), NOTE, "note"),
        )
    except InvalidInput as error:
        return WrongLine(number, error.sentence)


def _amount(text: str) -> int:
    if not _AMOUNT.fullmatch(text.strip()):
        raise InvalidInput("amount", "The amount cannot be read. Write a whole number without separators, such as 1200 or -350.")
    return checked_amount(int(text))


def guarded(note: str) -> str:
    """Safe to open in a spreadsheet: an apostrophe before what would be a formula. ``unguarded`` takes it away again."""
    return f"'{note}" if _FORMULA.match(note) else note


def unguarded(note: str) -> str:
    return note[1:] if note.startswith("'") and _FORMULA.match(note) else note
