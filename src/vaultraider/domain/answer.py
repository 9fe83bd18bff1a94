"""The page's one request: a profile as JSON, put together from pieces that are encoded already."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from vaultraider.domain import hashes
from vaultraider.domain.annotations import Annotation, annotation_key
from vaultraider.domain.profile import Profile
from vaultraider.domain.wishes import Verdict

_ENCODER = msgspec.json.Encoder()
ASSEMBLY_VERSION = 1
"""Grows when the same snapshot and definitions give another answer than before: it is part of the ``ETag``."""


class Remarks(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a player and their wish lists say of the items. ``annotations``: by ``annotation_key``; ``verdicts``: by item id."""

    annotations: Mapping[str, Annotation] = {}
    verdicts: Mapping[str, Verdict] = {}


NO_REMARKS = Remarks()


def encode_answer(profile: Profile, head: msgspec.Struct, remarks: Remarks = NO_REMARKS) -> bytes:
    """The answer of ``GET /api/v1/profile``. ``head``: the fields that say whose profile this is, when it was read and by which
    definitions; it comes first. Of ``remarks`` only what is about items that are there."""
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
            b"]", _more(_there(profile, remarks)),
        )
    )  # fmt: skip


def _there(profile: Profile, remarks: Remarks) -> Remarks:
    annotations, verdicts = remarks.annotations, remarks.verdicts
    keys = [annotation_key(entry.data.item_hash, entry.data.item_instance_id) for entry in profile.entries] if annotations else []
    ids = [entry.item.id for entry in profile.entries] if verdicts else []
    return Remarks(
        {key: annotations[key] for key in keys if key in annotations}, {id: verdicts[id] for id in ids if id in verdicts}
    )


def _more(fields: msgspec.Struct) -> bytes:
    """Its fields as the end of an object that has begun."""
    encoded = _ENCODER.encode(fields)
    return b"," + encoded[1:] if len(encoded) > 2 else b"}"


def _stats(profile: Profile) -> set[int]:
    found = {hashes.TOTAL, *hashes.ARMOR_STAT_HASHES}
    for entry in profile.entries:
        found.update(entry.stat_hashes)
    return found
