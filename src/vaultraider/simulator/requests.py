"""Bodies of writes, read as Bungie reads them: numbers may come as text, unknown fields do not matter, absent ones are 0."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from vaultraider.simulator.answers import ApiError

Int64 = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
Int32 = Annotated[int, Meta(ge=-(2**31), le=2**31 - 1)]
UInt32 = Annotated[int, Meta(ge=0, le=2**32 - 1)]


class CharacterRequest(msgspec.Struct, kw_only=True, rename="camel"):
    """What every write names: whose guardian."""

    character_id: Int64 = 0
    membership_type: Int32 = 0

    @property
    def character(self) -> str:
        return str(self.character_id)


class ItemRequest(CharacterRequest, kw_only=True, rename="camel"):
    """EquipItem. ``item_id`` 0 names no instance."""

    item_id: Int64 = 0

    @property
    def instance(self) -> str:
        return str(self.item_id) if self.item_id else ""


class PullRequest(ItemRequest, kw_only=True, rename="camel"):
    """PullFromPostmaster."""

    item_reference_hash: UInt32 = 0
    stack_size: Int32 = 0


class TransferRequest(PullRequest, kw_only=True, rename="camel"):
    """TransferItem. Without ``transferToVault`` the item is to leave the vault (Bungie-net/api #949)."""

    transfer_to_vault: bool = False


class StateRequest(ItemRequest, kw_only=True, rename="camel"):
    """SetLockState and SetTrackedState."""

    state: bool = False


class EquipManyRequest(CharacterRequest, kw_only=True, rename="camel"):
    """EquipItems."""

    item_ids: list[Int64] = []


Request = TypeVar("Request", bound=CharacterRequest)


def read(body: dict[str, Any], kind: type[Request]) -> Request:
    """Raises ApiError 30 for a field of another kind."""
    try:
        return msgspec.convert(body, kind, strict=False)
    except msgspec.ValidationError as error:
        raise ApiError(30) from error
