"""The command as a process, with nothing on Python's path but our own folder: no package of anybody else's."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from tests.board.converter import Converter

SOURCE = Path(__file__).resolve().parents[2] / "src"
ALONE = f"""
import sys
sys.path.insert(0, {str(SOURCE)!r})
import runpy
sys.argv[0] = "board"
runpy.run_module("vaultraider.board", run_name="__main__", alter_sys=True)
"""
WHAT_IS_THERE = f"""
import sys
sys.path.insert(0, {str(SOURCE)!r})
import vaultraider.board.__main__
from vaultraider.board.sources import open_source
open_source("simulated")
others = {{name.partition(".")[0] for name in sys.modules}} - sys.stdlib_module_names - {{"vaultraider", "__main__"}}
print(sorted(others), sorted(name for name in sys.modules if name.startswith("vaultraider.") and "board" not in name))
"""


@contextmanager
def bare(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The process and its port."""
    process = subprocess.Popen(
        [sys.executable, "-S", "-I", "-c", ALONE, "--port", "0", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        found = re.search(r":(\d+)/", process.stdout.readline())
        assert found, process.communicate()[1]
        yield process, int(found[1])
    finally:
        process.kill()
        process.wait(30)


@pytest.mark.processes
def test_it_serves_the_inputs_and_ends_when_told(tmp_path: Path) -> None:
    Converter(tmp_path)
    with bare("--iio-root", str(tmp_path)) as (process, port):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            connection.request("GET", "/")
            answer = connection.getresponse()
            assert (answer.status, answer.headers["Refresh"], answer.headers["Connection"]) == (200, "5", "close")
            assert b"analog input 2 is 491<br />" in answer.read()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_it_imports_nothing_of_anybody_else() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-I", "-c", WHAT_IS_THERE], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[] []", "")


@pytest.mark.processes
def test_an_address_that_cannot_be_set_is_the_exit_code() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-I", "-c", ALONE, "--mac", "DE:AD:BE:EF:FE:ED", "--interface", "nowhere7"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == "There is no network interface named nowhere7, so its MAC address was not set.\n"
