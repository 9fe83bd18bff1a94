"""``vaultraider tags``: what it writes, takes in and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.clocks import HandClock
from tests.people import ILSE, MARROW, build_house

TABLE = "Id,Tag,Notes\n6917529000000000042,Keep,#pve\n6917529000000000043,great,\nabc,keep,\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "table.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


@pytest.fixture
def lived_in(data_dir: Path, run: Run) -> Run:
    """Marrow owns the house; Ilse is a guest."""
    assert run("jobs", "list").exit_code == 0  # makes the database, with its revision
    house = build_house(data_dir, clock=HandClock())
    house.signed_in(MARROW)
    house.signed_in(ILSE)
    house.services.close()
    return run


def test_in_out_and_in_again(lived_in: Run, table: Path, tmp_path: Path) -> None:
    result = lived_in("tags", "import", str(table), "--check", "--person", "Marrow#4417")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "Tags of 1 and notes of 1 items would change; 0 are not in the account.",
        "0 searches and 0 loadouts are new; 1 entries said nothing new.",
    ]
    assert result.stderr.splitlines() == [
        "line 4: Neither an id nor a hash of an item stands here.",
        "line 3: There is no tag named great. Make one of that name first. The notes were taken.",
    ]
    done = json.loads(lived_in("tags", "import", str(table), "--json", "--person", "Marrow#4417").stdout)
    assert (done["tags"], done["notes"], len(done["errors"])) == (1, 1, 2)
    backup = tmp_path / "backup.json"
    assert lived_in("tags", "export", str(backup), "--person", "Marrow#4417").exit_code == 0
    assert [each["annotation"] for each in json.loads(backup.read_bytes())["tags"]] == [
        {"id": "6917529000000000042", "tag": "keep", "notes": "#pve"}
    ]
    again = lived_in("tags", "import", str(backup), "--person", "Marrow#4417")
    assert (again.exit_code, again.stdout.splitlines()[0]) == (
        0,
        "Tags of 0 and notes of 0 items changed; 0 are not in the account.",
    )
    theirs = json.loads(lived_in("tags", "export", "-", "--person", "Ilse#0077").stdout)
    assert theirs["tags"] == []


def test_nobody_of_that_name(lived_in: Run, table: Path) -> None:
    result = lived_in("tags", "import", str(table), "--person", "Nobody#1")
    assert (result.exit_code, "Marrow#4417, Ilse#0077" in result.output) == (2, True)
