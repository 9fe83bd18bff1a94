"""What we did and no profile has confirmed yet: read from the journal, kept in memory until the journal says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from vaultraider.domain.overlay import PATIENCE, OwnEffect
from vaultraider.domain.profile_parts import Pending
from vaultraider.ports import Clock, MembershipRef
from vaultraider.services.inventory.held import Held

NOTHING = timedelta(0)
LOOK_EVERY = timedelta(seconds=0.5)
"""How often the journal's mark is looked at: another process may have moved something."""


class Effects(Protocol):
    """The part of the journal that is laid over profiles. Fits ``TransferStore``."""

    def effects(self, user_id: int, membership: MembershipRef) -> Sequence[OwnEffect]: ...
    def effects_mark(self, user_id: int, membership: MembershipRef) -> tuple[int, int]: ...


class NoEffects:
    """Where nothing is ever moved."""

    def effects(self, user_id: int, membership: MembershipRef) -> Sequence[OwnEffect]:
        return ()

    def effects_mark(self, user_id: int, membership: MembershipRef) -> tuple[int, int]:
        return (0, 0)


class Unseen(NamedTuple):
    """What of the shown state no profile shows, and until when these words hold by the clock alone."""

    pending: dict[str | bytes, Pending]
    until: datetime | None


def unseen_now(since: Mapping[str | bytes, datetime], now: datetime) -> Unseen:
    """``since``: when each was done. What is not confirmed after three minutes says so, without anybody asking."""
    pending: dict[str | bytes, Pending] = {key: "unconfirmed" if now - at >= PATIENCE else "unseen" for key, at in since.items()}
    turning = [at + PATIENCE for key, at in since.items() if pending[key] == "unseen"]
    return Unseen(pending, min(turning, default=None))


class OwnEffects:
    """Keeps each held account's effects up to date."""

    def __init__(self, journal: Effects, clock: Clock) -> None:
        self._journal = journal
        self._clock = clock

    def look(self, held: Held, *, before: Callable[[Held], None]) -> None:
        """Takes over what the journal says, if that is something else than before. Cheap when asked often.

        ``before`` is called when it is: a step is settled after the profile that settled it was kept, so that whoever drops the
        step must have looked for that profile, or the item would jump back for a moment.
        """
        if not self._is_due(held):
            return
        with held.journal:
            if not self._is_due(held):
                return
            held.effects_looked = self._clock.now()
            mark = self._journal.effects_mark(*held.key)
            if mark == held.effects_mark:
                return
            effects = tuple(self._journal.effects(*held.key))
            if held.effects:
                before(held)
            if effects != held.effects:
                held.effects = effects
            held.effects_mark = mark

    def now(self, held: Held) -> Sequence[OwnEffect]:
        """What the journal says at this moment."""
        return self._journal.effects(*held.key)

    def _is_due(self, held: Held) -> bool:
        """A clock that was turned back makes it so, too."""
        looked = held.effects_looked
        return looked is None or not NOTHING <= self._clock.now() - looked < LOOK_EVERY
