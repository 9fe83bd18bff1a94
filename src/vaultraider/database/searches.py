"""Searches that people saved, and those they used of late."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, Integer, String, Text, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.database.users import lock_person
from vaultraider.ports.searches import KeptSearch

MOST_SAVED = 300
MOST_RECENT = 300
"""Not saved ones. They make room for newer ones."""


class SearchRow(Base):
    """``digest``: the query's, as a query may be longer than what a database takes into an index."""

    __tablename__ = "searches"
    __table_args__ = (UniqueConstraint("user_id", "digest"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), info={"person": "user"})
    digest: Mapped[str] = mapped_column(String(32))
    query: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(String(128))
    saved: Mapped[bool]
    uses: Mapped[int] = mapped_column(Integer)
    last: Mapped[datetime]

    def kept(self) -> KeptSearch:
        return KeptSearch(query=self.query, name=self.name, saved=self.saved, uses=self.uses, last=self.last)


class SearchRepository:
    """Fits ``ports.searches.SearchStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, user_id: int) -> list[KeptSearch]:
        with self._database.reading() as session:
            return [row.kept() for row in session.scalars(select(SearchRow).where(SearchRow.user_id == user_id))]

    def save(
        self, user_id: int, query: str, now: datetime, *, name: str | None = None, saved: bool | None = None
    ) -> KeptSearch | Literal["gone", "full"]:
        with self._database.transaction(durable=True) as session:
            if not lock_person(session, user_id):
                return "gone"
            row = _found(session, user_id, query)
            if saved and (row is None or not row.saved) and _count(session, user_id, saved=True) >= MOST_SAVED:
                return "full"
            if row is None:
                row = _new(session, user_id, query, now)
            row.name = row.name if name is None else name
            row.saved = row.saved if saved is None else saved
            _forget_oldest(session, user_id)
            return row.kept()

    def used(self, user_id: int, query: str, now: datetime) -> KeptSearch | None:
        with self._database.transaction() as session:
            if not lock_person(session, user_id):
                return None
            row = _found(session, user_id, query) or _new(session, user_id, query, now)
            row.uses, row.last = row.uses + 1, now
            _forget_oldest(session, user_id)
            return row.kept()

    def take_in(self, user_id: int, searches: list[KeptSearch], *, check: bool = False) -> int | Literal["gone"]:
        with self._database.transaction(durable=not check) as session:
            if not lock_person(session, user_id):
                return "gone"
            there = set(session.scalars(select(SearchRow.digest).where(SearchRow.user_id == user_id)))
            room = MOST_SAVED - _count(session, user_id, saved=True)
            added = 0
            for each in searches:
                digest = _digest(each.query)
                if digest in there or (each.saved and room <= 0):
                    continue
                there.add(digest)
                room -= each.saved
                added += 1
                if not check:
                    row = _new(session, user_id, each.query, each.last)
                    row.name, row.saved, row.uses = each.name, each.saved, each.uses
            _forget_oldest(session, user_id)
            return added

    def drop(self, user_id: int, query: str) -> bool:
        with self._database.transaction(durable=True) as session:
            row = _found(session, user_id, query)
            if row is not None:
                session.delete(row)
            return row is not None


def _found(session: Session, user_id: int, query: str) -> SearchRow | None:
    return session.scalar(select(SearchRow).where(SearchRow.user_id == user_id, SearchRow.digest == _digest(query)))


def _new(session: Session, user_id: int, query: str, now: datetime) -> SearchRow:
    row = SearchRow(user_id=user_id, digest=_digest(query), query=query, name="", saved=False, uses=0, last=now)
    session.add(row)
    return row


def _count(session: Session, user_id: int, *, saved: bool) -> int:
    query = select(func.count()).select_from(SearchRow).where(SearchRow.user_id == user_id, SearchRow.saved.is_(saved))
    return session.scalar(query) or 0


def _forget_oldest(session: Session, user_id: int) -> None:
    """Of those that are not saved the newest ``MOST_RECENT`` stay."""
    session.flush()
    mine = (SearchRow.user_id == user_id, SearchRow.saved.is_(False))
    query = select(SearchRow.id).where(*mine).order_by(SearchRow.last.desc(), SearchRow.id.desc()).offset(MOST_RECENT)
    old = list(session.scalars(query))
    if old:
        session.execute(delete(SearchRow).where(SearchRow.id.in_(old)))


def _digest(query: str) -> str:
    return hashlib.blake2b(query.encode(), digest_size=16).hexdigest()
