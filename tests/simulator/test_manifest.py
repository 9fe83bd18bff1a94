"""The manifest: its index, its files, and every way in which they go wrong."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.simulator.conftest import Browser
from tests.simulator.controls import Controls

from vaultraider.simulator import Simulator

ITEMS = "DestinyInventoryItemDefinition"


def index(browser: Browser) -> dict[str, Any]:
    found: dict[str, Any] = browser.get("/Platform/Destiny2/Manifest/").json()["Response"]
    return found


def sqlite_path(browser: Browser, language: str = "en") -> str:
    return str(index(browser)["mobileWorldContentPaths"][language])


def opened(data: bytes, folder: Path) -> sqlite3.Connection:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = archive.namelist()[0]
        unzipped = archive.read(name)
    assert hashlib.md5(unzipped).hexdigest() in name
    file = folder / name
    file.write_bytes(unzipped)
    return sqlite3.connect(file)


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_the_file_is_what_its_name_says(browser: Browser, tmp_path: Path, language: str) -> None:
    path = sqlite_path(browser, language)
    answer = browser.get(path)
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    database = opened(answer.content, tmp_path)
    assert path.endswith(next(tmp_path.glob("world_sql_content_*.content")).name)
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    assert tables == set(index(browser)["jsonWorldComponentContentPaths"][language])
    for (id,) in database.execute(f"SELECT id FROM {ITEMS}"):
        assert -(2**31) <= id < 2**31
    words = {"en": "Hand Cannon", "de": "Handfeuerwaffe", "fr": "Revolver"}
    rows = [json.loads(text) for (text,) in database.execute(f"SELECT json FROM {ITEMS}")]
    verdict = next(row for row in rows if row["displayProperties"]["name"] == "Sable Verdict")
    assert verdict["itemTypeDisplayName"] == words[language]
    signed = verdict["hash"] if verdict["hash"] < 2**31 else verdict["hash"] - 2**32
    assert database.execute(f"SELECT count(*) FROM {ITEMS} WHERE id = ?", (signed,)).fetchone() == (1,)
    keys = [key for (key,) in database.execute("SELECT key FROM DestinyHistoricalStatsDefinition")]
    assert "weaponKills" in keys
    database.close()


def test_one_guid_for_all_languages_and_json_agrees_with_sqlite(browser: Browser, tmp_path: Path) -> None:
    found = index(browser)
    guids = {path.rpartition("/")[2].removeprefix("aggregate-") for path in found["jsonWorldContentPaths"].values()}
    assert len(guids) == 1
    database = opened(browser.get(found["mobileWorldContentPaths"]["en"]).content, tmp_path)
    from_sqlite = {str(id & 0xFFFFFFFF): json.loads(text) for id, text in database.execute(f"SELECT id, json FROM {ITEMS}")}
    database.close()
    assert browser.get(found["jsonWorldComponentContentPaths"]["en"][ITEMS]).json() == from_sqlite
    assert browser.get(found["jsonWorldContentPaths"]["en"]).json()[ITEMS] == from_sqlite


def test_a_single_definition(browser: Browser) -> None:
    path = "/Platform/Destiny2/Manifest/DestinyInventoryBucketDefinition/138197802/"
    assert browser.get(path).json()["Response"]["itemCount"] == 1000
    assert browser.get(path + "?lc=de").json()["Response"]["displayProperties"]["name"] == "Allgemein"


def test_the_same_everywhere() -> None:
    with Simulator(seed=1) as one, Simulator(seed=99) as other:
        first, second = (
            httpx2.get(f"{each.url}/Platform/Destiny2/Manifest/", headers={"User-Agent": "x", "X-API-Key": "demo-api-key"})
            for each in (one, other)
        )
    assert first.content == second.content


def test_a_bump_and_a_rollback(browser: Browser, simulator_control: Controls) -> None:
    before = index(browser)
    simulator_control.happen("bump")
    after = index(browser)
    assert after["version"] != before["version"]
    assert set(after["mobileWorldContentPaths"].values()).isdisjoint(before["mobileWorldContentPaths"].values())
    assert browser.get(before["mobileWorldContentPaths"]["en"]).status_code == 200
    simulator_control.happen("rollback")
    assert index(browser) == before


def test_a_silent_edit_keeps_the_version_and_tells_a_secret(browser: Browser, simulator_control: Controls) -> None:
    before = index(browser)
    simulator_control.happen("silent_edit")
    after = index(browser)
    assert after["version"] == before["version"]
    assert after["mobileWorldContentPaths"]["en"] != before["mobileWorldContentPaths"]["en"]
    old, new = (browser.get(one["jsonWorldComponentContentPaths"]["en"][ITEMS]).json() for one in (before, after))
    told = [hash for hash in old if old[hash]["redacted"] and not new[hash]["redacted"]]
    assert len(told) == 1
    assert len(new) == len(old) + 1


def test_flapping(browser: Browser, simulator_control: Controls) -> None:
    simulator_control.happen("flap", every=2)
    paths = [sqlite_path(browser) for _ in range(6)]
    assert paths == [paths[0], paths[1]] * 3
    assert paths[0] != paths[1]


def test_a_cached_404_stays_for_its_address_only(browser: Browser, simulator_control: Controls) -> None:
    path = sqlite_path(browser)
    simulator_control.fault("path_404")
    assert browser.get(path).status_code == 404
    assert browser.get(path).status_code == 404
    assert browser.get(path + "?cb=1").status_code == 200
    simulator_control.clear_faults()
    assert browser.get(path).status_code == 200


def test_a_404_for_every_address(browser: Browser, simulator_control: Controls) -> None:
    path = sqlite_path(browser)
    simulator_control.fault("path_404", count=None, always=True)
    assert {browser.get(path).status_code, browser.get(path + "?cb=1").status_code} == {404}


def test_truncated_dishonestly(browser: Browser, simulator_control: Controls) -> None:
    path = sqlite_path(browser)
    simulator_control.fault("truncated")
    with pytest.raises(httpx2.RemoteProtocolError):
        browser.get(path)


@pytest.mark.parametrize(("fault", "params"), [("truncated", {"honest": True}), ("bad_zip", {}), ("html_instead", {})])
def test_files_that_are_no_zip(browser: Browser, simulator_control: Controls, fault: str, params: dict[str, Any]) -> None:
    path = sqlite_path(browser)
    simulator_control.fault(fault, **params)
    answer = browser.get(path)
    assert answer.status_code == 200

    def unzip() -> None:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            archive.read(archive.namelist()[0])

    with pytest.raises((zipfile.BadZipFile, OSError, EOFError)):
        try:
            unzip()
        except Exception as error:
            if type(error).__module__ == "zlib":
                raise zipfile.BadZipFile from error
            raise


def test_a_sound_file_under_a_wrong_name(browser: Browser, simulator_control: Controls) -> None:
    path = sqlite_path(browser)
    simulator_control.fault("wrong_md5")
    with zipfile.ZipFile(io.BytesIO(browser.get(path).content)) as archive:
        unzipped = archive.read(archive.namelist()[0])
    assert hashlib.md5(unzipped).hexdigest() not in path


def test_tables_empty_and_missing(browser: Browser, simulator_control: Controls, tmp_path: Path) -> None:
    simulator_control.happen("empty_table")
    database = opened(browser.get(sqlite_path(browser)).content, tmp_path)
    assert database.execute(f"SELECT count(*) FROM {ITEMS}").fetchone() == (0,)
    database.close()
    simulator_control.happen("missing_table", table="DestinyVendorDefinition")
    database = opened(browser.get(sqlite_path(browser)).content, tmp_path)
    with pytest.raises(sqlite3.OperationalError):
        database.execute("SELECT * FROM DestinyVendorDefinition")
    database.close()
    assert "DestinyVendorDefinition" not in index(browser)["jsonWorldComponentContentPaths"]["en"]


def test_slow_and_whole(browser: Browser, simulator_control: Controls) -> None:
    path = sqlite_path(browser)
    whole = browser.get(path).content
    simulator_control.fault("slow", piece=100_000, seconds=0.001)
    assert browser.get(path).content == whole


def test_a_file_without_end(browser: Browser, simulator_control: Controls) -> None:
    path = sqlite_path(browser)
    simulator_control.fault("huge", bytes=2**40)
    read = 0
    with browser.http.stream("GET", path, headers=browser.headers()) as answer:
        assert answer.headers["Content-Length"] == str(2**40)
        for chunk in answer.iter_bytes():
            read += len(chunk)
            if read > 2_000_000:
                break
    assert browser.get(path).status_code == 200


def test_as_large_as_wanted(browser: Browser, simulator_control: Controls) -> None:
    small = len(browser.get(index(browser)["jsonWorldComponentContentPaths"]["en"][ITEMS]).json())
    simulator_control.knobs(extra_items=500)
    large = len(browser.get(index(browser)["jsonWorldComponentContentPaths"]["en"][ITEMS]).json())
    assert large == small + 500


def test_pictures(browser: Browser) -> None:
    items = browser.get(index(browser)["jsonWorldComponentContentPaths"]["en"][ITEMS]).json()
    pictured = [row for row in items.values() if row["displayProperties"].get("hasIcon")]
    assert 15 <= len(pictured) < len(items) / 3
    emblem = next(row for row in pictured if row["itemType"] == 14)
    for path, size in ((emblem["displayProperties"]["icon"], (96, 96)), (emblem["secondaryIcon"], (474, 96))):
        answer = browser.get(path)
        assert answer.headers["Content-Type"] == "image/png"
        assert (int.from_bytes(answer.content[16:20]), int.from_bytes(answer.content[20:24])) == size
        assert browser.get(path).content == answer.content
