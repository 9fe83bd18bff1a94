"""The page's one request: a profile as JSON, put together from pieces that are encoded already."""

from __future__ import annotations

import msgspec

from vaultraider.domain import hashes
from vaultraider.domain.profile import Profile

_ENCODER = msgspec.json.Encoder()
ASSEMBLY_VERSION = 1
"""Grows when the same snapshot and definitions give another answer than before: it is part of the ``ETag``."""


def encode_answer(profile: Profile, head: msgspec.Struct) -> bytes:
    """The answer of ``GET /api/v1/profile``. ``head``: the fields that say whose profile this is, when it was read and by which
    definitions; it comes first."""
    entries = profile.entries
    catalogue = profile.catalogue
    items = {entry.data.item_hash for entry in entries}
    items.update([currency.hash for currency in profile.currencies])
    plugs: set[int] = set()
    for entry in entries:
        plugs.update(entry.plugs)
    catalogue_item, catalogue_plug, catalogue_stat = catalogue.item, catalogue.plug, catalogue.stat
    return b"".join(
        (
            _ENCODER.encode(head)[:-1],
            b',"vault":', _ENCODER.encode(profile.vault),
            b',"characters":', _ENCODER.encode(profile.characters),
            b',"buckets":', _ENCODER.encode(profile.buckets),
            b',"currencies":', _ENCODER.encode(profile.currencies),
            b',"definitions":{', b",".join([catalogue_item(hash).facts for hash in sorted(items)]),
            b'},"plugs":{', b",".join([catalogue_plug(hash).facts for hash in sorted(plugs)]),
            b'},"stats":{', b",".join([catalogue_stat(hash) for hash in sorted(_stats(profile))]),
            b'},"items":[', b",".join([entry.json for entry in entries]),
            b"]}",
        )
    )  # fmt: skip


def _stats(profile: Profile) -> set[int]:
    found = {hashes.TOTAL, *hashes.ARMOR_STAT_HASHES}
    for entry in profile.entries:
        found.update(entry.stat_hashes)
    return found
