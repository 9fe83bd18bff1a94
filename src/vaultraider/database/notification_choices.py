"""What each person wants to be told, and when: one small JSON document."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, select
from sqlalchemy.orm import Mapped, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.database.users import lock_person


class NotificationChoicesRow(Base):
    __tablename__ = "notification_choices"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, info={"person": "user"})
    document: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": False})
    changed: Mapped[datetime]


class ChoiceRepository:
    """Fits ``ports.ChoiceStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, user_id: int) -> bytes | None:
        with self._database.reading() as session:
            return session.scalar(select(NotificationChoicesRow.document).where(NotificationChoicesRow.user_id == user_id))

    def save(self, user_id: int, document: bytes, now: datetime) -> None:
        with self._database.transaction() as session:
            if lock_person(session, user_id):
                session.merge(NotificationChoicesRow(user_id=user_id, document=document, changed=now))

    def begin(self, user_id: int, document: bytes, now: datetime) -> bool:
        with self._database.transaction() as session:
            if not lock_person(session, user_id) or session.get(NotificationChoicesRow, user_id) is not None:
                return False
            session.add(NotificationChoicesRow(user_id=user_id, document=document, changed=now))
            return True
