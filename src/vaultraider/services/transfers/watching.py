"""Who watches a person's transfers in this process is woken when one of them changes.

It only saves time: watchers look at the journal's revisions all the same, as another process may have changed something.
"""

from __future__ import annotations

import threading
from types import TracebackType


class Changes:
    """One for a process; safe between threads. Nothing is held while somebody waits."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._told: dict[int, int] = {}
        self._closed = False

    def tell(self, user_id: int) -> None:
        """One of this person's transfers changed."""
        with self._condition:
            self._told[user_id] = self._told.get(user_id, 0) + 1
            self._condition.notify_all()

    def wake_all(self) -> None:
        """Ends every wait, now and later: the process stops."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    def watch(self, user_id: int) -> Watch:
        return Watch(self, user_id)

    def _seen(self, user_id: int) -> int:
        with self._condition:
            return self._told.get(user_id, 0)

    def _wait(self, user_id: int, seen: int, seconds: float) -> int:
        with self._condition:
            self._condition.wait_for(lambda: self._closed or self._told.get(user_id, 0) != seen, timeout=seconds)
            return self._told.get(user_id, 0)


class Watch:
    """One watcher. What changes between two waits is not missed."""

    def __init__(self, changes: Changes, user_id: int) -> None:
        self._changes = changes
        self._user_id = user_id
        self._seen = changes._seen(user_id)

    def wait(self, seconds: float) -> bool:
        """Waits for a change, ``seconds`` of the wall's clock at most; whether there was one since the last wait."""
        before = self._seen
        self._seen = self._changes._wait(self._user_id, before, seconds)
        return self._seen != before

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Nothing is held."""
