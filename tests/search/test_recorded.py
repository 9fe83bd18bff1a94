"""Recorded behaviour of the field's own program, as ``python -m benchmarks.conformance`` compares it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks.conformance import compare, main
from click.testing import CliRunner

FILES = (
    "autocomplete.json", "csv.json", "notes-hashtags.json", "query-parser-extra.json", "query-parser.json", "search-filters.json",
    "search-validate.json", "stats-set.json", "wishlist.json",
)  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_it_agrees(shared_dir: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes((shared_dir / "vectors" / name).read_bytes())
    (outcome,) = compare(tmp_path)
    assert outcome.failures == []
    assert outcome.cases > 5


def written(folder: Path, content: Any, name: str = "some.json") -> Path:
    (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return folder


def test_files_are_known_by_their_content(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    written(tmp_path / "below", {"validity": [{"query": "is:exotic", "valid": True}]}, "whatever.json")
    written(tmp_path, {"cases": [{"of": "another format"}]}, "other.json")
    written(tmp_path, [1, 2], "list.json")
    ran = CliRunner().invoke(main, [str(tmp_path)])
    assert (ran.exit_code, ran.output) == (0, "below/whatever.json: 1/1\n")


def test_what_differs_is_told_and_ends_with_one(tmp_path: Path) -> None:
    written(
        tmp_path,
        {
            "validity": [{"query": "is:exotic", "valid": False}, {"query": "is:legendary", "valid": True}],
            "ranges": [{"range": "<5", "value": 5, "match": True}],
        },
    )
    ran = CliRunner().invoke(main, [str(tmp_path)])
    assert ran.exit_code == 1
    assert "some.json: 1/3" in ran.output
    assert "'is:exotic' valid: True instead of False" in ran.output
    assert "5 in '<5': False instead of True" in ran.output


def test_a_known_defect_is_told_with_its_reason(tmp_path: Path) -> None:
    roll = {
        "itemHash": 1,
        "perks": [2],
        "notes": "block",
        "expert": True,
        "undesirable": False,
        "title": None,
        "description": None,
    }
    output = {"rolls": [roll | {"list": 0}], "infos": [{"title": None, "description": None, "numRolls": 1, "dupeRolls": 0}]}
    text = "//notes:block\ndimwishlist:item=1&perks=2#notes:x"
    written(tmp_path, {"authored": [{"name": "one letter", "input": text, "output": output}]})
    ran = CliRunner().invoke(main, [str(tmp_path)])
    assert ran.exit_code == 0
    assert "0/1, and 1 differ for a reason" in ran.output
    assert "Notes of one letter" in ran.output


def test_what_cannot_be_read_and_an_empty_folder(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, [str(tmp_path)]).exit_code == 1
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    ran = CliRunner().invoke(main, [str(tmp_path)])
    assert ran.exit_code == 1
    assert "cannot be read" in ran.output


def test_a_tree_with_other_places_or_lengths_differs(tmp_path: Path) -> None:
    leaf = {"op": "filter", "type": "is", "args": "a", "startIndex": 0, "length": 4}
    right = {"op": "not", "operand": leaf | {"startIndex": 1}, "startIndex": 0, "length": 5}
    for number, change in enumerate(({}, {"length": 6}, {"startIndex": 1}, {"operand": leaf})):
        folder = tmp_path / str(number)
        folder.mkdir()
        written(folder, {"cases": [{"query": "-is:a", "ast": right | change, "canonical": "-is:a"}]})
        assert CliRunner().invoke(main, [str(folder)]).exit_code == (0 if number == 0 else 1)
