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
from vaultraider.ports import MembershipRef

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
    """Fits the port ``ItemActions``. ``person`` is whose queue a call takes: Bungie wants pauses between the actions of each."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def transfer(
        self,
        access_token: str,
        membership: MembershipRef,
        *,
        person: str,
        character_id: str,
        item_hash: int,
        instance_id: str,
        quantity: int,
        to_vault: bool,
    ) -> None:
        """Between the vault and ``character_id``: its owner on the way in, who gets it on the way out."""
        body = {
            "itemReferenceHash": item_hash,
            "stackSize": quantity,
            "transferToVault": to_vault,
            "itemId": instance_id,
            "characterId": character_id,
            "membershipType": membership.type,
        }
        self._send(TRANSFER, body, access_token, person)

    def pull_from_postmaster(
        self,
        access_token: str,
        membership: MembershipRef,
        *,
        person: str,
        character_id: str,
        item_hash: int,
        instance_id: str,
        quantity: int,
    ) -> None:
        """To the same character (or the pocket of all), never straight into the vault."""
        body = {
            "itemReferenceHash": item_hash,
            "stackSize": quantity,
            "itemId": instance_id,
            "characterId": character_id,
            "membershipType": membership.type,
        }
        self._send(PULL, body, access_token, person)

    def equip(self, access_token: str, membership: MembershipRef, *, person: str, character_id: str, instance_id: str) -> None:
        body = {"itemId": instance_id, "characterId": character_id, "membershipType": membership.type}
        self._send(EQUIP, body, access_token, person)

    def equip_all(
        self, access_token: str, membership: MembershipRef, *, person: str, character_id: str, instance_ids: Sequence[str]
    ) -> dict[str, int]:
        """By instance id the ErrorCode of each (1 is success); what Bungie left out is missing.

        Raises BungieGarbled when it was done but the rows cannot be read.
        """
        body = {"itemIds": list(instance_ids), "characterId": character_id, "membershipType": membership.type}
        answer = self._send(EQUIP_ALL, body, access_token, person)
        try:
            return {str(row.instance): row.status for row in _rows.decode(answer).rows}
        except msgspec.DecodeError:
            pass
        raise BungieGarbled

    def set_lock(
        self, access_token: str, membership: MembershipRef, *, person: str, character_id: str, instance_id: str, state: bool
    ) -> None:
        """``character_id`` must be a real one, even for what lies in the vault."""
        self._set_state(SET_LOCK, access_token, membership, person, character_id, instance_id, state)

    def set_tracked(
        self, access_token: str, membership: MembershipRef, *, person: str, character_id: str, instance_id: str, state: bool
    ) -> None:
        self._set_state(SET_TRACKED, access_token, membership, person, character_id, instance_id, state)

    def _set_state(
        self,
        endpoint: Endpoint,
        access_token: str,
        membership: MembershipRef,
        person: str,
        character_id: str,
        instance_id: str,
        state: bool,
    ) -> None:
        body = {"state": state, "itemId": instance_id, "characterId": character_id, "membershipType": membership.type}
        self._send(endpoint, body, access_token, person)

    def _send(self, endpoint: Endpoint, body: Mapping[str, object], access_token: str, person: str) -> bytes:
        return self._client.call(endpoint, body=body, access_token=access_token, person=person)
