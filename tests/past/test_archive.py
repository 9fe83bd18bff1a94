"""The memory as a file: out, wiped, in again, and every answer is the same."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from click.testing import CliRunner
from tests.past.days import Lived
from tests.past.test_events import happen
from tests.wired import WiredBrowser, WiredHouse
from werkzeug.test import TestResponse

from vaultraider.api._times import stamp
from vaultraider.cli import main
from vaultraider.database import schema
from vaultraider.domain.history.delta import Delta, encode_delta
from vaultraider.domain.history.moment import KeptItem
from vaultraider.web.server import EmbeddedServer

IMPORT = "/api/v1/history/import"
EXPORT = "/api/v1/history/export"
NDJSON = "application/x-ndjson"


def everything(browser: WiredBrowser, lived: Lived) -> dict[str, bytes]:
    """All that can be asked about the past."""
    paths = ["/api/v1/events?limit=500", "/api/v1/events?limit=3", "/api/v1/diff?from=2026-11-17"]
    paths += [f"/api/v1/profile?at={stamp(moment)}" for moment in lived.times.values()]
    paths += [f"/api/v1/items/{id}/history" for name, id in lived.ids.items() if name not in ("theirs", "brannoch")]
    paths += [f"/api/v1/charts/{name}?range=all" for name in ("power", "fill", "items", "drops", "moved")]
    found = {path: browser.get(path) for path in paths}
    assert {answer.status_code for answer in found.values()} == {200}
    return {path: answer.data for path, answer in found.items()}


def exported(browser: WiredBrowser) -> bytes:
    answer = browser.get(EXPORT)
    assert answer.status_code == 200, answer.text
    return answer.data


def take_in(browser: WiredBrowser, file: bytes, query: str = "") -> TestResponse:
    return browser.client.post(
        f"{IMPORT}?{query}", data=file, content_type=NDJSON, headers={"X-CSRFToken": browser.csrf()}, base_url="http://localhost"
    )


def wipe(house: WiredHouse) -> None:
    """Every row of the memory."""
    with house.services.database.engine.begin() as connection:
        for table in reversed(schema.metadata().sorted_tables):
            if table.name.startswith("history"):
                connection.execute(table.delete())


def test_export_wipe_import(marrow: WiredBrowser, house: WiredHouse, lived: Lived) -> None:
    before, file = everything(marrow, lived), exported(marrow)
    wipe(house)
    assert marrow.get("/api/v1/events").json["events"] == []
    assert marrow.get("/api/v1/profile?at=2026-11-17").status_code == 404
    answer = take_in(marrow, file)
    assert answer.status_code == 200, answer.text
    assert answer.json == {
        "rows": len(file.splitlines()) - 2,
        "events": 10,
        "from": stamp(lived.times["first"]),
        "to": stamp(lived.times["nothing"]),
    }
    assert everything(marrow, lived) == before
    assert exported(marrow) == file


def test_by_the_command_line(marrow: WiredBrowser, house: WiredHouse, lived: Lived, tmp_path: Path) -> None:
    before, file = everything(marrow, lived), tmp_path / "marrow.jsonl"
    options = ["--person", "marrow#4417", "--data-dir", str(house.settings.data_dir)]
    done = CliRunner().invoke(main, ["history", "export", str(file), "--json", *options])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["rows"] == len(file.read_bytes().splitlines()) - 2
    assert file.read_bytes().splitlines()[1:] == exported(marrow).splitlines()[1:], "only the time of writing is another"
    again = CliRunner().invoke(main, ["history", "import", str(file), *options])
    assert (again.exit_code, "has a memory already" in again.stderr) == (1, True)
    wipe(house)
    done = CliRunner().invoke(main, ["history", "import", str(file), "--json", *options])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["events"] == 10
    assert everything(marrow, lived) == before


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "Marrow#4417, Hoarder"),
        (["--person", "Nobody"], "Marrow#4417, Hoarder"),
        (["--person", "Marrow#4417", "--account", "1"], "4611686018467000101"),
    ],
)
def test_the_command_line_asks_whose(house: WiredHouse, tmp_path: Path, options: list[str], told: str) -> None:
    where = ["--data-dir", str(house.settings.data_dir)]
    done = CliRunner().invoke(main, ["history", "export", str(tmp_path / "x"), *options, *where])
    assert (done.exit_code, told in done.stderr) == (2, True), done.stderr
    assert not (tmp_path / "x").exists()


def test_thinning_by_the_command_line(house: WiredHouse, marrow: WiredBrowser) -> None:
    options = ["--person", "Marrow#4417", "--data-dir", str(house.settings.data_dir), "--json"]
    done = CliRunner().invoke(main, ["history", "thin", "--days", "3650", *options])
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"observations": 0}), done.output


def test_it_replaces_only_when_told(marrow: WiredBrowser, house: WiredHouse, lived: Lived) -> None:
    file = exported(marrow)
    happen(house, "Late Bloom")
    later = everything(marrow, lived)
    answer = take_in(marrow, file)
    assert (answer.status_code, answer.json["code"]) == (409, "conflict")
    assert everything(marrow, lived) == later
    assert take_in(marrow, file, "replace=true").status_code == 200
    assert exported(marrow) == file
    assert "Late Bloom" not in marrow.get("/api/v1/events").text


def test_only_ones_own(marrow: WiredBrowser, hoarder: WiredBrowser, house: WiredHouse, lived: Lived) -> None:
    """Another account's memory cannot be taken for one's own, and importing touches nobody else's."""
    mine, theirs = exported(marrow), exported(hoarder)
    assert lived.ids["raised"].encode() not in theirs
    answer = take_in(marrow, theirs, "replace=true")
    assert (answer.status_code, answer.json["field"]) == (400, "rows")
    assert take_in(marrow, mine, "replace=true").status_code == 200
    assert exported(hoarder) == theirs
    assert house.browser().get(EXPORT).status_code == 401
    stranger = house.browser()
    assert take_in(stranger, mine).status_code == 401
    no_token = marrow.client.post(IMPORT, data=mine, content_type=NDJSON, base_url="http://localhost")
    assert no_token.status_code == 403


def test_nothing_to_export(house: WiredHouse, marrow: WiredBrowser) -> None:
    wipe(house)
    assert marrow.get(EXPORT).status_code == 404


# -- files that are none ----------------------------------------------------------------------------------------------------


def changed(file: bytes, number: int, **changes: Any) -> bytes:
    """One row of the file with other fields; the first line is number 0. None takes a field away."""
    lines = file.splitlines()
    row = json.loads(lines[number]) | changes
    lines[number] = json.dumps({name: value for name, value in row.items() if value is not None}).encode()
    return b"\n".join(lines) + b"\n"


def row(file: bytes, kind: str, which: int = 0) -> int:
    """Where the so-manieth row of a kind stands."""
    return [number for number, line in enumerate(file.splitlines()) if json.loads(line)["row"] == kind][which]


def without(file: bytes, *numbers: int) -> bytes:
    return b"".join(line + b"\n" for number, line in enumerate(file.splitlines()) if number not in numbers)


def zip_bomb() -> str:
    import zlib

    return base64.b64encode(b"\x01" + zlib.compress(b"\0" * (70 * 2**20), 9)).decode()


BROKEN: dict[str, Any] = {
    "nothing": lambda file: b"",
    "not JSON": lambda file: b"PK\x03\x04" + file,
    "a page": lambda file: b"<!doctype html>",
    "binary": lambda file: bytes(range(256)) * 50,
    "no first line": lambda file: without(file, 0),
    "of a later form": lambda file: changed(file, 0, version=2),
    "cut off": lambda file: file[: len(file) // 2],
    "cut off at a line": lambda file: without(file, len(file.splitlines()) - 1),
    "a row is missing": lambda file: without(file, row(file, "tally")),
    "an observation is missing": lambda file: changed(without(file, row(file, "observation", 2)), -1, rows=36),
    "something after the end": lambda file: file + file,
    "a second account": lambda file: changed(file, 2, **json.loads(file.splitlines()[1])),
    "an unknown row": lambda file: changed(file, row(file, "gap"), row="spell"),
    "a row that is a list": lambda file: file.replace(file.splitlines()[5], b"[]"),
    "a row that is too long": lambda file: file.replace(b'"name":', b'"name":"' + b"x" * 5_000_000 + b'","nome":', 2),
    "a damaged keyframe": lambda file: changed(file, row(file, "observation"), keyframe="AXja"),
    "a keyframe that is no text": lambda file: changed(file, row(file, "observation"), keyframe=[1]),
    "a keyframe that unpacks for ever": lambda file: changed(file, row(file, "observation"), keyframe=zip_bomb()),
    "a damaged difference": lambda file: changed(file, row(file, "observation", 1), delta="AXjaAAAA"),
    "differences in another order": lambda file: swapped(file),
    "a time that is none": lambda file: changed(file, row(file, "observation", 1), at="2026-13-01T00:00:00Z"),
    "a time without a zone": lambda file: changed(file, row(file, "observation", 1), at="2026-11-17T17:10:00"),
    "a kind that is none": lambda file: changed(file, row(file, "event"), kind="eaten"),
    "a name with a zero": lambda file: changed(file, row(file, "event"), name="a\0b"),
    "an event twice": lambda file: changed(file, row(file, "event", 1), n=0),
    "an event of no observation": lambda file: changed(file, row(file, "event", 1), seq=999),
    "a number that is none": lambda file: changed(file, row(file, "figure"), value=10**30),
    "a tally twice": lambda file: doubled(file, "tally"),
    "a gap twice": lambda file: doubled(file, "gap"),
    "a figure twice in a second": lambda file: doubled(file, "figure"),
    "a tally of what nobody counts": lambda file: changed(file, row(file, "tally"), what="moves:abc:1"),
    "a tally of no number": lambda file: changed(file, row(file, "tally"), what=f"moves:{10**30}:"),
    "before there were years": lambda file: changed(file, row(file, "figure"), at="0001-01-01T00:00:00+14:00"),
    "after the last year": lambda file: changed(file, row(file, "figure"), at="9999-12-31T23:59:59-12:00"),
    "a day before all days": lambda file: changed(file, row(file, "tally"), day="0001-01-01"),
    "from the future": lambda file: changed(file, 1, seen="2031-01-01T00:00:00Z"),
    "an event that is a book": lambda file: changed(file, row(file, "event"), before={"name": "x" * 100_000}),
    "a time of the account that is none": lambda file: changed(file, 1, seen=[]),
    "numbers that nobody reaches": lambda file: numbered(file, 2**31 - 100),
    "differences that fill all memory": lambda file: heavy(file),
    "deep": lambda file: without(file, -1).replace(file.splitlines()[6], b"[" * 100_000 + b"]" * 100_000),
}


def doubled(file: bytes, kind: str) -> bytes:
    """A row twice; the end says so."""
    lines, number = file.splitlines(), row(file, kind)
    end = json.loads(lines[-1])
    return b"\n".join([*lines[:number], lines[number], *lines[number:-1], json.dumps(end | {"rows": end["rows"] + 1}).encode()])


def numbered(file: bytes, more: int) -> bytes:
    """Every observation's number is so much higher."""
    rows = [json.loads(line) for line in file.splitlines()]
    return b"\n".join(json.dumps(each | ({"seq": each["seq"] + more} if "seq" in each else {})).encode() for each in rows)


def heavy(file: bytes) -> bytes:
    """A few kilobytes each, which unpack to five megabytes."""
    first, second = row(file, "observation", 1), row(file, "observation", 2)
    for number, id in ((first, "1"), (second, "2")):
        delta = Delta(new={id: KeptItem(hash=1, sockets=(0,) * 5_000_000)})
        file = changed(file, number, delta=base64.b64encode(encode_delta(delta)).decode())
    return file


def swapped(file: bytes) -> bytes:
    """The differences of two observations changed places: each can be read, and together they lead elsewhere."""
    first, second = row(file, "observation", 2), row(file, "observation", 4)
    deltas = [json.loads(file.splitlines()[number])["delta"] for number in (first, second)]
    return changed(changed(file, first, delta=deltas[1]), second, delta="AXjaAAAA")


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_read_changes_nothing(marrow: WiredBrowser, name: str) -> None:
    file = exported(marrow)
    broken = BROKEN[name](file)
    assert broken != file
    answer = take_in(marrow, broken, "replace=true")
    assert (answer.status_code, answer.json["code"], answer.json["field"]) == (400, "invalid-input", "rows"), answer.text
    assert answer.json["detail"].endswith(".")
    assert exported(marrow) == file


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x", ""])
def test_what_is_no_such_file(marrow: WiredBrowser, kind: str) -> None:
    file = exported(marrow)
    sent = {"data": file, "content_type": kind, "headers": {"X-CSRFToken": marrow.csrf()}, "base_url": "http://localhost"}
    answer = marrow.client.post(f"{IMPORT}?replace=true", **sent)
    assert (answer.status_code, answer.json["field"]) == (400, "Content-Type")
    padded = file + b"\n" * 2**20
    assert marrow.client.post(IMPORT, **{**sent, "data": padded}).status_code in (400, 413)
    assert exported(marrow) == file


def test_a_file_that_is_too_large(marrow: WiredBrowser) -> None:
    """It is refused by what it says of its length, before anything of it is read."""
    length = {"CONTENT_LENGTH": str(200 * 2**20 + 1)}
    headers = {"X-CSRFToken": marrow.csrf()}
    answer = marrow.client.post(
        f"{IMPORT}?replace=true", content_type=NDJSON, headers=headers, base_url="http://localhost", environ_overrides=length
    )
    assert answer.status_code == 413


# -- by the real server -----------------------------------------------------------------------------------------------------


@pytest.fixture
def address(house: WiredHouse) -> Iterator[str]:
    server = EmbeddedServer(house.app, host="127.0.0.1", port=0, threads=4)
    server.start()
    yield server.address
    server.stop()


def test_a_large_file_arrives(marrow: WiredBrowser, address: str) -> None:
    """Larger than any page sends; empty lines cost nothing."""
    file = exported(marrow)
    padded = file[:-1] + b"\n" * (9 * 2**20)
    headers = {"Cookie": f"vaultraider_session={marrow.cookie}", "X-CSRFToken": marrow.csrf(), "Content-Type": NDJSON}
    with httpx2.Client(base_url=address, verify=False, timeout=60) as client:
        answer = client.post(f"{IMPORT}?replace=true", content=padded, headers=headers)
        assert answer.status_code == 200, answer.text
        assert client.get(EXPORT, headers=headers).content == file
        elsewhere = client.post("/api/v1/transfers", content=b" " * (2 * 2**20), headers=headers)
        assert elsewhere.status_code == 413, "no other route takes as much"
