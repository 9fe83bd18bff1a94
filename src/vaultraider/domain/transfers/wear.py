"""Taking off and putting on: somebody always wears something in each slot, and of each kind of exotic only one."""

from __future__ import annotations

from vaultraider.domain.buckets import VAULT_STORE
from vaultraider.domain.transfers import calls, words
from vaultraider.domain.transfers.calls import Purpose
from vaultraider.domain.transfers.fitting import stand_in_carried, stand_ins
from vaultraider.domain.transfers.ledger import VAULT, Spot
from vaultraider.domain.transfers.moving import bring
from vaultraider.domain.transfers.planner import Planner
from vaultraider.domain.transfers.plans import Why
from vaultraider.domain.transfers.refused import Refused
from vaultraider.domain.transfers.world import Thing


def take_off(planner: Planner, worn: Thing, *, arrives: bool = False) -> Thing:
    """Puts something else on in its slot. Gives the thing as it is then. Raises Refused."""
    reason = f"So that {worn.name} can come off"
    _replace(planner, worn, "replacement", reason, _nothing_else(planner, worn), arrives=arrives)
    return planner.ledger.things[worn.id]


def clear_exotic(planner: Planner, worn: Thing, newcomer: Thing) -> None:
    """Takes an exotic off, so that another of its kind can be worn. Raises Refused."""
    reason = f"Takes off {worn.name}: only one exotic of its kind can be worn"
    wearer, slot = words.store_name(planner.ledger, worn.store), words.bucket_name(worn.slot)
    text = f"{newcomer.name} stays as it is: {wearer} wears {worn.name}, and only one exotic of its kind can be worn."
    otherwise = Refused("equipped-elsewhere", f"{text} Get something else to wear among the {slot} first.")
    _replace(planner, worn, "one-exotic", reason, otherwise)


def _replace(planner: Planner, worn: Thing, why: Why, reason: str, otherwise: Refused, *, arrives: bool = False) -> None:
    """Puts something else on in place of ``worn``; raises ``otherwise`` when there is nothing."""
    instead, exotic = _find(planner, worn, exotics=why == "replacement")
    if instead is None:
        raise otherwise
    told = reason + _from_where(planner, instead, worn.store, exotic=exotic)
    if instead.store != worn.store:
        instead = _fetch(planner, instead, worn.store, Purpose(why, f"{told}.", planner.wanted))
    calls.equip(planner.ledger, [instead], Purpose(why, f"{told}.", planner.wanted, arrives))
    planner.kept.add(instead.id)


def _find(planner: Planner, worn: Thing, *, exotics: bool) -> tuple[Thing | None, bool]:
    """On the wearer first, then in the vault, then on others; an exotic only where there is nothing else at all."""
    carried = stand_in_carried(planner, worn)
    if carried is not None:
        return carried, False
    for exotic in (False, True) if exotics else (False,):
        found = _find_in(planner, worn, exotic=exotic)
        if found is not None:
            return found, exotic
    return None, False


def _find_in(planner: Planner, worn: Thing, *, exotic: bool) -> Thing | None:
    ledger = planner.ledger
    here = Spot(worn.store, worn.slot)
    elsewhere = [VAULT, *(Spot(guardian.id, worn.slot) for guardian in ledger.world.guardians if guardian.id != worn.store)]
    for spot in [here, *(elsewhere if planner.thorough else ())]:
        for thing in stand_ins(planner, worn, ledger.lying(spot), exotics=exotic):
            if spot == here or planner.may_disturb(thing):
                return thing
    return None


def _fetch(planner: Planner, instead: Thing, store: str, purpose: Purpose) -> Thing:
    planner.kept.add(instead.id)
    return bring(planner, instead, 1, store, purpose)


def _from_where(planner: Planner, instead: Thing, store: str, *, exotic: bool) -> str:
    wearer = words.store_name(planner.ledger, store)
    if instead.store == store:
        return f"; {wearer} has nothing else to wear there but this exotic" if exotic else ""
    place = "the vault" if instead.store == VAULT_STORE else words.store_name(planner.ledger, instead.store)
    return f"; from {place}, as {wearer} carries nothing else to wear there{'' if exotic else ' that is not exotic'}"


def _nothing_else(planner: Planner, worn: Thing) -> Refused:
    wearer = words.store_name(planner.ledger, worn.store)
    slot = words.bucket_name(worn.slot)
    text = f"{worn.name} stays on: {wearer} wears it, and nothing else among the {slot} can be put on instead."
    return Refused("no-replacement", f"{text} Get something else to wear there first.")
