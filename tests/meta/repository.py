"""The repository as git knows it: what the house rules look at."""

from __future__ import annotations

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "vaultraider"


@functools.cache
def tracked() -> tuple[str, ...]:
    """Every file that is or is about to be in a commit, as a path from the root with slashes."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    return tuple(name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file())


def texts() -> Iterator[tuple[str, str]]:
    """(path, text) of every tracked file that is text."""
    for name in tracked():
        content = (ROOT / name).read_bytes()
        if b"\0" not in content:
            yield name, content.decode("utf-8")


def modules(*folders: Path) -> Iterator[tuple[str, ast.Module]]:
    """(path, syntax tree) of every Python file below these folders, or of all that is shipped."""
    for folder in folders or (SOURCE,):
        for path in sorted(folder.rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def drop_ins(folder: str) -> list[str]:
    """The names of the things in a drop-in folder: what has an underscore is plumbing."""
    return sorted(path.stem for path in (SOURCE / folder).glob("*.py") if not path.stem.startswith("_"))
