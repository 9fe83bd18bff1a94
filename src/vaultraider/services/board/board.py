"""What the doors call: the board as it stands, as it goes on, and what its owner says of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from msgspec import UNSET, UnsetType

from vaultraider.board.source import AnalogSource
from vaultraider.domain.board_levels import Level, trouble
from vaultraider.domain.errors import InvalidInput, NotFound
from vaultraider.domain.people import User
from vaultraider.ports import Clock, Teller
from vaultraider.ports.board import BoardInputs
from vaultraider.services.board.levels import Levels
from vaultraider.services.board.reading import Reader
from vaultraider.services.board.running import Running
from vaultraider.services.board.shapes import BoardAnswer, BoardInput
from vaultraider.services.board.showing import News, Showing

OFF = "There is no board here. The owner of this server can switch it on with the setting board."
LONGEST_NAME = 40

Event = tuple[str, int, bytes]
"""Name, number and JSON."""


class Board:
    """Off where there is no ``source``: then everything that asks of it raises NotFound. ``start`` begins to read."""

    def __init__(
        self,
        *,
        source: str,
        look: Callable[[], AnalogSource],
        rate: int,
        quiet: float,
        public: bool,
        store: BoardInputs,
        teller: Teller,
        clock: Clock,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.is_on = bool(source)
        self.is_public = public
        self.news = News()
        self.levels = Levels(store, teller, clock)
        self.reader = Reader(look, rate=rate, quiet=quiet, now=clock.now, listener=self, ticks=ticks)
        self._showing = Showing(source, self.reader, self.levels)
        self._running: Running | None = None
        self._starting = threading.Lock()

    # -- reading --------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begins to read, where the board is on and nobody has begun yet."""
        with self._starting:
            if self.is_on and self._running is None:
                self._running = Running(self.reader, self.sync, self.levels.waiting)
                self._running.start()

    def close(self) -> None:
        with self._starting:
            running, self._running = self._running, None
        if running is not None:
            running.stop()

    def sync(self) -> None:
        """Writes down and tells what was crossed, and takes over what other processes have changed."""
        if self.levels.sync():
            self.news.change()

    # -- what the reader says, on its thread ----------------------------------------------------------------------------

    def read(self, channel: int, volts: float, at: datetime) -> None:
        self.levels.read(channel, volts, at)

    def heard(self) -> None:
        self.news.read()

    def changed(self) -> None:
        self.news.change()

    # -- what people ask ------------------------------------------------------------------------------------------------

    def may_look(self, user: User | None) -> bool:
        """Raises NotFound where there is no board."""
        if not self.is_on:
            raise NotFound(OFF)
        return self.is_public or user is not None

    def show(self, user: User | None) -> BoardAnswer:
        """Raises NotFound where there is no board."""
        self.may_look(user)
        return self._showing.answer(may_change=user is not None and user.is_admin, history=True)

    def change(self, channel: int, *, name: str | UnsetType = UNSET, level: Level | UnsetType | None = UNSET) -> BoardInput:
        """What is left out stays. Raises NotFound for an input that there is not, InvalidInput."""
        if not self.is_on or channel not in self.reader.inputs:
            raise NotFound(OFF if not self.is_on else f"The board has no input {channel}.")
        wrong = trouble(level) if isinstance(level, Level) else None
        if wrong is not None:
            raise InvalidInput(f"level.{wrong[0]}", wrong[1])
        self.levels.save(channel, name if isinstance(name, UnsetType) else _cleaned(name), level)
        self.news.change()
        found = self._showing.one(channel)
        if found is None:
            raise NotFound(f"The board has no input {channel}.")
        return found

    @contextmanager
    def listening(self, user: User | None) -> Iterator[Callable[[float], list[Event]]]:
        """``news(seconds)``: first the document; then the newest of readings and document, when they are new, else nothing after
        having waited that long."""
        may_change = user is not None and user.is_admin
        readings, documents = 0, 0

        def news(seconds: float) -> list[Event]:
            nonlocal readings, documents
            before, (readings, documents) = (readings, documents), self.news.wait(readings, documents, seconds)
            found: list[Event] = []
            if documents != before[1]:
                found.append(("board", documents, self._document(documents, may_change)))
            if readings != before[0]:
                found.append(("readings", readings, self.news.encoded("readings", readings, self._showing.readings)))
            return found

        yield news

    def _document(self, number: int, may_change: bool) -> bytes:
        which = "owner" if may_change else "guest"
        return self.news.encoded(which, number, lambda: self._showing.answer(may_change=may_change, history=False))


def _cleaned(name: str) -> str:
    """Without what cannot be seen, and one blank between words. Raises InvalidInput."""
    text = " ".join("".join(each if each.isprintable() else " " for each in name).split())
    if len(text) > LONGEST_NAME:
        raise InvalidInput("name", f"A name has at most {LONGEST_NAME} characters.")
    return text
