"""Vendors as Bungie sends them: real answers whole, odd ones as far as they can be read, and wares with names."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.domain.accounts import READ

from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.errors import BungieGarbled
from vaultraider.domain.vendors import (
    AllVendors,
    VendorDefinition,
    fits_definition,
    read_vendor,
    read_vendors,
    vendor_definition,
)
from vaultraider.domain.wares import gear_of, wares_of
from vaultraider.domain.xur import COUNTERS, STRANGE_GEAR_OFFERS, XUR, stock_of
from vaultraider.manifest.store import StoredDefinitions

FILES = ("d2-vendors-2026-06-29", "d2-vendors-2023-11-28")


def response(shared_dir: Path, name: str) -> tuple[bytes, dict[str, Any]]:
    whole = json.loads(gzip.decompress((shared_dir / "data" / "real" / f"{name}.json.gz").read_bytes()))["Response"]
    return json.dumps(whole).encode(), whole


@pytest.fixture(params=FILES)
def real(request: pytest.FixtureRequest, shared_dir: Path) -> tuple[AllVendors, dict[str, Any]]:
    raw, whole = response(shared_dir, request.param)
    return read_vendors(raw, READ), whole


@pytest.mark.real_data
def test_a_real_answer_parses_fully(real: tuple[AllVendors, dict[str, Any]]) -> None:
    """Every vendor, every sale, every field that we read, and every detail of an item."""
    found, whole = real
    assert json.loads(found.raw) == whole
    listed, sales = whole["vendors"]["data"], whole["sales"]["data"]
    assert {str(hash) for hash in found.vendors} == listed.keys() | sales.keys()
    for hash, vendor in found.vendors.items():
        key = str(hash)
        assert vendor.is_here is (key in listed)
        rows = sales.get(key, {"saleItems": {}})["saleItems"]
        assert [sale.vendor_item_index for sale in vendor.sales] == sorted(map(int, rows))
        for sale in vendor.sales:
            row = rows[str(sale.vendor_item_index)]
            assert (sale.item_hash, sale.quantity) == (row["itemHash"], row["quantity"])
            assert [(cost.item_hash, cost.quantity) for cost in sale.costs] == [
                (cost["itemHash"], cost["quantity"]) for cost in row["costs"]
            ]
            assert (sale.sale_status, sale.augments) == (row["saleStatus"], row["augments"])
            assert sale.failure_indexes == row["failureIndexes"]
            assert sale.override_next_refresh_date == row.get("overrideNextRefreshDate", "")
            assert sale.api_purchasable == row.get("apiPurchasable", False)
        for name, part in whole["itemComponents"].get(key, {}).items():
            if name in ("instances", "sockets", "objectives", "stats"):
                read = getattr(vendor.components, name)
                assert read.data.keys() == part["data"].keys()
        refresh = listed.get(key, {}).get("nextRefreshDate", "9999")
        told = vendor.next_refresh
        assert (told is None) if refresh.startswith("9999") else (told is not None and told.isoformat()[:19] == refresh[:19])
    assert found.vendors[XUR].purse == {int(hash): n for hash, n in whole["currencyLookups"]["data"]["itemQuantities"].items()}


@pytest.mark.real_data
def test_xur_on_a_monday_and_just_after_he_left(shared_dir: Path) -> None:
    there, gone = (read_vendors(response(shared_dir, name)[0], READ) for name in FILES)
    assert there.is_here(XUR) and there.is_here(STRANGE_GEAR_OFFERS)
    assert gone.is_here(XUR) is False
    assert len(gone.vendors[XUR].sales) == 15, "still listed, by nobody"


@pytest.mark.real_data
def test_real_wares_are_named_and_their_roll_is_unknown(shared_dir: Path, real_manifest: StoredDefinitions) -> None:
    found, catalogue = read_vendors(response(shared_dir, FILES[0])[0], READ), Catalogue(real_manifest)
    definition = vendor_definition(real_manifest, XUR)
    assert (definition.name, definition.lines) == ("Xûr", ())
    assert fits_definition(found.vendors[XUR], definition) is None
    wares = wares_of(found.vendors[XUR], definition, catalogue)
    assert [(ware.facts.name, ware.facts.guardian) for ware in wares] == [
        ("Orpheus Rig", "hunter"),
        ("Doom Fang Pauldron", "titan"),
        ("Claws of Ahamkara", "warlock"),
        ("Radiant Dance Machines", "hunter"),
        ("Cuirass of the Falling Star", "titan"),
        ("Osmiomancy Gloves", "warlock"),
        ("Relativism", "hunter"),
    ]
    assert {ware.roll for ware in wares} == {"unknown"}
    assert {(price.quantity, price.owned) for ware in wares for price in ware.prices} == {(41, 133)}
    assert [ware.barred for ware in wares[:1]] == [["no-space"]]
    assert isinstance(wares[0].perks, list), "this definition is whole: its perks are known, its roll is not"
    offers = wares_of(found.vendors[STRANGE_GEAR_OFFERS], vendor_definition(real_manifest, STRANGE_GEAR_OFFERS), catalogue)
    assert len(offers) == 23
    assert next(ware for ware in offers if ware.facts.name == "Hawkmoon").roll == "unknown"
    reasons = [reason for ware in offers if isinstance(ware.reasons, list) for reason in ware.reasons]
    assert "Requires Destiny 2: Beyond Light" in reasons
    counters = [found.vendors[hash] for hash in COUNTERS]
    stock = stock_of(counters, frozenset().union(*(gear_of(counter, catalogue) for counter in counters)))
    assert 20 <= len(stock.gear) <= 30


@pytest.mark.real_data
def test_real_wares_with_details_have_perks_and_power(shared_dir: Path, real_manifest: StoredDefinitions) -> None:
    found, catalogue = read_vendors(response(shared_dir, FILES[1])[0], READ), Catalogue(real_manifest)
    rolls: dict[str, int] = {}
    for vendor in found.vendors.values():
        for ware in wares_of(vendor, VendorDefinition(), catalogue):
            rolls[ware.roll] = rolls.get(ware.roll, 0) + 1
            assert msgspec.json.encode(ware)
            if ware.roll != "known":
                assert not isinstance(ware.stats, list)
    assert rolls["known"] >= 50


def test_what_cannot_be_read_is_said() -> None:
    for broken in (b"", b"<html>", b'{"vendors": 3, "vendor": 3}', b"[]", b"[" * 100_000):
        with pytest.raises(BungieGarbled):
            read_vendors(broken, READ)
        with pytest.raises(BungieGarbled):
            read_vendor(broken, XUR)


def test_odd_parts_cost_only_themselves() -> None:
    sales: dict[str, Any] = {
        "4": {"itemHash": 7, "quantity": "many", "costs": None, "saleStatus": 1},
        "2": {"vendorItemIndex": 2, "itemHash": 8, "costs": [{"itemHash": 9, "quantity": 1}]},
        "x": {"itemHash": 1},
        "3": "nothing",
    }
    body = {
        "vendors": {"data": {str(XUR): {"vendorHash": XUR, "nextRefreshDate": "soon", "enabled": True}, "no": {}}, "privacy": 2},
        "sales": {"data": {str(XUR): {"saleItems": sales}, "5": None}, "privacy": 2},
        "itemComponents": {str(XUR): {"sockets": 5}},
        "currencyLookups": {"data": {"itemQuantities": 5}},
    }
    found = read_vendors(json.dumps(body).encode(), READ)
    xur = found.vendors[XUR]
    assert (xur.is_here, xur.next_refresh) == (True, None)
    assert [(sale.vendor_item_index, sale.item_hash, sale.quantity, sale.sale_status) for sale in xur.sales] == [
        (2, 8, 1, None),
        (4, 7, 1, 1),
    ]
    assert found.vendors[5].sales == () and not found.vendors[5].is_here


def test_a_component_without_data_says_nothing_of_who_is_there() -> None:
    found = read_vendors(b'{"vendors": {"privacy": 2}, "sales": {"privacy": 2}}', READ)
    assert (found.state, found.is_here(XUR), found.vendors) == ("private", None, {})
