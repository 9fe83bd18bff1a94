"""What cannot be, whatever room there is: refused before any call."""

from __future__ import annotations

from vaultraider.domain.buckets import ACCOUNT_STORE, VAULT_STORE
from vaultraider.domain.profile_parts import Stuck
from vaultraider.domain.transfers import words
from vaultraider.domain.transfers.ledger import Ledger
from vaultraider.domain.transfers.planner import Planner
from vaultraider.domain.transfers.refused import Refused
from vaultraider.domain.transfers.world import ANY_CLASS, Thing

_STUCK: dict[Stuck, str] = {
    "not-transferrable": "the game does not let it be moved. Nothing can change that",
    "no-vault-slot": "the vault has no place for items of its slot, and every move between guardians goes through "
    "the vault. Use it where it is",
    "pull-side-effects": "taking it from the postmaster would do something else as well. Collect it in the game",
    "equipped": "it is equipped. Equip something else in its slot first",
}


def gone(id: str) -> Refused:
    return Refused("gone", f"An item of this wish ({id}) is nowhere in the inventory any more. Refresh and choose again.")


def check_move(planner: Planner, thing: Thing, target: str) -> None:
    """Raises Refused when the thing can never come to ``target``, which is another place than its own."""
    ledger = planner.ledger
    if thing.stuck is not None:
        code = "not-transferrable" if thing.stuck == "equipped" else thing.stuck
        raise Refused(code, f"{words.stays(ledger, thing)}: {_STUCK[thing.stuck]}.")
    if thing.store not in ledger.guardians and thing.store not in (VAULT_STORE, ACCOUNT_STORE):
        raise Refused("no-such-store", f"{thing.name} is with a guardian that is not there any more. Refresh and try again.")
    if target == ACCOUNT_STORE and not thing.account:
        raise Refused("no-such-store", f"{thing.name} is not shared by all guardians. Choose a guardian or the vault.")
    if VAULT_STORE in planner.route(thing, target) and thing.store != VAULT_STORE:
        _check_vault(planner, thing)


def _check_vault(planner: Planner, thing: Thing) -> None:
    if thing.bound:
        text = f"{thing.name} can be taken out of the postmaster, but not moved any further."
        raise Refused("not-transferrable", f"{text} Collect it to {words.store_name(planner.ledger, planner.pocket(thing))}.")
    if thing.slot not in planner.ledger.world.vaulted:
        raise Refused("no-vault-slot", f"{words.stays(planner.ledger, thing)}: {_STUCK['no-vault-slot']}.")


def check_wear(ledger: Ledger, thing: Thing, store: str) -> None:
    """Raises Refused when nobody could put the thing on there."""
    guardian = ledger.guardians.get(store)
    if guardian is None:
        raise Refused("not-equippable", f"{thing.name} can only be equipped by a guardian. Choose one of them.")
    if not thing.equippable or not thing.instance:
        raise Refused("not-equippable", f"{thing.name} is nothing that can be equipped. Move it without equipping.")
    if thing.guardian not in (guardian.guardian, ANY_CLASS):
        wanted, is_one = words.class_name(thing.guardian), words.class_name(guardian.guardian)
        raise Refused(
            "wrong-class",
            f"{thing.name} is for a {wanted}, and {guardian.name} is a {is_one}. Move it without equipping, or to a {wanted}.",
        )
    if thing.level > guardian.level:
        raise Refused(
            "level",
            f"{thing.name} asks for level {thing.level}, and {guardian.name} is at {guardian.level}. Move it and equip it later.",
        )


def beside(thing: Thing, other: Thing) -> Refused:
    """Two of one wish that cannot be worn at once."""
    why = "in the same slot" if thing.slot == other.slot else "with it: only one exotic of their kind can be worn"
    return Refused(
        "equipped-elsewhere", f"{thing.name} stays as it is: {other.name} is to be equipped {why}. Choose one of the two."
    )


def too_many(ledger: Ledger, thing: Thing, asked: int, there: int) -> Refused:
    where = words.store_name(ledger, thing.store)
    return Refused("quantity", f"{asked:,} {thing.name} were asked for, and there are {there:,} in {where}. Ask for fewer.")
