"""Making room: what stands in the way moves aside, by the fewest calls.

Into the vault while it has a place to spare; to another character, through the vault, when its last place is needed for what is
on its way; and out of a full vault to the character that was played longest ago and has a place.
"""

from __future__ import annotations

from vaultraider.domain.buckets import ACCOUNT_STORE, VAULT_STORE
from vaultraider.domain.transfers import calls, stacks, words
from vaultraider.domain.transfers.calls import Purpose
from vaultraider.domain.transfers.choose import leaving_guardian, leaving_vault, why_chosen
from vaultraider.domain.transfers.fitting import stand_in_carried
from vaultraider.domain.transfers.ledger import VAULT, Spot, spot_in
from vaultraider.domain.transfers.planner import Planner
from vaultraider.domain.transfers.refused import Refused
from vaultraider.domain.transfers.world import Thing


class Full(Exception):
    """Nothing there can be moved aside."""

    def __init__(self, spot: Spot) -> None:
        super().__init__(spot)
        self.spot = spot


def secure(planner: Planner, spot: Spot, slots: int, spare: int = 0) -> None:
    """Makes ``slots`` places free in a spot; ``spare``: as many of the vault's are needed afterwards. Raises Full."""
    ledger = planner.ledger
    if slots < 1:
        return  # what merges goes even where too much lies already
    ledger.reserved[spot] += slots  # so that nothing moves aside into the very place that is being cleared
    try:
        while ledger.free(spot) < 0:
            if not planner.thorough or ledger.capacity(spot) < slots:
                raise Full(spot)
            if spot == VAULT:
                _out_of_vault(planner)
            else:
                _aside(planner, spot, spare)
    finally:
        ledger.reserved[spot] -= slots


def _aside(planner: Planner, spot: Spot, spare: int) -> None:
    """Moves one thing out of a character's bucket, or out of the pocket of all."""
    free = planner.ledger.free(VAULT)
    candidates = _candidates(planner, spot)
    if not candidates:
        raise Full(spot)
    merging = [thing for thing in candidates if stacks.slots_needed(planner.ledger, thing, thing.quantity, VAULT) == 0]
    if merging:
        _send(planner, merging, VAULT_STORE)
    elif free > spare:
        _send(planner, candidates, VAULT_STORE)
    elif free < 1 or not _to_other(planner, candidates, spot):
        _out_of_vault(planner)


def _candidates(planner: Planner, spot: Spot) -> list[Thing]:
    """What could go to the vault: the worn one only where nothing else can go, and something else can be worn."""
    movable = [thing for thing in planner.ledger.lying(spot) if planner.may_disturb(thing) and _vault_takes(planner, thing)]
    carried = [thing for thing in movable if not thing.equipped]
    return carried or [thing for thing in movable if stand_in_carried(planner, thing) is not None]


def _vault_takes(planner: Planner, thing: Thing) -> bool:
    takes = thing.slot in planner.ledger.world.vaulted
    return takes and stacks.clash(planner.ledger, thing, thing.quantity, VAULT_STORE) is None


def _to_other(planner: Planner, candidates: list[Thing], spot: Spot) -> bool:
    """To another character that has a place, played longest ago first."""
    for guardian in reversed(planner.ledger.world.guardians):
        target = Spot(guardian.id, spot.bucket)
        if target != spot and spot.store != ACCOUNT_STORE and planner.ledger.free(target) > 0:
            able = [each for each in candidates if stacks.clash(planner.ledger, each, each.quantity, guardian.id) is None]
            if able:
                _send(planner, able, guardian.id)
                return True
    return False


def _send(planner: Planner, candidates: list[Thing], target: str) -> None:
    """Moves the one aside that is missed least."""
    ledger = planner.ledger
    keys = sorted(leaving_guardian(ledger, each, target, each.id in planner.last_resort) for each in candidates)
    chosen = ledger.things[str(keys[0][-1])]
    holder = words.store_name(ledger, chosen.store)
    why = why_chosen(keys, chosen, holder, words.store_name(ledger, target))
    if chosen.equipped:
        chosen = _undress(planner, chosen)
    whom = f" for {planner.newcomer}" if planner.newcomer else ""
    reason = f"Makes room{whom} {'on' if chosen.store != ACCOUNT_STORE else 'in'} {holder}: {why}."
    _carry_aside(planner, chosen, target, reason)


def _undress(planner: Planner, worn: Thing) -> Thing:
    instead = stand_in_carried(planner, worn)
    if instead is None:
        raise Full(spot_in(worn, worn.store))
    reason = f"{worn.name} is the only one there that can move, so something else is put on first."
    calls.equip(planner.ledger, [instead], Purpose("replacement", reason, planner.wanted))
    return planner.ledger.things[worn.id]


def _carry_aside(planner: Planner, thing: Thing, target: str, reason: str) -> None:
    purpose = Purpose("room", reason, planner.wanted)
    bleeds = False
    for store in planner.route(thing, target):
        thing, twin = planner.hop(thing, thing.quantity, store, purpose)
        bleeds = bleeds or twin
    if bleeds:
        planner.lock_again(thing)
    planner.last_resort.add(thing.id)  # rather something else next time than the same twice


def _out_of_vault(planner: Planner) -> None:
    """Moves one thing out of the vault. Raises Full."""
    stored = [thing for thing in planner.ledger.lying(VAULT) if planner.may_disturb(thing)]
    if not (_merge_out(planner, stored) or _to_guardian(planner, stored) or _to_pocket(planner, stored)):
        raise Full(VAULT)


def _merge_out(planner: Planner, stored: list[Thing]) -> bool:
    """A stack that fits wholly onto part-filled ones in its pocket costs no place anywhere."""
    return _squeeze(planner, [thing for thing in stored if thing.account], 0, "its stack in the shared inventory takes it in")


def _to_pocket(planner: Planner, stored: list[Thing]) -> bool:
    return _squeeze(planner, [thing for thing in stored if thing.account], None, "the shared inventory has a place for it")


def _squeeze(planner: Planner, shared: list[Thing], slots: int | None, why: str) -> bool:
    ledger = planner.ledger

    def fits(thing: Thing) -> bool:
        target = spot_in(thing, ACCOUNT_STORE)
        needed = stacks.slots_needed(ledger, thing, thing.quantity, target)
        if stacks.clash(ledger, thing, thing.quantity, ACCOUNT_STORE) is not None:
            return False
        return needed == 0 if slots == 0 else needed <= ledger.free(target)

    able = list(filter(fits, shared))
    if not able:
        return False
    chosen = min(able, key=lambda thing: leaving_vault(ledger, thing, ACCOUNT_STORE, thing.id in planner.last_resort))
    _carry_aside(planner, chosen, ACCOUNT_STORE, f"Makes room in the vault, which is full: {why}.")
    return True


def _to_guardian(planner: Planner, stored: list[Thing]) -> bool:
    ledger = planner.ledger
    for guardian in reversed(ledger.world.guardians):
        places = {slot: ledger.free(Spot(guardian.id, slot)) > 0 for slot in {thing.slot for thing in stored}}
        able = [
            thing
            for thing in stored
            if not thing.account and places[thing.slot] and stacks.clash(ledger, thing, thing.quantity, guardian.id) is None
        ]
        if able:
            chosen = min(able, key=lambda thing: leaving_vault(ledger, thing, guardian.id, thing.id in planner.last_resort))
            why = f"{guardian.name}, of those with a place for it, was played longest ago"
            _carry_aside(planner, chosen, guardian.id, f"Makes room in the vault, which is full: {why}.")
            return True
    return False


def no_space(planner: Planner, thing: Thing, full: Full) -> Refused:
    """What to tell of a thing for which no room can be made: where, what is in the way, and what would help."""
    ledger, spot = planner.ledger, full.spot
    helps = "Take something out of it" if spot == VAULT else "Move or dismantle one of them"
    text = f"{words.stays(ledger, thing)}: {words.is_full(ledger, spot)}{what_is_in_the_way(planner, spot)}"
    return Refused("no-space", f"{text}. {helps}, then try again.")


def what_is_in_the_way(planner: Planner, spot: Spot) -> str:
    """ " (of 10 there, 7 belong to this wish, 2 are locked)", or nothing."""
    there = list(planner.ledger.lying(spot))
    kept = sum(each.id in planner.kept for each in there)
    locked = sum(each.locked and each.id not in planner.kept for each in there) if planner.ledger.world.keep_locked else 0
    stuck = sum((each.stuck is not None or each.bound) and each.id not in planner.kept for each in there)
    parts = [
        f"{number} {words_for}"
        for number, words_for in ((kept, "belong to this wish"), (locked, "are locked"), (stuck, "cannot be moved"))
        if number
    ]
    return f" (of {len(there)} there, {', '.join(parts)})" if parts else ""
