"""``vaultraider ledger``: what it prints and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.clocks import HandClock
from tests.ledgers.purse import GLIMMER, see
from tests.people import ILSE, MARROW, build_house

FILE = "at,amount,note\n2024-01-02,1200,Found\n2024-05-05 20:00,-200,\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "table.csv"
    file.write_text(FILE, encoding="utf-8")
    return file


@pytest.fixture
def lived_in(data_dir: Path, run: Run) -> Run:
    """Marrow has some Glimmer and a ledger of his own."""
    assert run("jobs", "list").exit_code == 0  # makes the database, with its revision
    house = build_house(data_dir, clock=HandClock())
    browser = house.signed_in(MARROW)
    see(house, MARROW, ("2024-01-01 10:00", {GLIMMER: 1000}), ("2024-02-01 10:00", {GLIMMER: 4500}))
    assert browser.send("POST", "/api/v1/ledgers", {"name": "Raid clears", "unit": "clears"}).status_code == 201
    house.services.close()
    return run


def test_listing(lived_in: Run) -> None:
    result = lived_in("ledger", "list")
    assert result.exit_code == 0, result.output
    assert [line.split() for line in result.stdout.splitlines()] == [
        ["1", "currency", "4,500", "Glimmer", "since", "2024-01-01"],
        ["2", "own", "0", "clears", "Raid", "clears"],
    ]
    assert [each["number"] for each in json.loads(lived_in("ledger", "list", "--json").stdout)] == [1, 2]


def test_a_year(lived_in: Run) -> None:
    assert lived_in("ledger", "show", "1", "--year", "2024").stdout.splitlines() == [
        "Glimmer, 2024 in UTC",
        "Opening 1,000",
        "                   earned          spent  entries",
        "Q1                  3,500              0        1",
        "  02                3,500              0        1",
        "Closing 4,500",
    ]
    assert json.loads(lived_in("ledger", "show", "1", "--year", "2024", "--json").stdout)["book"]["closing"] == 4500


def test_importing(lived_in: Run, table: Path) -> None:
    assert lived_in("ledger", "import", "2", str(table), "--check").stdout == "2 would be added, 0 were there already.\n"
    assert lived_in("ledger", "import", "2", str(table)).stdout == "2 added, 0 were there already.\n"
    assert lived_in("ledger", "import", "2", str(table)).stdout == "0 added, 2 were there already.\n"
    assert "Closing 1,000" in lived_in("ledger", "show", "2", "--year", "2024").stdout


def test_what_is_refused(lived_in: Run, table: Path) -> None:
    table.write_text(FILE + "05/05/2024,5,\n", encoding="utf-8")
    result = lived_in("ledger", "import", "2", str(table))
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "Line 4: The date cannot be read. Write it as 2026-11-15, or with a time as 2026-11-15 20:00.",
        "Nothing was added.",
    ]
    result = lived_in("ledger", "import", "1", str(table))
    assert result.stderr.startswith("Error: This ledger is kept from what Bungie shows;")
    assert "no such ledger" in lived_in("ledger", "show", "9").stderr


def test_who_is_meant(data_dir: Path, lived_in: Run) -> None:
    assert lived_in("ledger", "list", "--person", "marrow#4417").exit_code == 0
    house = build_house(data_dir, clock=HandClock())
    house.signed_in(ILSE)
    house.services.close()
    result = lived_in("ledger", "list")
    assert result.exit_code == 2
    assert "Marrow#4417, Ilse#0077" in result.stderr
    assert lived_in("ledger", "list", "--person", ILSE).exit_code == 0
