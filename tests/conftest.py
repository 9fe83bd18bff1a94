"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
TEST_DATA = "VAULTRAIDER_TEST_DATA"


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Real responses and recorded behaviour, kept outside the repository; skips where they are absent."""
    folder = Path(os.environ.get(TEST_DATA) or REPOSITORY.parent / "shared")
    if not (folder / "data" / "real").is_dir():
        pytest.skip(f"No real data at the folder named by {TEST_DATA}")
    return folder
