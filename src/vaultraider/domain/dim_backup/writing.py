"""Writing a backup that Destiny Item Manager can read.

Tags of one's own, which it does not know, stand in fields that it passes over.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Raw

from vaultraider.domain import hashes
from vaultraider.domain.annotations import TAGS, Annotation, Tag, is_of_copy
from vaultraider.domain.custom_stats import CustomStat
from vaultraider.domain.dim_backup.entries import Account, OldSearch
from vaultraider.domain.dim_backup.numbers import ANY_GUARDIAN, GAME, ITEM_SEARCH
from vaultraider.domain.items import CLASSES

FIRST_STAT = -111001
"""``statHash`` of a total of one's own; the next ones go down from it."""


def write_backup(
    accounts: Sequence[Account],
    tags: Sequence[Tag],
    searches: Sequence[OldSearch],
    loadouts: Sequence[bytes],
    stats: Sequence[CustomStat] = (),
) -> bytes:
    """``tags``, ``stats``: the person's own. ``loadouts``: JSON as it came. On one line: indented, what was made to be deep would
    fill the memory."""
    body = {
        "settings": {"customStats": [_own_stat(place, each) for place, each in enumerate(stats)]} if stats else {},
        "loadouts": [Raw(each) for each in loadouts],
        "tags": [_entry(account, key, said) for account in accounts for key, said in account.said.items() if is_of_copy(key)],
        "itemHashTags": _hash_entries(accounts),
        "triumphs": [],
        "searches": [{"destinyVersion": GAME, "search": _search(each)} for each in searches],
        "customTags": tags,
    }
    return msgspec.json.encode(body)


def _own_stat(place: int, stat: CustomStat) -> dict[str, Any]:
    """They number totals downwards, so that none is ever a stat of Bungie's."""
    return {
        "statHash": FIRST_STAT - place,
        "label": stat.label,
        "shortLabel": stat.keyword,
        "class": next((number for number, guardian in CLASSES.items() if guardian == stat.guardian), ANY_GUARDIAN),
        "weights": {str(hash): weight for hash, weight in zip(hashes.ARMOR_STAT_HASHES, stat.weights, strict=True)},
    }


def _entry(account: Account, key: str, said: Annotation) -> dict[str, Any]:
    annotation = {"id": key, **_said(said)}
    if account.crafted.get(key):
        annotation["craftedDate"] = account.crafted[key]
    return {"platformMembershipId": account.membership_id, "destinyVersion": GAME, "annotation": annotation}


def _hash_entries(accounts: Sequence[Account]) -> list[dict[str, Any]]:
    """They name no account: of several the first one that says something counts."""
    found: dict[str, Annotation] = {}
    for account in accounts:
        found = {key: said for key, said in account.said.items() if not is_of_copy(key)} | found
    return [{"hash": int(key.removeprefix("h-")), **_said(said)} for key, said in found.items()]


def _said(said: Annotation) -> dict[str, Any]:
    tag = {"tag": said.tag} if said.tag in TAGS else {"customTag": said.tag} if said.tag else {}
    return {**tag, **({"notes": said.notes} if said.notes else {})}


def _search(search: OldSearch) -> dict[str, Any]:
    found = {
        "query": search.query,
        "usageCount": search.uses,
        "saved": search.saved,
        "lastUsage": search.last,
        "type": ITEM_SEARCH,
    }
    return {**found, "name": search.name} if search.name else found
