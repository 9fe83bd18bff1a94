"""The answers about a profile, as the page's types are generated from them.

``GET /api/v1/profile`` is put together from ready pieces of JSON (services/inventory.py), so ``ProfileAnswer`` is not built at
run time: a test decodes what is sent with it.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.domain.profile_parts import (
    Bucket,
    Character,
    Currency,
    Incomplete,
    Item,
    ItemFacts,
    Occupancy,
    PlugFacts,
    StatFacts,
)

HashKey = Annotated[str, msgspec.Meta(pattern="^[0-9]+$")]


class AccountRef(msgspec.Struct, kw_only=True):
    """Which Destiny account: platform number, id, and the name it is known by."""

    type: int
    id: str
    name: str


class ManifestRef(msgspec.Struct, kw_only=True):
    """Which definitions the names came from. ``key`` changes whenever they do."""

    version: str
    language: str
    key: str


class ProfileAnswer(msgspec.Struct, kw_only=True):
    """Everything the vault page shows, in one answer.

    ``minted`` is Bungie's stamp on its answer, ``read`` when we read that answer, ``checked`` when we last asked Bungie and
    it had nothing newer. ``definitions`` holds every hash in ``items`` and ``currencies``, unknown ones too; ``plugs`` and
    ``stats`` every hash named in ``items`` and ``characters``. ``characters``: last played first. ``buckets``: in display order.
    """

    account: AccountRef
    read: str
    characters: list[Character]
    vault: Occupancy
    buckets: list[Bucket]
    currencies: list[Currency]
    definitions: dict[HashKey, ItemFacts]
    plugs: dict[HashKey, PlugFacts]
    stats: dict[HashKey, StatFacts]
    items: list[Item]
    minted: str | UnsetType = UNSET
    manifest: ManifestRef | UnsetType = UNSET
    incomplete: list[Incomplete] | UnsetType = UNSET


class RefreshAnswer(msgspec.Struct, kw_only=True):
    """What a refresh found. ``changed``: ask for the profile again. ``wait``: seconds until Bungie may be asked again."""

    changed: bool
    read: str
    checked: str
    minted: str | UnsetType = UNSET
    wait: float | UnsetType = UNSET
