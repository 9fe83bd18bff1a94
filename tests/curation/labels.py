"""Tagging and noting, as the page does it."""

from __future__ import annotations

from typing import Any

from tests.wired import WiredBrowser, WiredHouse

PATH = "/api/v1/annotations"


def profile(browser: WiredBrowser) -> dict[str, Any]:
    answer = browser.get("/api/v1/profile")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def copies(browser: WiredBrowser, count: int) -> list[str]:
    """The ids of some weapons in the vault, always the same ones."""
    found = profile(browser)
    kinds = found["definitions"]
    return [
        each["id"]
        for each in found["items"]
        if each["store"] == "vault" and not each["id"].startswith("s-") and kinds[str(each["hash"])].get("ammo")
    ][:count]


def stack(browser: WiredBrowser) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in profile(browser)["items"] if each["id"].startswith("s-"))
    return found


def say(browser: WiredBrowser, items: list[str], **what: str) -> dict[str, Any]:
    answer = browser.send("POST", PATH, {"items": items, **what})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def said(browser: WiredBrowser) -> dict[str, Any]:
    found: dict[str, Any] = browser.get(PATH).json["annotations"]
    return found


def refresh(house: WiredHouse, browser: WiredBrowser, after: float = 60) -> None:
    house.pass_time(after)
    answer = browser.send("POST", "/api/v1/profile/refresh")
    assert answer.status_code == 200, answer.text
