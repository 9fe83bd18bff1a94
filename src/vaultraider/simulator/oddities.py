"""What Bungie does though it should not: locks that bleed, equips that were none. Each acts only where its fault strikes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultraider.simulator.equip_rules import Worn
from vaultraider.simulator.placing import place_of
from vaultraider.simulator.transfer_rules import Moved
from vaultraider.simulator.world import Account

if TYPE_CHECKING:
    from vaultraider.simulator.routing import Call

HOP_SECONDS = 120.0
"""How long after an item left a character its next move counts as the second hop to another one."""


def bleed(call: Call, account: Account, done: Moved | Worn) -> None:
    """The lock of a twin that stayed is copied onto what moved (Bungie-net/api #764)."""
    if not isinstance(done, Moved) or done.item is None:
        return
    item = done.item
    twins = (one for one in account.items if one is not item and one.hash == item.hash and place_of(one) == done.source)
    twin = next((one for one in twins if one.locked != item.locked), None)
    if twin is not None and call.faults("bleed"):
        item.locked = twin.locked


def undo_equip(call: Call, done: Moved | Worn) -> None:
    """Bungie says that it is worn, and it is not (Bungie-net/api #770)."""
    if isinstance(done, Worn) and done.instead is not None and call.faults("phantom"):
        done.item.equipped, done.instead.equipped = False, True


def note_hop(call: Call, account: Account, done: Moved | Worn) -> None:
    """Remembers who let go of what lies in the vault now: taking it out again for another is the second hop."""
    if not isinstance(done, Moved):
        return
    key = _key(account, done.item.id if done.item else "", done.hash)
    if call.box.game.bucket(done.target.bucket).is_vault:
        call.box.hops[key] = (done.source.owner, call.box.clock.now())
    else:
        call.box.hops.pop(key, None)


def is_second_hop(call: Call) -> bool:
    """Whether the request takes out of the vault what another character has just put there."""
    body, box = call.body, call.box
    if call.route is None or not call.route.path.endswith("/TransferItem/"):
        return False
    if str(body.get("transferToVault", False)).lower() in ("true", "1"):
        return False
    account = next((one for one in box.world.accounts_of(call.person) if str(one.type) == str(body.get("membershipType"))), None)
    if account is None:
        return False
    instance = str(body.get("itemId", "0"))
    owner, at = box.hops.get(_key(account, instance, body.get("itemReferenceHash", 0)), ("", 0.0))
    return bool(owner) and owner != str(body.get("characterId")) and box.clock.now() - at < HOP_SECONDS


def _key(account: Account, instance: str, hash: object) -> str:
    return f"{account.id}:{instance}" if instance not in ("", "0") else f"{account.id}:#{hash}"
