"""One step, one call: never sent late, never sent twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol, TypeVar

from vaultraider.domain.people import User
from vaultraider.domain.transfers.plans import Step
from vaultraider.ports import ActingAs, Clock, ItemActions, Lot, MembershipRef

T = TypeVar("T")

SEND_WITHIN = 10.0
"""Seconds between the step's mark in the journal and its call. Who was held up longer (a machine that slept, a disk that hung)
may have been taken for dead, and its work taken over: it must not send."""

SUCCESS = 1
NO_INSTANCE = "0"


class Credentials(Protocol):
    def with_credentials(self, user: User, call: Callable[[str], T]) -> T: ...


class TooLate(Exception):
    """Nothing was sent."""


class Sending:
    def __init__(
        self,
        actions: ItemActions,
        credentials: Credentials,
        clock: Clock,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._actions = actions
        self._credentials = credentials
        self._clock = clock
        self._monotonic = monotonic

    def mark(self) -> Mark:
        """The moment before the step is marked as running in the journal: give it to ``send``."""
        return Mark(self._clock, self._monotonic)

    def send(self, user: User, membership: MembershipRef, step: Step, mark: Mark) -> Mapping[str, int]:
        """Sends the step's call. For several equips: the ErrorCode of each piece that went or was refused, by instance id.

        A token that Bungie does not accept is renewed once, and the call sent again: it was turned away at the door.
        Raises TooLate, SignInEnded, and the BungieError that the answer means.
        """

        def call(token: str) -> Mapping[str, int]:
            if mark.age() > SEND_WITHIN:
                raise TooLate
            return self._call(token, user, membership, step)

        return self._credentials.with_credentials(user, call)

    def _call(self, token: str, user: User, membership: MembershipRef, step: Step) -> Mapping[str, int]:
        who = ActingAs(token, membership, str(user.id), step.character)
        actions, piece = self._actions, step.piece
        match step.kind:
            case "transfer":
                actions.transfer(who, _lot(step), to_vault=step.target == "vault")
            case "pull":
                actions.pull_from_postmaster(who, _lot(step))
            case "equip":
                actions.equip(who, piece.instance)
            case "equip-all":
                return actions.equip_all(who, [each.instance for each in step.pieces])
            case "lock":
                actions.set_lock(who, piece.instance, bool(step.state))
            case "track":
                actions.set_tracked(who, piece.instance, bool(step.state))
        return {}


def _lot(step: Step) -> Lot:
    piece = step.piece
    return Lot(item_hash=piece.hash, instance_id=piece.instance or NO_INSTANCE, quantity=step.quantity)


class Mark:
    """How long ago something was, by whichever clock says more: one stands still while a machine sleeps, one can be set."""

    def __init__(self, clock: Clock, monotonic: Callable[[], float]) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._began = monotonic()
        self.at: datetime = clock.now()

    def age(self) -> float:
        """Seconds."""
        return max(self._monotonic() - self._began, (self._clock.now() - self.at).total_seconds())
