"""Totals of people's own: made, changed, and held in memory for whoever asks at every keystroke."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from vaultraider.domain.custom_stats import MOST_STATS, CustomStat, Guardian, checked_stat
from vaultraider.domain.dim_backup import OldStat, Wrong
from vaultraider.domain.errors import Conflict, InvalidInput, NotFound
from vaultraider.domain.people import User
from vaultraider.ports import Clock
from vaultraider.ports.custom_stats import CustomStatStore, Refused
from vaultraider.search.stat_names import RANKS, STAT_WORDS

NO_STAT = "There is no such stat of yours. It was deleted meanwhile."
NOTHING = timedelta(0)
LOOK_EVERY = timedelta(seconds=0.5)
"""How often the database is looked at: another process may have changed something."""
KEPT = 64
"""People in memory at once."""
TAKEN = frozenset((*STAT_WORDS, *RANKS))
"""What queries know as stats already."""


class CustomStats:
    """Every method looks only at the given person's. Safe between threads."""

    def __init__(self, *, store: CustomStatStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._held: OrderedDict[int, tuple[datetime, tuple[CustomStat, ...]]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, user: User) -> tuple[CustomStat, ...]:
        """By class and label. The same object until something in it changes."""
        now = self._clock.now()
        with self._lock:
            held = self._held.get(user.id)
            # A clock that was turned back makes it due, too.
            if held is not None and NOTHING <= now - held[0] < LOOK_EVERY:
                return held[1]
            # Under the lock, so that nothing older can overwrite what is newer.
            found = self._store.of(user.id)
            if held is not None and found == held[1]:
                found = held[1]
            self._held[user.id] = now, found
            self._held.move_to_end(user.id)
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
            return found

    def save(self, user: User, label: str, guardian: Guardian, weights: Iterable[int], *, id: int = 0) -> CustomStat:
        """Makes one, or changes the one of this id. Raises InvalidInput, NotFound, Conflict."""
        stat = checked_stat(label, guardian, weights, taken=TAKEN, id=id)
        saved = self._store.save(user.id, stat)
        if not isinstance(saved, CustomStat):
            raise _refusal(saved, stat)
        self.forget(user)
        return saved

    def drop(self, user: User, id: int) -> None:
        """Raises NotFound."""
        if not self._store.drop(user.id, id):
            raise NotFound(NO_STAT)
        self.forget(user)

    def take_in(self, user: User, stats: Sequence[OldStat], *, check: bool) -> tuple[int, list[Wrong]]:
        """Of an import what is new or different: how many, and what could not be taken. ``check``: only counts."""
        found: list[CustomStat] = []
        wrong: list[Wrong] = []
        for each in stats[:MOST_STATS]:
            try:
                found.append(checked_stat(each.label, each.guardian, each.weights, taken=TAKEN))
            except InvalidInput as error:
                wrong.append(Wrong(each.where, error.sentence))
        changed = self._store.take_in(user.id, found, check=check)
        self.forget(user)
        return changed, wrong

    def forget(self, user: User) -> None:
        """Drops what is in memory about a person."""
        with self._lock:
            self._held.pop(user.id, None)


def _refusal(why: Refused, stat: CustomStat) -> Exception:
    if why == "clash":
        sentence = f"You have another stat that searches call “{stat.keyword}”, for the same class. Choose another name."
        return InvalidInput("label", sentence)
    if why == "full":
        return Conflict(f"You have {MOST_STATS} stats of your own. Delete one first.")
    return NotFound(NO_STAT)
