"""After the calls: looking until Bungie's profile shows what was done, and telling what it says."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from vaultraider.domain.errors import NotFound, VaultRaiderError
from vaultraider.domain.transfers.plans import Step
from vaultraider.ports import Clock, Effect, Settled, TransferStore
from vaultraider.services.transfers.looking import PATIENCE, Errand, Inventory
from vaultraider.services.transfers.watching import Changes

logger = logging.getLogger(__name__)

LOOKS = (10.0, 30.0, 60.0, 90.0, 120.0, 150.0, 181.0)
"""Seconds after a call at which we look: Bungie caches for 30 to 120 s, and three minutes without a word are told."""
SELDOM = 600.0
"""Seconds between later looks."""
LEAST = 5.0


class Settling:
    def __init__(self, inventory: Inventory, store: TransferStore, changes: Changes, clock: Clock) -> None:
        self._inventory = inventory
        self._store = store
        self._changes = changes
        self._clock = clock

    def look(self, errand: Errand) -> float | None:
        """Asks Bungie where that is due, and writes down what it says of our steps; seconds until the next look, if any.

        Raises nothing of Bungie's: it is asked again later.
        """
        effects = self._effects(errand)
        if not effects:
            return None
        if self._due(effects):
            try:
                self._inventory.refresh(errand.user, forced=True, membership=errand.membership)
            except VaultRaiderError as error:
                logger.info("What was moved for user %s could not be looked at: %s", errand.user.id, error.code)
        self.settle(errand)
        left = self._effects(errand)
        return self._next(left) if self._is_theirs(errand) or not all(each.unconfirmed for each in left) else None

    def settle(self, errand: Errand) -> None:
        """Writes down what the profile that we have says."""
        try:
            verdicts = self._inventory.verdicts(errand.user, errand.membership)
        except NotFound:
            verdicts = self._without_word(errand)
        except VaultRaiderError as error:
            logger.info("Nothing can be said of what was moved for user %s: %s", errand.user.id, error.code)
            return
        if verdicts:
            self._store.settle(verdicts, self._clock.now())
            self._changed(errand)

    def _without_word(self, errand: Errand) -> dict[int, Settled]:
        """The account is no longer the person's: nothing will be heard of it."""
        waited = (each for each in self._effects(errand) if self._age(each.at) >= PATIENCE.total_seconds())
        return {each.step_id: "unconfirmed" for each in waited if not each.unconfirmed}

    def _is_theirs(self, errand: Errand) -> bool:
        try:
            self._inventory.snapshot_of(errand.user, errand.membership)
        except NotFound:
            return False
        return True

    def contradict(self, errand: Errand, step: Step) -> bool:
        """Bungie says that what ``step`` moves is worn: whatever equip of ours should have taken it off was none.

        Whether there was such a one (the game's servers say "done" of equips that do not last, Bungie-net/api #770).
        """
        wrong = [each.step_id for each in self._effects(errand) if _took_off(each.step, step)]
        if wrong:
            self._store.settle(dict.fromkeys(wrong, "contradicted"), self._clock.now())
            self._changed(errand)
        return bool(wrong)

    def _changed(self, errand: Errand) -> None:
        self._inventory.effects_changed(errand.user.id, errand.membership)
        self._changes.tell(errand.user.id)

    def _effects(self, errand: Errand) -> list[Effect]:
        return self._store.effects(errand.user.id, errand.membership)

    def _due(self, effects: Sequence[Effect]) -> bool:
        return self._age(max(each.at for each in effects)) >= LOOKS[0]

    def _next(self, effects: Sequence[Effect]) -> float | None:
        if not effects:
            return None
        age = self._age(max(each.at for each in effects))
        return max(LEAST, next((look - age for look in LOOKS if look > age), SELDOM))

    def _age(self, moment: datetime) -> float:
        return (self._clock.now() - moment).total_seconds()


def _took_off(equip: Step, step: Step) -> bool:
    if equip.kind not in ("equip", "equip-all") or equip.target != step.source:
        return False
    return any(piece.id == step.piece.id for piece in equip.replaces) or equip.bucket == step.bucket
