"""Tables to download: any value survives, and no text is a formula."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from vaultraider.api._csv import Cell, Table, csv_text

MOMENT = datetime(2026, 11, 17, 18, 0, 5, 999, tzinfo=timezone(timedelta(hours=1)))

CELLS: list[tuple[Cell, str]] = [
    ("Sable Verdict", "Sable Verdict"),
    ('Say "no", twice', 'Say "no", twice'),
    ("two\r\nlines", "two\r\nlines"),
    ("=1+1", "'=1+1"),
    ("  =1+1", "'  =1+1"),
    ("+1", "'+1"),
    ("-1", "'-1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("＝1+1", "'＝1+1"),
    (-5, "-5"),
    (-0.5, "-0.5"),
    (549.4, "549.4"),
    (True, "yes"),
    (False, "no"),
    (None, ""),
    (UNSET, ""),
    ("", ""),
    (MOMENT, "2026-11-17T17:00:05Z"),
    (datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01T00:00:00Z"),
]


@pytest.mark.parametrize(("value", "shown"), CELLS)
def test_a_cell(value: Cell, shown: str) -> None:
    text = csv_text(Table(("a", "b"), [(value, "x")]))
    assert text.startswith("a,b\r\n")
    assert text.endswith("\r\n")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["a", "b"], [shown, "x"]]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20), min_size=2, max_size=2))
def test_any_text_comes_back_and_none_is_run(row: list[str]) -> None:
    (_, found) = csv.reader(io.StringIO(csv_text(Table(("a", "b"), [row])), newline=""))
    for wrote, read in zip(row, found, strict=True):
        assert read.removeprefix("'") == wrote or read == wrote
        assert not read.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
