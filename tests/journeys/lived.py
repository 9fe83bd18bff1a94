"""A house that has lived for three months: on a Sunday afternoon, with the demo's past in its memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser
from tests.journeys.dated import DatedHouse, dated_house
from tests.journeys.house import name_guardians

from vaultraider.cli._demo_past import write_past

NOW = "2026-11-22T14:02:00+00:00"


@contextmanager
def lived_house(folder: Path, browser: Browser) -> Iterator[DatedHouse]:
    """It belongs to Marrow, whose guardians have their names; nobody else has a past."""
    with dated_house(folder, NOW) as home:
        (marrow,) = home.parts.services.accounts.users.all()
        write_past(home.parts.services, home.bungie.simulator, marrow)
        name_guardians(browser, home)
        yield home
