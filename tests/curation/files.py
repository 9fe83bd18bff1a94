"""Backups and tables as Destiny Item Manager and spreadsheets write them, and sending them."""

from __future__ import annotations

import json
from typing import Any

from tests.wired import WiredBrowser

IMPORT = "/api/v1/curation/import"
BACKUP = "/api/v1/curation/backup"


def annotation(account: str, id: str, **said: Any) -> dict[str, Any]:
    return {"platformMembershipId": account, "destinyVersion": 2, "annotation": {"id": id, **said}}


def search(query: str, **more: Any) -> dict[str, Any]:
    found = {"query": query, "usageCount": 3, "saved": False, "lastUsage": 1_790_000_000_000, "type": 1}
    return {"destinyVersion": 2, "search": found | more}


def loadout(account: str, id: str, name: str) -> dict[str, Any]:
    made = {"id": id, "name": name, "classType": 1, "equipped": [{"id": "1", "hash": 2}], "unequipped": [], "clearSpace": False}
    return {"platformMembershipId": account, "destinyVersion": 2, "loadout": made}


def bring(browser: WiredBrowser, file: bytes | str, kind: str = "application/json", *, check: bool = False) -> Any:
    return browser.client.post(
        f"{IMPORT}?check={'true' if check else 'false'}",
        data=file.encode() if isinstance(file, str) else file,
        headers={"Content-Type": kind, "X-CSRF-Token": browser.csrf()},
    )


def bring_backup(browser: WiredBrowser, *, check: bool = False, **parts: Any) -> dict[str, Any]:
    answer = bring(browser, json.dumps(parts), check=check)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def bring_table(browser: WiredBrowser, text: str | bytes, *, check: bool = False) -> dict[str, Any]:
    answer = bring(browser, text, "text/csv", check=check)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found
