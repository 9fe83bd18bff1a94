"""Tags, notes, searches and loadouts as files: in from Destiny Item Manager and from tables, out and in again; two people."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from tests.curation.files import BACKUP, annotation, bring, bring_backup, bring_table, loadout, search
from tests.curation.labels import copies, profile, said, say, stack
from tests.wired import WiredBrowser, WiredHouse

from vaultraider.services.searches import MOST_TAKEN_IN

NOTHING = {
    "tags": 0,
    "notes": 0,
    "searches": 0,
    "loadouts": 0,
    "stats": 0,
    "skipped": 0,
    "unknown_items": 0,
    "change": 0,
    "errors": [],
}
ELSEWHERE = "4611686018499999999"


@pytest.fixture
def account(marrow: WiredBrowser) -> str:
    found: str = profile(marrow)["account"]["id"]
    return found


def kept(browser: WiredBrowser) -> list[tuple[str, str, bool, int]]:
    found = browser.get("/api/v1/searches").json["searches"]
    return [(each["query"], each.get("name", ""), each["saved"], each["uses"]) for each in found]


def test_a_backup_of_the_fields_reference(marrow: WiredBrowser, account: str) -> None:
    one, two = copies(marrow, 2)
    parts: dict[str, Any] = {
        "settings": {"itemSize": 48},
        "tags": [
            annotation(account, one, tag="keep", notes="For Crota #pve", v=2),
            annotation(account, two, tag=None, notes="only notes", craftedDate=1_700_000_000),
            annotation(ELSEWHERE, "1", tag="junk"),
            annotation(account, "77", tag="archive") | {"destinyVersion": 1},
        ],
        "itemHashTags": [{"hash": 353932628, "tag": "favorite"}],
        "searches": [search("is:exotic", saved=True), search("is:weapon"), search("fashion", type=2), search("one")],
        "loadouts": [loadout(account, "a-1", "Raid")],
        "triumphs": [{"platformMembershipId": account, "triumphs": [1]}],
    }
    would = bring_backup(marrow, check=True, **parts)
    assert (said(marrow), kept(marrow)) == ({}, [])
    did = bring_backup(marrow, **parts)
    assert did == {
        **NOTHING,
        "tags": 2,
        "notes": 2,
        "searches": 2,
        "loadouts": 1,
        "stats": 0,
        "skipped": 4,
        "unknown_items": 1,
        "change": 1,
    }
    assert would == did | {"change": 0}
    assert said(marrow) == {
        one: {"tag": "keep", "notes": "For Crota #pve"},
        two: {"notes": "only notes"},
        "h-353932628": {"tag": "favorite"},
    }
    assert kept(marrow) == [("is:exotic", "", True, 3), ("is:weapon", "", False, 3)]
    again = bring_backup(marrow, **parts)
    assert again == {**NOTHING, "skipped": 4 + 3 + 2 + 1, "unknown_items": 1}


def test_an_import_can_be_undone(marrow: WiredBrowser, account: str) -> None:
    (one,) = copies(marrow, 1)
    say(marrow, [one], tag="junk", notes="mine")
    change = bring_backup(marrow, tags=[annotation(account, one, tag="keep")])["change"]
    assert said(marrow) == {one: {"tag": "keep"}}
    assert marrow.send("POST", "/api/v1/annotations/undo", {"change": change}).status_code == 200
    assert said(marrow) == {one: {"tag": "junk", "notes": "mine"}}
    versions = marrow.get("/api/v1/annotations/versions", query_string={"item": one}).json["versions"]
    assert [each["by"] for each in versions] == ["undo", "import", "you"]


def test_what_is_out_can_be_taken_in_again(house: WiredHouse, marrow: WiredBrowser, account: str) -> None:
    one, two = copies(marrow, 2)
    material = stack(marrow)
    marrow.send("PUT", "/api/v1/tags", {"name": "speedrun", "label": "Speed run"})
    say(marrow, [one], tag="speedrun", notes="Zoë’s #pve 👩\u200d🚀")
    say(marrow, [two, material["id"]], tag="favorite")
    marrow.send("PUT", "/api/v1/searches", {"query": "is:exotic", "name": "Exotics"})
    bring_backup(marrow, loadouts=[loadout(account, "a-1", "Raid")])
    before = (said(marrow), kept(marrow))
    answer = marrow.get(BACKUP)
    assert "attachment" in answer.headers["Content-Disposition"]
    body = json.loads(answer.data)
    assert body["itemHashTags"] == [{"hash": material["hash"], "tag": "favorite"}]
    assert body["loadouts"] == [loadout(account, "a-1", "Raid")]
    tagged = {each["annotation"]["id"]: each["annotation"] for each in body["tags"]}
    assert (tagged[two], tagged[one]["customTag"]) == ({"id": two, "tag": "favorite"}, "speedrun")
    say(marrow, [one, two, material["id"]], tag="", notes="")
    marrow.send("DELETE", "/api/v1/tags?name=speedrun")
    marrow.send("DELETE", "/api/v1/searches?query=is:exotic")
    did = bring(marrow, answer.data).json
    assert (did["tags"], did["notes"], did["searches"], did["loadouts"], did["errors"]) == (3, 1, 1, 0, [])
    assert (said(marrow), kept(marrow)) == before
    assert {"name": "speedrun", "label": "Speed run", "custom": True} in marrow.get("/api/v1/annotations").json["tags"]


def test_our_own_table_can_be_changed_and_taken_in(marrow: WiredBrowser) -> None:
    one, two, three = copies(marrow, 3)
    say(marrow, [one], tag="keep", notes="=1+1")
    say(marrow, [two], tag="junk")
    rows = list(csv.DictReader(io.StringIO(marrow.get("/api/v1/items.csv").text, newline="")))
    for row in rows:
        row["Tag"] = {f'"{two}"': "", f'"{three}"': "Archive"}.get(row["Id"], row["Tag"])
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    did = bring_table(marrow, written.getvalue().encode("utf-16"))
    assert (did["tags"], did["notes"], did["errors"]) == (2, 0, [])
    assert said(marrow) == {one: {"tag": "keep", "notes": "=1+1"}, three: {"tag": "archive"}}


def test_a_table_written_by_hand(marrow: WiredBrowser) -> None:
    one, two, three = copies(marrow, 3)
    material = stack(marrow)
    say(marrow, [one], tag="keep", notes="stays")
    table = f'Tag,ID,Hash\njunk,"""{one}""",\n\nfavorite,,{material["hash"]}\nraid,{two},\nkeep,abc,\n,{three},5\n'
    did = bring_table(marrow, table, check=True)
    assert said(marrow) == {one: {"tag": "keep", "notes": "stays"}}
    assert did == bring_table(marrow, table) | {"change": 0}
    assert (did["tags"], did["skipped"], [each["where"] for each in did["errors"]]) == (2, 2, ["line 6", "line 5"])
    assert said(marrow) == {one: {"tag": "junk", "notes": "stays"}, f"h-{material['hash']}": {"tag": "favorite"}}


def test_what_is_not_there_comes_up_when_it_is(house: WiredHouse, marrow: WiredBrowser, account: str) -> None:
    did = bring_backup(marrow, tags=[annotation(account, "6917529000000000042", tag="keep")])
    assert (did["tags"], did["unknown_items"]) == (1, 1)
    assert said(marrow) == {}
    assert bring_backup(marrow, tags=[annotation(account, "6917529000000000042", tag="keep")])["tags"] == 0
    versions = marrow.get("/api/v1/annotations/versions", query_string={"item": "6917529000000000042"})
    assert [each["tag"] for each in versions.json["versions"]] == ["keep"]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"", "not JSON"),
        (b"[1,2]", "not JSON"),
        (b'{"tags": 5}', "no backup"),
        (b'{"tags": [}', "no backup"),
        (b"{}", "no tags"),
        (b"\xff\xfe\x00\xd8", "not JSON"),
        (b"PK\x03\x04\x00", "not JSON"),
        (b'{"tags":' + b"[" * 100_000, "no backup"),
    ],
    ids=["empty", "list", "number", "broken", "nothing", "half a sign", "zip", "deep"],
)
def test_what_is_no_backup(marrow: WiredBrowser, file: bytes, words: str) -> None:
    answer = bring(marrow, file)
    assert answer.status_code == 200, answer.text
    assert {**answer.json, "errors": []} == NOTHING
    assert words in answer.json["errors"][0]["sentence"]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"", "empty"),
        (b"Name,Tag\nA,junk\n", "first line"),
        (b"Id,Id,Tag\n", "two columns"),
        (b'Id,Tag\n1,"junk', "quotation mark"),
        (b"Id,Tag\n\0", "no text"),
        (b"Id,Notes\n5," + b"x" * 2000, "1,024"),
        (b"Id,Notes\n5," + b"x" * 150_000, "quotation mark"),
        (b"Id,Notes\n5," + b"x" * 200_000, "200,000 characters"),
    ],
    ids=["empty", "columns", "twice", "open", "zero", "long notes", "long cell", "long line"],
)
def test_what_is_no_table(marrow: WiredBrowser, file: bytes, words: str) -> None:
    did = bring_table(marrow, file)
    assert (did | {"errors": []}, words in did["errors"][0]["sentence"]) == (NOTHING, True), did


def test_entries_that_make_no_sense_are_told_and_the_rest_is_taken(marrow: WiredBrowser, account: str) -> None:
    (one,) = copies(marrow, 1)
    did = bring_backup(
        marrow,
        tags=[
            5,
            {"annotation": {}},
            annotation(account, "<script>", tag="keep"),
            annotation(account, one, tag="great", notes="x" * 2000),
            annotation(account, one, tag="keep", notes="fine"),
            annotation(account, "6917529000000000043", tag="great", notes="noted"),
        ],
        itemHashTags=[{"hash": -1, "tag": "junk"}, {"hash": 2**40}],
        searches=[search("is:nonsense", saved=True), search("is:nonsense2"), {"search": 5}],
        loadouts=[{"loadout": {"id": ""}}, 7],
    )
    assert [each["where"] for each in did["errors"]] == [
        "tags[0]",
        "tags[1]",
        "tags[2]",
        "tags[3]",
        "itemHashTags[0]",
        "itemHashTags[1]",
        "searches[2]",
        "loadouts[0]",
        "loadouts[1]",
        "tags[5]",
    ]
    assert (did["tags"], did["notes"], did["searches"], did["loadouts"]) == (1, 2, 1, 0)
    assert said(marrow) == {one: {"tag": "keep", "notes": "fine"}}
    assert kept(marrow) == [("is:nonsense", "", True, 3)]


def test_a_file_about_somebody_else(house: WiredHouse, marrow: WiredBrowser, account: str) -> None:
    hoarder = house.signed_in("Hoarder")
    (theirs,) = copies(hoarder, 1)
    (mine,) = copies(marrow, 1)
    say(marrow, [mine], notes="#secret")
    did = bring_backup(hoarder, tags=[annotation(account, mine, tag="junk")])
    assert (did["skipped"], [each["where"] for each in did["errors"]]) == (1, ["file"])
    assert bring_table(hoarder, f"Id,Tag\n{mine},junk\n")["unknown_items"] == 1
    assert (said(hoarder), said(marrow)) == ({}, {mine: {"notes": "#secret"}})
    assert "secret" not in hoarder.get(BACKUP).text
    assert theirs != mine


def test_what_is_no_file(marrow: WiredBrowser) -> None:
    assert bring(marrow, "x", "text/html").status_code in (400, 415)
    assert marrow.client.post("/api/v1/curation/import", data=b"{}", content_type="application/json").status_code == 403
    assert bring(marrow, b"{" + b" " * (21 << 20)).status_code == 413


def test_of_very_many_searches_the_saved_ones_and_the_latest_are_read(marrow: WiredBrowser) -> None:
    many = [search(f"power:{number} is:bow", lastUsage=number) for number in range(1, MOST_TAKEN_IN + 200)]
    bring_backup(marrow, searches=[*many, search("is:exotic", saved=True, lastUsage=0), search("x or " * 1500 + "x", saved=True)])
    found = [query for query, _, _, _ in kept(marrow)]
    assert found[0] == "is:exotic"
    assert set(found[1:]) == {f"power:{number} is:bow" for number in range(MOST_TAKEN_IN - 100, MOST_TAKEN_IN + 200)}


def test_a_search_of_a_year_that_never_comes(marrow: WiredBrowser) -> None:
    assert bring_backup(marrow, searches=[search("is:exotic", lastUsage=9 * 10**14)])["searches"] == 1


def test_loadouts_for_which_there_is_no_room_are_told(marrow: WiredBrowser) -> None:
    many = [loadout("46", f"l-{number}", "Raid") for number in range(2003)]
    for check in (True, False):
        did = bring_backup(marrow, check=check, loadouts=many)
        assert (did["loadouts"], did["skipped"], [each["where"] for each in did["errors"]]) == (2000, 0, ["loadouts"])
        assert did["errors"][0]["sentence"].startswith("3 loadouts of this file were left out: 2,000 imported loadouts are kept")
