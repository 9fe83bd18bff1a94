"""Loadouts that came with another program's backup, kept as they came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Integer, LargeBinary, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.database.users import lock_person
from vaultraider.ports.imported_loadouts import MOST_BYTES, MOST_LOADOUTS, ImportedLoadout, TakenLoadouts


class ImportedLoadoutRow(Base):
    __tablename__ = "imported_loadouts"
    __table_args__ = (UniqueConstraint("user_id", "loadout"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), info={"person": "user"})
    loadout: Mapped[str] = mapped_column(String(64))
    membership_id: Mapped[str] = mapped_column(String(32))
    entry: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": False})
    came: Mapped[datetime]


class ImportedLoadoutRepository:
    """Fits ``ports.imported_loadouts.ImportedLoadoutStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, user_id: int) -> list[ImportedLoadout]:
        query = select(ImportedLoadoutRow).where(ImportedLoadoutRow.user_id == user_id).order_by(ImportedLoadoutRow.id)
        with self._database.reading() as session:
            return [ImportedLoadout(row.loadout, row.membership_id, row.entry) for row in session.scalars(query)]

    def keep(self, user_id: int, loadouts: Sequence[ImportedLoadout], now: datetime, *, check: bool = False) -> TakenLoadouts:
        with self._database.transaction(durable=not check) as session:
            if not lock_person(session, user_id):
                return TakenLoadouts()
            rows = session.scalars(select(ImportedLoadoutRow).where(ImportedLoadoutRow.user_id == user_id))
            there = {row.loadout: row for row in rows}
            sizes = {id: len(row.entry) for id, row in there.items()}
            size, changed, left_out = sum(sizes.values()), 0, 0
            for each in {each.id: each for each in loadouts}.values():
                row = there.get(each.id)
                if row is not None and row.entry == each.entry:
                    continue
                more = len(each.entry) - sizes.get(each.id, 0)
                if size + more > MOST_BYTES or (each.id not in sizes and len(sizes) >= MOST_LOADOUTS):
                    left_out += 1
                    continue
                changed += 1
                size += more
                sizes[each.id] = len(each.entry)
                if not check:
                    _put(session, user_id, row, each, now)
            return TakenLoadouts(changed, left_out)


def _put(session: Session, user_id: int, row: ImportedLoadoutRow | None, loadout: ImportedLoadout, now: datetime) -> None:
    if row is None:
        row = ImportedLoadoutRow(user_id=user_id, loadout=loadout.id)
        session.add(row)
    row.membership_id, row.entry, row.came = loadout.account, loadout.entry, now
