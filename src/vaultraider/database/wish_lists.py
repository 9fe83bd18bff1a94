"""Wish lists: a table of what is known of each, one of their texts, and the repository over them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.database.users import lock_person
from vaultraider.domain.wish_lists.limits import MOST_BYTES_OF_ALL, MOST_LISTS, MOST_ROLLS_OF_ALL
from vaultraider.ports.wish_lists import Facts, Kind, ListMark, NewList, Refused, WishListRecord

_PACKING = 6
_AT_ONCE = 200
"""Lists that are told to be due at once; the others are when it is asked again."""
LONGEST_WAIT = timedelta(days=2)
"""Further ahead no list is put off: its time was written by a clock that has been turned back since."""


class WishListRow(Base):
    # A number is never given twice: an address that somebody kept must not lead to another list.
    __tablename__ = "wish_lists"
    __table_args__ = (Index("ix_wish_lists_next", "next"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True, info={"person": "user"})
    place: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(255))
    url: Mapped[str] = mapped_column(Text)
    on: Mapped[bool] = mapped_column("is_on")
    digest: Mapped[str] = mapped_column(String(32), info={"secret": False})
    size: Mapped[int] = mapped_column(BigInteger)
    title: Mapped[str] = mapped_column(String(255))
    description: Mapped[str] = mapped_column(Text)
    rolls: Mapped[int] = mapped_column(Integer)
    trash: Mapped[int] = mapped_column(Integer)
    duplicates: Mapped[int] = mapped_column(Integer)
    wrong_lines: Mapped[int] = mapped_column(Integer)
    etag: Mapped[str] = mapped_column(Text)
    modified: Mapped[str] = mapped_column(String(255))
    read: Mapped[datetime | None]
    next: Mapped[datetime | None]
    failed: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(Text)
    failures: Mapped[int] = mapped_column(Integer)

    def record(self) -> WishListRecord:
        return WishListRecord(
            id=self.id,
            kind=cast(Kind, self.kind),
            name=self.name,
            url=self.url,
            on=self.on,
            facts=Facts(**{field: getattr(self, field) for field in Facts.__struct_fields__}),
            etag=self.etag,
            modified=self.modified,
            read=self.read,
            next=self.next,
            failed=self.failed,
            failure=self.failure,
            failures=self.failures,
        )

    def take(self, facts: Facts) -> None:
        for field in Facts.__struct_fields__:
            setattr(self, field, getattr(facts, field))


class WishListTextRow(Base):
    """``packed``: as it came, made smaller."""

    __tablename__ = "wish_list_texts"

    list_id: Mapped[int] = mapped_column(ForeignKey("wish_lists.id"), primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True, info={"person": "user"})
    packed: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": False})


class WishListRepository:
    """Fits ``ports.wish_lists.WishListStore``. What people write here is nowhere else: it is written durably."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, user_id: int) -> list[WishListRecord]:
        with self._database.reading() as session:
            return [row.record() for row in _all(session, user_id)]

    def get(self, user_id: int, list_id: int) -> WishListRecord | None:
        with self._database.reading() as session:
            row = _row(session, user_id, list_id)
            return row.record() if row is not None else None

    def own(self, user_id: int) -> WishListRecord | None:
        return next((each for each in self.of(user_id) if each.kind == "own"), None)

    def marks(self, user_id: int) -> tuple[ListMark, ...]:
        row = WishListRow
        query = select(row.id, row.digest, row.name).where(row.user_id == user_id, row.on, row.digest != "")
        with self._database.reading() as session:
            found = session.execute(query.order_by(row.place, row.id)).all()
        return tuple(ListMark(id, digest, name) for id, digest, name in found)

    def text(self, user_id: int, list_id: int) -> bytes | None:
        query = select(WishListTextRow.packed).where(WishListTextRow.list_id == list_id, WishListTextRow.user_id == user_id)
        with self._database.reading() as session:
            packed = session.scalar(query)
        return zlib.decompress(packed) if packed is not None else None

    def add(
        self, user_id: int, new: NewList, now: datetime, text: bytes = b"", facts: Facts | None = None
    ) -> WishListRecord | Refused:
        packed = zlib.compress(text, _PACKING) if facts is not None else None
        with self._database.transaction(durable=True) as session:
            if not lock_person(session, user_id):
                return "gone"
            rows = _all(session, user_id)
            refused = _refusal(rows, new, facts)
            if refused is not None:
                return refused
            row = WishListRow(user_id=user_id, kind=new.kind, name=new.name, url=new.url, on=True, place=len(rows))
            row.etag = row.modified = row.failure = ""
            row.failures = 0
            row.take(facts or Facts())
            row.next = now if facts is None else None
            row.read = now if facts is not None else None
            session.add(row)
            session.flush()
            if packed is not None:
                session.add(WishListTextRow(list_id=row.id, user_id=user_id, packed=packed))
            if new.kind == "own":
                _put(rows, row, 0)
            return row.record()

    def change(
        self, user_id: int, list_id: int, *, name: str | None, on: bool | None, place: int | None
    ) -> WishListRecord | None:
        with self._database.transaction(durable=True) as session:
            row = _locked(session, user_id, list_id)
            if row is None:
                return None
            row.name = row.name if name is None else name
            row.on = row.on if on is None else on
            if place is not None:
                _put([each for each in _all(session, user_id) if each.id != row.id], row, place)
            return row.record()

    def replace(self, user_id: int, list_id: int, text: bytes, facts: Facts, *, instead_of: str) -> Refused | None:
        packed = zlib.compress(text, _PACKING)
        with self._database.transaction(durable=True) as session:
            row = _locked(session, user_id, list_id)
            if row is None or row.digest != instead_of:
                return "gone"
            return _set_text(session, row, packed, facts)

    def fetched(
        self,
        user_id: int,
        list_id: int,
        now: datetime,
        next: datetime,
        etag: str,
        modified: str,
        text: bytes | None,
        facts: Facts | None,
    ) -> Refused | None:
        packed = zlib.compress(text, _PACKING) if text is not None else None
        with self._database.transaction() as session:
            row = _locked(session, user_id, list_id)
            if row is None:
                return "gone"
            if packed is not None and facts is not None:
                refused = _set_text(session, row, packed, facts)
                if refused is not None:
                    return refused
            row.read, row.next, row.etag, row.modified = now, next, etag, modified
            row.failed, row.failure, row.failures = None, "", 0
            return None

    def failed(self, user_id: int, list_id: int, now: datetime, next: datetime, sentence: str) -> None:
        with self._database.transaction() as session:
            row = _locked(session, user_id, list_id)
            if row is not None:
                row.failed, row.failure, row.next, row.failures = now, sentence, next, row.failures + 1

    def remove(self, user_id: int, list_id: int) -> bool:
        with self._database.transaction(durable=True) as session:
            row = _locked(session, user_id, list_id)
            if row is None:
                return False
            session.execute(delete(WishListTextRow).where(WishListTextRow.list_id == list_id))
            session.delete(row)
            for place, each in enumerate(other for other in _all(session, user_id) if other.id != list_id):
                each.place = place
            return True

    def due(self, now: datetime) -> Sequence[tuple[int, int]]:
        row = WishListRow
        is_due = (row.next <= now) | (row.next > now + LONGEST_WAIT)
        query = select(row.user_id, row.id).where(is_due, row.on).order_by(row.next).limit(_AT_ONCE)
        with self._database.reading() as session:
            return [(user_id, id) for user_id, id in session.execute(query)]


def _all(session: Session, user_id: int) -> list[WishListRow]:
    query = select(WishListRow).where(WishListRow.user_id == user_id).order_by(WishListRow.place, WishListRow.id)
    return list(session.scalars(query))


def _row(session: Session, user_id: int, list_id: int) -> WishListRow | None:
    return session.scalar(select(WishListRow).where(WishListRow.user_id == user_id, WishListRow.id == list_id))


def _locked(session: Session, user_id: int, list_id: int) -> WishListRow | None:
    """For writing: whoever else changes this person's lists waits."""
    return _row(session, user_id, list_id) if lock_person(session, user_id) else None


def _refusal(rows: Sequence[WishListRow], new: NewList, facts: Facts | None) -> Refused | None:
    if new.kind == "url" and any(row.url == new.url for row in rows):
        return "same"
    if new.kind == "own" and any(row.kind == "own" for row in rows):
        return "same"
    if len(rows) >= MOST_LISTS:
        return "full"
    return "large" if facts is not None and _too_much(rows, facts) else None


def _too_much(others: Iterable[WishListRow], facts: Facts) -> bool:
    size, rolls = facts.size, facts.rolls + facts.trash
    for each in others:
        size += each.size
        rolls += each.rolls + each.trash
    return size > MOST_BYTES_OF_ALL or rolls > MOST_ROLLS_OF_ALL


def _set_text(session: Session, row: WishListRow, packed: bytes, facts: Facts) -> Refused | None:
    if _too_much((each for each in _all(session, row.user_id) if each.id != row.id), facts):
        return "large"
    row.take(facts)
    there = session.get(WishListTextRow, row.id)
    if there is None:
        session.add(WishListTextRow(list_id=row.id, user_id=row.user_id, packed=packed))
    else:
        there.packed = packed
    return None


def _put(others: list[WishListRow], row: WishListRow, place: int) -> None:
    """``row`` to its place among the others, and all of them numbered anew."""
    others.insert(max(0, min(place, len(others))), row)
    for number, each in enumerate(others):
        each.place = number
