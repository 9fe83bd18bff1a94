"""How large the database is: ``ports.DatabaseFigures``."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Literal

from sqlalchemy import text

from vaultraider.database.engine import Database


class DatabaseSize:
    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def kind(self) -> Literal["sqlite", "postgresql"]:
        return "sqlite" if self._database.engine.dialect.name == "sqlite" else "postgresql"

    def size(self) -> int | None:
        if self.kind == "postgresql":
            with self._database.reading() as session:
                return int(session.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
        file = self._database.engine.url.database
        if not file or file == ":memory:" or file.startswith("file:"):
            return None
        total = 0
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                total += Path(file + suffix).stat().st_size
        return total
