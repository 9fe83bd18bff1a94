"""What is said of each account's items, in this process's memory, as long as the database says nothing else."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta

from vaultraider.domain.annotations import Annotation
from vaultraider.domain.people import User
from vaultraider.ports import Clock, MembershipRef
from vaultraider.ports.annotations import AnnotationStore, KeptAnnotation

NOTHING = timedelta(0)
LOOK_EVERY = timedelta(seconds=0.5)
"""How often the database's mark is looked at: another process may have changed something."""
KEPT = 64
"""Accounts in memory at once."""


class _Held:
    """``reading`` is held while the database is asked, so that nothing older can overwrite what is newer."""

    def __init__(self) -> None:
        self.reading = threading.Lock()
        self.mark = 0
        self.looked: datetime | None = None
        self.kept: Mapping[str, KeptAnnotation] = {}
        self.said: Mapping[str, Annotation] = {}


class HeldAnnotations:
    """Fits ``ports.annotations.AnnotationsOf``. Safe between threads."""

    def __init__(self, store: AnnotationStore, clock: Clock, *, kept: int = KEPT) -> None:
        self._store = store
        self._clock = clock
        self._most = kept
        self._all: OrderedDict[tuple[int, MembershipRef], _Held] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, user_id: int, membership: MembershipRef) -> Mapping[str, Annotation]:
        """The same object until something in it changes."""
        return self._looked(user_id, membership).said

    def kept(self, user_id: int, membership: MembershipRef) -> Mapping[str, KeptAnnotation]:
        """The same with what else is kept of each."""
        return self._looked(user_id, membership).kept

    def changed(self, user_id: int) -> None:
        """Something was written: whoever asks this process next sees it. Other processes see it within half a second."""
        for held in self._of_person(user_id):
            with held.reading:
                held.looked = None

    def forget(self, user: User) -> None:
        """Drops what is in memory about a person."""
        with self._lock:
            for key in [key for key in self._all if key[0] == user.id]:
                del self._all[key]

    def _looked(self, user_id: int, membership: MembershipRef) -> _Held:
        held = self._get(user_id, membership)
        with held.reading:
            now = self._clock.now()
            # A clock that was turned back makes it due, too.
            if held.looked is None or not NOTHING <= now - held.looked < LOOK_EVERY:
                mark = self._store.mark(user_id, membership)
                if mark != held.mark:
                    held.kept = self._store.of(user_id, membership)
                    held.said = {key: each.said for key, each in held.kept.items()}
                    held.mark = mark
                held.looked = now
        return held

    def _get(self, user_id: int, membership: MembershipRef) -> _Held:
        key = (user_id, membership)
        with self._lock:
            held = self._all.get(key)
            if held is None:
                held = self._all[key] = _Held()
                while len(self._all) > self._most:
                    self._all.popitem(last=False)
            else:
                self._all.move_to_end(key)
            return held

    def _of_person(self, user_id: int) -> list[_Held]:
        with self._lock:
            return [held for key, held in self._all.items() if key[0] == user_id]
