"""The game's writes: moving, equipping, locking and following items.

Each is sent once. What an answer says of whether it was done stands in ``domain/write_outcome.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import msgspec

from vaultraider.bungie._client import Client
from vaultraider.bungie._endpoint import Endpoint
from vaultraider.domain.errors import BungieGarbled
from vaultraider.ports import ActingAs, Lot

_write = partial(
    Endpoint, method="POST", kind="write", auth="required", scope="MoveEquipDestinyItems", seconds_between=0.1, game=True
)

TRANSFER = _write(operation="Destiny2.TransferItem", path="/Destiny2/Actions/Items/TransferItem/")
PULL = _write(operation="Destiny2.PullFromPostmaster", path="/Destiny2/Actions/Items/PullFromPostmaster/")
EQUIP = _write(operation="Destiny2.EquipItem", path="/Destiny2/Actions/Items/EquipItem/")
EQUIP_ALL = _write(operation="Destiny2.EquipItems", path="/Destiny2/Actions/Items/EquipItems/")
SET_LOCK = _write(operation="Destiny2.SetItemLockState", path="/Destiny2/Actions/Items/SetLockState/")
SET_TRACKED = _write(
    operation="Destiny2.SetQuestTrackedState", path="/Destiny2/Actions/Items/SetTrackedState/", seconds_between=1.0
)
ENDPOINTS = [TRANSFER, PULL, EQUIP, EQUIP_ALL, SET_LOCK, SET_TRACKED]


class _Row(msgspec.Struct):
    """How one of several equips went: Bungie says success for the whole even when every row failed."""

    instance: str | int = msgspec.field(name="itemInstanceId")
    status: int = msgspec.field(name="equipStatus")


class _Rows(msgspec.Struct):
    rows: tuple[_Row, ...] = msgspec.field(name="equipResults")


_rows = msgspec.json.Decoder(_Rows)


class Actions:
    """Fits the port ``ItemActions``."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def transfer(self, who: ActingAs, lot: Lot, *, to_vault: bool) -> None:
        self._send(TRANSFER, who, _lot(lot) | {"transferToVault": to_vault})

    def pull_from_postmaster(self, who: ActingAs, lot: Lot) -> None:
        self._send(PULL, who, _lot(lot))

    def equip(self, who: ActingAs, instance_id: str) -> None:
        self._send(EQUIP, who, {"itemId": instance_id})

    def equip_all(self, who: ActingAs, instance_ids: Sequence[str]) -> dict[str, int]:
        """Raises BungieGarbled when it was done but the rows cannot be read."""
        answer = self._send(EQUIP_ALL, who, {"itemIds": list(instance_ids)})
        try:
            return {str(row.instance): row.status for row in _rows.decode(answer).rows}
        except msgspec.DecodeError:
            pass
        raise BungieGarbled

    def set_lock(self, who: ActingAs, instance_id: str, state: bool) -> None:
        self._send(SET_LOCK, who, {"state": state, "itemId": instance_id})

    def set_tracked(self, who: ActingAs, instance_id: str, state: bool) -> None:
        self._send(SET_TRACKED, who, {"state": state, "itemId": instance_id})

    def _send(self, endpoint: Endpoint, who: ActingAs, body: Mapping[str, object]) -> bytes:
        whose = {"characterId": who.character_id, "membershipType": who.membership.type}
        return self._client.call(endpoint, body={**body, **whose}, access_token=who.access_token, person=who.person)


def _lot(lot: Lot) -> dict[str, object]:
    return {"itemReferenceHash": lot.item_hash, "stackSize": lot.quantity, "itemId": lot.instance_id}
