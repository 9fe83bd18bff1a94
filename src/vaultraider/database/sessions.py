"""Browser sessions. The cookie holds a secret, this table its hash: who reads the table can be nobody.

A request costs one indexed read, and not even that when the same browser asked in the last few seconds. Ending a session
bites at once in the process that ends it, and within ``CACHE_SECONDS`` in the others.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import CursorResult, ForeignKey, LargeBinary, String, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.database.users import UserRow
from vaultraider.ports import BrowserSession

CACHE_SECONDS = 3
CACHE_SIZE = 2048


class BrowserSessionRow(Base):
    __tablename__ = "browser_sessions"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True, info={"secret": True})
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True, info={"person": "user"})
    data: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": True})
    created: Mapped[datetime]
    seen: Mapped[datetime]
    expires: Mapped[datetime] = mapped_column(index=True)


class BrowserSessionRepository:
    """Fits ``ports.BrowserSessions``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cache: dict[str, tuple[datetime, BrowserSession]] = {}
        self._endings = 0

    def find(self, secret: str, now: datetime, *, fresh: bool = False) -> BrowserSession | None:
        key = _hash(secret)
        cached = None if fresh else self._cache.get(key)
        found = cached[1] if cached and now < cached[0] else self._read(key, now)
        return found if found and found.expires > now else None

    def _read(self, key: str, now: datetime) -> BrowserSession | None:
        endings = self._endings
        look = select(BrowserSessionRow, UserRow).outerjoin(UserRow, BrowserSessionRow.user_id == UserRow.id)
        with self._database.reading() as session:
            found = session.execute(look.where(BrowserSessionRow.id_hash == key)).one_or_none()
        if found is None:
            return None
        row, user = found
        read = BrowserSession(
            user=None if row.user_id is None else user.to_user(),
            data=row.data,
            created=row.created,
            seen=row.seen,
            expires=row.expires,
        )
        if endings == self._endings:  # else it may have ended while we read
            if len(self._cache) >= CACHE_SIZE:
                self._cache.clear()
            self._cache[key] = (now + timedelta(seconds=CACHE_SECONDS), read)
        return read

    def _forget(self, key: str | None = None) -> None:
        self._endings += 1
        if key is None:
            self._cache.clear()
        else:
            self._cache.pop(key, None)

    def add(self, secret: str, *, user_id: int | None, data: bytes, now: datetime, expires: datetime) -> None:
        with self._database.transaction() as session:
            session.execute(delete(BrowserSessionRow).where(BrowserSessionRow.expires <= now))
            session.add(
                BrowserSessionRow(id_hash=_hash(secret), user_id=user_id, data=data, created=now, seen=now, expires=expires)
            )

    def change(self, secret: str, *, data: bytes, now: datetime, expires: datetime) -> bool:
        key = _hash(secret)
        row = update(BrowserSessionRow).where(BrowserSessionRow.id_hash == key)
        with self._database.transaction() as session:
            changed = cast("CursorResult[object]", session.execute(row.values(data=data, seen=now, expires=expires)))
        self._forget(key)
        return changed.rowcount > 0

    def end(self, secret: str) -> None:
        key = _hash(secret)
        with self._database.transaction() as session:
            session.execute(delete(BrowserSessionRow).where(BrowserSessionRow.id_hash == key))
        self._forget(key)

    def end_all(self, user_id: int) -> int:
        with self._database.transaction() as session:
            ended = session.execute(delete(BrowserSessionRow).where(BrowserSessionRow.user_id == user_id))
        self._forget()
        return cast("CursorResult[object]", ended).rowcount

    def look_again(self) -> None:
        self._forget()

    def last_seen(self) -> dict[int, datetime]:
        newest = (
            select(BrowserSessionRow.user_id, func.max(BrowserSessionRow.seen).label("seen"))
            .group_by(BrowserSessionRow.user_id)
            .subquery()
        )
        look = select(UserRow.id, UserRow.signed_in, newest.c.seen).outerjoin(newest, newest.c.user_id == UserRow.id)
        with self._database.reading() as session:
            return {user: max(signed_in, seen or signed_in) for user, signed_in, seen in session.execute(look)}


def _hash(secret: str) -> str:
    """A plain hash is enough: the secret has 256 random bits, there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()
