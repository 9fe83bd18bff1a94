"""The answers about a profile, as the page's types are generated from them.

``GET /api/v1/profile`` is put together from ready pieces of JSON (services/inventory.py), so ``ProfileAnswer`` is not built at
run time: a test decodes what is sent with it.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.api._annotation_types import ItemAnnotation
from vaultraider.api._times import TIME
from vaultraider.domain.profile_parts import (
    Bucket,
    Character,
    Currency,
    Incomplete,
    Item,
    ItemDetails,
    ItemFacts,
    Occupancy,
    PlugFacts,
    StatFacts,
)

__all__ = [
    "ItemDetails",
    "NicknameAnswer",
    "NicknameBody",
    "Observed",
    "ProfileAnswer",
    "ProfileQuery",
    "RefreshAnswer",
    "RefreshQuery",
]

HashKey = Annotated[str, msgspec.Meta(pattern="^-?[0-9]+$")]


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


class Observed(msgspec.Struct, kw_only=True):
    """A past state: ``since`` when it was first seen so, ``until`` when it was first seen otherwise; absent: it is so still."""

    since: str
    until: str | UnsetType = UNSET


class ProfileQuery(msgspec.Struct):
    """``at``: a past moment to show instead of now, as 2026-11-15T20:00:00Z; of a date alone, the end of that day in UTC."""

    at: Annotated[str, msgspec.Meta(pattern=TIME)] | UnsetType = UNSET


class ItemVerdict(msgspec.Struct, kw_only=True):
    """What the person's wish lists say of a copy. ``wanted``: thumb up, else down. ``notes``: of the first roll that matched;
    ``perks``: the plugs that make it one. ``list``: the list that says so; ``lists``: how many do, where it is not one."""

    wanted: bool
    notes: str | UnsetType = UNSET
    perks: tuple[int, ...] | UnsetType = UNSET
    list: str | UnsetType = UNSET
    lists: int | UnsetType = UNSET


class ProfileAnswer(msgspec.Struct, kw_only=True):
    """Everything the vault page shows, in one answer.

    ``minted`` is Bungie's stamp on its answer, ``read`` when we read that answer. ``characters``: last played first.
    ``buckets``: in display order. ``definitions`` holds every hash in ``items`` and ``currencies``, unknown ones too;
    ``plugs`` and ``stats`` every hash named in ``items`` and ``characters``. ``past``: this is the state at the moment ``at``,
    which was asked for; what is not remembered (objectives, time of play) is empty. ``annotations``: tags and notes, by instance
    id, of anything without one by ``h-<hash>``. ``verdicts``: of wish lists, by item id.
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
    past: bool | UnsetType = UNSET
    at: str | UnsetType = UNSET
    observed: Observed | UnsetType = UNSET
    annotations: dict[str, ItemAnnotation] | UnsetType = UNSET
    verdicts: dict[str, ItemVerdict] | UnsetType = UNSET


class RefreshQuery(msgspec.Struct):
    """``forced``: a person asked for it, so that the wait between two reads is shorter."""

    forced: bool = False


class NicknameBody(msgspec.Struct, forbid_unknown_fields=True):
    """At most 24 characters that can be seen; an empty one takes the nickname away."""

    nickname: str


class NicknameAnswer(msgspec.Struct, kw_only=True):
    id: str
    nickname: str | UnsetType = UNSET


class RefreshAnswer(msgspec.Struct, kw_only=True):
    """What a refresh found. ``changed``: ask for the profile again.

    ``read``: when the held state was read; ``checked``: when Bungie was last asked, also where it had nothing newer.
    ``wait``: it was not asked now; seconds until it may be. ``next``: when the account is read next by itself.
    ``tag``: a part of the profile's ``ETag`` as it would be answered now. Another than one holds: something else is new, such as
    a tag set on another device.
    """

    changed: bool
    read: str
    checked: str
    minted: str | UnsetType = UNSET
    wait: float | UnsetType = UNSET
    next: str | UnsetType = UNSET
    tag: str | UnsetType = UNSET
