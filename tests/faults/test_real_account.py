"""A real account through the whole product: 991 items in, 991 accounted for."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.simulator.controls import Controls
from tests.wired import WiredBrowser, WiredHouse, build_wired

from vaultraider.simulator import Simulator
from vaultraider.simulator.capture import PERSON

PROFILE, MANIFEST = "d2-profile-2021-05-28.json.gz", "world_sql_content_28da9fe4aca0ff6db850035430bba728.content"
pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def capture(shared_dir: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress((shared_dir / "data" / "real" / PROFILE).read_bytes()))["Response"]
    return found


@pytest.fixture(scope="module")
def house(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WiredHouse]:
    real = shared_dir / "data" / "real"
    with Simulator(profile=real / PROFILE, manifest=real / MANIFEST) as simulator:
        house = build_wired(tmp_path_factory.mktemp("real") / "data", Controls(simulator))
        assert house.update_definitions().state == "done"
        yield house
        house.services.close()
        assert not simulator.box.journal.problems()


@pytest.fixture(scope="module")
def browser(house: WiredHouse) -> WiredBrowser:
    return house.signed_in(PERSON)


@pytest.fixture(scope="module")
def said(browser: WiredBrowser) -> dict[str, Any]:
    answer = browser.get("/api/v1/profile")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def captured_items(capture: dict[str, Any]) -> list[dict[str, Any]]:
    lists = [
        capture["profileInventory"]["data"],
        *capture["characterInventories"]["data"].values(),
        *capture["characterEquipment"]["data"].values(),
    ]
    return [item for each in lists for item in each["items"]]


def test_every_item_is_accounted_for(capture: dict[str, Any], said: dict[str, Any]) -> None:
    groups = {bucket["hash"]: bucket["group"] for bucket in said["buckets"]}
    fates: Counter[str] = Counter()
    for item in said["items"]:
        facts = said["definitions"][str(item["hash"])]
        assert facts["name"]
        fates[
            "named as unknown" if facts.get("missing") else "other" if groups[item["bucket"]] == "other" else "in a bucket"
        ] += 1
    assert len(captured_items(capture)) == len(said["items"]) == fates.total() == 991
    assert fates["named as unknown"] == 31
    unknown = [facts["name"] for facts in said["definitions"].values() if facts.get("missing")]
    assert unknown and all(name.startswith("Unknown item") for name in unknown)


def test_the_same_items(capture: dict[str, Any], said: dict[str, Any]) -> None:
    wanted = captured_items(capture)
    instances = Counter(item["itemInstanceId"] for item in wanted if "itemInstanceId" in item)
    shown = Counter(item["id"] for item in said["items"])
    assert set(shown.values()) == {1}
    assert instances == Counter(id for id in shown.elements() if not id.startswith("s-"))
    assert Counter((item["itemHash"], item["quantity"]) for item in wanted) == Counter(
        (item["hash"], item.get("quantity", 1)) for item in said["items"]
    )


def test_everything_lies_where_bungie_says(capture: dict[str, Any], said: dict[str, Any]) -> None:
    equipped = {
        item["itemInstanceId"]: owner for owner, each in capture["characterEquipment"]["data"].items() for item in each["items"]
    }
    assert {item["id"]: item["store"] for item in said["items"] if item["place"] == "equipped"} == equipped
    stores = {character["id"] for character in said["characters"]} | {"vault", "account"}
    assert {item["store"] for item in said["items"]} == stores
    assert said["vault"]["used"] == sum(item["place"] == "vault" for item in said["items"])


def test_what_the_capture_lacks_is_not_made_up(capture: dict[str, Any], said: dict[str, Any], browser: WiredBrowser) -> None:
    assert "responseMintedTimestamp" not in capture
    assert "minted" not in said
    assert said["manifest"]["version"] == browser.get("/api/v1/status").json["manifest"]["version"]


def test_every_sheet_opens(said: dict[str, Any], browser: WiredBrowser) -> None:
    for item in said["items"][::60]:
        sheet = browser.get(f"/api/v1/items/{item['id']}")
        assert sheet.status_code == 200, sheet.text
        assert sheet.json["name"] == said["definitions"][str(item["hash"])]["name"]


def test_an_icon_for_the_known_and_the_unknown(said: dict[str, Any], browser: WiredBrowser) -> None:
    """Ours where there is no picture; never a broken one."""
    unknown = next(item["hash"] for item in said["items"] if said["definitions"][str(item["hash"])].get("missing"))
    for hash in (unknown, said["items"][0]["hash"]):
        answer = browser.get(said["definitions"][str(hash)]["icon"])
        assert answer.status_code == 200
        assert answer.content_type.startswith("image/")
