"""What moves aside: the order of preference. The first difference decides."""

from __future__ import annotations

from collections.abc import Sequence

from vaultraider.domain.buckets import VAULT_STORE
from vaultraider.domain.transfers.fitting import can_wear
from vaultraider.domain.transfers.ledger import Ledger
from vaultraider.domain.transfers.world import Thing

_LEAVES_GUARDIAN = {tag: rank for rank, tag in enumerate(("archive", "infuse", "", "junk", "keep", "favorite"))}
_LEAVES_VAULT = {tag: rank for rank, tag in enumerate(("junk", "", "keep", "favorite", "infuse", "archive"))}
_UNKNOWN_TAG = 2

Key = tuple[float | str, ...]

_REASONS = (
    "nothing else there can move",
    "nothing else there can move",
    "engrams leave first",
    "it was moved longest ago",
    "it is in none of {holder}'s loadouts",
    "it is in a loadout of {target}",
    "{holder} cannot wear it",
    "{target} can wear it",
    "{tag}",
    "it is the least rare there",
    "it has the lowest power there",
    "of those alike it is unlocked",
    "any of those alike will do",
)
"""One for each part of ``leaving_guardian``."""


def leaving_guardian(ledger: Ledger, thing: Thing, target: str, last: bool) -> Key:
    """Lowest goes first. ``last``: only when nothing else can."""
    return (
        thing.equipped,
        last,
        not thing.engram,
        thing.moved,
        thing.store in thing.loadouts,
        target not in thing.loadouts,
        _can_wear(ledger, thing, thing.store),
        target != VAULT_STORE and not _can_wear(ledger, thing, target),
        _LEAVES_GUARDIAN.get(thing.tag, _UNKNOWN_TAG),
        thing.tier,
        thing.power,
        thing.locked,
        thing.id,
    )


def leaving_vault(ledger: Ledger, thing: Thing, target: str, last: bool) -> Key:
    """Lowest goes first: what is of most use to the one who gets it. ``last``: only when nothing else can."""
    return (
        last,
        thing.engram,
        thing.moved,
        target not in thing.loadouts,
        not _can_wear(ledger, thing, target),
        _LEAVES_VAULT.get(thing.tag, _UNKNOWN_TAG),
        -thing.tier,
        -thing.power,
        thing.id,
    )


def _can_wear(ledger: Ledger, thing: Thing, store: str) -> bool:
    return can_wear(ledger, thing, store) if thing.equippable else True


def why_chosen(keys: Sequence[Key], thing: Thing, holder: str, target: str) -> str:
    """In words, what set the first of sorted ``leaving_guardian`` keys apart from the next."""
    if len(keys) < 2:
        return _REASONS[0]
    place = next((n for n, (one, other) in enumerate(zip(keys[0], keys[1], strict=True)) if one != other), -1)
    tag = f"it is tagged {thing.tag}" if thing.tag else "the others' tags keep them there"
    return _REASONS[place].format(holder=holder, target=target, tag=tag)
