"""GetVendors, GetVendor and the vendors that everybody may see: who is there by the clock, and what they sell to whom.

Only the owner's token opens the first two; everybody else gets code 12 (Bungie-net/api #975, #1489). The public ones show
what a Titan would see (#1656). Parts that were not asked for come as ``{"privacy": 2}``, as in captures.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from vaultraider.simulator.answers import ApiError
from vaultraider.simulator.demo.tables import catalogue
from vaultraider.simulator.demo.traders import CHANDLER, GLIMMER, STRANGER, Trader
from vaultraider.simulator.faults import Rule
from vaultraider.simulator.item_details import DETAILS, ITEM_DATA
from vaultraider.simulator.placing import Place, has_room, lying_at
from vaultraider.simulator.profile import sees_private, wanted_components, whose
from vaultraider.simulator.routing import Route
from vaultraider.simulator.vendor_calendar import NEVER, is_open, period
from vaultraider.simulator.vendor_stock import rolled, stock
from vaultraider.simulator.view import PRIVATE, PUBLIC, Json, View
from vaultraider.simulator.world import Account, Character, Item

if TYPE_CHECKING:
    from vaultraider.simulator.routing import Call

VENDORS, CATEGORIES, SALES, CURRENCIES, STRINGS = 400, 401, 402, 600, 1200
NO_SPACE, NO_FUNDS, NO_UNLOCK = 1, 2, 8
"""Flags of VendorItemStatus."""
OWNED = 128
"""Flag of ``augments``."""
UNASKED: Json = {"privacy": PRIVATE}
LATE = 300.0
"""Seconds for which a reset's new dates stand over old stock, where the fault does not say."""
TITAN = 0
BASE = ("vendorHash", "nextRefreshDate", "enabled")
TIMELESS_COUNTERS = frozenset({3751514131})
"""Xûr's second counter comes and goes with him and says that it never changes (a capture of 2026)."""


class Counter(NamedTuple):
    """A trader at a moment, before a class: what is out there. ``number``: the period whose stock it is."""

    trader: Trader
    number: int
    next_date: str
    is_here: bool
    indexes: list[int]
    wares: Trader
    seed: int
    """Whose wares they are: another's where something went wrong."""


def get_vendors(call: Call) -> Json:
    with call.box.lock:
        character, view, wanted = _visit(call)
        if call.box.captured_vendors is not None:
            return call.box.captured_vendors.all_of(wanted)
        found = _counters(call, character.class_type)
        if call.query.get("filter") in ("1", "apipurchasable"):
            found = [one for one in found if one.trader.by_api]
        here = [one for one in found if one.is_here]
        return {
            "vendorGroups": _part(VENDORS in wanted, _groups(here)),
            "vendors": _part(VENDORS in wanted, {str(one.trader.hash): _vendor(one) for one in here}),
            "categories": _part(CATEGORIES in wanted, {str(one.trader.hash): _categories(one) for one in here}),
            # What an absent Xûr sold stays listed under no vendor (a capture of 2023-11-28, just after the reset).
            "sales": _part(SALES in wanted, {str(one.trader.hash): {"saleItems": _sales(one, view, character)} for one in found}),
            "itemComponents": {},
            "currencyLookups": _part(CURRENCIES in wanted, {"itemQuantities": _purse(view.account)}),
            "stringVariables": _part(STRINGS in wanted, {"integerValuesByHash": {}}),
        }


def get_vendor(call: Call) -> Json:
    """One vendor, with the details of what is sold by vendorItemIndex. 1627 for one who is not there."""
    with call.box.lock:
        character, view, wanted = _visit(call)
        asked = call.params["vendorHash"]
        if call.box.captured_vendors is not None:
            return call.box.captured_vendors.one_of(asked, wanted)
        counters = (one for one in _counters(call, character.class_type) if str(one.trader.hash) == asked and one.is_here)
        found = next(counters, None)
        if found is None:
            raise ApiError(1627)
        return {
            "vendor": _part(VENDORS in wanted, _vendor(found)),
            "categories": _part(CATEGORIES in wanted, _categories(found)),
            "sales": _part(SALES in wanted, _sales(found, view, character)),
            "itemComponents": _details(found, view, wanted),
            "currencyLookups": _part(CURRENCIES in wanted, {"itemQuantities": _purse(view.account)}),
            "stringVariables": _part(STRINGS in wanted, {"integerValuesByHash": {}}),
        }


def get_public_vendors(call: Call) -> Json:
    """Without a person: what is sold and for what, nothing about who could buy it."""
    wanted = wanted_components(call)
    with call.box.lock:
        if call.box.captured_vendors is not None:
            return call.box.captured_vendors.public(wanted)
        here = [one for one in _counters(call, TITAN) if one.is_here and one.trader.public]
    sales = {str(one.trader.hash): {"saleItems": {str(index): _offer(one, index) for index in one.indexes}} for one in here}
    vendors = {str(one.trader.hash): {name: _vendor(one)[name] for name in BASE} for one in here}
    return {
        "vendorGroups": _part(VENDORS in wanted, _groups(here), PUBLIC),
        "vendors": _part(VENDORS in wanted, vendors, PUBLIC),
        "categories": _part(CATEGORIES in wanted, {str(one.trader.hash): _categories(one) for one in here}, PUBLIC),
        "sales": _part(SALES in wanted, sales, PUBLIC),
        "stringVariables": _part(STRINGS in wanted, {"integerValuesByHash": {}}, PUBLIC),
    }


def _visit(call: Call) -> tuple[Character, View, frozenset[int]]:
    account = whose(call)
    wanted = wanted_components(call)
    if not sees_private(call, account):
        raise ApiError(12)
    character = account.character(call.params["characterId"])
    if character is None:
        raise ApiError(1620)
    box = call.box
    view = View(
        world=box.world, account=account, private=True, now=box.clock.now(), lookup=box.source.lookup, game=box.source.game
    )
    return character, view, wanted


def _counters(call: Call, class_type: int) -> list[Counter]:
    now, rules = call.box.clock.now(), call.faults("vendor")
    return [_counter(trader, now, call.box.seed, class_type, rules) for trader in catalogue().traders]


def _counter(trader: Trader, now: float, seed: int, class_type: int, rules: Iterable[Rule]) -> Counter:
    current = period(trader.rhythm, now)
    number, wares, is_here = current.number, trader, is_open(trader.rhythm, now)
    for rule in rules:
        if rule.action == "dates_before_stock" and now - current.start < float(rule.params.get("seconds", LATE)):
            number = current.number - 1
        elif rule.action == "xur_absent" and trader.rhythm == "weekend":
            # What is listed for him then is what he last had.
            is_here, number = False, current.number - 1
        elif rule.action == "wrong_items" and trader.rhythm == "weekend":
            wares = next(one for one in catalogue().traders if one.hash == CHANDLER)
    next_date = NEVER if trader.hash in TIMELESS_COUNTERS else current.next_date
    return Counter(trader, number, next_date, is_here, stock(wares, seed, number, class_type), wares, seed)


def _part(asked: bool, data: Any, privacy: int = PRIVATE) -> Json:
    return {"data": data, "privacy": privacy} if asked else UNASKED


def _groups(here: list[Counter]) -> Json:
    groups: dict[int, list[int]] = {}
    for one in here:
        if one.trader.group:
            groups.setdefault(one.trader.group, []).append(one.trader.hash)
    rows = [{"vendorGroupHash": group, "vendorHashes": hashes} for group, hashes in groups.items()]
    return {"groups": sorted(rows, key=lambda row: row["vendorGroupHash"] != STRANGER)}


def _vendor(counter: Counter) -> Json:
    """Xûr says that nothing can be bought of him by the API, and stands nowhere in particular, wherever he is."""
    return {
        "canPurchase": counter.trader.rhythm != "weekend",
        "vendorLocationIndex": 0,
        "vendorHash": counter.trader.hash,
        "nextRefreshDate": counter.next_date,
        "enabled": True,
    }


def _categories(counter: Counter) -> Json:
    found: dict[int, list[int]] = {}
    for index in counter.indexes:
        found.setdefault(counter.wares.wares[index].shelf, []).append(index)
    return {"categories": [{"displayCategoryIndex": shelf, "itemIndexes": rows} for shelf, rows in sorted(found.items())]}


def _offer(counter: Counter, index: int) -> Json:
    ware = counter.wares.wares[index]
    offer: Json = {
        "vendorItemIndex": index,
        "itemHash": ware.hash,
        "quantity": ware.quantity,
        "costs": [{"itemHash": hash, "quantity": price, "hasConditionalVisibility": False} for hash, price in ware.costs],
    }
    if counter.trader.rhythm == "daily":
        offer["overrideNextRefreshDate"] = counter.next_date
    if counter.trader.by_api:
        offer["apiPurchasable"] = True
    return offer


def _sales(counter: Counter, view: View, character: Character) -> Json:
    return {str(index): _sale(counter, index, view, character) for index in counter.indexes}


def _sale(counter: Counter, index: int, view: View, character: Character) -> Json:
    """The offer to this character: what stands against buying it, and whether it is owned already."""
    ware = counter.wares.wares[index]
    status = 0 if _has_room(view, character, ware.hash, ware.quantity) else NO_SPACE
    purse = _purse(view.account)
    if any(purse.get(str(hash), 0) < price for hash, price in ware.costs):
        status |= NO_FUNDS
    failures: list[int] = []
    if ware.failure >= 0:
        status, failures = status | NO_UNLOCK, [ware.failure]
    owned = any(one.hash == ware.hash and one.id for one in view.account.items)
    head = {"saleStatus": status, "failureIndexes": failures, "augments": OWNED if owned else 0}
    return head | _offer(counter, index)


def _has_room(view: View, character: Character, hash: int, quantity: int) -> bool:
    kind = view.game.kind(hash)
    if not kind.bucket or not kind.movable:
        return True
    owner = "" if view.game.bucket(kind.bucket).account else character.id
    place = Place(owner, kind.bucket)
    there = lying_at(view.account, place)
    return has_room(view.game, kind, there, place, quantity, stacked=not kind.equippable)


def _purse(account: Account) -> dict[str, int]:
    """What can be paid with: currencies, and how many of each stack."""
    found = {str(hash): quantity for hash, quantity in account.currencies.items()}
    for one in account.items:
        if not one.id:
            found[str(one.hash)] = found.get(str(one.hash), 0) + one.quantity
    return found | {str(GLIMMER): found.get(str(GLIMMER), 0)}


def _details(counter: Counter, view: View, wanted: frozenset[int]) -> Json:
    """``itemComponents``: sets as in a profile, by vendorItemIndex."""
    copies: dict[int, Item] = {}
    for index in counter.indexes:
        copy = rolled(counter.wares.hash, counter.seed, counter.number, index)
        if copy is not None:
            copies[index] = copy
    sets: Json = {}
    for number, key in ITEM_DATA.items():
        if number in wanted:
            data = {str(index): detail for index, copy in copies.items() if (detail := DETAILS[number](view, copy)) is not None}
            sets[key] = {"data": data, "privacy": PRIVATE}
    return sets


CHARACTER = "/Destiny2/{membershipType}/Profile/{destinyMembershipId}/Character/{characterId}"
ROUTES = (
    Route(method="GET", path=f"{CHARACTER}/Vendors/", handler=get_vendors),
    Route(method="GET", path=f"{CHARACTER}/Vendors/{{vendorHash}}/", handler=get_vendor),
    Route(method="GET", path="/Destiny2/Vendors/", handler=get_public_vendors),
)
