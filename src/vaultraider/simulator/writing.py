"""One write: rules, oddities, invariants and caches, under one lock. Either all of it happened, or nothing did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import msgspec

from vaultraider.simulator.answers import ApiError
from vaultraider.simulator.invariants import broken_in, totals
from vaultraider.simulator.later import Behind
from vaultraider.simulator.oddities import bleed, note_hop, undo_equip
from vaultraider.simulator.requests import CharacterRequest
from vaultraider.simulator.world import Account

if TYPE_CHECKING:
    from vaultraider.simulator.box import Box
    from vaultraider.simulator.equip_rules import Worn
    from vaultraider.simulator.routing import Call
    from vaultraider.simulator.transfer_rules import Moved

Result = TypeVar("Result")


def actor(call: Call, request: CharacterRequest) -> Account:
    """The signed-in person's account of that membership type. Raises ApiError 3: Bungie has no better word (#1076)."""
    for account in call.box.world.accounts_of(call.person):
        if account.type == request.membership_type and not account.error:
            return account
    raise ApiError(3)


def write(call: Call, request: CharacterRequest, rule: Callable[[Account], tuple[Result, Sequence[Moved | Worn]]]) -> Result:
    """Carries ``rule`` out on the person's account. It raises ApiError before it changes anything."""
    box = call.box
    with box.lock:
        account = actor(call, request)
        before, revision = totals(account), box.world.revision
        shown = _shown(box, account)
        result, done = rule(account)
        if box.world.revision == revision:
            return result
        for one in done:
            note_hop(call, account, one)
            bleed(call, account, one)
            undo_equip(call, one)
        _be_slow(call, account, shown)
        check(call, account, before)
        bust(box, account)
        return result


def check(call: Call, account: Account, before: dict[int, int]) -> None:
    """A broken rule is the simulator's own fault: it is kept, and makes the test fail that led to it."""
    box = call.box
    found = broken_in(account, box.game, box.source.missing())
    if totals(account) != before:
        found.append("a write made or destroyed items")
    box.accuse(call.path, found)


def bust(box: Box, account: Account) -> None:
    """A successful write is said to make the next profile fresh (the knob ``bust_on_write``)."""
    wanted = box.caches.bust_on_write
    if box.knobs.bust_on_write if wanted is None else wanted:
        box.caches.bust(account.id)


def _shown(box: Box, account: Account) -> Behind | None:
    """The account as profiles show it now: copied only while some fault makes writes slow to be seen."""
    if not any(rule.action == "slow_visibility" for rule in box.faults.rules):
        return None
    held = box.behind.get(account.id)
    if held is not None:
        return held
    copy = msgspec.msgpack.decode(msgspec.msgpack.encode(account), type=Account)
    return Behind(account=copy, revision=box.world.revision, until=0.0)


def _be_slow(call: Call, account: Account, shown: Behind | None) -> None:
    """Profiles go on to show what was, under fresh stamps."""
    box = call.box
    if shown is None:
        return
    for rule in call.faults("visible"):
        shown.until = max(shown.until, box.clock.now() + float(rule.params.get("ms", 2000)) / 1000)
        box.behind[account.id] = shown
        box.later.at(shown.until, lambda: box.caches.bust(account.id))
