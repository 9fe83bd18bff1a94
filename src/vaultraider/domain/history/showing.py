"""A moment as a snapshot again, so that a past one is drawn by the same code as today's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Raw

from vaultraider.domain.history.loadouts import as_component
from vaultraider.domain.history.moment import KeptCharacter, KeptItem, Moment
from vaultraider.domain.snapshot import (
    Component,
    ItemComponents,
    ItemList,
    ProfileBody,
    ProfileData,
    ProfileSnapshot,
)

PUBLIC, PRIVATE = 1, 2
_ENCODER = msgspec.json.Encoder()


def snapshot_from(moment: Moment, at: datetime) -> ProfileSnapshot:
    """As if Bungie had answered so at ``at``. Lists are in the order of ids, so that one moment has one answer.

    What is not kept is missing: times of play, objectives, the alternatives of sockets, Bungie's own stats.
    """
    characters = {id: moment.characters[id] for id in sorted(moment.characters)}
    body = ProfileBody(
        profile=Component(data=ProfileData(character_ids=list(characters)), privacy=PUBLIC),
        profile_currencies=Component(data=ItemList([_currency(*each) for each in moment.currencies.items()]), privacy=PRIVATE),
        characters=Component(data={id: _raw(_character(id, each)) for id, each in characters.items()}, privacy=PUBLIC),
        item_components=_components(moment),
    )
    _add_lists(body, moment)
    if moment.loadouts:
        body.character_loadouts = {name: _raw(value) for name, value in as_component(moment.loadouts).items()}
    return ProfileSnapshot(body=body, read=at, minted=None)


def _add_lists(body: ProfileBody, moment: Moment) -> None:
    account = ItemList([])
    carried = {id: ItemList([]) for id in sorted(moment.characters)}
    worn = {id: ItemList([]) for id in carried}
    for id, item in _in_order(moment):
        lists = worn if item.equipped else carried
        target = lists.setdefault(item.holder, ItemList([])) if item.holder else account
        target.items.append(_raw(_item(id, item)))
    body.profile_inventory = Component(data=account, privacy=PRIVATE)
    body.character_inventories = Component(data=carried, privacy=PRIVATE)
    body.character_equipment = Component(data=worn, privacy=PUBLIC)


def _in_order(moment: Moment) -> list[tuple[str, KeptItem]]:
    """Instances by id, the oldest first, then stacks by hash."""
    items = sorted(moment.items.items(), key=lambda pair: (len(pair[0]), pair[0]))
    return items + [("", stack) for hash in sorted(moment.stacks) for stack in moment.stacks[hash]]


def _components(moment: Moment) -> ItemComponents:
    instances = {id: _raw(_instance(item)) for id, item in moment.items.items()}
    sockets = {id: _raw(_sockets(item.sockets)) for id, item in moment.items.items() if item.sockets is not None}
    return ItemComponents(instances=Component(data=instances, privacy=PUBLIC), sockets=Component(data=sockets, privacy=PUBLIC))


def _item(id: str, item: KeptItem) -> dict[str, Any]:
    """DestinyItemComponent. What Bungie leaves out where there is none is left out."""
    optional = {"itemInstanceId": id, "overrideStyleItemHash": item.style, "expirationDate": item.expires}
    return {
        "itemHash": item.hash,
        "quantity": item.quantity,
        "location": item.location,
        "bucketHash": item.bucket,
        "transferStatus": item.transfer_status,
        "lockable": item.lockable,
        "state": item.state,
        "versionNumber": item.version,
    } | {name: value for name, value in optional.items() if value}


def _instance(item: KeptItem) -> dict[str, Any]:
    found: dict[str, Any] = {"damageType": item.damage, "itemLevel": item.level, "quality": item.quality}
    if item.primary is not None:
        found["primaryStat"] = {"statHash": item.primary[0], "value": item.primary[1]}
    if item.energy is not None:
        found["energy"] = {"energyCapacity": item.energy[0], "energyUsed": item.energy[1]}
    if item.gear_tier is not None:
        found["gearTier"] = item.gear_tier
    return found


def _sockets(sockets: tuple[int, ...]) -> dict[str, Any]:
    return {"sockets": [{"plugHash": each >> 2, "isEnabled": bool(each & 2), "isVisible": bool(each & 1)} for each in sockets]}


def _currency(hash: int, amount: int) -> Raw:
    return _raw({"itemHash": hash, "quantity": amount})


def _character(id: str, character: KeptCharacter) -> dict[str, Any]:
    found: dict[str, Any] = {
        "characterId": id,
        "light": character.light,
        "stats": {str(hash): value for hash, value in character.stats},
        "classType": character.class_type,
        "classHash": character.class_hash,
        "raceHash": character.race_hash,
        "genderHash": character.gender_hash,
        "genderType": character.gender_type,
        "emblemHash": character.emblem,
        "titleRecordHash": character.title,
    }
    if character.colour is not None:
        found["emblemColor"] = dict(zip(("red", "green", "blue"), character.colour, strict=True))
    return found


def _raw(value: object) -> Raw:
    return Raw(_ENCODER.encode(value))
