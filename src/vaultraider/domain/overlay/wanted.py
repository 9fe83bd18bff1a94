"""Where the end of a chain wants its item, and whether an answer shows that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vaultraider.domain.items import LOCKED, TRACKED
from vaultraider.domain.overlay.deeds import Aspect, Chain, Deed, Stand
from vaultraider.domain.overlay.shelves import Spot

Wanted = Stand | bool
Spots = Mapping[str, Sequence[Spot]]


Deeds = frozenset[tuple[int, str]]
"""By step id and instance."""


def superseded_in_slot(chains: Sequence[Chain], spots: Spots) -> Deeds:
    """Those after which we put on something else in the same slot."""
    return frozenset(_key(deed) for group in _by_slot(chains, spots) for deed in group[:-1])


def contested_in_slot(chains: Sequence[Chain], spots: Spots) -> Deeds:
    """All of slots where we changed more than once: an old answer can look like a new one there."""
    return frozenset(_key(deed) for group in _by_slot(chains, spots) if len(group) > 1 for deed in group)


def _by_slot(chains: Sequence[Chain], spots: Spots) -> list[list[Deed]]:
    found: dict[tuple[str, int], list[Deed]] = {}
    for chain in chains:
        for deed in chain.deeds:
            if isinstance(deed.after, Stand) and deed.after.worn:
                slot = _slot(deed, spots)
                if slot:
                    found.setdefault((deed.after.store, slot), []).append(deed)
    return [sorted(deeds, key=lambda deed: deed.number) for deeds in found.values()]


def _slot(deed: Deed, spots: Spots) -> int:
    """By the step, else where the item lies if that is on a character. 0: not known; then laying in order does the same."""
    lies = spots.get(deed.instance)
    if deed.slot or not lies:
        return deed.slot
    return lies[0].data.bucket_hash if lies[0].place in ("inventory", "equipped") else 0


def _key(deed: Deed) -> tuple[int, str]:
    return deed.effect.step_id, deed.instance


def wanted_of(deed: Deed, superseded: Deeds) -> Wanted:
    """What the deed left behind. Something that we put on and then put another thing over is only on that character."""
    if isinstance(deed.after, Stand) and _key(deed) in superseded:
        return deed.after._replace(worn=None)
    return deed.after


def is_contested(deed: Deed, contested: Deeds) -> bool:
    return _key(deed) in contested


def is_shown(spot: Spot, aspect: Aspect, wanted: Wanted) -> bool:
    if isinstance(wanted, Stand):
        return spot.is_at(wanted)
    return bool(spot.data.state & (LOCKED if aspect == "lock" else TRACKED)) is wanted
