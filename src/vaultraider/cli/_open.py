"""Services for a command that does one thing and ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from vaultraider.bootstrap import Services, build_services
from vaultraider.database.schema import revision, upgrade
from vaultraider.settings import Settings, SettingsError


@contextmanager
def opened(settings: Settings) -> Iterator[Services]:
    """The services over an upgraded database, closed at the end."""
    services = build_services(settings)
    try:
        upgrade(services.database, services.backups.before_migration)
        yield services
    finally:
        services.close()


@contextmanager
def looked_at(settings: Settings) -> Iterator[Services]:
    """The services over the database as it is, whatever its revision. Raises SettingsError when there is none."""
    services = build_services(settings)
    try:
        if revision(services.database) is None:
            raise SettingsError(f"There is nothing yet at {settings.data_dir}: Vault Raider has not run there.")
        yield services
    finally:
        services.close()
