"""Whatever the simulator sends fits Bungie's own description of it; every endpoint exists there."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import fastjsonschema
import httpx2
import msgspec
import pytest
from tests.conformance.openapi import OpenApi
from tests.simulator.controls import Controls

from vaultraider.simulator import API_KEY, Simulator
from vaultraider.simulator.codes import CODES
from vaultraider.simulator.component_numbers import KNOWN
from vaultraider.simulator.demo.structure import ENGRAMS, KINETIC, POSTMASTER, QUESTS
from vaultraider.simulator.requests import EquipManyRequest, ItemRequest, PullRequest, StateRequest, TransferRequest
from vaultraider.simulator.routing import Route
from vaultraider.simulator.server import ROUTES

EVERYTHING = ",".join(str(number) for number in sorted(KNOWN))
PEOPLE = ("Marrow", "Newcomer", "Private", "Two-memberships", "Hoarder")
PROFILE = "/Destiny2/{membershipType}/Profile/{destinyMembershipId}/"
ITEM = PROFILE + "Item/{itemInstanceId}/"
LINKED = "/Destiny2/{membershipType}/Profile/{membershipId}/LinkedProfiles/"
GROUPS = "/GroupV2/User/{membershipType}/{membershipId}/{filter}/{groupType}/"
FAULTS = ("drop_component", "privacy_without_data", "disabled_component")
WRITES = tuple(route for route in ROUTES if route.has_body)
BODIES = {
    "TransferItem": TransferRequest,
    "PullFromPostmaster": PullRequest,
    "EquipItem": ItemRequest,
    "EquipItems": EquipManyRequest,
    "SetLockState": StateRequest,
    "SetTrackedState": StateRequest,
}
Ask = Callable[..., None]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_endpoint_is_bungies(openapi: OpenApi, route: Route) -> None:
    assert openapi.operation(route.method, route.path) is not None
    if route.scope:
        scopes = openapi.operation(route.method, route.path) or {}
        assert route.scope in scopes["security"][0]["oauth2"]


@pytest.mark.parametrize("route", WRITES, ids=lambda route: route.path)
def test_writes_ask_for_what_the_openapi_says(openapi: OpenApi, route: Route) -> None:
    """The fields of the body, the right, and the seconds between two of one kind."""
    operation = openapi.operation("POST", route.path)
    assert operation is not None
    schema = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    fields = msgspec.structs.fields(BODIES[route.path.split("/")[-2]])
    assert {field.encode_name for field in fields} == set(openapi.schemas[schema]["properties"])
    assert operation["security"][0]["oauth2"] == [route.scope]
    assert float(operation["x-documentation-attributes"]["ThrottleSecondsBetweenActionPerUser"]) == route.throttle


@pytest.mark.parametrize("name", BODIES)
def test_writes_answer_as_the_openapi_says(
    simulator: Simulator, simulator_control: Controls, openapi: OpenApi, name: str
) -> None:
    """Success, the refusals of the game, of the platform and of the body."""
    account = simulator_control.account()
    me = account.characters[0]
    carried = next(one for one in account.items if one.owner == me.id and one.bucket == KINETIC and not one.equipped)
    waiting = next(one for one in account.items if one.owner == me.id and one.bucket == ENGRAMS)
    quest = next(one for one in account.items if one.owner == me.id and one.bucket == QUESTS and not one.tracked)
    waiting.bucket = POSTMASTER
    item = {"PullFromPostmaster": waiting, "SetTrackedState": quest}.get(name, carried)
    path = f"/Destiny2/Actions/Items/{name}/"
    headers = {"X-API-Key": API_KEY, "User-Agent": "conformance"}
    headers["Authorization"] = f"Bearer {simulator_control.tokens()['access_token']}"
    good = {
        "itemReferenceHash": item.hash,
        "itemId": item.id,
        "itemIds": [item.id, "5", quest.id],
        "stackSize": 1,
        "state": True,
        "transferToVault": True,
        "characterId": me.id,
        "membershipType": account.type,
    }
    for body, code in (
        (good, 1),
        (good | {"membershipType": 1}, 3),
        (good | {"characterId": "1"}, 1620),
        ({}, 3),
        ({"characterId": "x"}, 30),
    ):
        simulator_control.advance(2)
        answer = httpx2.post(f"{simulator.url}/Platform{path}", json=body, headers=headers).json()
        openapi.check_response("POST", path, answer)
        assert answer["ErrorCode"] == code
        if code != 1:
            assert answer.get("Response") == (None if name == "EquipItems" else 0)


@pytest.fixture
def ask(simulator: Simulator, simulator_control: Controls, openapi: OpenApi) -> Ask:
    """Asks as somebody (or nobody) and checks the answer against the endpoint's schema."""

    def asked(template: str, person: str = "", query: str = "", **params: Any) -> None:
        headers = {"X-API-Key": API_KEY, "User-Agent": "conformance"}
        if person:
            headers["Authorization"] = f"Bearer {simulator_control.tokens(person)['access_token']}"
        path = template.format(**params)
        answer = httpx2.get(f"{simulator.url}/Platform{path}{query}", headers=headers, timeout=30)
        openapi.check_response("GET", template, answer.json())

    return asked


@pytest.mark.parametrize("path", ["/Settings/", "/GlobalAlerts/", "/Destiny2/Manifest/"])
def test_platform(ask: Ask, simulator_control: Controls, path: str) -> None:
    simulator_control.scenario("tuesday-maintenance")
    ask(path)
    simulator_control.clear_faults()
    ask(path)


@pytest.mark.parametrize("person", PEOPLE)
def test_people(ask: Ask, simulator_control: Controls, person: str) -> None:
    found = simulator_control.box.world.person(person)
    assert found is not None
    ask("/User/GetMembershipsForCurrentUser/", person)
    ask(LINKED, person, "?getAllMemberships=true", membershipType=254, membershipId=found.id)
    simulator_control.fault("linked_profiles_all_errored")
    ask(LINKED, person, membershipType=254, membershipId=found.id)
    account = simulator_control.account(person)
    ask(GROUPS, person, membershipType=account.type, membershipId=account.id, filter=0, groupType=1)


@pytest.mark.parametrize("viewer", ["own", "", "Newcomer"])
@pytest.mark.parametrize("person", PEOPLE)
def test_profiles(ask: Ask, simulator_control: Controls, person: str, viewer: str) -> None:
    account = simulator_control.account(person)
    who = person if viewer == "own" else viewer
    ask(PROFILE, who, f"?components={EVERYTHING}", membershipType=account.type, destinyMembershipId=account.id)


@pytest.mark.parametrize(
    ("fault", "component"),
    [
        *product(FAULTS, ("profileInventory", "characterInventories", "itemComponents.sockets")),
        ("empty_items", "profileInventory"),
        ("empty_items", "characterInventories"),
        ("time_travel", ""),
    ],
)
def test_faulty_profiles_keep_their_shape(ask: Ask, simulator_control: Controls, fault: str, component: str) -> None:
    account = simulator_control.account()
    simulator_control.fault(fault, component=component)
    ask(PROFILE, "Marrow", f"?components={EVERYTHING}", membershipType=account.type, destinyMembershipId=account.id)


def test_items(ask: Ask, simulator_control: Controls) -> None:
    account = simulator_control.account()
    for item in [one for one in account.items if one.id][::29]:
        path = {"membershipType": account.type, "destinyMembershipId": account.id, "itemInstanceId": item.id}
        ask(ITEM, "Marrow", "?components=300,301,302,303,304,305,306,307,309,310", **path)


@pytest.mark.parametrize("number", sorted(set(CODES) - {1}))
def test_every_refusal_fits_the_envelope(
    simulator: Simulator, simulator_control: Controls, openapi: OpenApi, number: int
) -> None:
    simulator_control.fault("error", code=number, data={"Origin": "somewhere"})
    headers = {"X-API-Key": API_KEY, "User-Agent": "conformance"}
    answer = httpx2.get(f"{simulator.url}/Platform/Settings/", headers=headers).json()
    openapi.check_response("GET", "/Settings/", answer)
    assert answer["ErrorCode"] == number
    assert "Response" not in answer
    codes = openapi.schemas["Exceptions.PlatformErrorCodes"]["x-enum-values"]
    assert {"numericValue": str(number), "identifier": answer["ErrorStatus"]} in [
        {"numericValue": code["numericValue"], "identifier": code["identifier"]} for code in codes
    ]


def test_the_captured_profile_fits_too(openapi: OpenApi, shared_dir: Path) -> None:
    file = shared_dir / "data" / "real" / "d2-profile-2021-05-28.json.gz"
    with Simulator(profile=file) as simulator:
        account = simulator.box.world.accounts[0]
        token = Controls(simulator).tokens(account.person)["access_token"]
        headers = {"X-API-Key": API_KEY, "User-Agent": "conformance", "Authorization": f"Bearer {token}"}
        path = f"/Platform/Destiny2/{account.type}/Profile/{account.id}/?components={EVERYTHING}"
        answer = httpx2.get(simulator.url + path, headers=headers).json()
    openapi.check_response("GET", PROFILE, answer)


def test_the_checker_finds_what_does_not_fit(openapi: OpenApi) -> None:
    good = {"ErrorCode": 1, "ThrottleSeconds": 0, "ErrorStatus": "Success", "Message": "Ok", "MessageData": {}}
    openapi.check_response("GET", "/Settings/", good)
    for bad in (
        good | {"Invented": 1},
        good | {"ErrorCode": "1"},
        good | {"Response": {"systems": {"Destiny2": {"enabled": "yes"}}}},
        good | {"Response": {"invented": 1}},
    ):
        with pytest.raises(fastjsonschema.JsonSchemaValueException):
            openapi.check_response("GET", "/Settings/", bad)
