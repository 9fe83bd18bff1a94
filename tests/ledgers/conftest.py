"""A house with Marrow in it, who owns it, and Ilse, who is a guest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.people import ILSE, MARROW, Browser, House, build_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = build_house(tmp_path)
    yield house
    house.services.close()


@pytest.fixture
def marrow(house: House) -> Browser:
    return house.signed_in(MARROW)


@pytest.fixture
def ilse(house: House, marrow: Browser) -> Browser:
    return house.signed_in(ILSE)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Marrow's browser before a house that no test changes."""
    house = build_house(tmp_path_factory.mktemp("standing"))
    yield house.signed_in(MARROW)
    house.services.close()
