"""What is known of one account of one person, in this process's memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from vaultraider.domain.annotations import Annotation
from vaultraider.domain.definitions import Definitions
from vaultraider.domain.overlay import OwnEffect
from vaultraider.domain.profile import Profile
from vaultraider.domain.profile_parts import Incomplete
from vaultraider.domain.snapshot import ProfileSnapshot
from vaultraider.domain.wishes import Verdict
from vaultraider.ports import MembershipRef
from vaultraider.services.inventory.answers import Answer

Key = tuple[int, MembershipRef]
"""Person and account: never the account alone, so that nothing of one person can be shown to another."""

KEPT = 16
"""Accounts in memory at once. One takes some 5 MB; the others wait in the database."""


class State:
    """One accepted state: what Bungie said, and when. It is replaced as a whole, never changed."""

    __slots__ = ("clan", "clan_read", "incomplete", "snapshot")

    def __init__(
        self, snapshot: ProfileSnapshot, incomplete: tuple[Incomplete, ...], clan: str, clan_read: datetime | None
    ) -> None:
        self.snapshot = snapshot
        self.incomplete = incomplete
        self.clan = clan
        self.clan_read = clan_read


class Answered(NamedTuple):
    """An answer, and what it tells beside the profile."""

    answer: Answer
    annotations: Mapping[str, Annotation]
    verdicts: Mapping[str, Verdict]


class Rendered:
    """A state joined with definitions, our own moves laid over it, and what it was made of.

    ``until``: when the clock alone makes it another one. ``answered``: made when it is first asked for.
    """

    __slots__ = ("answered", "definitions", "effects", "nicknames", "profile", "state", "until")

    def __init__(
        self,
        profile: Profile,
        state: State,
        effects: tuple[OwnEffect, ...],
        definitions: Definitions,
        nicknames: Mapping[str, str],
        until: datetime | None,
    ) -> None:
        self.profile = profile
        self.state = state
        self.effects = effects
        self.definitions = definitions
        self.nicknames = nicknames
        self.until = until
        self.answered: Answered | None = None

    def still_holds(
        self, state: State, effects: tuple[OwnEffect, ...], definitions: Definitions, nicknames: Mapping[str, str]
    ) -> bool:
        return self.state is state and self.effects is effects and self.definitions is definitions and self.nicknames is nicknames


class Held:
    """``turn`` is held while Bungie is asked, ``build`` while an answer is made. ``attempts`` counts what was asked of Bungie.

    ``looked``: when the database was last compared with. ``empties``: how many answers in a row came empty against all
    likelihood. ``effects``: what we did and no profile has confirmed, as of ``effects_mark``; ``journal`` is held while that is
    read.
    """

    def __init__(self, key: Key) -> None:
        self.key = key
        self.turn = threading.Lock()
        self.build = threading.Lock()
        self.journal = threading.Lock()
        self.state: State | None = None
        self.nicknames: dict[str, str] = {}
        self.effects: tuple[OwnEffect, ...] = ()
        self.effects_mark: tuple[int, int] | None = None
        self.effects_looked: datetime | None = None
        self.rendered: Rendered | None = None
        self.looked: datetime | None = None
        self.checked: datetime | None = None
        self.attempted: datetime | None = None
        self.failure: Exception | None = None
        self.attempts = 0
        self.empties = 0


class HeldAccounts:
    """The accounts in memory; those not asked for longest make room. Safe between threads."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._all: OrderedDict[Key, Held] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, user_id: int, membership: MembershipRef) -> Held:
        key = (user_id, membership)
        with self._lock:
            held = self._all.get(key)
            if held is None:
                held = self._all[key] = Held(key)
                while len(self._all) > self._kept:
                    self._all.popitem(last=False)
            else:
                self._all.move_to_end(key)
            return held

    def known(self, user_id: int, membership: MembershipRef) -> Held | None:
        """What is in memory, or None."""
        with self._lock:
            return self._all.get((user_id, membership))

    def forget(self, user_id: int) -> None:
        with self._lock:
            for key in [key for key in self._all if key[0] == user_id]:
                del self._all[key]
