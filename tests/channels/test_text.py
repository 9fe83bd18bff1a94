"""Words for other people's formats."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultraider.channels import discord, slack
from vaultraider.channels._text import as_it_is, fit, one_line, plain
from vaultraider.channels.ntfy import in_bytes


def units(text: str) -> int:
    """As JavaScript counts, and so do the services."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(st.text(), st.integers(2, 60), st.sampled_from([as_it_is, slack.escape, discord.escape]))
def test_what_is_cut_is_short_enough_and_begins_the_same(text: str, limit: int, escape: object) -> None:
    assert callable(escape)
    whole = "".join(map(escape, text))
    cut = fit(text, limit, escape)
    assert units(cut) <= limit
    assert cut == whole or (cut.endswith("…") and whole.startswith(cut[:-1]) and units(whole) > limit)


@given(st.text())
def test_one_line_is_one(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()
    assert one_line(line) == line


@given(st.text(), st.integers(8, 60))
def test_bytes_are_counted(text: str, limit: int) -> None:
    cut = in_bytes(plain(text), limit)
    assert len(cut.encode()) <= limit


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\tb", "a\tb"),
        ("\x1b[31mred\x07", "[31mred"),
        ("\u202eevil\u202c", "evil"),
        ("x\ud800y", "xy"),
        ("Xûr 😀 é", "Xûr 😀 é"),
        ("  \n a \n ", "a"),
    ],
)
def test_plain(text: str, read: str) -> None:
    assert plain(text) == read
