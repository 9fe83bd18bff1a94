"""Vendors: who is there when, what they sell to whom, what the faults make of it, and captures in their place."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from tests.simulator.conftest import KEYED, Browser
from tests.simulator.controls import Controls
from tests.simulator.test_profile import response

from vaultraider.simulator import Simulator
from vaultraider.simulator.clock import iso, parse_iso
from vaultraider.simulator.demo.structure import XUR, XUR_OFFERS
from vaultraider.simulator.demo.tables import catalogue
from vaultraider.simulator.demo.traders import BOARD, CHANDLER, COIN, EXCHANGE, KEEPSAKES
from vaultraider.simulator.vendor_calendar import is_open, period

SATURDAY = "2026-11-28T12:00:00Z"
"""In a weekend of Xûr's; the Friday before it is the 27th."""
TITAN, HUNTER, WARLOCK = range(3)
ALL = "400,401,402,600"
DETAILS = "300,304,305,310"


class Market:
    """Marrow before the traders."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.controls = browser.controls
        self.account = browser.controls.account()

    def at(self, moment: str) -> None:
        self.controls.box.clock.set(parse_iso(moment))
        self.controls.box.clock.freeze()

    def path(self, vendor: int | str = "", class_type: int = TITAN) -> str:
        character = next(one for one in self.account.characters if one.class_type == class_type)
        place = f"/Platform/Destiny2/{self.account.type}/Profile/{self.account.id}/Character/{character.id}/Vendors/"
        return place + (f"{vendor}/" if vendor else "")

    def all(self, class_type: int = TITAN, components: str = ALL, more: str = "") -> dict[str, Any]:
        return response(self.browser.get(f"{self.path(class_type=class_type)}?components={components}{more}", "Marrow"))

    def one(self, vendor: int, class_type: int = TITAN, components: str = f"{ALL},{DETAILS}") -> dict[str, Any]:
        return response(self.browser.get(f"{self.path(vendor, class_type)}?components={components}", "Marrow"))

    def code(self, path: str, person: str = "Marrow") -> tuple[int, int]:
        answer = self.browser.get(path, person)
        return answer.status_code, answer.json()["ErrorCode"]

    def is_here(self, vendor: int = XUR) -> bool:
        listed = str(vendor) in self.all(components="400")["vendors"]["data"]
        status, code = self.code(f"{self.path(vendor)}?components=400")
        assert (status, code) == ((200, 1) if listed else (500, 1627))
        return listed

    def hashes(self, vendor: int = XUR, class_type: int = TITAN) -> list[int]:
        return [one["itemHash"] for one in self.one(vendor, class_type)["sales"]["data"].values()]


@pytest.fixture
def market(browser: Browser) -> Market:
    found = Market(browser)
    found.at(SATURDAY)
    return found


# --- When --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "here"),
    [
        ("2026-11-27T08:59:59Z", False),
        ("2026-11-27T09:00:00Z", False),
        ("2026-11-27T16:59:59Z", False),
        ("2026-11-27T17:00:00Z", True),
        (SATURDAY, True),
        ("2026-12-01T16:59:59Z", True),
        ("2026-12-01T17:00:00Z", False),
        # Clocks were put forward and back in America and in Europe in these weeks.
        ("2026-03-06T17:00:00Z", True),
        ("2026-03-13T16:59:59Z", False),
        ("2026-03-13T17:00:00Z", True),
        ("2026-10-30T17:00:00Z", True),
        ("2026-11-03T16:59:59Z", True),
        ("2026-11-03T17:00:00Z", False),
    ],
)
def test_xur_is_there_from_friday_to_tuesday(market: Market, moment: str, here: bool) -> None:
    market.at(moment)
    assert market.is_here(XUR) is here
    assert market.is_here(XUR_OFFERS) is here
    assert market.is_here(CHANDLER)


@pytest.mark.parametrize(
    ("rhythm", "moment", "start", "next_date"),
    [
        ("weekend", "2026-11-27T17:00:00Z", "2026-11-27T17:00:00Z", "2026-12-04T09:00:00Z"),
        ("weekend", "2026-12-04T16:59:59Z", "2026-11-27T17:00:00Z", "2026-12-04T09:00:00Z"),
        ("weekly", "2026-12-01T16:59:59Z", "2026-11-24T17:00:00Z", "2026-12-01T17:00:00Z"),
        ("weekly", "2026-12-01T17:00:00Z", "2026-12-01T17:00:00Z", "2026-12-08T17:00:00Z"),
        ("daily", "2026-11-28T16:59:59Z", "2026-11-27T17:00:00Z", "2026-11-28T17:00:00Z"),
        ("daily", "2026-11-28T17:00:00Z", "2026-11-28T17:00:00Z", "2026-11-29T17:00:00Z"),
    ],
)
def test_refreshes(rhythm: Any, moment: str, start: str, next_date: str) -> None:
    found = period(rhythm, parse_iso(moment))
    assert (iso(found.start), found.next_date) == (start, next_date)
    assert is_open("never", parse_iso(moment))


def test_dates_are_as_captured(market: Market) -> None:
    """Monday, as in the capture of 2026: Xûr's relic of an hour, his other counter that never changes."""
    market.at("2026-11-30T20:00:00Z")
    vendors = market.all()["vendors"]["data"]
    dates = {int(hash): vendor["nextRefreshDate"] for hash, vendor in vendors.items()}
    assert dates[XUR] == "2026-12-04T09:00:00Z"
    assert dates[XUR_OFFERS] == dates[KEEPSAKES] == "9999-12-31T23:59:59.999Z"
    assert dates[CHANDLER] == "2026-12-01T17:00:00Z"
    assert dates[BOARD] == "2026-12-01T17:00:00Z"
    assert (vendors[str(XUR)]["canPurchase"], vendors[str(XUR)]["enabled"]) == (False, True)


# --- What --------------------------------------------------------------------------------------------------------------------


def test_each_weekend_differs_from_the_last_and_stays_as_it_is(market: Market) -> None:
    seen: list[tuple[list[int], list[int]]] = []
    for week in range(5):
        for moment in ("2026-11-27T17:00:00Z", "2026-12-01T16:59:00Z"):
            market.at(iso(parse_iso(moment) + week * 7 * 86_400))
            seen.append((market.hashes(XUR), market.hashes(XUR_OFFERS)))
    assert seen[::2] == seen[1::2]
    for before, after in zip(seen[::2], seen[2::2], strict=False):
        assert before[0] != after[0]
        assert before[1] != after[1]


def test_the_same_weekend_has_the_same_rolls(market: Market) -> None:
    first = market.one(XUR_OFFERS)
    assert market.one(XUR_OFFERS) == first
    market.at("2026-12-05T12:00:00Z")
    assert market.one(XUR_OFFERS)["itemComponents"] != first["itemComponents"]


def test_armour_for_every_class_and_for_ones_own(market: Market) -> None:
    classes = {one.hash: one.class_type for one in catalogue().armor}
    for class_type in (TITAN, HUNTER, WARLOCK):
        main = [classes[hash] for hash in market.hashes(XUR, class_type) if hash in classes]
        assert sorted(main) == [TITAN, TITAN, HUNTER, HUNTER, WARLOCK, WARLOCK]
        own = [hash for hash in market.hashes(XUR_OFFERS, class_type) if hash in classes]
        assert [classes[hash] for hash in own] == [class_type] * 5
        assert sorted(one.piece for one in catalogue().armor if one.hash in own) == [0, 1, 2, 3, 4]


def test_an_index_is_that_of_the_definition(market: Market) -> None:
    rows = catalogue().book.tables["DestinyVendorDefinition"]
    answer = market.all()
    for vendor, sales in answer["sales"]["data"].items():
        listed = {index for one in answer["categories"]["data"][vendor]["categories"] for index in one["itemIndexes"]}
        assert listed == {int(index) for index in sales["saleItems"]}
        for index, sale in sales["saleItems"].items():
            line = rows[int(vendor)]["itemList"][int(index)]
            assert (line["vendorItemIndex"], line["itemHash"]) == (sale["vendorItemIndex"], sale["itemHash"])


def test_statuses(market: Market) -> None:
    """No room, no funds, no rank, and what is owned already; each follows the truth."""
    sales = market.one(XUR)["sales"]["data"].values()
    exotics = [one for one in sales if one["costs"]]
    barred = [one for one in sales if one["failureIndexes"]]
    assert {one["saleStatus"] & 8 for one in barred} == {8}
    failures = catalogue().book.tables["DestinyVendorDefinition"][XUR]["failureStrings"]
    assert {failures[one["failureIndexes"][0]] for one in barred} == {"Requires Rank 4"}
    assert {one["saleStatus"] & 2 for one in exotics} == {0}
    coins, *more = [one for one in market.account.items if one.hash == COIN]
    coins.quantity = 40 - sum(one.quantity for one in more)
    after = market.one(XUR)
    assert {one["saleStatus"] & 2 for one in after["sales"]["data"].values() if one["costs"]} == {2}
    assert after["currencyLookups"]["data"]["itemQuantities"][str(COIN)] == 40
    owned = {one.hash for one in market.account.items if one.id}
    assert all((one["augments"] == 128) is (one["itemHash"] in owned) for one in sales)


def test_a_full_slot_has_no_room(market: Market) -> None:
    me = market.account.characters[0]
    slots = {one.hash: one.slot for one in catalogue().armor}
    for sale in market.one(XUR, me.class_type)["sales"]["data"].values():
        if sale["itemHash"] in slots:
            there = [one for one in market.account.items if one.owner == me.id and one.bucket == slots[sale["itemHash"]]]
            assert bool(sale["saleStatus"] & 1) is (len(there) >= 10)


def test_details_come_one_vendor_at_a_time(market: Market) -> None:
    assert market.all(components=f"{ALL},{DETAILS}")["itemComponents"] == {}
    found = market.one(XUR_OFFERS)
    sets = found["itemComponents"]
    assert set(sets) == {"instances", "stats", "sockets", "reusablePlugs"}
    kinds = {one.hash for one in (*catalogue().weapons, *catalogue().armor)}
    instanced = {index for index, one in found["sales"]["data"].items() if one["itemHash"] in kinds}
    for name in ("instances", "stats", "sockets"):
        assert set(sets[name]["data"]) == instanced, name


def test_what_was_not_asked_for_is_private_without_data(market: Market) -> None:
    found = market.all(components="402")
    assert {key: part for key, part in found.items() if "data" not in part} == {
        **{key: {"privacy": 2} for key in ("vendorGroups", "vendors", "categories", "currencyLookups", "stringVariables")},
        "itemComponents": {},
    }


def test_only_what_the_api_can_buy(market: Market) -> None:
    assert set(market.all(more="&filter=1")["vendors"]["data"]) == {str(EXCHANGE)}


def test_the_sales_of_one_who_left_stay_listed(market: Market) -> None:
    """A trap that a capture shows: sales without their vendor."""
    there = market.all()["sales"]["data"][str(XUR)]
    market.at("2026-12-02T12:00:00Z")
    gone = market.all()
    assert str(XUR) not in gone["vendors"]["data"]
    assert {hash for group in gone["vendorGroups"]["data"]["groups"] for hash in group["vendorHashes"]}.isdisjoint({XUR})
    assert gone["sales"]["data"][str(XUR)] == there


# --- For whom ----------------------------------------------------------------------------------------------------------------


def test_who_may_ask(market: Market) -> None:
    for place in (market.path(), market.path(XUR)):
        assert market.code(f"{place}?components=402", "") == (500, 12)
        assert market.code(f"{place}?components=402", "Hoarder") == (500, 12)
        assert market.code(f"{place}", "Marrow") == (400, 18)
    nobody = market.path().replace(market.account.characters[0].id, "1")
    assert market.code(f"{nobody}?components=402")[1] == 1620
    assert market.code(f"{market.path(12345)}?components=402") == (500, 1627)


def test_everybody_sees_the_public_ones(market: Market) -> None:
    """Without signing in: as a Titan sees them, and nothing about anybody."""
    found = response(market.browser.get("/Platform/Destiny2/Vendors/?components=400,401,402"))
    assert set(found["vendors"]["data"]) == {str(hash) for hash in (XUR, XUR_OFFERS, CHANDLER, EXCHANGE, KEEPSAKES)}
    assert found["vendors"]["data"][str(XUR)] == {
        "vendorHash": XUR,
        "nextRefreshDate": "2026-12-04T09:00:00Z",
        "enabled": True,
    }
    sales = found["sales"]["data"][str(XUR_OFFERS)]["saleItems"].values()
    assert [one["itemHash"] for one in sales] == market.hashes(XUR_OFFERS, TITAN)
    assert not any({"saleStatus", "failureIndexes", "augments"} & one.keys() for one in sales)
    market.at("2026-12-02T12:00:00Z")
    found = response(market.browser.get("/Platform/Destiny2/Vendors/?components=400,402"))
    assert str(XUR) not in found["vendors"]["data"]
    assert str(XUR) not in found["sales"]["data"]


# --- Faults ------------------------------------------------------------------------------------------------------------------


def test_dates_come_before_stock(market: Market, simulator_control: Controls) -> None:
    market.at("2026-11-30T12:00:00Z")
    last = (market.hashes(XUR), market.hashes(CHANDLER))
    simulator_control.fault("dates_before_stock", count=None, seconds=420)
    market.at("2026-12-04T17:00:00Z")
    answer = market.one(XUR)
    assert answer["vendor"]["data"]["nextRefreshDate"] == "2026-12-11T09:00:00Z"
    assert market.hashes(XUR) == last[0]
    market.at("2026-12-04T17:06:59Z")
    assert market.hashes(XUR) == last[0]
    market.at("2026-12-04T17:07:00Z")
    assert market.hashes(XUR) != last[0]


def test_without_the_fault_stock_comes_with_its_date(market: Market) -> None:
    market.at("2026-11-24T17:00:00Z")
    first = market.hashes(CHANDLER)
    market.at("2026-12-01T16:59:59Z")
    assert market.hashes(CHANDLER) == first
    market.at("2026-12-01T17:00:00Z")
    assert market.hashes(CHANDLER) != first


def test_xur_stays_away(market: Market, simulator_control: Controls) -> None:
    simulator_control.fault("xur_absent", count=None)
    assert not market.is_here(XUR)
    assert not market.is_here(XUR_OFFERS)
    assert market.is_here(CHANDLER)
    simulator_control.clear_faults()
    assert market.is_here(XUR)


def test_xur_has_somebody_elses_wares(market: Market, simulator_control: Controls) -> None:
    right = market.hashes(XUR)
    simulator_control.fault("wrong_items", match={"path": "/Vendors/"})
    wrong = market.one(XUR)["sales"]["data"]
    lines = catalogue().book.tables["DestinyVendorDefinition"][XUR]["itemList"]
    assert any(int(index) >= len(lines) or lines[int(index)]["itemHash"] != one["itemHash"] for index, one in wrong.items())
    assert market.hashes(XUR) == right


# --- Captures ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "vendors", "is_here", "details"),
    [("d2-vendors-2026-06-29", 231, True, 0), ("d2-vendors-2023-11-28", 158, False, 158)],
)
@pytest.mark.real_data
def test_a_captured_answer_is_served(shared_dir: Path, name: str, vendors: int, is_here: bool, details: int) -> None:
    file = shared_dir / "data" / "real" / f"{name}.json.gz"
    captured = json.loads(gzip.decompress(file.read_bytes()))["Response"]
    with Simulator(vendors_file=file) as simulator:
        market = Market(Browser(simulator, Controls(simulator)))
        components = "400,401,402,600,300,305,310,308,309,301"
        served = market.all(components=components)
        assert served == captured
        assert (len(served["vendors"]["data"]), len(served["itemComponents"])) == (vendors, details)
        assert market.is_here(XUR) is is_here
        vendor = next(iter(captured["itemComponents"]), str(XUR))
        alone = market.one(int(vendor), components=components)
        assert alone["vendor"]["data"] == captured["vendors"]["data"][vendor]
        assert alone["sales"]["data"] == captured["sales"]["data"][vendor]["saleItems"]
        assert alone["itemComponents"] == captured["itemComponents"].get(vendor, {})
        public = market.browser.http.get("/Platform/Destiny2/Vendors/?components=400,402", headers=KEYED).json()["Response"]
        assert set(public["sales"]["data"]) == set(captured["sales"]["data"])
        market.browser.http.close()


def test_a_file_that_is_no_capture_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "vendors.json"
    file.write_text('{"Response": {"profile": {}}}')
    with pytest.raises(ValueError, match="no vendors"):
        Simulator(vendors_file=file)
