"""What Bungie's answers say of what we did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from vaultraider.domain.overlay.deeds import Chain, OwnEffect, chains_of
from vaultraider.domain.overlay.shelves import Shelves, Spot
from vaultraider.domain.overlay.stacks import StackChain, stack_chains
from vaultraider.domain.overlay.wanted import contested_in_slot, is_contested, is_shown, superseded_in_slot, wanted_of
from vaultraider.domain.snapshot import ProfileSnapshot

PATIENCE = timedelta(minutes=3)
"""So long we wait for Bungie's word before we say that there was none."""

Settled = Literal["seen", "contradicted", "unconfirmed", "superseded"]

_WORST_FIRST: tuple[Settled, ...] = ("contradicted", "unconfirmed", "seen", "superseded")


def verdicts(snapshot: ProfileSnapshot, effects: Sequence[OwnEffect], now: datetime) -> dict[int, Settled]:
    """What can be said by now, by step id; steps that nothing can be said of yet are missing.

    "seen": the snapshot shows it, be it older than the step or not, unless an answer from before could look the same (there and
    back again; two things put on in one slot). "contradicted": the snapshot must have known (``speaks_of``) and shows something
    else, or the item nowhere. "unconfirmed": three minutes without either; it may still become one of the two.
    "superseded": a later step changed the same again, and that one is settled.

    Promised for instances, their locks and tracking. Of stacks only this: with amounts known, "seen" when the vault (or
    postmaster) holds what we expect, "contradicted" only when it holds exactly what it held before; whatever a snapshot
    that speaks shows else is taken for "seen", as players use materials while we move them. Without amounts, such a
    snapshot is all the evidence there is.

    Lists that did not come, and stand there as last known, say nothing. Clocks: see ``ProfileSnapshot.known_since``.
    """
    if not effects:
        return {}
    chains, piles = chains_of(effects), stack_chains(effects)
    spots, stacks = Shelves(snapshot).find({chain.last.instance for chain in chains}, {pile.side.hash for pile in piles})
    found: dict[int, list[Settled | None]] = {}
    superseded, contested = superseded_in_slot(chains, spots), contested_in_slot(chains, spots)
    for chain in chains:
        lies = spots.get(chain.last.instance)
        shown = bool(lies) and _shows(snapshot, lies[0], chain, superseded) if lies else False
        ambiguous = chain.is_ambiguous or any(is_contested(deed, contested) for deed in chain.deeds)
        said = _judge(snapshot, chain.last.at, now, shown=shown, ambiguous=ambiguous)
        for deed in chain.deeds[:-1]:
            found.setdefault(deed.effect.step_id, []).append("superseded" if said else None)
        found.setdefault(chain.last.effect.step_id, []).append(said)
    for pile in piles:
        for effect, said in zip(pile.effects, _judge_pile(snapshot, pile, stacks, now), strict=True):
            found.setdefault(effect.step_id, []).append(said)
    return {id: word for id, said in found.items() if (word := _together(said)) is not None}


def _shows(snapshot: ProfileSnapshot, spot: Spot, chain: Chain, superseded: frozenset[tuple[int, str]]) -> bool:
    deed = chain.last
    return spot.shelf.component not in snapshot.incomplete and is_shown(spot, deed.aspect, wanted_of(deed, superseded))


def _judge(snapshot: ProfileSnapshot, at: datetime, now: datetime, *, shown: bool, ambiguous: bool) -> Settled | None:
    speaks = snapshot.speaks_of(at)
    if shown and (speaks or not ambiguous):
        return "seen"
    if speaks:
        return "contradicted"
    return "unconfirmed" if now - at >= PATIENCE else None


def _judge_pile(snapshot: ProfileSnapshot, pile: StackChain, stacks: Sequence[Spot], now: datetime) -> list[Settled | None]:
    expected, there = pile.expected, pile.amount(stacks)
    came = pile.component not in snapshot.incomplete
    found: list[Settled | None] = []
    for n, effect in enumerate(pile.effects):
        shown = came and expected is not None and there in expected[n + 1 :]
        nothing_came = expected is not None and there == expected[n] and not shown
        if snapshot.speaks_of(effect.at):
            found.append("contradicted" if nothing_came else "seen")
        else:
            found.append(_judge(snapshot, effect.at, now, shown=shown, ambiguous=pile.is_ambiguous))
    return found


def _together(said: list[Settled | None]) -> Settled | None:
    """Of a step with several items the worst; nothing while one of them is open."""
    if None in said:
        return None
    return next((word for word in _WORST_FIRST if word in said), None)
