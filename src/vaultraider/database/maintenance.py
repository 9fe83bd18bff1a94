"""Whether Bungie is in maintenance: one row, the same for all processes."""

from __future__ import annotations

from typing import cast

import msgspec
from sqlalchemy import CursorResult, String, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.ports import MaintenanceRecord

_ONLY = "bungie"


class MaintenanceRow(Base):
    __tablename__ = "maintenance"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    record: Mapped[str] = mapped_column(String(1000))
    """``ports.MaintenanceRecord`` as JSON: it is read and written whole."""


class MaintenanceRepository:
    """Fits ``ports.MaintenanceStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self) -> MaintenanceRecord:
        with self._database.reading() as session:
            row = session.get(MaintenanceRow, _ONLY)
            return MaintenanceRecord() if row is None else msgspec.json.decode(row.record, type=MaintenanceRecord)

    def replace(self, before: MaintenanceRecord, after: MaintenanceRecord) -> bool:
        known = _written(before)
        with self._database.transaction() as session:
            changed = session.execute(
                update(MaintenanceRow)
                .where(MaintenanceRow.name == _ONLY, MaintenanceRow.record == known)
                .values(record=_written(after))
            )
            if cast("CursorResult[object]", changed).rowcount:
                return True
            if session.get(MaintenanceRow, _ONLY) is not None or before != MaintenanceRecord():
                return False
        return self._first(after)

    def _first(self, record: MaintenanceRecord) -> bool:
        try:
            with self._database.transaction() as session:
                session.add(MaintenanceRow(name=_ONLY, record=_written(record)))
        except IntegrityError:  # another process wrote it first
            return False
        return True


def _written(record: MaintenanceRecord) -> str:
    return msgspec.json.encode(record).decode()
