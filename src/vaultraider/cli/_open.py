"""Services for a command that does one thing and ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from vaultraider.bootstrap import Services, build_services
from vaultraider.database.schema import upgrade
from vaultraider.settings import Settings


@contextmanager
def opened(settings: Settings) -> Iterator[Services]:
    """The services over an upgraded database, closed at the end."""
    services = build_services(settings)
    try:
        upgrade(services.database)
        yield services
    finally:
        services.close()
