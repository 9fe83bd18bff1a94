"""Bungie's tokens of each person, sealed. Nothing of them is readable in the database file."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.database.users import lock_person
from vaultraider.domain.errors import SignInEnded
from vaultraider.ports import Cipher, KeptTokens, TokenPair


class TokenRow(Base):
    __tablename__ = "tokens"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, info={"person": "user"})
    access: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": True})
    access_expires: Mapped[datetime]
    refresh: Mapped[bytes | None] = mapped_column(LargeBinary, info={"secret": True})
    refresh_expires: Mapped[datetime | None]
    bungie_id: Mapped[str] = mapped_column(String(32))
    version: Mapped[int] = mapped_column(Integer)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    first_failure: Mapped[datetime | None]

    def __repr__(self) -> str:
        return f"TokenRow(user_id={self.user_id!r}, version={self.version!r})"


class TokenRepository:
    """Fits ``ports.Tokens``."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database = database
        self._cipher = cipher

    def load(self, user_id: int) -> KeptTokens | None:
        with self._database.reading() as session:
            row = session.get(TokenRow, user_id)
        return self._open(row) if row else None

    def version(self, user_id: int) -> int | None:
        with self._database.reading() as session:
            return session.scalar(select(TokenRow.version).where(TokenRow.user_id == user_id))

    def save(self, user_id: int, pair: TokenPair) -> None:
        # Bungie knows the old pair no more: a power cut that took the new one would sign its owner out.
        with self._database.transaction(durable=True) as session:
            if not lock_person(session, user_id):
                return
            row = session.get(TokenRow, user_id)
            if row is None:
                row = TokenRow(user_id=user_id, version=0)
                session.add(row)
            self._seal(row, pair.access_token, pair.refresh_token)
            row.access_expires, row.refresh_expires = pair.access_expires, pair.refresh_expires
            row.bungie_id = pair.bungie_membership_id
            row.version += 1
            row.failures, row.first_failure = 0, None

    def count_failure(self, user_id: int, version: int, now: datetime) -> KeptTokens | None:
        with self._database.transaction() as session:
            row = session.get(TokenRow, user_id, with_for_update=True)
            if row is None:
                return None
            if row.version == version:
                row.failures += 1
                row.first_failure = row.first_failure or now
            return self._open(row)

    def forget(self, user_id: int) -> None:
        with self._database.transaction() as session:
            session.execute(delete(TokenRow).where(TokenRow.user_id == user_id))

    def reseal(self) -> int:
        resealed = 0
        with self._database.transaction() as session:
            for row in session.scalars(select(TokenRow).with_for_update()):
                try:
                    pair = self._open(row).pair
                except SignInEnded:
                    continue
                self._seal(row, pair.access_token, pair.refresh_token)
                resealed += 1
        return resealed

    def _seal(self, row: TokenRow, access: str, refresh: str | None) -> None:
        row.access = self._cipher.encrypt(access)
        row.refresh = None if refresh is None else self._cipher.encrypt(refresh)

    def _open(self, row: TokenRow) -> KeptTokens:
        pair = TokenPair(
            access_token=self._cipher.decrypt(row.access),
            access_expires=row.access_expires,
            refresh_token=None if row.refresh is None else self._cipher.decrypt(row.refresh),
            refresh_expires=row.refresh_expires,
            bungie_membership_id=row.bungie_id,
        )
        return KeptTokens(pair=pair, version=row.version, failures=row.failures, first_failure=row.first_failure)
