"""``vaultraider search``: what it prints of Marrow's vault, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.wired import WiredHouse

from vaultraider.cli import main
from vaultraider.cli.search import Found, lines, wrong
from vaultraider.services.searching.searching import QueryProblem

Run = Callable[..., Result]
EXOTICS = "is:weapon is:exotic is:locked"


@pytest.fixture
def run(still: WiredHouse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """In another process's shoes: only the data folder is shared."""
    for name in [each for each in os.environ if each.startswith("VAULTRAIDER_")]:
        monkeypatch.delenv(name)
    settings = still.settings
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("VAULTRAIDER_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("VAULTRAIDER_BUNGIE_WWW", settings.bungie_www)
    monkeypatch.setenv("VAULTRAIDER_BUNGIE_STATS", settings.bungie_stats)
    monkeypatch.setenv("VAULTRAIDER_API_KEY", "demo-api-key")
    return lambda *arguments: CliRunner().invoke(main, ["search", *arguments])


def test_it_finds_what_the_page_finds(still: WiredHouse, run: Run) -> None:
    page = still.signed_in().get("/api/v1/search", query_string={"q": EXOTICS}).json
    result = run(EXOTICS, "--json")
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert [item["id"] for item in said["items"]] == page["ids"] != []
    assert (said["count"], said["total"], said["canonical"]) == (page["count"], page["total"], page["canonical"])
    assert all(item["locked"] and item["rarity"] == "exotic" for item in said["items"])


def test_a_table_with_one_line_an_item(run: Run) -> None:
    result = run("is:weapon", "is:exotic", "is:locked")
    assert result.exit_code == 0, result.output
    *rows, last = result.stdout.splitlines()
    assert last.startswith(f"{len(rows)} of ")
    assert all(" exotic " in row and " locked" in row for row in rows)


def test_csv_with_ids_that_a_spreadsheet_leaves_whole(run: Run) -> None:
    result = run("--csv", EXOTICS)
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert rows
    assert all(row["Id"].strip('"').isdigit() and row["Id"].startswith('"') for row in rows)
    assert {row["Rarity"] for row in rows} == {"exotic"}


def test_a_query_that_begins_like_an_option(run: Run) -> None:
    whole, rest, locked = (
        json.loads(run(query, "--json").stdout)["count"] for query in ("name:s", "-is:locked name:s", "-hash:1")
    )
    assert 0 < rest < whole < locked


def test_nothing_found_is_no_failure(run: Run) -> None:
    result = run("name:nobodyhasthis")
    assert (result.exit_code, result.stdout.splitlines()[-1][:5]) == (0, "0 of ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["is:locked is:hndcannon"],
            ["There is no filter “is:hndcannon”.", "            ^^^^^^^^^^^^", "Perhaps: is:handcannon"],
        ),
        (["is:locked stat:range:>x"], [f"{' ' * 12}{'^' * 13}", "needs a number"]),
        ([], ["Missing argument"]),
        (["is:locked", "--csv", "--json"], ["Choose one of --csv and --json."]),
        (["is:locked", "--person", "Nobody"], ["Say who is meant"]),
    ],
    ids=["unknown filter", "no number", "no query", "two forms", "no such person"],
)
def test_what_it_refuses(run: Run, arguments: list[str], words: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    for word in words:
        assert word in result.output, result.output


def test_what_may_be_meant_otherwise_is_said_beside_the_answer(run: Run) -> None:
    result = run("is:locked) is:weapon", "--json")
    assert (result.exit_code, json.loads(result.stdout)["count"] > 0) == (0, True)
    assert f"{' ' * 11}^" in result.stderr


def test_the_mark_stands_under_the_place_that_is_meant() -> None:
    """Places count as a browser counts: this smiling face is two."""
    text = "😀 is:hndcannon"
    problem = QueryProblem(start=3, length=12, sentence="There is no such filter.", nearest=())
    assert wrong(text, problem).splitlines()[-2:] == [f"  {text}", f"    {'^' * 12}"]
    assert wrong("is:\x1b[2Jx\r", None) == "The query cannot be read."


def test_a_terminal_is_never_told_what_to_do() -> None:
    evil = Found("1", 2, "\x1b]0;owned\x07Sable\u202e", "Hand\nCannon", "exotic", "Va\rult", "vault", notes="\x1b[31m")
    (line,) = lines([evil])
    assert line.isprintable()
    assert "Sable" in line
