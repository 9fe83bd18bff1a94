"""Tags and notes out of a table: Destiny Item Manager's, ours, or one that somebody wrote by hand.

The first line names the columns, in any order: ``Id`` or ``Hash``, and ``Tag`` or ``Notes`` or both; all others are passed over.
An empty cell takes away what was said; a line that ends before it leaves that as it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from vaultraider.domain.annotations import annotation_key, checked_notes
from vaultraider.domain.dim_backup import MOST_ERRORS, Remark, Wrong
from vaultraider.domain.errors import InvalidInput
from vaultraider.domain.ledger_lines import unguarded
from vaultraider.domain.text_files import decoded, delimiter_of

MOST_BYTES = 20 << 20
MOST_LINES = 20_000
LONGEST_LINE = 200_000
"""Characters: of nothing but commas, each would be a cell, and take fifty times the memory."""
COLUMNS = ("id", "hash", "tag", "notes")
_ID = re.compile("[0-9]{1,20}")
_ROUNDED = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]{1,2}")
LOST_DIGITS = "The id was rounded by a spreadsheet. Import the column Id as text there, and save the table again."
_LARGEST_HASH = 2**32 - 1


def read_remarks(file: bytes) -> tuple[list[Remark], list[Wrong]]:
    """What can be read, and what cannot. Never raises, whatever the bytes are."""
    if len(file) > MOST_BYTES:
        return [], [Wrong("file", f"The file is larger than {MOST_BYTES >> 20} MB. Import it in parts.")]
    text = decoded(file)
    if text is None:
        return [], [Wrong("file", "This is no text that can be read. Save it as CSV in UTF-8.")]
    if any(len(line) > LONGEST_LINE for line in io.StringIO(text, newline="")):
        return [], [Wrong("file", f"A line of this file has more than {LONGEST_LINE:,} characters. That is no table of items.")]
    remarks: list[Remark] = []
    errors: list[Wrong] = []
    for found in _lines(text):
        if isinstance(found, Remark):
            remarks.append(found)
        elif len(errors) < MOST_ERRORS:
            errors.append(found)
    return remarks, errors


def _lines(text: str) -> Iterator[Remark | Wrong]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    places: dict[str, int] | None = None
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            yield Wrong(f"line {line}", "A quotation mark is open, or stands where none can be. From here on nothing was read.")
            return
        if not any(cell.strip() for cell in cells):
            continue
        if places is None:
            heading = _places(cells)
            if isinstance(heading, str):
                yield Wrong(f"line {line}", heading)
                return
            places = heading
        elif line > MOST_LINES + 1:
            yield Wrong(f"line {line}", f"There are more than {MOST_LINES:,} lines. Import the rest as a file of its own.")
            return
        else:
            yield _remark(f"line {line}", cells, places)
    if places is None:
        yield Wrong("line 1", "The file is empty. Its first line names the columns: Id,Tag,Notes.")


def _places(cells: Sequence[str]) -> dict[str, int] | str:
    """Where each column stands, or what is wrong with the first line."""
    names = [cell.strip().casefold() for cell in cells]
    twice = next((name for name in COLUMNS if names.count(name) > 1), None)
    if twice is not None:
        return f"There are two columns named {twice.capitalize()}. Keep one."
    places = {name: names.index(name) for name in COLUMNS if name in names}
    if not places.keys() & {"id", "hash"} or not places.keys() & {"tag", "notes"}:
        return "The first line must name the columns Id (or Hash), and Tag or Notes. Without those nothing can be taken."
    return places


def _remark(where: str, cells: Sequence[str], places: dict[str, int]) -> Remark | Wrong:
    found = {name: cells[place] for name, place in places.items() if place < len(cells)}
    key = _key(found)
    if key is None:
        rounded = _ROUNDED.fullmatch(found.get("id", "").strip())
        return Wrong(where, LOST_DIGITS if rounded else "Neither an id nor a hash of an item stands here.")
    tag = unguarded(found["tag"].strip()).lower()[:64] if "tag" in found else None
    try:
        notes = checked_notes(unguarded(found["notes"])) if "notes" in found else None
    except InvalidInput as error:
        return Wrong(where, error.sentence)
    return Remark(where, key, tag, notes)


def _key(found: dict[str, str]) -> str | None:
    """Of a copy its id; spreadsheets keep the quotes around it, or an apostrophe. Of anything else its hash."""
    id = found.get("id", "").strip("\"' \t=")
    if _ID.fullmatch(id) and int(id):
        return id
    hash = found.get("hash", "").strip("\"' \t")
    if id in ("", "0") and hash.isascii() and hash.isdigit() and 0 < int(hash[:12]) <= _LARGEST_HASH:
        return annotation_key(int(hash), "")
    return None
