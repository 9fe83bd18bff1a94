"""Each person's preferences: one small JSON document."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, select
from sqlalchemy.orm import Mapped, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.database.users import lock_person


class PreferencesRow(Base):
    __tablename__ = "preferences"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, info={"person": "user"})
    document: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": False})
    changed: Mapped[datetime]


class PreferencesRepository:
    """Fits ``ports.PreferenceStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, user_id: int) -> bytes | None:
        with self._database.reading() as session:
            return session.scalar(select(PreferencesRow.document).where(PreferencesRow.user_id == user_id))

    def save(self, user_id: int, document: bytes, now: datetime) -> None:
        with self._database.transaction() as session:
            if lock_person(session, user_id):
                session.merge(PreferencesRow(user_id=user_id, document=document, changed=now))
