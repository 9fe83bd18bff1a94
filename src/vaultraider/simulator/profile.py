"""GetProfile and GetItem: privacy, components, caches with their stamps, and the faults inside a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from vaultraider.simulator.answers import ApiError
from vaultraider.simulator.cache import Key, Minted
from vaultraider.simulator.clock import iso_millis
from vaultraider.simulator.component_numbers import KNOWN, NAMES
from vaultraider.simulator.faults import Rule
from vaultraider.simulator.routing import Route
from vaultraider.simulator.world import Account

if TYPE_CHECKING:
    from vaultraider.simulator.routing import Call

SECONDARY = frozenset({700, 800, 900, 1100, 1200, 1300, 1000})
"""Components that the second stamp speaks for."""
READ = "ReadDestinyInventoryAndVault"
TYPE_NAMES = {
    1: "TigerXbox",
    2: "TigerPsn",
    3: "TigerSteam",
    4: "TigerBlizzard",
    5: "TigerStadia",
    6: "TigerEgs",
    254: "BungieNext",
}
ITEM_KEYS = {
    300: ("instances", "instance"),
    301: ("objectives", "objectives"),
    302: ("perks", "perks"),
    303: ("renderData", "renderData"),
    304: ("stats", "stats"),
    305: ("sockets", "sockets"),
    306: ("talentGrids", "talentGrid"),
    309: ("plugObjectives", "plugObjectives"),
    310: ("reusablePlugs", "reusablePlugs"),
}


class Details(msgspec.Struct):
    """One set of ``itemComponents``, its parts left undecoded."""

    privacy: int = 0
    data: dict[str, msgspec.Raw] = {}


def get_profile(call: Call) -> Any:
    with call.box.lock:
        account = whose(call)
        minted = _minted(call, account, wanted_components(call))
        rules = call.faults("data")
        if any(rule.action == "time_travel" for rule in rules):
            key = _key(call, account, wanted_components(call))
            minted = call.box.caches.older(key, minted)
        return _response(call, minted, rules)


def get_item(call: Call) -> dict[str, Any]:
    """One instanced item, as stale as the profile is."""
    with call.box.lock:
        account = whose(call)
        wanted = wanted_components(call)
        instance = call.params["itemInstanceId"]
        if not instance.isdigit():
            raise ApiError(7)
        parts = _minted(call, account, frozenset({102, 201, 205} | (wanted & ITEM_KEYS.keys()))).parts
        found = _find(parts, instance)
        if found is None:
            raise ApiError(1623)
        owner, item, privacy = found
        response: dict[str, Any] = {"characterId": owner} if owner else {}
        if 307 in wanted:
            response["item"] = {"data": item, "privacy": privacy}
        sets = msgspec.json.decode(parts["itemComponents"], type=dict[str, Details])
        for number, (many, one) in ITEM_KEYS.items():
            if number in wanted:
                detail = sets[many].data.get(instance) if many in sets else None
                response[one] = {"data": detail, "privacy": privacy} if detail is not None else {"privacy": 1}
        return response


def _find(parts: dict[str, Any], instance: str) -> tuple[str, dict[str, Any], int] | None:
    for key in ("characterEquipment", "characterInventories", "profileInventory"):
        component = _plain(parts.get(key, {}))
        data = component.get("data", {})
        lists = {"": data} if key == "profileInventory" else data
        for owner, content in lists.items():
            for item in content.get("items", ()):
                if item.get("itemInstanceId") == instance:
                    return owner, item, component["privacy"]
    return None


def _plain(part: Any) -> dict[str, Any]:
    decoded: dict[str, Any] = msgspec.json.decode(part) if isinstance(part, msgspec.Raw) else part
    return decoded


def whose(call: Call) -> Account:
    """The account of the path. Raises ApiError as Bungie does for a wrong type, a wrong id, or no Destiny at all."""
    kind, wanted = call.params["membershipType"], call.params["destinyMembershipId"]
    if not wanted.isdigit() or not kind.lstrip("-").isdigit():
        raise ApiError(7)
    account = call.box.world.account(wanted)
    if account is None:
        if call.box.world.person(wanted) is not None:
            # A bungie.net id where a Destiny id belongs (Bungie-net/api #1811).
            told = TYPE_NAMES.get(int(kind), "None")
            raise ApiError(
                18,
                data={"membershipType": told, "membershipInfo.membershipType": "BungieNext", "membershipId": wanted},
            )
        raise ApiError(1601)
    if str(account.type) != kind:
        told = TYPE_NAMES.get(int(kind), "None")
        right = TYPE_NAMES.get(account.type, "None")
        raise ApiError(18, data={"membershipType": told, "membershipInfo.membershipType": right, "membershipId": wanted})
    if account.error:
        raise ApiError(account.error)
    return account


def wanted_components(call: Call) -> frozenset[int]:
    """Numbers or names, by commas. Nothing at all is refused (Bungie-net/api #599)."""
    found = set()
    for word in filter(None, (part.strip() for part in call.query.get("components", "").split(","))):
        number = int(word) if word.isdigit() else NAMES.get(word.lower(), 0)
        if number not in KNOWN:
            raise ApiError(7)
        found.add(number)
    if not found:
        raise ApiError(18)
    return frozenset(found)


def sees_private(call: Call, account: Account) -> bool:
    """Owner, with the right scope, and the permission not taken back: then data stays away though the token works."""
    if call.token is None or call.grant is None or call.token.foreign or call.person != account.person:
        return False
    if call.box.credentials.is_revoked(call.grant):
        return False
    return READ in call.box.credentials.apps[call.grant.client_id].scopes


def _key(call: Call, account: Account, wanted: frozenset[int]) -> Key:
    return account.id, tuple(sorted(wanted)), sees_private(call, account)


def _minted(call: Call, account: Account, wanted: frozenset[int]) -> Minted:
    """From the cache of the server that got the request, or freshly built."""
    box, key = call.box, _key(call, account, wanted)
    account, revision = _shown(call, account)
    node, now = box.caches.next_node(), box.clock.now()
    held = box.caches.held(node, key, now, box.knobs.cache_ttl)
    if held is not None:
        return held
    world = box.world
    same = box.caches.same_revision(key, revision)
    if same is not None and 1000 not in wanted:
        parts = same.parts
    else:
        built = box.source.components(world, account, wanted, private=key[2], now=now)
        parts = {name: msgspec.Raw(msgspec.json.encode(part)) for name, part in built.items()}
    return box.caches.mint(node, key, now, revision, parts)


def _shown(call: Call, account: Account) -> tuple[Account, int]:
    """The truth and its revision, or what is shown in its place while writes are slow to be seen."""
    box = call.box
    behind = box.behind.get(account.id)
    if behind is not None and box.clock.now() < behind.until:
        return behind.account, behind.revision
    box.behind.pop(account.id, None)
    return account, box.world.revision


def _response(call: Call, minted: Minted, rules: list[Rule]) -> Any:
    if not minted.body:
        body: dict[str, Any] = {}
        if call.box.source.stamps():
            stamp = iso_millis(minted.at)
            body = {"responseMintedTimestamp": stamp, "secondaryComponentsMintedTimestamp": stamp}
        minted.body = msgspec.json.encode(body | minted.parts)
    touching = [rule for rule in rules if "component" in rule.params]
    if not touching:
        return msgspec.Raw(minted.body)
    parts: dict[str, Any] = msgspec.json.decode(minted.body)
    for rule in touching:
        _touch(parts, rule)
    return parts


def _touch(parts: dict[str, Any], rule: Rule) -> None:
    """One fault on one component; ``itemComponents.sockets`` names one of the inner sets."""
    outer, _, inner = str(rule.params["component"]).partition(".")
    place, key = (parts.get(outer, {}), inner) if inner else (parts, outer)
    if key not in place:
        return
    if rule.action == "drop_component":
        del place[key]
    elif rule.action == "privacy_without_data":
        place[key] = {"privacy": 2}
    elif rule.action == "disabled_component":
        place[key] = {"privacy": 0, "disabled": True}
    elif rule.action == "empty_items":
        data = place[key].get("data", {})
        empty: dict[str, Any] = {"items": []}
        place[key]["data"] = empty if "items" in data else {owner: {"items": []} for owner in data}


ROUTES = (
    Route(method="GET", path="/Destiny2/{membershipType}/Profile/{destinyMembershipId}/", handler=get_profile),
    Route(
        method="GET",
        path="/Destiny2/{membershipType}/Profile/{destinyMembershipId}/Item/{itemInstanceId}/",
        handler=get_item,
    ),
)
