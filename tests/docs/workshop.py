"""A copy of the repository in which a guide can be followed: what it says to write is written, what it says to type is run."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests.docs.guide import Block, put
from tests.meta.repository import ROOT, tracked

COPIED = ("src/", "frontend/", "tests/", "hatch_build.py", "pyproject.toml", "Makefile")
EARLIER = "earlier{}"
SET_UP = ("-o", ".venv/.dev", "-o", ".venv/.runtime", "-o", ".venv/.build")
"""For make: the environment is the one that runs these tests, and never made anew from here."""


class Workshop:
    """``root``: of the copy. It has no environment and no packages of its own: links lead to those that are there."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in tracked():
            if name.startswith(COPIED):
                target = root / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target)
        (root / ".venv").symlink_to(sys.prefix, target_is_directory=True)
        (root / "frontend" / "node_modules").symlink_to(ROOT / "frontend" / "node_modules", target_is_directory=True)

    def follow(self, steps: list[Block]) -> None:
        """Every block in its order. Raises AssertionError with the line of the guide and what was said."""
        for number, block in enumerate(steps):
            if block.file:
                put(block, self.root)
                later = any(each.file == block.file and not each.before for each in steps[number + 1 :])
                if later and block.file.startswith("frontend/src/"):
                    self._keep(block, number)
            for command in block.commands:
                self.run(command, block.line)

    def run(self, command: str, line: int) -> str:
        """As the reader types it. What it said."""
        words = shlex.split(command)
        if words[0] == "make":
            words[1:1] = SET_UP
        # The copy's package comes before the one that is installed.
        environment = os.environ | {"PYTHONPATH": str(self.root / "src"), "PYTEST_ADDOPTS": "-p no:cacheprovider"}
        done = subprocess.run(
            words, cwd=self.root, env=environment, capture_output=True, text=True, errors="replace", check=False
        )
        said = f"{done.stdout}\n{done.stderr}".strip()
        assert done.returncode == 0, f"line {line}, {command}:\n{said[-6000:]}"
        return said

    def _keep(self, block: Block, number: int) -> None:
        """What a later step writes over stays elsewhere, as deep in the tree, so that its types are checked like all others."""
        path = Path(block.file)
        kept = self.root / "frontend" / "src" / EARLIER.format(number) / path.name
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(block.code, encoding="utf-8")
