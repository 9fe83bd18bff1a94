"""The stairwell: the only file that knows every adapter. Settings in, services out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from vaultraider.clock import SystemClock
from vaultraider.database.engine import Database
from vaultraider.keys import encryption_keys, prepare_data_dir
from vaultraider.ports import Clock
from vaultraider.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything the doors may call. Made by ``build_services``, once a process; ``close`` ends it."""

    settings: Settings
    clock: Clock
    database: Database
    _closers: list[Callable[[], None]] = field(default_factory=list, repr=False)

    def close(self) -> None:
        """Closes connections and files, last opened first. Calling it twice does nothing more."""
        while self._closers:
            self._closers.pop()()


def build_services(settings: Settings, *, clock: Clock | None = None) -> Services:
    """Makes the data folder and the key where there are none, and joins services with their adapters.

    It reads no table and calls nobody: the database may still be without its tables (``database.schema.upgrade``).
    Raises SettingsError when the data folder cannot be written or a key is malformed.
    """
    prepare_data_dir(settings.data_dir)
    encryption_keys(settings)
    database = Database(settings.database)
    return Services(
        settings=settings,
        clock=clock or SystemClock(),
        database=database,
        _closers=[database.close],
    )
