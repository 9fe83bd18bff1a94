"""``vaultraider wishes``: what it prints and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.clocks import HandClock
from tests.outbound.stub import Reply, StubServer
from tests.people import MARROW, build_house

FILE = "title:Winter\r\ndimwishlist:item=1&perks=2,3\r\ndimwishlist:item=-1&perks=4\r\ndimwishlist:item=1&perks=3,2\r\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "winter.txt"
    file.write_text(FILE, encoding="utf-8", newline="")
    return file


@pytest.fixture
def lived_in(data_dir: Path, run: Run) -> Run:
    """Marrow has signed in."""
    assert run("jobs", "list").exit_code == 0  # makes the database, with its revision
    house = build_house(data_dir, clock=HandClock())
    house.signed_in(MARROW)
    house.services.close()
    return run


def test_a_file_is_added_and_listed(lived_in: Run, file: Path) -> None:
    added = lived_in("wishes", "add", str(file))
    assert added.exit_code == 0, added.output
    assert added.stdout.split() == ["1", "on", "1", "wanted", "1", "not", "Winter"]
    assert lived_in("wishes", "add", str(file), "--title", "Mine").exit_code == 0
    assert [line.split()[-1] for line in lived_in("wishes", "list").stdout.splitlines()] == ["Winter", "Mine"]
    (first, _) = json.loads(lived_in("wishes", "list", "--json").stdout)
    assert (first["kind"], first["facts"]["rolls"], first["facts"]["trash"], first["facts"]["duplicates"]) == ("upload", 1, 1, 1)


def test_what_cannot_be_read_is_listed_with_its_list(lived_in: Run, tmp_path: Path) -> None:
    file = tmp_path / "slips.txt"
    slips = ["dimwishlist:item=2&perks=1,x", "\x1b[2Jwhat", "what", "what"]
    file.write_text("\n".join(["title:Slips", "dimwishlist:item=1", *slips]), encoding="utf-8")
    assert lived_in("wishes", "add", str(file)).exit_code == 0
    listed = lived_in("wishes", "list").stdout.splitlines()
    assert [line.strip() for line in listed[1:4]] == [
        "4 lines cannot be read:",
        "Line 3: “x” is no perk's number. Perks are numbers with commas between them, and notes begin with #notes:.",
        "dimwishlist:item=2&perks=1,x",
    ]
    assert [line.strip() for line in listed[4:]][1::2] == ["[2Jwhat", "what"]
    assert listed[-1].strip().startswith("and more")
    (told,) = json.loads(lived_in("wishes", "list", "--json").stdout)
    assert [fault["line"] for fault in told["faults"]] == [3, 4, 5, 6]


def test_an_address_is_read_at_once(lived_in: Run) -> None:
    allowed = {"VAULTRAIDER_ALLOW_PRIVATE_TARGETS": "127.0.0.1"}
    with StubServer(Reply(body=FILE.encode()), Reply(status=404)) as stub:
        added = lived_in("wishes", "add", f"{stub.url}/a", "--title", "Far", env=allowed)
        assert added.exit_code == 0, added.output
        assert added.stdout.split() == ["1", "on", "1", "wanted", "1", "not", "Far", f"{stub.url}/a"]
        assert "has no such file" in lived_in("wishes", "add", f"{stub.url}/b", env=allowed).stdout
        refused = lived_in("wishes", "add", f"{stub.url}/c")
    assert refused.exit_code == 1
    assert "own network" in refused.stderr


def test_what_cannot_be_added(lived_in: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("nothing", encoding="utf-8")
    assert "no line of it is a roll" in lived_in("wishes", "add", str(tmp_path / "empty.txt")).stderr
    assert "cannot be read" in lived_in("wishes", "add", str(tmp_path / "none.txt")).stderr
    assert lived_in("wishes", "list").stdout == ""


def test_a_file_is_checked_without_a_server(run: Run, file: Path, tmp_path: Path, data_dir: Path) -> None:
    good = run("wishes", "check", str(file))
    assert good.exit_code == 0
    assert good.stdout.splitlines() == [
        "Winter: 1 wanted, 1 not wanted.",
        "1 more say what another line says: the first one counts.",
    ]
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("dimwishlist:item=1\n" + "what\n" * 30, encoding="utf-8")
    bad = run("wishes", "check", str(wrong))
    assert bad.exit_code == 1
    assert bad.stderr.splitlines()[0].startswith("Line 2: This line is none of a wish list's.")
    assert bad.stderr.splitlines()[1].strip() == "what"
    assert bad.stderr.splitlines()[-1] == "30 lines cannot be read altogether."
    assert json.loads(run("wishes", "check", str(wrong), "--json").stdout)["wrong_lines"] == 30
    assert not data_dir.exists()
