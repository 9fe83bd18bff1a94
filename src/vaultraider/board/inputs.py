"""All inputs read at once, for whoever asks: one at a time, and nobody waits for a device that hangs."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from typing import NamedTuple

from vaultraider.board.source import AnalogSource, Reading, SourceError, SourceFailed

logger = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds that somebody waits while another is reading."""


class Inputs(NamedTuple):
    """``readings``: by channel; None for one that cannot be read. ``sentence``: why there are none at all."""

    readings: dict[int, Reading | None]
    sentence: str = ""


class Desk:
    """Opens the device when it is first asked, and anew after it was gone."""

    def __init__(self, look: Callable[[], AnalogSource], patience: float = PATIENCE) -> None:
        self._look = look
        self._patience = patience
        self._source: AnalogSource | None = None
        self._reading = threading.Lock()

    def read(self) -> Inputs:
        if not self._reading.acquire(timeout=self._patience):
            return Inputs({}, "The board does not answer. Switch it off and on.")
        try:
            return self._read()
        except SourceError as error:
            self._forget()
            return Inputs({}, error.sentence)
        except Exception:  # a back end that breaks must not leave whoever looks without an answer
            logger.exception("Reading the board broke.")
            self._forget()
            return Inputs({}, "Reading the board broke. It is tried again; what is printed where it was started tells more.")
        finally:
            self._reading.release()

    def _read(self) -> Inputs:
        if self._source is None:
            self._source = self._look()
        found: dict[int, Reading | None] = {}
        for channel in self._source.channels:
            try:
                found[channel] = self._source.read(channel)
            except SourceFailed:
                found[channel] = None
        return Inputs(found)

    def _forget(self) -> None:
        source, self._source = self._source, None
        if source is not None:
            with contextlib.suppress(Exception):  # it is gone anyway
                source.close()
