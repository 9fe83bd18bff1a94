"""How a person likes the page."""

from __future__ import annotations

import logging
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.domain.people import User
from vaultraider.ports import Clock, PreferenceStore

logger = logging.getLogger(__name__)


Column = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
MOST_COLUMNS, MOST_ORDERS = 120, 20


class OrganizerOrder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``column``: the page's name of it. ``down``: the highest first."""

    column: Column
    down: bool


Basis = Literal["base", "now", "mastered"]
Columns = Annotated[tuple[Column, ...], msgspec.Meta(max_length=MOST_COLUMNS)]
Orders = Annotated[tuple[OrganizerOrder, ...], msgspec.Meta(max_length=MOST_ORDERS)]


class LikedBasis(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which stats: without anything plugged, as they are, or as if masterworked."""

    weapons: Basis | UnsetType = UNSET
    armor: Basis | UnsetType = UNSET
    other: Basis | UnsetType = UNSET


class LikedColumns(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    weapons: Columns | UnsetType = UNSET
    armor: Columns | UnsetType = UNSET
    other: Columns | UnsetType = UNSET


class LikedOrders(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    weapons: Orders | UnsetType = UNSET
    armor: Orders | UnsetType = UNSET
    other: Orders | UnsetType = UNSET


class OrganizerLikes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How somebody likes the organizer's table, by category; what is not given is as in the beginning."""

    category: Literal["weapons", "armor", "other"] | UnsetType = UNSET
    guardian: Literal["titan", "hunter", "warlock", "all"] | UnsetType = UNSET
    basis: LikedBasis | UnsetType = UNSET
    columns: LikedColumns | UnsetType = UNSET
    orders: LikedOrders | UnsetType = UNSET


class Preferences(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``tile_size`` is in CSS pixels. Whatever is not given is as in the beginning.

    ``keep_locked``: what is locked is never moved aside to make room. ``wait_minutes``: how long a transfer may wait for
    Bungie, or for an activity to end. ``organizer``: columns and order of its table.
    """

    theme: Literal["system", "dark", "light"] = "system"
    tile_size: Literal[36, 44, 56] = 44
    sort: Literal["rarity", "power", "name", "newest"] = "rarity"
    group: Literal["type", "rarity", "element", "none"] = "type"
    hide_unmatched: bool = False
    less_motion: bool = False
    single_keys: bool = True
    keep_locked: bool = False
    wait_minutes: Annotated[int, msgspec.Meta(ge=5, le=1440)] = 60
    organizer: OrganizerLikes = OrganizerLikes()


class PreferenceKeeper:
    def __init__(self, *, store: PreferenceStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def of(self, user: User) -> Preferences:
        """What another version wrote and this one does not know counts as not given."""
        kept = self._store.load(user.id)
        if kept is None:
            return Preferences()
        try:
            return msgspec.json.decode(kept, type=Preferences)
        except msgspec.DecodeError:
            logger.info("The preferences of user %s are of another version; taking what is known", user.id)
            return _known_part(kept)

    def save(self, user: User, preferences: Preferences) -> Preferences:
        self._store.save(user.id, msgspec.json.encode(preferences), self._clock.now())
        return preferences


def _known_part(kept: bytes) -> Preferences:
    try:
        fields = msgspec.json.decode(kept, type=dict[str, object])
    except msgspec.DecodeError:
        return Preferences()
    known = Preferences()
    for name in Preferences.__struct_fields__:
        if name in fields:
            try:
                one = msgspec.convert({name: fields[name]}, Preferences)
            except msgspec.ValidationError:
                continue
            known = msgspec.structs.replace(known, **{name: getattr(one, name)})
    return known
