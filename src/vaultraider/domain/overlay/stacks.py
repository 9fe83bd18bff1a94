"""How many of our moves of a stackable item an answer of Bungie holds already.

Stacks have no identity: only amounts tell. Each move has a quiet side, the vault or a postmaster, whose amount the game itself
does not change while somebody plays; from the amount there before the first of our moves follows what it is after each of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from vaultraider.domain.buckets import ACCOUNT_STORE, VAULT_STORE
from vaultraider.domain.overlay.deeds import OwnEffect, is_of_stacks
from vaultraider.domain.overlay.shelves import Shelf, Spot, amount
from vaultraider.domain.snapshot import ProfileSnapshot


class Side(NamedTuple):
    """A store that the amounts are told from."""

    hash: int
    store: str
    postmaster: bool


class StackChain(NamedTuple):
    """Moves of one item into and out of one quiet store, in order. ``expected``: the amount there before the first, and after
    each; None where no step knew."""

    side: Side
    effects: tuple[OwnEffect, ...]
    expected: tuple[int, ...] | None

    @property
    def is_ambiguous(self) -> bool:
        return self.expected is not None and len(set(self.expected)) < len(self.expected)

    def held_in(self, snapshot: ProfileSnapshot, stacks: Collection[Spot]) -> int:
        """How many of the effects, from the first on, the snapshot holds: all of which it must speak, and of the others as many
        as explain its amount best; as many as possible, where more than one number does. Where no amount is known, time
        decides."""
        certain = sum(snapshot.speaks_of(effect.at) for effect in self.effects)
        if self.expected is None:
            return max(certain, sum(snapshot.known_since > effect.at for effect in self.effects))
        there, expected = self.amount(stacks), self.expected
        return min(range(certain, len(expected)), key=lambda n: (abs(expected[n] - there), -n))

    def amount(self, stacks: Collection[Spot]) -> int:
        return amount(stacks, self.side.hash, self.side.store, postmaster=self.side.postmaster)

    @property
    def component(self) -> str:
        """Bungie's name of the list that the amounts are read off."""
        return Shelf("" if self.side.store in (VAULT_STORE, ACCOUNT_STORE) else self.side.store).component


def stack_chains(effects: Sequence[OwnEffect]) -> list[StackChain]:
    """The chains of all moves of stacks among the effects."""
    found: dict[Side, list[OwnEffect]] = {}
    for effect in effects:
        if is_of_stacks(effect.step):
            found.setdefault(_quiet_side(effect), []).append(effect)
    return [StackChain(side, tuple(chain), _expected(side, chain)) for side, chain in found.items()]


def _quiet_side(effect: OwnEffect) -> Side:
    step = effect.step
    if step.from_postmaster or step.kind == "pull":
        return Side(step.piece.hash, step.source, True)
    return Side(step.piece.hash, VAULT_STORE, False)


def _expected(side: Side, chain: list[OwnEffect]) -> tuple[int, ...] | None:
    """Reckoned from the first step that knew, forwards and backwards."""
    changes = [effect.step.quantity if effect.step.target == side.store else -effect.step.quantity for effect in chain]
    if side.postmaster:
        changes = [-abs(change) for change in changes]
    for n, effect in enumerate(chain):
        amounts = effect.step.amounts
        if amounts is not None:
            leaves = side.postmaster or effect.step.source == side.store
            first = amounts[0 if leaves else 1] - sum(changes[:n])
            return tuple(first + sum(changes[:k]) for k in range(len(chain) + 1))
    return None
