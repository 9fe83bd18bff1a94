"""What is kept of a vendor's answer: enough to show it again, and nothing of who asked."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from tests.domain.accounts import READ

from vaultraider.domain.vendor_stock import to_keep
from vaultraider.domain.vendors import Vendor, read_vendor, read_vendors

ANSWER = {
    "vendor": {"data": {"vendorHash": 5, "nextRefreshDate": "2026-12-04T09:00:00Z", "enabled": True, "canPurchase": False}},
    "sales": {
        "data": {
            "0": {
                "vendorItemIndex": 0,
                "itemHash": 10,
                "quantity": 3,
                "costs": [{"itemHash": 9, "quantity": 41, "hasConditionalVisibility": False}],
                "saleStatus": 2,
                "failureIndexes": [1],
                "augments": 128,
                "requiredUnlocks": [77],
            },
            "1": {"vendorItemIndex": 1, "itemHash": 11, "quantity": 1, "costs": [], "saleStatus": 8},
        }
    },
    "itemComponents": {
        "instances": {"data": {"0": {"primaryStat": {"statHash": 1, "value": 500}, "canEquip": False, "unlockHashes": [3]}}},
        "sockets": {"data": {"0": {"sockets": [{"plugHash": 4}]}, "1": {"sockets": []}}},
    },
    "currencyLookups": {"data": {"itemQuantities": {"9": 12}}},
}


def kept(vendor: Vendor, *, personal: bool) -> Vendor:
    return read_vendor(bytes(to_keep(vendor, personal=personal)), vendor.hash)


def test_for_the_record() -> None:
    text = bytes(to_keep(read_vendor(json.dumps(ANSWER).encode(), 5), personal=False)).decode()
    for word in ("saleStatus", "failureIndexes", "augments", "canEquip", "unlock", "Unlock", "currencyLookups", "canPurchase"):
        assert word not in text
    found = read_vendor(text.encode(), 5)
    assert (found.is_here, found.purse, [sale.item_hash for sale in found.sales]) == (True, None, [10])
    assert (found.sales[0].quantity, found.sales[0].costs[0].quantity, found.sales[0].augments) == (3, 41, None)
    assert found.components.instances is not None and found.components.instances.data is not None
    assert json.loads(bytes(found.components.instances.data["0"])) == {"primaryStat": {"statHash": 1, "value": 500}}
    assert found.components.sockets is not None and found.components.sockets.data is not None
    assert set(found.components.sockets.data) == {"0"}


def test_for_the_person() -> None:
    found = kept(read_vendor(json.dumps(ANSWER).encode(), 5), personal=True)
    assert found.purse == {9: 12}
    assert [(sale.sale_status, sale.augments, sale.failure_indexes) for sale in found.sales] == [(2, 128, [1]), (8, None, [])]


def test_one_who_is_not_there() -> None:
    found = kept(read_vendor(b'{"sales": {"data": {}}}', 5), personal=False)
    assert not found.is_here


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["d2-vendors-2026-06-29", "d2-vendors-2023-11-28"])
def test_every_vendor_of_a_real_answer(shared_dir: Path, name: str) -> None:
    """Kept and read again it sells the same for the same, with the same details."""
    whole = json.loads(gzip.decompress((shared_dir / "data" / "real" / f"{name}.json.gz").read_bytes()))["Response"]
    for vendor in read_vendors(json.dumps(whole).encode(), READ).vendors.values():
        again = kept(vendor, personal=True)
        assert (again.sales, again.purse, again.is_here) == (vendor.sales, vendor.purse, vendor.is_here)
        public = kept(vendor, personal=False)
        assert [(sale.item_hash, sale.costs) for sale in public.sales] == [
            (sale.item_hash, sale.costs) for sale in vendor.sales if sale.costs
        ]
        assert {(sale.sale_status, sale.augments) for sale in public.sales} <= {(None, None)}
