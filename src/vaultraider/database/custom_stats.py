"""Totals of people's own: weighted sums of the stats of armour."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace
from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.database.users import lock_person
from vaultraider.domain.custom_stats import MOST_STATS, CustomStat, Guardian, checked_weights, clashing, in_order, put_in
from vaultraider.ports.custom_stats import Refused


class CustomStatRow(Base):
    """``guardian``: a class, or "any". ``weights``: six numbers with commas, in the order of ``hashes.ARMOR_STAT_HASHES``."""

    __tablename__ = "custom_stats"
    __table_args__ = (UniqueConstraint("user_id", "keyword", "guardian"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), info={"person": "user"})
    label: Mapped[str] = mapped_column(String(64))
    keyword: Mapped[str] = mapped_column(String(64))
    guardian: Mapped[str] = mapped_column(String(8))
    weights: Mapped[str] = mapped_column(String(32))

    def stat(self) -> CustomStat:
        return CustomStat(
            id=self.id,
            label=self.label,
            keyword=self.keyword,
            guardian=msgspec.convert(self.guardian, Guardian),
            weights=checked_weights(map(int, self.weights.split(","))),
        )

    def become(self, stat: CustomStat) -> None:
        self.label, self.keyword, self.guardian = stat.label, stat.keyword, stat.guardian
        self.weights = ",".join(map(str, stat.weights))


class CustomStatRepository:
    """Fits ``ports.custom_stats.CustomStatStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, user_id: int) -> tuple[CustomStat, ...]:
        with self._database.reading() as session:
            return in_order(row.stat() for row in _rows(session, user_id).values())

    def save(self, user_id: int, stat: CustomStat) -> CustomStat | Refused:
        with self._database.transaction(durable=True) as session:
            if not lock_person(session, user_id):
                return "gone"
            rows = _rows(session, user_id)
            if stat.id and stat.id not in rows:
                return "unknown"
            if not stat.id and len(rows) >= MOST_STATS:
                return "full"
            if clashing(stat, [row.stat() for row in rows.values()]) is not None:
                return "clash"
            return _put(session, user_id, rows.get(stat.id), stat)

    def take_in(self, user_id: int, stats: Sequence[CustomStat], *, check: bool = False) -> int:
        with self._database.transaction(durable=not check) as session:
            if not lock_person(session, user_id):
                return 0
            rows = _rows(session, user_id)
            there = [row.stat() for row in rows.values()]
            changed = 0
            for each in stats:
                found = put_in(each, there)
                if isinstance(found, str) or (not found.id and len(there) >= MOST_STATS):
                    continue
                changed += 1
                # While it is only looked at, what is new has no number: a number of its own that no row has tells it apart.
                kept = _with_number(found, -changed) if check else _put(session, user_id, rows.get(found.id), found)
                there = [*(other for other in there if other.id != kept.id), kept]
            return changed

    def drop(self, user_id: int, id: int) -> bool:
        with self._database.transaction(durable=True) as session:
            row = _rows(session, user_id).get(id)
            if row is not None:
                session.delete(row)
            return row is not None


def _rows(session: Session, user_id: int) -> dict[int, CustomStatRow]:
    rows = session.scalars(select(CustomStatRow).where(CustomStatRow.user_id == user_id))
    return {row.id: row for row in rows}


def _put(session: Session, user_id: int, row: CustomStatRow | None, stat: CustomStat) -> CustomStat:
    if row is None:
        row = CustomStatRow(user_id=user_id)
        session.add(row)
    row.become(stat)
    session.flush()
    return row.stat()


def _with_number(stat: CustomStat, number: int) -> CustomStat:
    return stat if stat.id else replace(stat, id=number)
