"""A captured profile and manifest are served as they are, and nothing is added."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.simulator.conftest import KEYED
from tests.simulator.controls import Controls

from vaultraider.simulator import CaptureError, ManifestFileError, Simulator
from vaultraider.simulator.component_numbers import KNOWN
from vaultraider.simulator.demo.structure import KINETIC
from vaultraider.simulator.invariants import broken
from vaultraider.simulator.world import VAULT

LISTS = ("characterInventories", "characterEquipment")
PROFILE, MANIFEST = "d2-profile-2021-05-28.json.gz", "world_sql_content_28da9fe4aca0ff6db850035430bba728.content"
ALL = ",".join(str(number) for number in sorted(KNOWN))
pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def real(shared_dir: Path) -> Path:
    return shared_dir / "data" / "real"


@pytest.fixture(scope="module")
def captured(real: Path) -> Iterator[Simulator]:
    with Simulator(profile=real / PROFILE, manifest=real / MANIFEST) as simulator:
        yield simulator


def get(simulator: Simulator, path: str, *, signed_in: bool = True) -> Any:
    headers = dict(KEYED)
    if signed_in:
        token = Controls(simulator).tokens(simulator.box.world.people[0].id)["access_token"]
        headers["Authorization"] = f"Bearer {token}"
    return httpx2.get(simulator.url + path, headers=headers)


def profile_path(simulator: Simulator, components: str) -> str:
    account = simulator.box.world.accounts[0]
    return f"/Platform/Destiny2/{account.type}/Profile/{account.id}/?components={components}"


def test_the_whole_profile_word_for_word(captured: Simulator, real: Path) -> None:
    wanted = json.loads(gzip.decompress((real / PROFILE).read_bytes()))["Response"]
    answer = get(captured, profile_path(captured, ALL))
    assert answer.json()["Response"] == wanted
    assert "responseMintedTimestamp" not in answer.json()["Response"]


def test_only_the_components_asked_for(captured: Simulator) -> None:
    found = get(captured, profile_path(captured, "100,102,200,300")).json()["Response"]
    assert set(found) == {"profileInventory", "characters", "itemComponents"}
    assert set(found["itemComponents"]) == {"instances"}


def test_others_see_no_private_part(captured: Simulator) -> None:
    found = get(captured, profile_path(captured, "102,200,305"), signed_in=False).json()["Response"]
    assert found["profileInventory"] == {"privacy": 2}
    assert found["itemComponents"] == {}
    assert "data" in found["characters"]


def test_identity_comes_from_the_ids_in_it(captured: Simulator) -> None:
    me = get(captured, "/Platform/User/GetMembershipsForCurrentUser/").json()["Response"]
    assert [(card["membershipType"], card["membershipId"]) for card in me["destinyMemberships"]] == [(2, "4611686018400000001")]
    bungie_id = me["bungieNetUser"]["membershipId"]
    linked = get(captured, f"/Platform/Destiny2/254/Profile/{bungie_id}/LinkedProfiles/").json()["Response"]
    assert [card["membershipId"] for card in linked["profiles"]] == ["4611686018400000001"]


def test_one_item(captured: Simulator) -> None:
    item = next(one for one in captured.box.world.accounts[0].items if one.id)
    path = profile_path(captured, "300,305,307,304").replace("/?", f"/Item/{item.id}/?")
    found = get(captured, path).json()["Response"]
    assert found["item"]["data"]["itemHash"] == item.hash
    assert "data" in found["sockets"]
    assert found["stats"] == {"privacy": 1}


def test_the_truth_counts_991(captured: Simulator) -> None:
    truth = httpx2.get(f"{captured.url}/__sim/world/90000001").json()
    assert len(truth["items"]) == 991
    assert sum(1 for item in truth["items"] if item["name"]) > 900


def test_the_manifest_file_goes_out_untouched(captured: Simulator, real: Path) -> None:
    index = get(captured, "/Platform/Destiny2/Manifest/").json()["Response"]
    path = index["mobileWorldContentPaths"]["en"]
    assert path.endswith(MANIFEST)
    assert get(captured, path).content == (real / MANIFEST).read_bytes()
    classes = get(captured, index["jsonWorldComponentContentPaths"]["en"]["DestinyClassDefinition"]).json()
    assert set(classes) == {"3655393761", "671679327", "2271682572"}
    bucket = get(captured, "/Platform/Destiny2/Manifest/DestinyInventoryBucketDefinition/138197802/").json()
    assert bucket["Response"]["hash"] == 138197802
    assert get(captured, "/Platform/Destiny2/Manifest/sqlite_master/1/").json()["ErrorCode"] == 21


def test_a_captured_manifest_cannot_change(captured: Simulator) -> None:
    answer = httpx2.post(f"{captured.url}/__sim/moments/bump", json={})
    assert answer.status_code == 400
    assert "one edition" in answer.json()["error"]


def test_pictures_are_placeholders(captured: Simulator) -> None:
    answer = get(captured, "/common/destiny2_content/icons/538ac75ec0432c3cb06c48c25f155658.jpg")
    assert answer.headers["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    "content", [b"{}", b"[]", b"not json", b"\x1f\x8bbroken", b'{"Response": {"characters": {"privacy": 1}}}']
)
def test_files_that_are_no_capture(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "capture.json"
    file.write_bytes(content)
    with pytest.raises(CaptureError):
        Simulator(profile=file)


def test_files_that_are_no_manifest(tmp_path: Path) -> None:
    for name in ("manifest.content", f"world_sql_content_{'0' * 32}.content"):
        file = tmp_path / name
        file.write_bytes(b"no zip")
        with pytest.raises(ManifestFileError):
            Simulator(manifest=file)


def test_what_is_moved_in_a_captured_profile_has_moved(real: Path) -> None:
    """Only its row changes; everything else stays as it was captured."""
    with Simulator(profile=real / PROFILE, manifest=real / MANIFEST) as simulator:
        controls = Controls(simulator)
        box, account = simulator.box, simulator.box.world.accounts[0]
        assert broken(box.world, box.game, box.source.missing()) == []
        headers = KEYED | {"Authorization": f"Bearer {controls.tokens(account.person)['access_token']}"}
        profile = f"{simulator.url}/Platform/Destiny2/{account.type}/Profile/{account.id}/?components=102,201,205,300"

        def rows() -> dict[str, Any]:
            shown = httpx2.get(profile, headers=headers, timeout=30).json()["Response"]
            lists = {"": shown["profileInventory"]["data"]}
            lists |= {f"{key} {owner}": content for key in LISTS for owner, content in shown[key]["data"].items()}
            return {
                one["itemInstanceId"]: (place, one, shown["itemComponents"]["instances"]["data"].get(one["itemInstanceId"]))
                for place, content in lists.items()
                for one in content["items"]
                if "itemInstanceId" in one
            }

        before = rows()
        me = account.characters[0]
        item = next(one for one in account.items if one.owner == me.id and one.bucket == KINETIC and not one.equipped)
        body = {"itemReferenceHash": item.hash, "itemId": item.id, "stackSize": 1, "characterId": me.id}
        action = f"{simulator.url}/Platform/Destiny2/Actions/Items/TransferItem/"
        sent = body | {"transferToVault": True, "membershipType": account.type}
        assert httpx2.post(action, json=sent, headers=headers).json()["ErrorCode"] == 1
        after = rows()
        assert {id for id in before if before[id] != after.get(id)} == {item.id}
        place, row, instance = after[item.id]
        assert (place, row["location"], row["bucketHash"]) == ("", 2, VAULT)
        assert (instance["canEquip"], instance["cannotEquipReason"]) == (False, 16)
        assert row["state"] == before[item.id][1]["state"]
