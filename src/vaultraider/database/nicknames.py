"""Names that people give to their guardians. They are ours: Bungie knows none."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.ports import MembershipRef


class NicknameRow(Base):
    __tablename__ = "nicknames"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, info={"person": "user"})
    membership_type: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    membership_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    character_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    nickname: Mapped[str] = mapped_column(String(64))


class NicknameRepository:
    """Fits ``ports.Nicknames``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, user_id: int, membership: MembershipRef) -> dict[str, str]:
        query = select(NicknameRow.character_id, NicknameRow.nickname).where(
            NicknameRow.user_id == user_id,
            NicknameRow.membership_type == membership.type,
            NicknameRow.membership_id == membership.id,
        )
        with self._database.reading() as session:
            return {row.character_id: row.nickname for row in session.execute(query)}

    def save(self, user_id: int, membership: MembershipRef, character_id: str, nickname: str) -> None:
        key = {
            "user_id": user_id,
            "membership_type": membership.type,
            "membership_id": membership.id,
            "character_id": character_id,
        }
        with self._database.transaction() as session:
            if nickname:
                session.merge(NicknameRow(**key, nickname=nickname))
            else:
                session.execute(delete(NicknameRow).filter_by(**key))
