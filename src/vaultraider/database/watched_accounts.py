"""Which accounts are watched and when each is read next: one row an account and person. Whoever takes a turn counts it up first,
so that of many processes one reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias, cast

import msgspec
from sqlalchemy import (
    CursorResult,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Text,
    Update,
    and_,
    delete,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.database.snapshots import SnapshotRow
from vaultraider.database.users import DestinyAccountRow, UserRow, lock_person
from vaultraider.domain.fullness import Alarm
from vaultraider.domain.watch_pace import FARTHEST, Habits
from vaultraider.ports import Lapsed, MembershipRef, WatchedAccount


class WatchedAccountRow(Base):
    __tablename__ = "watched_accounts"
    __table_args__ = (Index("ix_watched_accounts_due", "due"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, info={"person": "user"})
    membership_type: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    membership_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    due: Mapped[datetime]
    turn: Mapped[int] = mapped_column(Integer, default=0)
    taken: Mapped[datetime | None]
    """Somebody reads it, until then at most."""
    played: Mapped[datetime | None]
    looked: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(Integer, default=0)
    trouble: Mapped[str] = mapped_column(Text, default="")
    ended: Mapped[bool] = mapped_column(default=False)
    alarms: Mapped[str] = mapped_column(Text, default="{}")
    """Those that are raised, by place: JSON."""


_Rows: TypeAlias = Select[WatchedAccountRow, UserRow, datetime]
_Watched = WatchedAccountRow
_Owned = DestinyAccountRow
_SAME_ACCOUNT = and_(
    _Watched.user_id == _Owned.user_id, _Watched.membership_type == _Owned.type, _Watched.membership_id == _Owned.id
)


class WatchedAccountRepository:
    """Fits ``ports.WatchStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enrol(self, now: datetime, *, apart: float) -> int:
        """It is asked often and seldom finds anything, so that it only writes when it does."""
        with self._database.reading() as session:
            missing = session.execute(
                select(_Owned.user_id, _Owned.type, _Owned.id)
                .outerjoin(_Watched, _SAME_ACCOUNT)
                .where(_Watched.user_id.is_(None))
                .order_by(_Owned.user_id, _Owned.place)
            ).all()
            orphans = session.execute(
                select(_Watched.user_id, _Watched.membership_type, _Watched.membership_id)
                .outerjoin(_Owned, _SAME_ACCOUNT)
                .where(_Owned.user_id.is_(None))
            ).all()
            back = session.scalars(
                select(_Watched.user_id).join(UserRow).where(_Watched.ended.is_(True), UserRow.sign_in == "ok").distinct()
            ).all()
        if orphans:
            self._drop([(user_id, MembershipRef(type, id)) for user_id, type, id in orphans])
        if back:
            self._watch_again(back, now)
        return sum(
            self._add(user_id, MembershipRef(type, id), now + timedelta(seconds=apart * place))
            for place, (user_id, type, id) in enumerate(missing)
        )

    def _add(self, user_id: int, membership: MembershipRef, due: datetime) -> bool:
        key = (user_id, membership.type, membership.id)
        with self._database.transaction() as session:
            if not lock_person(session, user_id) or session.get(_Watched, key) is not None:
                return False
            session.add(_Watched(user_id=user_id, membership_type=membership.type, membership_id=membership.id, due=due))
            return True

    def _drop(self, keys: Sequence[tuple[int, MembershipRef]]) -> None:
        with self._database.transaction() as session:
            for key in keys:
                session.execute(delete(_Watched).where(_key(*key)))

    def _watch_again(self, user_ids: Sequence[int], now: datetime) -> None:
        with self._database.transaction() as session:
            session.execute(
                update(_Watched)
                .where(_Watched.user_id.in_(user_ids), _Watched.ended.is_(True))
                .values(ended=False, due=now, failures=0, trouble="")
            )

    def of(self, user_id: int) -> list[WatchedAccount]:
        return self._find(_rows().where(_Watched.user_id == user_id))

    def get(self, user_id: int, membership: MembershipRef) -> WatchedAccount | None:
        return next(iter(self._find(_rows().where(_key(user_id, membership)))), None)

    def most_overdue(self, now: datetime) -> WatchedAccount | None:
        late = or_(_Watched.due <= now, _Watched.due > now + FARTHEST)
        query = _rows().where(UserRow.sign_in == "ok", late, _free(now))
        # Never the same order by chance: who waits as long as another comes after it the next time.
        return next(iter(self._find(query.order_by(_Watched.due, _Watched.turn, _Watched.user_id).limit(1))), None)

    def soonest(self, now: datetime) -> datetime | None:
        query = select(_Watched.due).join(UserRow).where(UserRow.sign_in == "ok", _free(now))
        with self._database.reading() as session:
            found = session.scalar(query.order_by(_Watched.due).limit(1))
        return None if found is None else min(found, now + FARTHEST)

    def claim(self, account: WatchedAccount, *, now: datetime, until: datetime) -> WatchedAccount | None:
        free = and_(_key(account.user.id, account.membership), _Watched.turn == account.turn, _free(now))
        taking = update(_Watched).where(free).values(turn=account.turn + 1, taken=until)
        return msgspec.structs.replace(account, turn=account.turn + 1) if self._change(taking) else None

    def settle(self, account: WatchedAccount, *, due: datetime, failures: int, trouble: str) -> bool:
        mine = and_(_key(account.user.id, account.membership), _Watched.turn == account.turn)
        values = {"due": due, "failures": failures, "trouble": trouble, "taken": None}
        return self._change(update(_Watched).where(mine).values(values))

    def attend(self, user_id: int, membership: MembershipRef, *, now: datetime, due: datetime) -> None:
        with self._database.transaction() as session:
            row = session.get(_Watched, (user_id, membership.type, membership.id), with_for_update=True)
            if row is not None:
                row.looked = now
                row.due = min(row.due, due)

    def played(self, user_id: int, membership: MembershipRef, moment: datetime | None, *, read: datetime) -> None:
        statement = update(_Watched).where(_key(user_id, membership)).values(played=moment)
        if not self._change(statement) and self._add(user_id, membership, read):
            self._change(statement)

    def alarms(self, user_id: int, membership: MembershipRef) -> dict[str, Alarm]:
        with self._database.reading() as session:
            found = session.scalar(select(_Watched.alarms).where(_key(user_id, membership)))
        return msgspec.json.decode(found or "{}", type=dict[str, Alarm])

    def save_alarms(self, user_id: int, membership: MembershipRef, alarms: Mapping[str, Alarm]) -> None:
        sealed = msgspec.json.encode(alarms, order="deterministic").decode()
        self._change(update(_Watched).where(_key(user_id, membership)).values(alarms=sealed))

    def lapsed(self) -> list[Lapsed]:
        query = select(UserRow).where(
            UserRow.sign_in == "ended",
            UserRow.id.in_(select(_Watched.user_id).where(_Watched.ended.is_(False))),
        )
        with self._database.reading() as session:
            return [Lapsed(row.to_user(), row.signed_in) for row in session.scalars(query.order_by(UserRow.id))]

    def end(self, user_id: int) -> None:
        self._change(update(_Watched).where(_Watched.user_id == user_id).values(ended=True))

    def _find(self, query: _Rows) -> list[WatchedAccount]:
        with self._database.reading() as session:
            return [_account(row, user, checked) for row, user, checked in session.execute(query)]

    def _change(self, statement: Update) -> bool:
        with self._database.transaction() as session:
            return _count(session, statement) > 0


def _rows() -> _Rows:
    same = and_(
        SnapshotRow.user_id == _Watched.user_id,
        SnapshotRow.membership_type == _Watched.membership_type,
        SnapshotRow.membership_id == _Watched.membership_id,
    )
    whose = UserRow.id == _Watched.user_id
    return select(_Watched, UserRow, SnapshotRow.checked).select_from(_Watched).join(UserRow, whose).outerjoin(SnapshotRow, same)


def _free(now: datetime) -> Any:
    """Nobody reads it, or whoever began to is gone; also where the clock was turned back since."""
    return or_(_Watched.taken.is_(None), _Watched.taken <= now, _Watched.taken > now + FARTHEST)


def _key(user_id: int, membership: MembershipRef) -> Any:
    return and_(
        _Watched.user_id == user_id,
        _Watched.membership_type == membership.type,
        _Watched.membership_id == membership.id,
    )


def _count(session: Session, statement: Update) -> int:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def _account(row: WatchedAccountRow, user: UserRow, checked: datetime | None) -> WatchedAccount:
    return WatchedAccount(
        user=user.to_user(),
        membership=MembershipRef(row.membership_type, row.membership_id),
        due=row.due,
        turn=row.turn,
        habits=Habits(played=row.played, looked=row.looked, failures=row.failures),
        checked=checked,
        trouble=row.trouble,
        ended=row.ended,
    )
