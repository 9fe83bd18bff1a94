"""Real answers about vendors, whole, through the whole service: what players saw on two weekends of 2023 and 2026."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.services.xur.weekends import Weekends, moment, wares
from tests.simulator.controls import Controls
from tests.wired import build_wired

from vaultraider.domain.xur import COUNTERS, XUR
from vaultraider.simulator import Simulator
from vaultraider.simulator.capture import PERSON

PROFILE, MANIFEST = "d2-profile-2021-05-28.json.gz", "world_sql_content_28da9fe4aca0ff6db850035430bba728.content"
NEW, OLD = "d2-vendors-2026-06-29.json.gz", "d2-vendors-2023-11-28.json.gz"
MONDAY_2026, WEEKEND_2023 = "2026-06-29T20:00:00", "2023-11-27T20:00:00"
pytestmark = pytest.mark.real_data


def answer(shared_dir: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress((shared_dir / "data" / "real" / name).read_bytes()))["Response"]
    return found


def for_sale(captured: dict[str, Any]) -> list[dict[str, Any]]:
    """What has a price, at both of his counters."""
    sales = captured["sales"]["data"]
    listed = [one for hash in COUNTERS if str(hash) in sales for one in sales[str(hash)]["saleItems"].values()]
    return [one for one in listed if one["costs"]]


def looked(shared_dir: Path, folder: Path, vendors: Path, at: str) -> Iterator[Weekends]:
    """A house before the capture, whose person has looked at the vault; the watch has taken one turn."""
    real = shared_dir / "data" / "real"
    with Simulator(profile=real / PROFILE, manifest=real / MANIFEST, vendors_file=vendors) as simulator:
        house = build_wired(folder / "data", Controls(simulator), start=moment(at))
        assert house.update_definitions().state == "done"
        browser = house.signed_in(PERSON)
        assert browser.get("/api/v1/profile").status_code == 200
        weekends = Weekends(house, str(browser.cookie))
        weekends.watch()
        yield weekends
        house.services.close()
        assert not simulator.box.journal.problems()


@pytest.fixture(scope="module")
def monday(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Weekends]:
    yield from looked(shared_dir, tmp_path_factory.mktemp("2026"), shared_dir / "data" / "real" / NEW, MONDAY_2026)


@pytest.fixture(scope="module")
def as_he_was(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Weekends]:
    """The capture of an hour after he had gone still has his wares: here he is let in again."""
    folder = tmp_path_factory.mktemp("2023")
    captured = answer(shared_dir, OLD)
    for hash in COUNTERS:
        if str(hash) in captured["sales"]["data"]:
            vendor = {"vendorHash": hash, "nextRefreshDate": "2023-12-01T09:00:00Z", "enabled": True, "canPurchase": True}
            captured["vendors"]["data"][str(hash)] = vendor
    (folder / "vendors.json").write_text(json.dumps({"Response": captured}), encoding="utf-8")
    yield from looked(shared_dir, folder, folder / "vendors.json", WEEKEND_2023)


def test_every_ware_is_shown(monday: Weekends, shared_dir: Path) -> None:
    captured = for_sale(answer(shared_dir, NEW))
    assert len(captured) >= 18
    for browser in (monday.anybody, monday.marrow):
        shown = monday.shown(browser)
        assert (shown["state"], shown["of"], shown["weekend"]) == ("here", "now", "2026-06-26")
        assert Counter(ware["hash"] for ware in wares(shown)) == Counter(one["itemHash"] for one in captured)
        prices = {(ware["index"], ware["hash"]): [(p["hash"], p["quantity"]) for p in ware["prices"]] for ware in wares(shown)}
        for one in captured:
            assert prices[one["vendorItemIndex"], one["itemHash"]] == [(c["itemHash"], c["quantity"]) for c in one["costs"]]
        assert all(ware["facts"]["name"] for ware in wares(shown))


def test_without_details_no_roll_is_claimed(monday: Weekends) -> None:
    for browser in (monday.anybody, monday.marrow):
        listed = wares(monday.shown(browser))
        rolls = Counter(ware["roll"] for ware in listed)
        assert rolls["known"] == 0
        assert rolls["unknown"] + rolls["fixed"] >= 15
        assert not any("stats" in ware or "power" in ware for ware in listed)


def test_what_is_the_persons_is_only_theirs(monday: Weekends) -> None:
    public, own = monday.shown(), monday.shown(monday.marrow)
    assert not any({"owned", "barred", "reasons", "copies"} & ware.keys() for ware in wares(public))
    assert "purse" not in public
    assert own["purse"]
    assert any(ware.get("barred") for ware in wares(own))


def test_the_letter_tells_it(monday: Weekends) -> None:
    (message,) = monday.told(monday.house.services.accounts.users.all()[0].name)
    shown = monday.shown(monday.marrow)
    for ware in wares(shown):
        assert ware["facts"]["name"][:50] in message.text
    assert "roll unknown" in message.text
    assert sum(len(picture) for picture in message.pictures.values()) * 4 / 3 + len(message.html.encode()) < 110_000


def test_what_he_had_in_2023(as_he_was: Weekends, shared_dir: Path) -> None:
    """The capture has details of 158 vendors' wares, and none of his."""
    captured = answer(shared_dir, OLD)
    assert len(captured["itemComponents"]) > 100 and str(XUR) not in captured["itemComponents"]
    listed = wares(as_he_was.shown())
    assert Counter(ware["hash"] for ware in listed) == Counter(one["itemHash"] for one in for_sale(captured))
    assert max(len(ware["prices"]) for ware in listed) == 4
    assert {ware["roll"] for ware in listed} <= {"unknown", "fixed", "none"}


def test_an_hour_after_he_had_gone_he_is_gone(shared_dir: Path, tmp_path: Path) -> None:
    """His wares are still listed then, by nobody who is there: not even on a day on which he is due are they his."""
    for weekends in looked(shared_dir, tmp_path, shared_dir / "data" / "real" / OLD, WEEKEND_2023):
        shown = weekends.shown()
        assert (shown["state"], shown["of"]) == ("expected", "none")
        assert "does not show him" in shown["sentence"]
        weekends.at("2023-11-28T18:00:00")
        assert weekends.shown()["state"] == "away"
