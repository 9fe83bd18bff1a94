"""The board's threads: one reads, one watches that the reading comes back, one writes down what was crossed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from vaultraider.services.board.reading import Reader

logger = logging.getLogger(__name__)

WATCH = 0.5
"""Seconds between two looks whether the device hangs."""
SYNC = 5.0
"""Seconds between two looks at what other processes have changed."""
MOST_LEFT = 3
"""Threads that hang in a device; with so many nobody opens it again before one has come back."""
ENDING = 2.0
"""Seconds for the threads to end."""


class Running:
    """``sync`` writes down crossings and looks for changes; ``waiting`` is set when there are some to write."""

    def __init__(self, reader: Reader, sync: Callable[[], object], waiting: threading.Event) -> None:
        self._reader, self._sync, self._waiting = reader, sync, waiting
        self._stopped = threading.Event()
        self._hands: list[threading.Thread] = []
        self._others = [
            threading.Thread(target=self._watch, name="board-watch", daemon=True),
            threading.Thread(target=self._keep_in_step, name="board-levels", daemon=True),
        ]

    def start(self) -> None:
        for thread in self._others:
            thread.start()
        self._begin(self._reader.turn)

    def stop(self) -> None:
        self._stopped.set()
        self._waiting.set()
        for thread in (*self._others, *self._hands[-1:]):
            thread.join(ENDING)

    def _begin(self, turn: int) -> None:
        hand = threading.Thread(target=self._read, args=(turn,), name=f"board-{turn}", daemon=True)
        self._hands.append(hand)
        hand.start()

    def _read(self, turn: int) -> None:
        while not self._stopped.is_set():
            pause = self._reader.step(turn)
            if pause is None or self._stopped.wait(pause):
                return

    def _watch(self) -> None:
        while not self._stopped.wait(WATCH):
            self._hands = [hand for hand in self._hands if hand.is_alive()]
            if self._reader.overdue() and len(self._hands) <= MOST_LEFT:
                self._begin(self._reader.abandon())

    def _keep_in_step(self) -> None:
        failed = False
        while not self._stopped.is_set():
            try:
                self._sync()
                failed = False
            except Exception:  # a database that is away: what waits is written when it is back
                if not failed:
                    logger.warning(
                        "The board's levels cannot be kept in step with the database; it is tried again.", exc_info=True
                    )
                failed = True
                self._stopped.wait(SYNC)
            self._waiting.wait(SYNC)
