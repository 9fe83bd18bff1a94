"""Ledgers and the entries that people made themselves: two tables and the repository over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.database.users import lock_person
from vaultraider.domain.ledgers import MOST_ENTRIES, MOST_LEDGERS, Kind, Source
from vaultraider.ports.ledgers import KeptEntry, LedgerRecord, NewEntry, Refused, Total

_AT_ONCE = 500
"""Rows of one statement, far below what any database takes."""


class LedgerRow(Base):
    """A removed one stays, empty: its number is never given again."""

    __tablename__ = "ledgers"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, info={"person": "user"})
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(16))
    hash: Mapped[int] = mapped_column(BigInteger, info={"secret": False})
    name: Mapped[str] = mapped_column(String(255))
    unit: Mapped[str] = mapped_column(String(64))
    created: Mapped[datetime]
    removed: Mapped[datetime | None]

    def record(self) -> LedgerRecord:
        return LedgerRecord(number=self.number, kind=cast(Kind, self.kind), hash=self.hash, name=self.name, unit=self.unit)


class LedgerEntryRow(Base):
    __tablename__ = "ledger_entries"
    # A number is never given twice: who changes an entry that was deleted meanwhile must not meet another one.
    __table_args__ = (
        ForeignKeyConstraint(["user_id", "ledger"], ["ledgers.user_id", "ledgers.number"]),
        Index("ix_ledger_entries_at", "user_id", "ledger", "at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(Integer, info={"person": "user"})
    ledger: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]
    amount: Mapped[int] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(String(255))
    source: Mapped[str] = mapped_column(String(16))

    def kept(self) -> KeptEntry:
        return KeptEntry(id=self.id, at=self.at, amount=self.amount, note=self.note, source=cast(Source, self.source))


class LedgerRepository:
    """Fits ``ports.ledgers.LedgerStore``. What people enter by hand is nowhere else: it is written durably."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, user_id: int) -> list[LedgerRecord]:
        with self._database.reading() as session:
            return [row.record() for row in _all(session, user_id) if row.removed is None]

    def get(self, user_id: int, number: int) -> LedgerRecord | None:
        with self._database.reading() as session:
            row = session.get(LedgerRow, (user_id, number))
            return row.record() if row is not None and row.removed is None else None

    def open_currencies(self, user_id: int, currencies: Sequence[tuple[int, str]], now: datetime) -> None:
        with self._database.transaction(durable=True) as session:
            if not lock_person(session, user_id):
                return
            rows = _all(session, user_id)
            known = {row.hash for row in rows}
            new = [(hash, name) for hash, name in dict(currencies).items() if hash not in known]
            for number, (hash, name) in enumerate(new, _next(rows)):
                session.add(
                    LedgerRow(user_id=user_id, number=number, kind="currency", hash=hash, name=name, unit="", created=now)
                )

    def open_own(self, user_id: int, name: str, unit: str, now: datetime) -> LedgerRecord | Refused:
        with self._database.transaction(durable=True) as session:
            if not lock_person(session, user_id):
                return "gone"
            rows = _all(session, user_id)
            mine = [row for row in rows if _is_own(row)]
            if len(mine) >= MOST_LEDGERS:
                return "full"
            if _is_taken(name, mine):
                return "same name"
            row = LedgerRow(user_id=user_id, number=_next(rows), kind="own", hash=0, name=name, unit=unit, created=now)
            session.add(row)
            return row.record()

    def rename(self, user_id: int, number: int, *, name: str | None, unit: str | None) -> LedgerRecord | Refused:
        with self._database.transaction(durable=True) as session:
            row = _own(session, user_id, number)
            if row is None:
                return "gone"
            others = [each for each in _all(session, user_id) if _is_own(each) and each.number != number]
            if name is not None and _is_taken(name, others):
                return "same name"
            row.name, row.unit = row.name if name is None else name, row.unit if unit is None else unit
            return row.record()

    def remove(self, user_id: int, number: int, now: datetime) -> bool:
        with self._database.transaction(durable=True) as session:
            row = _own(session, user_id, number)
            if row is None:
                return False
            session.execute(delete(LedgerEntryRow).where(*_in(user_id, number)))
            row.name, row.unit, row.removed = "", "", now
            return True

    def totals(self, user_id: int) -> dict[int, Total]:
        query = select(
            LedgerEntryRow.ledger,
            func.sum(LedgerEntryRow.amount).label("sum"),
            func.min(LedgerEntryRow.at).label("first"),
            func.max(LedgerEntryRow.at).label("last"),
        )
        query = query.where(LedgerEntryRow.user_id == user_id).group_by(LedgerEntryRow.ledger)
        with self._database.reading() as session:
            return {row.ledger: Total(int(row.sum), row.first, row.last) for row in session.execute(query)}

    def sum_before(self, user_id: int, number: int, moment: datetime) -> int:
        query = select(func.sum(LedgerEntryRow.amount)).where(*_in(user_id, number), LedgerEntryRow.at < moment)
        with self._database.reading() as session:
            return int(session.scalar(query) or 0)

    def entries(self, user_id: int, number: int, since: datetime | None, until: datetime | None) -> list[KeptEntry]:
        row = LedgerEntryRow
        query = select(row.id, row.at, row.amount, row.note, row.source).where(*_in(user_id, number))
        if since is not None:
            query = query.where(row.at >= since)
        if until is not None:
            query = query.where(row.at < until)
        with self._database.reading() as session:
            found = session.execute(query.order_by(row.at, row.id)).all()
        return [
            KeptEntry(id=id, at=at, amount=amount, note=note, source=cast(Source, source))
            for id, at, amount, note, source in found
        ]

    def entry(self, user_id: int, number: int, entry_id: int) -> KeptEntry | None:
        with self._database.reading() as session:
            row = _entry(session, user_id, number, entry_id)
            return row.kept() if row is not None else None

    def add(self, user_id: int, number: int, entry: NewEntry) -> KeptEntry | Refused:
        with self._database.transaction(durable=True) as session:
            if _own(session, user_id, number) is None:
                return "gone"
            if _count(session, user_id, number) >= MOST_ENTRIES:
                return "full"
            row = LedgerEntryRow(**_values(user_id, number, entry, "typed"))
            session.add(row)
            session.flush()
            return row.kept()

    def change(self, user_id: int, number: int, entry_id: int, entry: NewEntry) -> KeptEntry | None:
        with self._database.transaction(durable=True) as session:
            row = _entry(session, user_id, number, entry_id)
            if row is None:
                return None
            row.at, row.amount, row.note = entry.at, entry.amount, entry.note
            return row.kept()

    def drop(self, user_id: int, number: int, entry_id: int) -> bool:
        with self._database.transaction(durable=True) as session:
            row = _entry(session, user_id, number, entry_id)
            if row is not None:
                session.delete(row)
            return row is not None

    def take_in(self, user_id: int, number: int, entries: Sequence[NewEntry], *, check: bool) -> tuple[int, int] | Refused:
        with self._database.transaction(durable=not check) as session:
            if _own(session, user_id, number) is None:
                return "gone"
            there = session.execute(
                select(LedgerEntryRow.at, LedgerEntryRow.amount, LedgerEntryRow.note).where(*_in(user_id, number))
            ).all()
            new = _not_there(entries, Counter((at, amount, note) for at, amount, note in there))
            if len(there) + len(new) > MOST_ENTRIES:
                return "full"
            if not check:
                for start in range(0, len(new), _AT_ONCE):
                    rows = [_values(user_id, number, each, "import") for each in new[start : start + _AT_ONCE]]
                    session.execute(insert(LedgerEntryRow), rows)
            return len(new), len(entries) - len(new)


def _not_there(entries: Sequence[NewEntry], there: Counter[tuple[datetime, int, str]]) -> list[NewEntry]:
    new = []
    for entry in entries:
        key = (entry.at, entry.amount, entry.note)
        if there[key] > 0:
            there[key] -= 1
        else:
            new.append(entry)
    return new


def _all(session: Session, user_id: int) -> Sequence[LedgerRow]:
    return session.scalars(select(LedgerRow).where(LedgerRow.user_id == user_id).order_by(LedgerRow.number)).all()


def _next(rows: Sequence[LedgerRow]) -> int:
    return max((row.number for row in rows), default=0) + 1


def _is_own(row: LedgerRow) -> bool:
    return row.kind == "own" and row.removed is None


def _is_taken(name: str, rows: Sequence[LedgerRow]) -> bool:
    return any(row.name.casefold() == name.casefold() for row in rows)


def _own(session: Session, user_id: int, number: int) -> LedgerRow | None:
    """For writing: whoever else writes in it waits."""
    row = session.get(LedgerRow, (user_id, number), with_for_update=True)
    return row if row is not None and _is_own(row) else None


def _entry(session: Session, user_id: int, number: int, entry_id: int) -> LedgerEntryRow | None:
    return session.scalar(select(LedgerEntryRow).where(*_in(user_id, number), LedgerEntryRow.id == entry_id))


def _count(session: Session, user_id: int, number: int) -> int:
    return session.scalar(select(func.count()).select_from(LedgerEntryRow).where(*_in(user_id, number))) or 0


def _in(user_id: int, number: int) -> tuple[ColumnElement[bool], ...]:
    return (LedgerEntryRow.user_id == user_id, LedgerEntryRow.ledger == number)


def _values(user_id: int, number: int, entry: NewEntry, source: Source) -> dict[str, object]:
    return {
        "user_id": user_id,
        "ledger": number,
        "at": entry.at,
        "amount": entry.amount,
        "note": entry.note,
        "source": source,
    }
