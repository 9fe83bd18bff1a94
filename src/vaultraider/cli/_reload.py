"""Starts the same command anew whenever a Python file of the program changes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import click

import vaultraider
from vaultraider.cli._one_process import stop_signal

LOOK = 1.0
"""Seconds between two looks at the files."""


def reload_forever() -> None:
    """Runs this command as a child, until Ctrl-C, without what is meant for the first start only."""
    command = [sys.executable, "-m", "vaultraider", *(each for each in sys.argv[1:] if each not in ("--reload", "--fresh"))]
    with stop_signal() as stopped:
        while not stopped.is_set():
            seen = _stamps()
            child = subprocess.Popen(command, env=os.environ | {"PYTHONUNBUFFERED": "1"})  # noqa: S603 - our own command line
            _watch(stopped, child, seen)
            child.terminate()
            child.wait()


def _watch(stopped: threading.Event, child: subprocess.Popen[bytes], seen: dict[Path, float]) -> None:
    """Returns when a file has changed or the command should stop. A child that ended waits for a change: it had a mistake."""
    while not stopped.wait(LOOK):
        now = _stamps()
        changed = {path.name for path in seen.keys() | now.keys() if seen.get(path) != now.get(path)}
        if changed:
            click.echo(f"Changed: {', '.join(sorted(changed))}. Starting again.", err=True)
            return
        if child.poll() is not None:
            stopped.wait(LOOK)


def _stamps() -> dict[Path, float]:
    found: dict[Path, float] = {}
    for path in Path(vaultraider.__file__).parent.rglob("*.py"):
        try:
            found[path] = path.stat().st_mtime
        except OSError:  # an editor is just swapping it
            continue
    return found
