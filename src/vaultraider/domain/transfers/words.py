"""Sentences and titles for the player: plain, short, with the names as they are shown."""

from __future__ import annotations

from vaultraider.domain import hashes
from vaultraider.domain.buckets import ACCOUNT_STORE, KNOWN, VAULT_STORE
from vaultraider.domain.transfers.ledger import Ledger, Spot
from vaultraider.domain.transfers.world import Thing

_CLASSES = ("Titan", "Hunter", "Warlock")
_SEVERAL = {
    hashes.HELMET: "helmets",
    hashes.CLASS_ITEM: "class items",
    hashes.GHOST: "ghosts",
    hashes.VEHICLE: "vehicles",
    hashes.SUBCLASS: "subclasses",
    hashes.ARTIFACT: "artifacts",
}


def store_name(ledger: Ledger, store: str) -> str:
    if store == VAULT_STORE:
        return "the vault"
    if store == ACCOUNT_STORE:
        return "the shared inventory"
    guardian = ledger.guardians.get(store)
    return guardian.name if guardian is not None else "that guardian"


def bucket_name(bucket: int) -> str:
    """Several of its things: "kinetic weapons", "helmets"."""
    if bucket in _SEVERAL:
        return _SEVERAL[bucket]
    return KNOWN[bucket][1].lower() if bucket in KNOWN else "items of its slot"


def place_for(ledger: Ledger, spot: Spot) -> str:
    """ "in the vault", "for kinetic weapons on Ilse Varr"."""
    if spot.store == VAULT_STORE:
        return "in the vault"
    on = "in" if spot.store == ACCOUNT_STORE else "on"
    return f"for {bucket_name(spot.bucket)} {on} {store_name(ledger, spot.store)}"


def is_full(ledger: Ledger, spot: Spot) -> str:
    """ "the vault is full", "Ilse Varr has no free place for kinetic weapons"."""
    where = store_name(ledger, spot.store)
    return f"{where} is full" if spot.store == VAULT_STORE else f"{where} has no free place for {bucket_name(spot.bucket)}"


def stays(ledger: Ledger, thing: Thing) -> str:
    """ "Sable Verdict stays with Ilse Varr": the beginning of a refusal."""
    where = store_name(ledger, thing.store)
    if thing.in_postmaster:
        return f"{thing.name} stays in the postmaster of {where}"
    return f"{thing.name} stays {'in' if thing.store in (VAULT_STORE, ACCOUNT_STORE) else 'with'} {where}"


def class_name(guardian: int) -> str:
    return _CLASSES[guardian] if 0 <= guardian < len(_CLASSES) else "guardian"


def amount(thing: Thing, quantity: int) -> str:
    """ "Sable Verdict", "12 Ember Salt"."""
    return thing.name if thing.instance or quantity == 1 else f"{quantity:,} {thing.name}"


def counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
