"""Tables to download: RFC 4180, in UTF-8, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from flask import Response
from msgspec import UnsetType

from vaultraider.api._times import stamp

MEDIA_TYPE = "text/csv"
Cell = str | int | float | bool | datetime | UnsetType | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet run a text instead of showing it."""


class Table(NamedTuple):
    heading: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def csv_answer(name: str, table: Table) -> Response:
    """``name``: of the file, without its ending."""
    response = Response(csv_text(table), mimetype=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def csv_text(table: Table) -> str:
    """Lines end with CR and LF."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(table.heading)
    writer.writerows([_cell(each) for each in row] for row in table.rows)
    return written.getvalue()


def _cell(value: Cell) -> str | int | float:
    """Numbers stay numbers. A text that would be a formula gets an apostrophe before it: spreadsheets then show it."""
    if value is None or isinstance(value, UnsetType):
        return ""
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value
    return value
