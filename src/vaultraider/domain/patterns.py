"""Patterns of weapons: how far a player is with each, read off the triumphs that count them.

Of a player's four thousand triumphs (component 900) some hundred and fifty count patterns; no other is ever kept.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from msgspec import Raw

from vaultraider.domain.definitions import Definitions, ItemDefinition
from vaultraider.domain.entries import decode_item
from vaultraider.domain.errors import BungieGarbled
from vaultraider.domain.items import HIGHLIGHTED
from vaultraider.domain.snapshot import Component, Pattern, ProfileSnapshot, decode_or_salvage
from vaultraider.domain.sockets import ObjectiveData

_NOT_COMPLETED = 4
"""DestinyRecordState: some of its objectives are open."""


class _Record(msgspec.Struct):
    state: int = _NOT_COMPLETED
    objectives: list[ObjectiveData] = []


class _Records(msgspec.Struct):
    records: dict[str, Raw] = {}


class _Answer(msgspec.Struct, rename="camel"):
    profile_records: Component[_Records] | None = None


_ANSWER = msgspec.json.Decoder(_Answer)
_RECORD = msgspec.json.Decoder(_Record)


def read_patterns(response: bytes, wanted: Collection[int]) -> dict[int, Pattern] | None:
    """Of the ``Response`` of GetProfile the records that are ``wanted``; None where Bungie says nothing of any: private or
    switched off. Raises BungieGarbled."""
    try:
        part = _ANSWER.decode(response).profile_records
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BungieGarbled from error
    if part is None or part.data is None:
        return None
    records = part.data.records
    return {hash: _pattern(records[str(hash)]) for hash in wanted if str(hash) in records}


def _pattern(raw: Raw) -> Pattern:
    record = decode_or_salvage(raw, _RECORD, _Record)
    done = sum(min(each.progress, each.completion_value) for each in record.objectives)
    return Pattern(done, sum(each.completion_value for each in record.objectives), not record.state & _NOT_COMPLETED)


def pattern_of(snapshot: ProfileSnapshot, item: ItemDefinition | None, definitions: Definitions) -> Pattern | None:
    """Of a weapon; None where it has none, or where nothing is known of it."""
    if item is None or not item.recipe:
        return None
    record = definitions.patterns.get(item.name)
    return snapshot.body.patterns.get(record) if record is not None else None


def resonant(snapshot: ProfileSnapshot) -> frozenset[str]:
    """Copies that a pattern can be extracted from, by id: when one is gone, or is one no more, a pattern may have grown."""
    items = (decode_item(raw) for holding in snapshot.holdings() for raw in holding.items)
    return frozenset(item.item_instance_id for item in items if item.item_instance_id and item.state & HIGHLIGHTED)
