"""From Bungie's records to the fields that are kept: numbers that somebody could have, and nothing that could do harm.

Bungie's values may be anything: a number that no program holds exactly is kept as 0, a text that is no time as none.
"""

from __future__ import annotations

from typing import Any

from vaultraider.domain.history.moment import KeptCharacter, KeptItem
from vaultraider.domain.items import InstanceData, ItemData
from vaultraider.domain.snapshot import CharacterData
from vaultraider.domain.sockets import SocketsData

LARGEST = 2**53 - 1
"""Every program that reads the memory holds these exactly."""
LONGEST_ID = 32
LONGEST_TIME = 40

INSTANCE_FIELDS = ("damage", "primary", "level", "quality", "energy", "gear_tier")
"""What the instance component tells."""


def kept_item(data: ItemData, holder: str, equipped: bool, details: dict[str, Any] | None = None) -> KeptItem:
    """``details``: what the item's components tell, by field."""
    expires = data.expiration_date
    return KeptItem(
        hash=number(data.item_hash),
        holder=holder,
        equipped=equipped,
        bucket=number(data.bucket_hash),
        location=number(data.location),
        quantity=number(data.quantity),
        state=number(data.state),
        transfer_status=number(data.transfer_status),
        lockable=data.lockable,
        version=number(data.version_number),
        style=number(data.override_style_item_hash),
        expires=expires if expires.isascii() and len(expires) <= LONGEST_TIME else "",
        **(details or {}),
    )


def kept_instance(data: InstanceData) -> dict[str, Any]:
    primary, energy = data.primary_stat, data.energy
    return {
        "damage": number(data.damage_type),
        "primary": (number(primary.stat_hash), number(primary.value)) if primary is not None else None,
        "level": number(data.item_level),
        "quality": number(data.quality),
        "energy": (number(energy.energy_capacity), number(energy.energy_used)) if energy is not None else None,
        "gear_tier": number(data.gear_tier) if data.gear_tier is not None else None,
    }


def kept_sockets(data: SocketsData) -> tuple[int, ...]:
    return tuple([plug_hash(socket.plug_hash) * 4 + socket.is_enabled * 2 + socket.is_visible for socket in data.sockets])


def kept_character(data: CharacterData) -> KeptCharacter:
    color = data.emblem_color
    stats = {int(hash): value for hash, value in data.stats.items() if hash.isascii() and hash.isdigit() and len(hash) < 12}
    return KeptCharacter(
        class_type=number(data.class_type),
        class_hash=number(data.class_hash),
        race_hash=number(data.race_hash),
        gender_hash=number(data.gender_hash),
        gender_type=number(data.gender_type),
        light=number(data.light),
        emblem=number(data.emblem_hash),
        colour=(number(color.red), number(color.green), number(color.blue)) if color is not None else None,
        title=number(data.title_record_hash),
        stats=tuple(sorted((hash, number(value)) for hash, value in stats.items())),
    )


def readable_id(id: str) -> bool:
    """Whether it can be an id of Bungie's: anything else would be hostile, or a fault."""
    return 0 < len(id) <= LONGEST_ID and id.isascii() and id.isalnum()


def number(value: int) -> int:
    """0 for one that is nobody's."""
    return value if -LARGEST <= value <= LARGEST else 0


def plug_hash(value: int) -> int:
    return value if 0 <= value < 2**32 else 0


def is_hash(value: int) -> bool:
    return 0 < value < 2**32
