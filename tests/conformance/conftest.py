from __future__ import annotations

from pathlib import Path

import pytest
from tests.conformance.openapi import OpenApi


@pytest.fixture(scope="session")
def openapi(shared_dir: Path) -> OpenApi:
    """Bungie's description of its API."""
    return OpenApi(shared_dir / "reference" / "bungie-openapi.json")
