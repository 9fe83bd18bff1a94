"""A captured account with its own manifest: everything that went in is accounted for on the page."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.journeys.house import DESKTOP, house, see_all_rows, see_vault, sideways

pytestmark = [pytest.mark.browser, pytest.mark.real_data]

PROFILE = "d2-profile-2021-05-28.json.gz"


def test_every_item_of_a_real_account_is_on_the_page(browser: Browser, shared_dir: Path, tmp_path: Path) -> None:
    folder = shared_dir / "data" / "real"
    profile, manifest = folder / PROFILE, next(folder.glob("world_sql_content_*.content"))
    captured = json.loads(gzip.decompress(profile.read_bytes()))["Response"]
    with house(tmp_path / "data", profile=profile, manifest=manifest) as home:
        context = home.visitor(browser, "Captured", viewport=DESKTOP)
        page = context.new_page()
        page.goto(f"{home.url}/vault")
        see_vault(page)
        see_all_rows(page)
        drawn = page.locator(".tile").evaluate_all("tiles => tiles.map(tile => [tile.dataset.id, tile.ariaLabel])")
        assert len(drawn) == len(items_of(captured))
        assert {each["itemInstanceId"] for each in items_of(captured) if "itemInstanceId" in each} <= {id for id, _ in drawn}
        assert all(label for _, label in drawn)
        assert sideways(page) <= 0
        context.close()


def items_of(captured: dict) -> list[dict]:  # type: ignore[type-arg]
    """Every item of a GetProfile answer: vault and shared, carried, worn."""
    found = list(captured["profileInventory"]["data"]["items"])
    for part in ("characterInventories", "characterEquipment"):
        for each in captured.get(part, {}).get("data", {}).values():
            found += each["items"]
    return found
