"""Keeps sign-ins over a restart of the demo: grants, tokens and the clock's offset, in one small file."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from vaultraider.simulator.clock import ClockState
from vaultraider.simulator.credentials import Issued

if TYPE_CHECKING:
    from vaultraider.simulator.box import Box


class Kept(msgspec.Struct, kw_only=True):
    """The file. These tokens open nothing but a simulator."""

    seed: int
    clock: ClockState
    issued: Issued


class Keeper:
    """Does nothing without a ``state`` file."""

    def __init__(self, box: Box) -> None:
        self.box = box
        self.file = box.options.state

    def restore(self) -> None:
        """Takes up what the file holds; a file that cannot be read, or of another seed, is as good as none."""
        if self.file is None or not self.file.exists():
            return
        try:
            kept = msgspec.json.decode(self.file.read_bytes(), type=Kept)
        except (msgspec.MsgspecError, UnicodeDecodeError, OSError):
            return
        if kept.seed == self.box.seed:
            with self.box.lock:
                self.box.credentials.issued = kept.issued
                if self.box.options.clock is None:
                    self.box.clock.restore(kept.clock)

    def keep(self) -> None:
        if self.file is None:
            return
        with self.box.lock:
            kept = Kept(seed=self.box.seed, clock=self.box.clock.state(), issued=self.box.credentials.issued)
            data = msgspec.json.encode(kept)
            self.file.parent.mkdir(parents=True, exist_ok=True)
            beside = self.file.with_name(self.file.name + ".new")
            _write_private(beside, data)
            beside.replace(self.file)


def _write_private(file: Path, data: bytes) -> None:
    with contextlib.suppress(FileNotFoundError):
        file.unlink()
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
