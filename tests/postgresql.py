"""A PostgreSQL server for one test run, in a folder of its own, where the machine has the programs."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

URL = "VAULTRAIDER_TEST_POSTGRESQL"
"""The address of a server that tests may fill, instead of one of their own."""


def programs() -> Path | None:
    """The folder that holds initdb and postgres."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


class PostgreSQL:
    """A server that can be stopped and started again on the same port. It refuses to run as root: there, it is its own user."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self._user = "postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else None
        self._quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
        if self._user:
            shutil.chown(folder, self._user)
        data = folder / "data"
        make: list[str | Path] = [binaries / "initdb", "-D", data, "-A", "trust", "-U", "test", "-N"]
        subprocess.run(make, check=True, user=self._user, **self._quiet)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._command: list[str | Path] = [
            binaries / "postgres",
            "-D",
            data,
            "-p",
            str(self.port),
            "-h",
            "127.0.0.1",
            "-k",
            folder,
            "-c",
            "fsync=off",
        ]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql://test@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        self._process = subprocess.Popen[bytes](self._command, user=self._user, **self._quiet)
        _wait_for(self.port)

    def stop(self) -> None:
        """At once, whoever is connected."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)
            self._process = None


@contextmanager
def stoppable(binaries: Path) -> Iterator[PostgreSQL]:
    folder = Path(tempfile.mkdtemp(prefix="vaultraider-pg-"))
    running = PostgreSQL(binaries, folder)
    try:
        running.start()
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def server(binaries: Path) -> Iterator[str]:
    """Its address."""
    with stoppable(binaries) as running:
        yield running.url


def _wait_for(port: int) -> None:
    import psycopg

    for _ in range(300):
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="test", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError("PostgreSQL did not start.")
