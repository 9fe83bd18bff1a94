"""A worker that is killed in the middle: the next one does the work anew, at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

WORKER = Path(__file__).parent / "killed_worker.py"


@pytest.mark.processes
def test_killed_in_the_middle(tmp_path: Path) -> None:
    command = [sys.executable, str(WORKER), str(tmp_path)]
    first = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    assert first.stdout.readline() == "in the middle\n"
    first.kill()
    first.wait()
    first.stdout.close()
    second = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert second.stdout.splitlines() == ["{'attempt': 2}"]
