"""Texts as they are compared, and many of them looked through at once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultraider.search.corpus import Corpus
from vaultraider.search.folding import MARK, fold, has_words, mark_words, marked

WORDS = st.text(st.sampled_from("ab '-éß_1"), max_size=12)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kill Clip", "kill clip"),
        ("Été à l’Œuvre", "ete a l'œuvre"),
        ("ŹDŹBŁO", "zdzbło"),
        ("“quoted”", '"quoted"'),
        ("İzmir", "izmir"),
        ("", ""),
    ],
)
def test_fold(text: str, wanted: str) -> None:
    assert fold(text) == wanted


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "needle", "found"),
    [
        ("Kill Clip", "clip", True),
        ("Kill Clip", "lip", False),
        ("Kill Clip", "kill cl", True),
        ("Kill Clip", "ill clip", False),
        ("hunter's mark", "s mark", True),
        ("god roll #pve", "#pve", True),
        ("god roll #pve", "pve", True),
        ("snake_case", "case", True),
        ("BRAY.TECH", "tech", True),
        ("half-truths", "-tr", True),
    ],
)
def test_where_a_word_begins(text: str, needle: str, found: bool) -> None:
    assert (mark_words(fold(needle)) in marked((text,))) is found


@given(WORDS, WORDS)
def test_marks_say_what_a_boundary_says(text: str, needle: str) -> None:
    folded = fold(needle)
    if not folded:
        return
    begins = r"(?<![^\W_])" if re.match(r"[^\W_]", folded) else ""
    wanted = re.search(begins + re.escape(folded), fold(text)) is not None
    assert (mark_words(folded) in mark_words(fold(text))) is wanted


@given(st.lists(WORDS, max_size=8), WORDS)
def test_looking_through_all_is_looking_through_each(texts: list[str], needle: str) -> None:
    marked_texts = [marked((text,)) for text in texts]
    wanted = mark_words(fold(needle))
    found = Corpus(enumerate(marked_texts)).owners(wanted)
    assert found == [index for index, text in enumerate(marked_texts) if text and wanted in text]


def test_nothing_is_found_across_two_texts() -> None:
    assert Corpus([("one", "ab"), ("two", "cd")]).owners("b\x03c") == []
    assert Corpus[str]([]).owners("a") == []


def test_languages_without_spaces() -> None:
    assert [has_words(each) for each in ("en", "de", "ja", "ko", "zh-cht")] == [True, True, False, False, False]
    assert MARK not in marked(("光の刃",), words=False)
