"""Sentences and titles for the player: plain, short, with the names as they are shown."""

from __future__ import annotations

from vaultraider.domain import hashes
from vaultraider.domain.buckets import ACCOUNT_STORE, KNOWN, VAULT_STORE
from vaultraider.domain.transfers.ledger import Ledger, Spot
from vaultraider.domain.transfers.world import Thing

_CLASSES = ("Titan", "Hunter", "Warlock")
_SHORT = {hashes.SHIP: "ship", hashes.VEHICLE: "vehicle"}


def store_name(ledger: Ledger, store: str) -> str:
    if store == VAULT_STORE:
        return "the vault"
    if store == ACCOUNT_STORE:
        return "the shared inventory"
    guardian = ledger.guardians.get(store)
    return guardian.name if guardian is not None else "that guardian"


def bucket_name(bucket: int) -> str:
    """In a sentence: "kinetic weapons"."""
    if bucket in _SHORT:
        return _SHORT[bucket] + "s"
    name = KNOWN[bucket][1] if bucket in KNOWN else "its kind"
    return name[:1].lower() + name[1:]


def spot_name(ledger: Ledger, spot: Spot) -> str:
    """ "the vault", or "the kinetic weapons of Ilse Varr"."""
    where = store_name(ledger, spot.store)
    return where if spot.store == VAULT_STORE else f"the {bucket_name(spot.bucket)} of {where}"


def class_name(guardian: int) -> str:
    return _CLASSES[guardian] if 0 <= guardian < len(_CLASSES) else "guardian"


def amount(thing: Thing, quantity: int) -> str:
    """ "Sable Verdict", "12 Ember Salt"."""
    return thing.name if thing.instance or quantity == 1 else f"{quantity:,} {thing.name}"


def counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
