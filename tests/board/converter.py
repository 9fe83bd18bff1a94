"""A converter as Linux shows one: a folder of small files, which can be unplugged and plugged in again."""

from __future__ import annotations

import shutil
from pathlib import Path

RAWS = (163, 327, 491, 654, 818, 982)
SCALE = 1.220703125
"""Millivolts a count: 5 V over 12 bits."""


class Converter:
    def __init__(self, root: Path, *, name: str = "adc108s102", number: int = 0, raws: tuple[int, ...] = RAWS) -> None:
        self.root = root
        self.name = name
        self.folder = root / f"iio:device{number}"
        self.files = {"name": name, "in_voltage_scale": str(SCALE)}
        self.files |= {f"in_voltage{channel}_raw": str(raw) for channel, raw in enumerate(raws)}
        self.plug_in()

    def plug_in(self) -> None:
        self.folder.mkdir(parents=True)
        for file, text in self.files.items():
            self.write(file, text)

    def unplug(self) -> None:
        shutil.rmtree(self.folder)

    def write(self, file: str, text: str) -> None:
        """As sysfs has it: with a line's end."""
        place = self.folder / file
        place.parent.mkdir(exist_ok=True)
        place.write_text(f"{text}\n", encoding="ascii")

    def set(self, channel: int, raw: int) -> None:
        self.write(f"in_voltage{channel}_raw", str(raw))

    def break_input(self, channel: int) -> None:
        """A folder in the place of the file: opened like it, and not to be read."""
        file = self.folder / f"in_voltage{channel}_raw"
        file.unlink()
        file.mkdir()
