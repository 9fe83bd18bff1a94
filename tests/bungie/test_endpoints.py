"""Every endpoint is one of Bungie's, as its OpenAPI document says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.bungie.stub import API_KEY, TOKEN, Stub, envelope

from vaultraider.bungie import endpoints, scopes
from vaultraider.bungie._endpoint import Endpoint
from vaultraider.bungie.oauth import AUTHORIZE_PATH
from vaultraider.bungie.profile import ITEM_COMPONENTS, PROFILE_COMPONENTS
from vaultraider.domain.errors import InvalidInput


@pytest.fixture(scope="module")
def document(shared_dir: Path) -> dict[str, Any]:
    return json.loads((shared_dir / "reference" / "bungie-openapi.json").read_bytes())


@pytest.mark.parametrize("endpoint", endpoints(), ids=lambda endpoint: endpoint.operation)
def test_it_is_in_bungies_document(document: dict[str, Any], endpoint: Endpoint) -> None:
    oauth = document["components"]["securitySchemes"]["oauth2"]["flows"]["authorizationCode"]
    if endpoint.operation == "OAuth.Token":
        assert oauth["tokenUrl"] == "https://www.bungie.net/Platform" + endpoint.path
        assert oauth["authorizationUrl"] == "https://www.bungie.net" + AUTHORIZE_PATH
        return
    operation = document["paths"][endpoint.path][endpoint.method.lower()]
    assert operation["operationId"] == endpoint.operation
    assert {field["name"] for field in operation["parameters"] if field["in"] == "path"} == set(
        re.findall(r"\{(\w+)\}", endpoint.path)
    )
    needed = [scope for scheme in operation.get("security", []) for scope in scheme.get("oauth2", [])]
    if needed:
        assert (endpoint.scope, endpoint.auth) == (needed[0], "required")
    else:
        # Bungie leaves out what only adds private parts: those calls must work without a player.
        assert endpoint.auth in {"none", "optional"}
        assert endpoint.scope is None or endpoint.scope in oauth["scopes"]
    throttle = operation.get("x-documentation-attributes", {}).get("ThrottleSecondsBetweenActionPerUser")
    assert endpoint.seconds_between == float(throttle or 0)
    assert (endpoint.kind == "write") == (endpoint.method == "POST")


def test_components_are_bungies(document: dict[str, Any]) -> None:
    known = document["components"]["schemas"]["Destiny.DestinyComponentType"]["x-enum-values"]
    names = {int(row["numericValue"]): row["identifier"] for row in known}
    for component in PROFILE_COMPONENTS + ITEM_COMPONENTS:
        assert names[component.number] == component.name
        assert component.why


def test_scopes_to_register() -> None:
    assert scopes() == ["MoveEquipDestinyItems", "ReadBasicUserProfile", "ReadDestinyInventoryAndVault"]


def test_who_sets_the_server_up_is_told_every_scope() -> None:
    from vaultraider.cli.init import EXPLANATION

    without_a_tick = {"ReadBasicUserProfile"}
    assert {scope for scope in scopes() if scope not in EXPLANATION} == without_a_tick


def test_operations_are_named_once() -> None:
    names = [endpoint.operation for endpoint in endpoints()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", ["/Settings", "Settings/"])
def test_a_path_without_its_slashes_is_a_mistake_of_ours(path: str) -> None:
    with pytest.raises(ValueError, match="slash"):
        Endpoint(operation="x", path=path)


ITEM = next(endpoint for endpoint in endpoints() if endpoint.operation == "Destiny2.GetItem")


@pytest.mark.parametrize(
    "hostile", ["..", "../../Manifest", "1/../2", "", "1?components=1", "%2e%2e", "１２", "1\r\nX: y", "9" * 40, "a"]
)
def test_a_hostile_id_goes_nowhere(hostile: str) -> None:
    stub = Stub(envelope({}))
    with pytest.raises(InvalidInput) as caught:
        stub.call(ITEM, fields={"membershipType": 3, "destinyMembershipId": "17", "itemInstanceId": hostile})
    assert caught.value.field == "itemInstanceId"
    assert stub.requests == []


def recorded(shared_dir: Path) -> list[dict[str, Any]]:
    return json.loads((shared_dir / "vectors" / "http-client.json").read_bytes())["requests"]


def _named(name: str) -> str:
    return {"setItemLockState": "SetItemLockState", "getDestinyManifest": "GetDestinyManifest"}.get(
        name, name[0].upper() + name[1:]
    )


def test_requests_are_as_recorded(shared_dir: Path, document: dict[str, Any]) -> None:
    """Address, body and key of each recorded call; endpoints that we lack are made from the document."""
    by_operation = {
        operation["operationId"]: (method.upper(), path)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in {"get", "post"}
    }
    for case in recorded(shared_dir):
        name = f"Destiny2.{case['call'][0].upper()}{case['call'][1:]}"
        method, path = by_operation[name]
        endpoint = Endpoint(operation=name, path=path, method=method, kind="read" if method == "GET" else "write")
        assert method == case["method"]
        params = dict(case["params"] or {})
        if name == "Destiny2.GetLinkedProfiles":
            params["getAllMemberships"] = "true"
        fields = {key: params.pop(key) for key in re.findall(r"\{(\w+)\}", path)}
        query = {key: ",".join(map(str, value)) if isinstance(value, list) else str(value) for key, value in params.items()}
        stub = Stub(envelope({}))
        stub.call(endpoint, fields=fields, query=query if case["method"] == "GET" else None, body=case["body"])
        (sent,) = stub.requests
        assert (sent.method, str(sent.url)) == (case["method"], case["url"])
        assert sent.headers["X-API-Key"] == API_KEY
        assert sent.headers.get("Content-Type") == case["headers"].get("content-type")
        assert (json.loads(sent.content) if sent.content else None) == case["body"]


def test_headers() -> None:
    from vaultraider import __version__

    stub = Stub(envelope({}))
    stub.call(ITEM, fields={"membershipType": 3, "destinyMembershipId": "17", "itemInstanceId": "9"}, access_token=TOKEN)
    headers = stub.requests[0].headers
    assert headers["User-Agent"] == f"VaultRaider/{__version__} AppId/31337 (+warden@vault.example)"
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert headers["Accept-Encoding"] == "gzip, br"
    assert "Origin" not in headers and "Cookie" not in headers and "Content-Encoding" not in headers
    assert str(stub.requests[0].url).startswith("https://www.bungie.net/Platform/Destiny2/3/Profile/17/Item/9/")


def test_a_token_goes_only_where_it_belongs() -> None:
    stub = Stub(envelope([]))
    public = Endpoint(operation="x", path="/GlobalAlerts/")
    stub.call(public, access_token=TOKEN)
    assert "Authorization" not in stub.requests[0].headers


def test_reports_come_from_the_stats_host() -> None:
    stub = Stub(envelope({}))
    stub.call(
        Endpoint(operation="x", path="/Destiny2/Stats/PostGameCarnageReport/{activityId}/", host="stats"),
        fields={"activityId": 7},
    )
    assert str(stub.requests[0].url) == "https://stats.bungie.net/Platform/Destiny2/Stats/PostGameCarnageReport/7/"
