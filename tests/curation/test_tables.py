"""Items as CSV: Destiny Item Manager's columns, its way of writing, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.curation.labels import copies, say
from tests.wired import WiredBrowser, WiredHouse

from vaultraider.domain.item_csv import to_csv

PATH, ZIP = "/api/v1/items.csv", "/api/v1/items.zip"
COLUMNS = {"weapons": "weapon", "armor": "armor", "ghosts": "ghost"}


def table(browser: WiredBrowser, **query: str) -> list[dict[str, str]]:
    answer = browser.get(PATH, query_string=query)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv"), answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def test_recorded_tables(shared_dir: Path) -> None:
    for case in json.loads((shared_dir / "vectors" / "csv.json").read_text())["cases"]:
        assert to_csv(case["rows"], case["options"].get("unpackArrays", ())) == case["csv"], case["name"]


@pytest.mark.parametrize("category", ["weapons", "armor", "ghosts"])
def test_the_columns_that_scripts_know(marrow: WiredBrowser, shared_dir: Path, category: str) -> None:
    recorded = json.loads((shared_dir / "vectors" / f"d2-stores-{COLUMNS[category]}.json").read_text())
    rows = table(marrow, category=category)
    named = {name for name in rows[0] if not name.startswith("Perks ")} | {"Perks"}
    assert named == set(recorded["columns"])
    assert len({row["Id"] for row in rows}) == len(rows) > 0


def test_a_weapon(marrow: WiredBrowser) -> None:
    (one,) = copies(marrow, 1)
    say(marrow, [one], tag="junk", notes='=HYPERLINK("http://evil")\nand more')
    (row,) = table(marrow, q=f"id:{one}")
    assert (row["Id"], row["Tag"], row["Owner"]) == (f'"{one}"', "junk", "Vault")
    assert row["Notes"] == '\'=HYPERLINK("http://evil")\nand more'
    assert row["Category"] in ("KineticSlot", "Energy", "Power")
    assert any(perk.endswith("*") for name, perk in row.items() if name.startswith("Perks "))


def test_only_what_a_query_finds(marrow: WiredBrowser) -> None:
    assert 0 < len(table(marrow, q="is:exotic")) < len(table(marrow))
    assert {row["Rarity"] for row in table(marrow, q="is:exotic")} == {"Exotic"}
    wrong = marrow.get(PATH, query_string={"q": "is:nonsense"})
    assert (wrong.status_code, wrong.json["field"]) == (400, "q")
    assert marrow.get(PATH, query_string={"category": "ships"}).json["field"] == "category"


def test_everybody_gets_their_own(house: WiredHouse, marrow: WiredBrowser) -> None:
    theirs = {row["Id"] for row in table(house.signed_in("Hoarder"))}
    assert theirs.isdisjoint({row["Id"] for row in table(marrow)})


def unpacked(answer: Any) -> dict[str, list[dict[str, str]]]:
    assert (answer.status_code, answer.mimetype) == (200, "application/zip"), answer.text
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return {name: list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline=""))) for name in archive.namelist()}


def found(browser: WiredBrowser, query: str) -> list[str]:
    ids: list[str] = browser.get("/api/v1/search", query_string={"q": query}).json["ids"]
    return ids


def test_several_kinds_come_as_one_file_each(marrow: WiredBrowser) -> None:
    query = "is:exotic or is:ghost"
    answer = marrow.get(ZIP, query_string={"q": query})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="vault-raider-items.zip"'
    every = unpacked(answer)
    assert every == {f"vault-raider-{kind}.csv": table(marrow, category=kind, q=query) for kind in COLUMNS}
    assert list(unpacked(marrow.get(ZIP, query_string={"q": "is:exotic is:weapon"}))) == ["vault-raider-weapons.csv"]
    # The same of what is named by its ids, whatever else is among them; twice the same bytes.
    ids = [*found(marrow, query), "1", "s-1-vault"]
    chosen = marrow.send("POST", ZIP, {"items": ids})
    assert chosen.data == answer.data
    weapons = marrow.send("POST", PATH, {"items": ids, "category": "weapons"})
    assert weapons.text == marrow.get(PATH, query_string={"q": query}).text


def test_what_has_no_table_says_so(marrow: WiredBrowser) -> None:
    for answer in (
        marrow.get(ZIP, query_string={"q": "is:consumables"}),
        marrow.send("POST", ZIP, {"items": found(marrow, "is:consumables")}),
        marrow.send("POST", ZIP, {"items": ["1"]}),
    ):
        assert (answer.status_code, answer.json["detail"]) == (
            404,
            "None of these is a weapon, a piece of armour or a ghost, and only they go into a table.",
        )
    wrong = marrow.get(ZIP, query_string={"q": "is:nonsense"})
    assert (wrong.status_code, wrong.json["field"]) == (400, "q")
    assert marrow.send("POST", ZIP, {"items": []}).status_code == 400


def test_nobody_gets_what_is_another_ones(house: WiredHouse, marrow: WiredBrowser) -> None:
    theirs = found(house.signed_in("Hoarder"), "is:weapon")[:5]
    assert theirs and marrow.send("POST", ZIP, {"items": theirs}).status_code == 404


HOSTILE = st.text(alphabet="=+-@\t\r\n'\",; a1\0\ufeff＝", max_size=6)
CELLS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | HOSTILE
ROWS = st.lists(st.dictionaries(HOSTILE, CELLS | st.lists(CELLS, max_size=3), max_size=4), max_size=3)


@given(ROWS, st.lists(HOSTILE, max_size=2))
def test_whatever_is_in_it_no_cell_is_a_formula(rows: list[dict[str, Any]], unpack: list[str]) -> None:
    for line in csv.reader(io.StringIO(to_csv(rows, unpack), newline="")):
        for cell in line:
            assert not cell.startswith(("=", "+", "@", "\t", "\r", "＝")) and (not cell.startswith("-") or cell[1:2].isdigit())
