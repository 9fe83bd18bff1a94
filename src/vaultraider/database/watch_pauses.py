"""What all watching waits for, and which hashes no definitions know: small facts that every process must share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import BigInteger, CursorResult, Integer, String, Text, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.ports import Pause


class WatchPauseRow(Base):
    __tablename__ = "watch_pauses"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    until: Mapped[datetime | None]
    for_pages: Mapped[datetime | None]
    code: Mapped[str] = mapped_column(String(64))
    sentence: Mapped[str] = mapped_column(Text)


class UnknownHashRow(Base):
    __tablename__ = "unknown_hashes"

    definitions: Mapped[str] = mapped_column(String(128), primary_key=True)
    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """Unsigned 32 bit."""
    met: Mapped[datetime]


class WatchPauseRepository:
    """Fits ``ports.WatchPauses``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, name: str) -> Pause:
        with self._database.reading() as session:
            row = session.get(WatchPauseRow, name)
            if row is None:
                return Pause()
            return Pause(failures=row.failures, until=row.until, for_pages=row.for_pages, code=row.code, sentence=row.sentence)

    def swap(self, name: str, seen: Pause, new: Pause) -> bool:
        values: dict[str, Any] = {each: getattr(new, each) for each in new.__struct_fields__}
        try:
            with self._database.transaction() as session:
                if seen == Pause() and session.get(WatchPauseRow, name) is None:
                    session.add(WatchPauseRow(name=name, **values))
                    return True
                unchanged = (
                    WatchPauseRow.name == name,
                    WatchPauseRow.failures == seen.failures,
                    WatchPauseRow.until.is_(None) if seen.until is None else WatchPauseRow.until == seen.until,
                )
                changed = session.execute(
                    update(WatchPauseRow).where(*unchanged).values(values).execution_options(synchronize_session=False)
                )
                return cast("CursorResult[Any]", changed).rowcount > 0
        except IntegrityError:  # another process wrote the first one
            return False


class UnknownHashRepository:
    """Fits ``ports.UnknownHashes``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, definitions: str) -> frozenset[int]:
        with self._database.reading() as session:
            return frozenset(session.scalars(select(UnknownHashRow.hash).where(UnknownHashRow.definitions == definitions)))

    def remember(self, definitions: str, hashes: Iterable[int], now: datetime) -> None:
        with self._database.transaction() as session:
            session.execute(delete(UnknownHashRow).where(UnknownHashRow.definitions != definitions))
            for hash in hashes:
                session.merge(UnknownHashRow(definitions=definitions, hash=hash, met=now))
