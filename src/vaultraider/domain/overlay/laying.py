"""The snapshot as it will be when Bungie's caches have caught up with what we did."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import Raw

from vaultraider.domain import hashes
from vaultraider.domain.buckets import ACCOUNT_STORE, VAULT_STORE
from vaultraider.domain.definitions import ItemDefinition
from vaultraider.domain.items import EQUIPPED_STATUS, LOCKED, TRACKED
from vaultraider.domain.overlay.deeds import Chain, OwnEffect, Stand, chains_of
from vaultraider.domain.overlay.shelves import Shelf, Shelves, Spot, home, lying, rewritten
from vaultraider.domain.overlay.stacks import stack_chains
from vaultraider.domain.overlay.wanted import is_shown, superseded_in_slot, wanted_of
from vaultraider.domain.snapshot import ProfileSnapshot

MOST_STACKS = 50
"""So many stacks begin in one move at most, whatever garbage says of sizes; the last one takes the rest."""

Definition = Callable[[int], ItemDefinition | None]


class Laid(NamedTuple):
    """``unseen``: what was changed, by instance id or, for a stack, by its record; since when it is so, by our clock."""

    snapshot: ProfileSnapshot
    unseen: Mapping[str | bytes, datetime]


def lay_over(snapshot: ProfileSnapshot, effects: Sequence[OwnEffect], definition: Definition) -> Laid:
    """The snapshot with those effects that it does not show yet.

    ``effects`` in the order in which they were done. ``definition``: an item's, by hash. What the snapshot speaks of (it is newer
    by a margin, and whole) stays as it says. An item that is nowhere in it is left out, as is a guardian that the account
    has not. An instance is in one place afterwards, and no amount of a stack comes or goes. Records that need no change keep
    their bytes, lists that need none stay the objects that they are. Never raises for what Bungie sent.

    Instances are exact. Stacks are told from amounts, as ``stacks`` says: exact unless the player moves the same item in the
    game in the same minutes; then the next answer that speaks puts it right.
    """
    if not effects:
        return Laid(snapshot, {})
    laying = _Laying(snapshot, effects, definition)
    laying.stacks(effects)
    laying.instances()
    return Laid(laying.shelves.snapshot(), laying.unseen)


class _Laying:
    def __init__(self, snapshot: ProfileSnapshot, effects: Sequence[OwnEffect], definition: Definition) -> None:
        self.snapshot = snapshot
        self.definition = definition
        self.shelves = Shelves(snapshot)
        self.unseen: dict[str | bytes, datetime] = {}
        self.chains = chains_of(effects)
        self.stack_chains = stack_chains(effects)
        wanted = {chain.last.instance for chain in self.chains}
        self.spots, self.piles = self.shelves.find(wanted, {chain.side.hash for chain in self.stack_chains})

    # -- instances ------------------------------------------------------------------------------------------------------

    def instances(self) -> None:
        late = superseded_in_slot(self.chains, self.spots)
        for chain in self.chains:
            deed = chain.last
            spots = self.spots.get(deed.instance)
            if not spots or self.snapshot.speaks_of(deed.at):
                continue
            wanted = wanted_of(deed, late)
            if is_shown(spots[0], deed.aspect, wanted):
                if spots[0].shelf.component in self.snapshot.incomplete:
                    self._mark(deed.instance, deed.at)  # It is our own word that stands there.
                continue
            if isinstance(wanted, Stand):
                self._place(chain, spots, wanted)
            else:
                self._flag(chain, spots, LOCKED if deed.aspect == "lock" else TRACKED, wanted)

    def _flag(self, chain: Chain, spots: list[Spot], bit: int, on: bool) -> None:
        for n, spot in enumerate(spots):
            state = spot.data.state | bit if on else spot.data.state & ~bit
            spots[n] = self.shelves.replace(spot, rewritten(self.shelves.raw(spot), state=state))
        self._mark(chain.last.instance, chain.last.at)

    def _place(self, chain: Chain, spots: list[Spot], wanted: Stand) -> None:
        deed, first = chain.last, spots[0]
        slot = self._slot(first, deed.effect.step.bucket)
        if wanted.store not in (VAULT_STORE, ACCOUNT_STORE) and not self.shelves.knows(wanted.store):
            return
        if slot == 0 and wanted.store != VAULT_STORE:
            return
        if wanted.worn:
            self._take_off(wanted.store, slot, deed.instance, deed.at)
        shelf, bucket, location = home(slot, wanted.store)
        status = first.data.transfer_status
        status = status | EQUIPPED_STATUS if wanted.worn else status & ~EQUIPPED_STATUS
        raw = rewritten(self.shelves.raw(first), bucketHash=bucket, location=location, transferStatus=status)
        for spot in spots:
            self.shelves.take(spot)
        spots[:] = [self.shelves.put(Shelf(shelf.holder, bool(wanted.worn)), raw)]
        self._mark(deed.instance, deed.at)

    def _take_off(self, character: str, slot: int, instance: str, at: datetime) -> None:
        """What was worn in the slot goes back to what the character carries."""
        for spot in self.shelves.worn(character):
            id = spot.data.item_instance_id
            if spot.data.bucket_hash != slot or id == instance:
                continue
            raw = rewritten(self.shelves.raw(spot), transferStatus=spot.data.transfer_status & ~EQUIPPED_STATUS)
            self.shelves.take(spot)
            now = self.shelves.put(Shelf(character), raw)
            if id in self.spots:
                self.spots[id] = [now if known[:2] == spot[:2] else known for known in self.spots[id]]
            self._mark(id, at)

    def _slot(self, spot: Spot, told: int) -> int:
        """Where the item belongs: by its definition, else by the step, else where it lies if that is a slot. 0: nobody knows."""
        known = self.definition(spot.data.item_hash)
        if known is not None and known.bucket:
            return known.bucket
        lies = spot.data.bucket_hash
        return told or (0 if lies == hashes.VAULT or spot.place == "postmaster" else lies)

    def _mark(self, key: str | bytes, at: datetime) -> None:
        self.unseen[key] = max(at, self.unseen.get(key, at))

    # -- stacks ---------------------------------------------------------------------------------------------------------

    def stacks(self, effects: Sequence[OwnEffect]) -> None:
        waiting: set[int] = set()
        for chain in self.stack_chains:
            held = chain.held_in(self.snapshot, self.piles)
            waiting.update(effect.step_id for effect in chain.effects[held:])
        for effect in effects:
            if effect.step_id in waiting:
                self._carry(effect)

    def _carry(self, effect: OwnEffect) -> None:
        """Takes from the smallest stacks first and fills the fullest first, as the game does."""
        step = effect.step
        hash, target = step.piece.hash, step.target
        known = self.definition(hash)
        source = lying(self.piles, hash, step.source, postmaster=step.from_postmaster or step.kind == "pull")
        if not source or (target not in (VAULT_STORE, ACCOUNT_STORE) and not self.shelves.knows(target)):
            return
        slot = self._slot(source[0], step.bucket)
        if slot == 0 and target != VAULT_STORE:
            return
        pattern = self.shelves.raw(source[0])
        taken = self._take(source, step.quantity, effect.at)
        self._lay(pattern, taken, hash, target, slot, known.max_stack if known is not None else 0, effect.at)

    def _take(self, source: list[Spot], wanted: int, at: datetime) -> int:
        left = wanted
        for spot in sorted(source, key=lambda one: one.data.quantity):
            part = max(0, min(left, spot.data.quantity))
            if part == 0:
                continue
            left -= part
            self.piles.remove(spot)
            if part == spot.data.quantity:
                self.shelves.take(spot)
            else:
                self._pile(self.shelves.replace(spot, self._counted(self.shelves.raw(spot), spot.data.quantity - part)), at)
        return wanted - left

    def _lay(self, pattern: Raw, quantity: int, hash: int, target: str, slot: int, size: int, at: datetime) -> None:
        """``size``: how many fit on one stack; 0 or less: nobody knows, so any number."""
        left = quantity
        for spot in sorted(lying(self.piles, hash, target), key=lambda one: -one.data.quantity):
            added = left if size <= 0 else max(0, min(left, size - spot.data.quantity))
            if added:
                left -= added
                self.piles.remove(spot)
                self._pile(self.shelves.replace(spot, self._counted(self.shelves.raw(spot), spot.data.quantity + added)), at)
        shelf, bucket, location = home(slot, target)
        for n in range(1, MOST_STACKS + 1):
            if left <= 0:
                return
            part = left if size <= 0 or n == MOST_STACKS else min(left, size)
            left -= part
            self._pile(self.shelves.put(shelf, rewritten(pattern, bucketHash=bucket, location=location, quantity=part)), at)

    def _counted(self, raw: Raw, quantity: int) -> Raw:
        return rewritten(raw, quantity=quantity)

    def _pile(self, spot: Spot, at: datetime) -> None:
        self.piles.append(spot)
        self._mark(bytes(self.shelves.raw(spot)), at)
