"""The document about the query language says what is so."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from tests.conftest import REPOSITORY

from vaultraider.search.guide import IN_PART, LESSONS, guide
from vaultraider.search.query import parse
from vaultraider.search.validate import check
from vaultraider.search.vocabulary import vocabulary

DOCUMENT = REPOSITORY / "docs" / "search.md"


def test_the_document_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == guide(vocabulary()), "python -m vaultraider.search > docs/search.md"


def test_the_command_writes_it() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "vaultraider.search"], cwd=REPOSITORY, env=dict(os.environ), capture_output=True, check=True
    )
    assert run.stdout.decode() == guide(vocabulary())


@pytest.mark.parametrize("query", [query for query, _ in LESSONS])
def test_what_it_teaches_works(query: str) -> None:
    assert check(parse(query), vocabulary()) is None


def test_it_names_every_filter() -> None:
    written = set(re.findall(r"`([^`]+)`", guide(vocabulary())))
    for filter in vocabulary().filters():
        for keyword in filter.keywords:
            assert any(text == f"is:{keyword}" or text.startswith(f"{keyword}:") for text in written), keyword


def test_it_says_of_all_that_has_no_answer_why() -> None:
    told = guide(vocabulary()).partition("## What has no answer")[2]
    silent = [filter for filter in vocabulary().filters() if filter.unanswerable]
    assert silent
    for filter in silent:
        assert filter.unanswerable in told
        for keyword in filter.keywords:
            assert f"`is:{keyword}`" in told


def test_what_it_says_of_parts_is_about_filters() -> None:
    known = {keyword for filter in vocabulary().filters() for keyword in filter.keywords}
    assert {keyword for keyword, _ in IN_PART} <= known
