"""People and their Destiny accounts: two tables and the repository over them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, cast

import msgspec
from sqlalchemy import ForeignKey, Integer, String, Text, delete, exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.domain.people import DestinyAccount, Role, SignIn, User
from vaultraider.ports import MembershipRef


class UserRow(Base):
    __tablename__ = "users"
    # A number is never given twice: what is kept in memory about a deleted person must not meet the next one.
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(Integer, primary_key=True, info={"person": "user"})
    bungie_id: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(16))
    sign_in: Mapped[str] = mapped_column(String(16))
    selected_type: Mapped[int | None] = mapped_column(Integer)
    selected_id: Mapped[str | None] = mapped_column(String(32))
    created: Mapped[datetime]
    signed_in: Mapped[datetime]

    def to_user(self) -> User:
        return User(
            id=self.id,
            bungie_id=self.bungie_id,
            name=self.name,
            role=cast(Role, self.role),
            sign_in=cast(SignIn, self.sign_in),
        )


class DestinyAccountRow(Base):
    __tablename__ = "destiny_accounts"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, info={"person": "user"})
    type: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    place: Mapped[int] = mapped_column(Integer)
    account: Mapped[str] = mapped_column(Text)
    """The DestinyAccount as JSON: nothing is ever searched by its other fields."""


def lock_person(session: Session, user_id: int) -> bool:
    """Makes writers of one person's rows wait for each other; False when the person was deleted meanwhile."""
    return session.get(UserRow, user_id, with_for_update=True) is not None


class UserRepository:
    """Fits ``ports.Users``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, user_id: int) -> User | None:
        with self._database.reading() as session:
            row = session.get(UserRow, user_id)
            return row.to_user() if row else None

    def by_bungie_id(self, bungie_id: str) -> User | None:
        with self._database.reading() as session:
            row = session.scalar(select(UserRow).where(UserRow.bungie_id == bungie_id))
            return row.to_user() if row else None

    def has_admin(self) -> bool:
        with self._database.reading() as session:
            return bool(session.scalar(select(exists().where(UserRow.role == "admin"))))

    def all(self) -> list[User]:
        with self._database.reading() as session:
            return [row.to_user() for row in session.scalars(select(UserRow).order_by(UserRow.id))]

    def welcome(self, bungie_id: str, name: str, *, admin: bool, now: datetime) -> User:
        """Two first sign-ins of one person at once end in one row: the loser of the race finds the winner's."""
        try:
            return self._welcome(bungie_id, name, admin, now)
        except IntegrityError:
            return self._welcome(bungie_id, name, admin, now)

    def _welcome(self, bungie_id: str, name: str, admin: bool, now: datetime) -> User:
        with self._database.transaction() as session:
            row = session.scalar(select(UserRow).where(UserRow.bungie_id == bungie_id))
            if row is None:
                row = UserRow(bungie_id=bungie_id, role="member", created=now)
                session.add(row)
            row.name, row.sign_in, row.signed_in = name, "ok", now
            if admin:
                row.role = "admin"
            session.flush()
            return row.to_user()

    def change_role(self, user_id: int, role: Role) -> Literal["done", "unknown", "last"]:
        with self._database.transaction() as session:
            # All admins in one order, so that two who demote each other wait instead of each seeing the other still there.
            admins = session.scalars(select(UserRow).where(UserRow.role == "admin").order_by(UserRow.id).with_for_update()).all()
            row = session.get(UserRow, user_id, with_for_update=True)
            if row is None:
                return "unknown"
            if role != "admin" and [admin.id for admin in admins if admin.role == "admin"] == [user_id]:
                return "last"
            row.role = role
            return "done"

    def mark_sign_in(self, user_id: int, state: SignIn) -> None:
        with self._database.transaction() as session:
            session.execute(update(UserRow).where(UserRow.id == user_id).values(sign_in=state))

    def accounts(self, user_id: int) -> list[DestinyAccount]:
        with self._database.reading() as session:
            found = session.scalars(
                select(DestinyAccountRow.account).where(DestinyAccountRow.user_id == user_id).order_by(DestinyAccountRow.place)
            )
            return [msgspec.json.decode(account, type=DestinyAccount) for account in found]

    def save_accounts(self, user_id: int, accounts: Sequence[DestinyAccount]) -> None:
        with self._database.transaction() as session:
            if not lock_person(session, user_id):
                return
            session.execute(delete(DestinyAccountRow).where(DestinyAccountRow.user_id == user_id))
            session.add_all(
                DestinyAccountRow(
                    user_id=user_id, type=each.type, id=each.id, place=place, account=msgspec.json.encode(each).decode()
                )
                for place, each in enumerate(accounts)
            )

    def selected(self, user_id: int) -> MembershipRef | None:
        with self._database.reading() as session:
            row = session.get(UserRow, user_id)
            if row is None or row.selected_type is None or row.selected_id is None:
                return None
            return MembershipRef(row.selected_type, row.selected_id)

    def select(self, user_id: int, membership: MembershipRef) -> None:
        with self._database.transaction() as session:
            chosen = {"selected_type": membership.type, "selected_id": membership.id}
            session.execute(update(UserRow).where(UserRow.id == user_id).values(chosen))
