"""The command, in this process and as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vaultraider.cli import main

REAL_DATA_DIR = "VAULTRAIDER_DATA_DIR"


def clean_environment(data_dir: Path) -> dict[str, str]:
    """This machine's environment without anybody's settings, and with a home of its own."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("VAULTRAIDER_")}
    for name in ("PORT", "REDIS_URL", "DATABASE_URL"):
        ours.pop(name, None)
    return ours | {REAL_DATA_DIR: str(data_dir), "HOME": str(data_dir), "XDG_DATA_HOME": str(data_dir), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


Run = Callable[..., Result]


@pytest.fixture
def run(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process: ``run("doctor", "--json", input="...", env={...})``."""
    for name in [each for each in os.environ if each.startswith("VAULTRAIDER_")] + ["PORT", "REDIS_URL", "DATABASE_URL"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(REAL_DATA_DIR, str(data_dir))

    def go(*arguments: str, input: str | None = None, env: Mapping[str, str] | None = None) -> Result:
        return CliRunner().invoke(main, list(arguments), input=input, env=env)

    return go


class Process:
    """``vaultraider`` as a process; ``told(text)`` waits for a line that holds the text, on either stream."""

    def __init__(self, arguments: list[str], environment: dict[str, str], *, module: str = "vaultraider") -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self.lines: list[str] = []
        self._changed = threading.Condition()
        self._ended = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._changed:
                self.lines.append(line.rstrip("\n"))
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def told(self, text: str) -> str:
        with self._changed:
            self._changed.wait_for(lambda: self._ended or any(text in line for line in self.lines), timeout=90)
            found = [line for line in self.lines if text in line]
        assert found, f"It never said {text!r}:\n{self.text}"
        return found[0]

    def address(self) -> str:
        return self.told(" is at ").split(" is at ")[1].strip()

    def stop(self, number: int = signal.SIGINT) -> int:
        """Its exit code."""
        if sys.platform == "win32":
            number = signal.CTRL_BREAK_EVENT
        self._process.send_signal(number)
        return self.ended()

    def ended(self) -> int:
        code = self._process.wait(60)
        self._reader.join(10)
        return code

    def kill(self) -> None:
        self._process.kill()
        self.ended()


@pytest.fixture
def start(data_dir: Path) -> Iterator[Callable[..., Process]]:
    """Starts a process: ``start("demo", "--port", "0", env={...})``."""
    begun: list[Process] = []

    def go(*arguments: str, env: Mapping[str, str] | None = None) -> Process:
        process = Process(list(arguments), clean_environment(data_dir) | dict(env or {}))
        begun.append(process)
        return process

    yield go
    for process in begun:
        process.kill()
