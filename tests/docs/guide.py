"""Reads a guide: its code blocks, in order, each as what it is to the reader.

Right above a block its file may be named, alone in its line::

    **`src/vaultraider/api/earnings.py`**
    **`frontend/src/app/navigation.ts`**, before `];`

The first is the whole file, the second goes into one that is there already, before the first line that reads so. A block of
``sh`` is what the reader types. A block of ``text`` is only looked at. There are no others: what is not run is not true for long.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

FENCE = re.compile(r"^```(?P<language>\w*)\s*$")
NAMED = re.compile(r"^\*\*`(?P<file>[^`]+)`\*\*(?:, before `(?P<before>[^`]+)`)?:?$")
COMMANDS = "sh"
LOOKED_AT = "text"


class Block(NamedTuple):
    """``line``: of its fence, from 1. ``file``: what it is, or a part of it, "" for commands. ``before``: where it goes."""

    line: int
    language: str
    code: str
    file: str = ""
    before: str = ""

    @property
    def commands(self) -> list[str]:
        """What is typed, without remarks."""
        lines = (line.split(" # ")[0].strip() for line in self.code.splitlines())
        return [line for line in lines if line] if self.language == COMMANDS else []


def blocks(guide: Path) -> list[Block]:
    """Every block of the guide, in its order."""
    found: list[Block] = []
    lines = iter(enumerate(guide.read_text(encoding="utf-8").splitlines(), 1))
    above = ""
    for number, line in lines:
        fence = FENCE.match(line)
        if not fence:
            above = line.strip() or above
            continue
        code: list[str] = []
        for _, inside in lines:
            if inside == "```":
                break
            code.append(inside)
        name = NAMED.match(above)
        place = (name["file"], name["before"] or "") if name else ("", "")
        found.append(Block(number, fence["language"], "\n".join(code) + "\n", *place))
        above = ""
    return found


def put(block: Block, root: Path) -> None:
    """Does with the block's file what the reader does."""
    path = root / block.file
    path.parent.mkdir(parents=True, exist_ok=True)
    if not block.before:
        path.write_text(block.code, encoding="utf-8")
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(index for index, line in enumerate(lines) if line.strip() == block.before)
    path.write_text("".join([*lines[:place], block.code, *lines[place:]]), encoding="utf-8")
