"""Invitations: links that let one person in, once. Only a hash of the link's secret is kept."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, CursorResult, ForeignKey, Integer, String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.database.users import UserRow
from vaultraider.domain.people import Invitation


class InvitationRow(Base):
    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    note: Mapped[str] = mapped_column(String(255))
    created_by: Mapped[int] = mapped_column(ForeignKey("users.id"), info={"person": "user"})
    created: Mapped[datetime]
    expires: Mapped[datetime]
    used: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"), info={"person": "user"})


class InvitationRepository:
    """Fits ``ports.Invitations``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, secret: str, *, note: str, created_by: int, now: datetime, expires: datetime) -> Invitation:
        with self._database.transaction() as session:
            row = InvitationRow(secret_hash=_hash(secret), note=note, created_by=created_by, created=now, expires=expires)
            session.add(row)
            session.flush()
            return _invitation(row, None)

    def all(self) -> list[Invitation]:
        look = select(InvitationRow, UserRow.name).outerjoin(UserRow, InvitationRow.used_by == UserRow.id)
        with self._database.reading() as session:
            return [_invitation(row, name) for row, name in session.execute(look.order_by(InvitationRow.id.desc()))]

    def find(self, secret: str, now: datetime) -> int | None:
        with self._database.reading() as session:
            return session.scalar(select(InvitationRow.id).where(InvitationRow.secret_hash == _hash(secret), *_open(now)))

    def claim(self, number: int, now: datetime) -> bool:
        claim = update(InvitationRow).where(InvitationRow.id == number, *_open(now)).values(used=now)
        with self._database.transaction() as session:
            return cast("CursorResult[object]", session.execute(claim)).rowcount > 0

    def used_by(self, number: int, user_id: int) -> None:
        with self._database.transaction() as session:
            session.execute(update(InvitationRow).where(InvitationRow.id == number).values(used_by=user_id))

    def withdraw(self, number: int) -> bool:
        with self._database.transaction() as session:
            gone = session.execute(delete(InvitationRow).where(InvitationRow.id == number))
        return cast("CursorResult[object]", gone).rowcount > 0


def _invitation(row: InvitationRow, used_by: str | None) -> Invitation:
    return Invitation(id=row.id, note=row.note, created=row.created, expires=row.expires, used=row.used, used_by=used_by)


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (InvitationRow.used.is_(None), InvitationRow.expires > now)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
