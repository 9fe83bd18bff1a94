"""Names and levels of the board's inputs. They are the server's, and nobody's in person."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any, cast

from msgspec import UNSET, UnsetType
from sqlalchemy import CursorResult, Float, Integer, String, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.domain.board_levels import Level, Side
from vaultraider.ports.board import BoardInputRecord


class BoardInputRow(Base):
    __tablename__ = "board_inputs"

    channel: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(64), default="")
    has_level: Mapped[bool] = mapped_column(default=False)
    above: Mapped[float | None] = mapped_column(Float)
    below: Mapped[float | None] = mapped_column(Float)
    hysteresis: Mapped[float] = mapped_column(Float, default=0.0)
    level_on: Mapped[bool] = mapped_column(default=True)
    side: Mapped[str] = mapped_column(String(8), default="")
    crossings: Mapped[int] = mapped_column(Integer, default=0)
    crossed: Mapped[datetime | None]
    volts: Mapped[float | None] = mapped_column(Float)
    revision: Mapped[int] = mapped_column(Integer, default=0)


class BoardInputRepository:
    """Fits ``ports.BoardInputs``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[int, BoardInputRecord]:
        with self._database.reading() as session:
            return {row.channel: _record(row) for row in session.scalars(select(BoardInputRow).order_by(BoardInputRow.channel))}

    def save(
        self, channel: int, *, name: str | UnsetType = UNSET, level: Level | UnsetType | None = UNSET, now: datetime
    ) -> BoardInputRecord:
        with self._database.transaction() as session:
            row = _locked(session, channel)
            if not isinstance(name, UnsetType):
                row.name = name
            if not isinstance(level, UnsetType) and level != _level(row):
                row.side, row.crossed, row.volts = "", now if row.revision else None, None
                chosen = level or Level()
                row.has_level, row.level_on = level is not None, chosen.on
                row.above, row.below, row.hysteresis = chosen.above, chosen.below, chosen.hysteresis
            row.revision += 1
            session.flush()
            return _record(row)

    def cross(self, before: BoardInputRecord, side: Side, volts: float, at: datetime) -> BoardInputRecord | None:
        values = {
            "side": side,
            "crossed": at,
            "volts": volts,
            "crossings": before.crossings + (side != ""),
            "revision": before.revision + 1,
        }
        unchanged = (BoardInputRow.channel == before.channel, BoardInputRow.revision == before.revision)
        with self._database.transaction() as session:
            changed = session.execute(
                update(BoardInputRow).where(*unchanged).values(values).execution_options(synchronize_session=False)
            )
            if not cast("CursorResult[Any]", changed).rowcount:
                return None
            return _record(session.get_one(BoardInputRow, before.channel))


def _locked(session: Session, channel: int) -> BoardInputRow:
    """For writing. It is made where there is none, perhaps by another process in the same moment."""
    row = session.get(BoardInputRow, channel, with_for_update=True)
    if row is None:
        with suppress(IntegrityError), session.begin_nested():
            session.add(BoardInputRow(channel=channel))
        row = session.get_one(BoardInputRow, channel, with_for_update=True)
    return row


def _level(row: BoardInputRow) -> Level | None:
    return Level(above=row.above, below=row.below, hysteresis=row.hysteresis, on=row.level_on) if row.has_level else None


def _record(row: BoardInputRow) -> BoardInputRecord:
    return BoardInputRecord(
        channel=row.channel,
        name=row.name,
        level=_level(row),
        side=cast("Side", row.side),
        crossings=row.crossings,
        crossed=row.crossed,
        volts=row.volts,
        revision=row.revision,
    )
