"""Real processes that are killed: of one weekend there is one message, whatever restarts."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

SENDER = Path(__file__).parent / "sender.py"


class Hook(ThreadingHTTPServer):
    """A webhook's service. While ``hangs`` is set it takes what comes and does not answer."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.came = threading.Event()
        self.hangs = False
        self.go_on = threading.Event()
        self.count = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook"


class _Handler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.count += 1
        self.server.came.set()
        if self.server.hangs:
            self.server.go_on.wait(30)
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def hook() -> Iterator[Hook]:
    server = Hook()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.go_on.set()
    server.shutdown()
    server.server_close()


def begin(folder: Path, hook: Hook) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, str(SENDER), str(folder), hook.url], stdout=subprocess.PIPE, text=True)


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def ended(folder: Path, hook: Hook) -> str:
    """How the delivery ended, by one more process that may live."""
    done = subprocess.run(
        [sys.executable, str(SENDER), str(folder), hook.url], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.splitlines()[-1]


@pytest.mark.processes
def test_killed_in_the_middle_of_the_call(tmp_path: Path, hook: Hook) -> None:
    hook.hangs = True
    first = begin(tmp_path, hook)
    assert hook.came.wait(60)
    kill(first)
    hook.hangs = False
    assert [ended(tmp_path, hook) for _ in range(2)] == ["unclear", "unclear"]
    assert hook.count == 1


@pytest.mark.processes
def test_killed_as_soon_as_it_was_told(tmp_path: Path, hook: Hook) -> None:
    first = begin(tmp_path, hook)
    assert first.stdout is not None
    assert first.stdout.readline() == "told\n"
    kill(first)
    state = ended(tmp_path, hook)
    assert (state, hook.count) in {("sent", 1), ("unclear", 0), ("unclear", 1)}
    assert ended(tmp_path, hook) == state
