"""What the parts of planning share while one plan is made."""

from __future__ import annotations

from functools import cached_property

from vaultraider.domain.buckets import VAULT_STORE
from vaultraider.domain.transfers import calls
from vaultraider.domain.transfers.calls import Purpose
from vaultraider.domain.transfers.ledger import Ledger, spot_of
from vaultraider.domain.transfers.world import Thing, World


class Planner:
    """``kept``: ids that are never moved aside and never stand in for something else: the wish's own, and what it put on.
    ``thorough``: whether other items may be disturbed (moved aside, put on) for the sake of the wish."""

    def __init__(self, world: World) -> None:
        self.ledger = Ledger(world)
        self.kept: set[str] = set()
        self.last_resort: set[str] = set()
        """Ids that are moved aside only when nothing else can be."""
        self.stays = True
        """Whether what has arrived is never moved aside either."""
        self.thorough = True
        self.wanted = ""
        """The item of the wish that is being served, and what it is called."""
        self.newcomer = ""
        self.kept_stacks: set[int] = set()
        """Hashes of stacks that the wish is about: no other stack of theirs moves aside, as one cannot be told from the other."""

    @cached_property
    def _differing(self) -> set[int]:
        """Hashes of which one copy is locked and another is not: few, and only they need to be looked for."""
        things = [thing for thing in self.ledger.things.values() if thing.instance]
        locked = {thing.hash for thing in things if thing.locked}
        return locked & {thing.hash for thing in things if not thing.locked}

    def may_disturb(self, thing: Thing) -> bool:
        """Whether a thing may be moved for the sake of another one."""
        free = thing.id not in self.kept and thing.stuck is None and not thing.bound and not thing.in_postmaster
        if not thing.instance and thing.hash in self.kept_stacks:
            return False
        return free and not (thing.locked and self.ledger.world.keep_locked)

    def hop(self, thing: Thing, quantity: int, target: str, purpose: Purpose) -> tuple[Thing, bool]:
        """One transfer. Gives the thing as it lies then, and whether it may have taken over the lock of a twin."""
        bleeds = self._has_other_twin(thing)
        return calls.transfer(self.ledger, thing, quantity, target, purpose), bleeds

    def _has_other_twin(self, thing: Thing) -> bool:
        if not thing.instance or not thing.lockable or thing.in_postmaster:
            return False
        if thing.hash not in self._differing:
            return False
        around = self.ledger.lying(spot_of(thing))
        return any(each.hash == thing.hash and each.locked != thing.locked for each in around)

    def lock_again(self, thing: Thing) -> None:
        state = "locked" if thing.locked else "unlocked"
        reason = f"Sets it {state} again: a copy of it that lay beside it is not, and the game may mix the two up."
        calls.set_lock(self.ledger, thing, thing.locked, Purpose("lock-again", reason, self.wanted))

    def route(self, thing: Thing, target: str) -> list[str]:
        """The stores that a thing passes on its way: there is no way between characters but through the vault."""
        from_here = [target] if VAULT_STORE in (thing.store, target) else [VAULT_STORE, target]
        if not thing.in_postmaster:
            return from_here
        pocket = self.pocket(thing)
        return [pocket] if pocket == target else [pocket, *([VAULT_STORE] if target != VAULT_STORE else []), target]

    def pocket(self, thing: Thing) -> str:
        """Where it comes to lie when it is pulled out of the postmaster."""
        return "account" if thing.account else thing.store
