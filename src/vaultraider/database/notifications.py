"""What was told to whom, and where it went.

``told`` has one row for each person, kind and key, for ever: it is why nobody is told a thing twice. ``notifications`` are the
messages, and ``notification_deliveries`` where each was to go; both are forgotten after a while.

waiting | held ──begin──> sending ──end──> sent | unclear | failed, or waiting for the next try
                             └──give_up_on_sending──> unclear: whoever sent it is gone
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Literal, cast

import msgspec
from sqlalchemy import CursorResult, ForeignKey, Index, Integer, LargeBinary, String, Text, and_, delete, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, undefer

from vaultraider.database.engine import Base, Database
from vaultraider.database.users import lock_person
from vaultraider.domain.notifications import Level, Message
from vaultraider.ports import (
    OPEN,
    DeliveryRecord,
    DeliveryState,
    HeldDelivery,
    NewDelivery,
    NotificationRecord,
    OpenDelivery,
)

KEY = 150
"""Longer keys are kept as a hash."""
REMOVED = "The channel was removed."


class ToldRow(Base):
    __tablename__ = "told"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, info={"person": "user"})
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY), primary_key=True, info={"secret": False})


class NotificationRow(Base):
    __tablename__ = "notifications"
    __table_args__ = (Index("ix_notifications_user_id_id", "user_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), info={"person": "user"})
    kind: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(KEY), info={"secret": False})
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(Text)
    level: Mapped[str] = mapped_column(String(8))
    html: Mapped[str] = mapped_column(Text, deferred=True)
    pictures: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, info={"secret": False})
    """By name, as msgpack."""
    has_html: Mapped[bool]
    created: Mapped[datetime] = mapped_column(index=True)


class DeliveryRow(Base):
    __tablename__ = "notification_deliveries"
    __table_args__ = (Index("ix_notification_deliveries_channel_id_state", "channel_id", "state", "not_before"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    notification_id: Mapped[int] = mapped_column(ForeignKey("notifications.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True, info={"person": "user"})
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("notification_channels.id"))
    channel_title: Mapped[str] = mapped_column(String(80))
    channel_kind: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(8))
    sentence: Mapped[str] = mapped_column(Text)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    created: Mapped[datetime]
    not_before: Mapped[datetime]
    changed: Mapped[datetime]


def skip_channel(session: Session, channel_id: int) -> None:
    """Nothing leads to this channel any more. What is under way this very moment may have arrived."""
    mine = DeliveryRow.channel_id == channel_id
    session.execute(update(DeliveryRow).where(mine, DeliveryRow.state.in_(OPEN)).values(state="skipped", sentence=REMOVED))
    under_way = update(DeliveryRow).where(mine, DeliveryRow.state == "sending")
    session.execute(under_way.values(state="unclear", sentence=f"{REMOVED} This may have arrived before."))
    session.execute(update(DeliveryRow).where(mine).values(channel_id=None))


class NotificationRepository:
    """Fits ``ports.NotificationStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- telling --------------------------------------------------------------------------------------------------------

    def was_told(self, user_id: int, kind: str, key: str) -> bool:
        with self._database.reading() as session:
            return session.get(ToldRow, (user_id, kind, short_key(key))) is not None

    def add(self, user_id: int, message: Message, deliveries: Sequence[NewDelivery], now: datetime) -> bool:
        key = short_key(message.key)
        with self._database.transaction() as session:
            # Two that tell one person the same wait for each other here.
            if not lock_person(session, user_id) or session.get(ToldRow, (user_id, message.kind, key)) is not None:
                return False
            row = NotificationRow(
                user_id=user_id,
                kind=message.kind,
                key=key,
                title=_clean(message.title),
                text=_clean(message.text),
                link=_clean(message.link),
                level=message.level,
                html=_clean(message.html),
                pictures=msgspec.msgpack.encode(message.pictures),
                has_html=bool(message.html),
                created=now,
            )
            session.add_all([ToldRow(user_id=user_id, kind=message.kind, key=key), row])
            session.flush()
            there = _channels(session, user_id)
            session.add_all(_delivery(row, each, there, now) for each in deliveries)
            return True

    # -- sending --------------------------------------------------------------------------------------------------------

    def due(self, channel_id: int, now: datetime) -> list[OpenDelivery]:
        query = (
            select(DeliveryRow, NotificationRow)
            .join(NotificationRow, NotificationRow.id == DeliveryRow.notification_id)
            .where(DeliveryRow.channel_id == channel_id, DeliveryRow.state.in_(OPEN), DeliveryRow.not_before <= now)
            .options(undefer(NotificationRow.html), undefer(NotificationRow.pictures))
            .order_by(DeliveryRow.id)
        )
        with self._database.reading() as session:
            return [
                OpenDelivery(id=row.id, user_id=row.user_id, tries=row.tries, created=row.created, message=_message(notification))
                for row, notification in session.execute(query)
            ]

    def begin(self, ids: Collection[int], now: datetime) -> set[int]:
        # Durable: after a power cut, too, it must be known that this may have been sent.
        with self._database.transaction(durable=True) as session:
            rows = session.scalars(
                select(DeliveryRow)
                .where(DeliveryRow.id.in_(ids), DeliveryRow.state.in_(OPEN))
                .order_by(DeliveryRow.id)
                .with_for_update()
            ).all()
            for row in rows:
                row.state, row.tries, row.changed, row.sentence = "sending", row.tries + 1, now, ""
            return {row.id for row in rows}

    def end(
        self,
        ids: Collection[int],
        state: Literal["sent", "unclear", "failed", "waiting"],
        *,
        sentence: str,
        now: datetime,
        not_before: datetime | None = None,
    ) -> None:
        from_states = ("sending", "unclear") if state in ("sent", "failed") else ("sending",)
        values: dict[str, object] = {"state": state, "sentence": _clean(sentence), "changed": now}
        if not_before is not None:
            values["not_before"] = not_before
        with self._database.transaction() as session:
            rows = update(DeliveryRow).where(DeliveryRow.id.in_(ids), DeliveryRow.state.in_(from_states))
            session.execute(rows.values(**values))

    def give_up_on_sending(self, channel_id: int, sentence: str, now: datetime) -> int:
        lost = update(DeliveryRow).where(DeliveryRow.channel_id == channel_id, DeliveryRow.state == "sending")
        with self._database.transaction() as session:
            given_up = session.execute(lost.values(state="unclear", sentence=sentence, changed=now))
            return cast("CursorResult[object]", given_up).rowcount

    def put_off(self, until: Mapping[int, datetime], sentence: str) -> None:
        with self._database.transaction() as session:
            for delivery_id, moment in sorted(until.items()):
                row = update(DeliveryRow).where(DeliveryRow.id == delivery_id, DeliveryRow.state.in_(OPEN))
                session.execute(row.values(state="held", sentence=sentence, not_before=moment))

    def skip(self, ids: Collection[int], sentence: str, now: datetime) -> None:
        rows = update(DeliveryRow).where(DeliveryRow.id.in_(ids), DeliveryRow.state.in_(OPEN))
        with self._database.transaction() as session:
            session.execute(rows.values(state="skipped", sentence=sentence, changed=now))

    def held(self, user_id: int) -> list[HeldDelivery]:
        query = (
            select(DeliveryRow.id, NotificationRow.kind, DeliveryRow.channel_id, DeliveryRow.not_before)
            .join(NotificationRow, NotificationRow.id == DeliveryRow.notification_id)
            .where(DeliveryRow.user_id == user_id, DeliveryRow.state == "held", DeliveryRow.channel_id.is_not(None))
            .order_by(DeliveryRow.id)
        )
        with self._database.reading() as session:
            return [
                HeldDelivery(id=id, kind=kind, channel_id=channel_id or 0, not_before=not_before)
                for id, kind, channel_id, not_before in session.execute(query)
            ]

    def next_due(self, channel_id: int) -> datetime | None:
        query = (
            select(DeliveryRow.not_before)
            .where(DeliveryRow.channel_id == channel_id, DeliveryRow.state.in_(OPEN))
            .order_by(DeliveryRow.not_before)
            .limit(1)
        )
        with self._database.reading() as session:
            return session.scalar(query)

    def channels_at_work(self, now: datetime, sending_since: datetime) -> list[tuple[int, int]]:
        due = and_(DeliveryRow.state.in_(OPEN), DeliveryRow.not_before <= now)
        lost = and_(DeliveryRow.state == "sending", DeliveryRow.changed <= sending_since)
        query = (
            select(DeliveryRow.channel_id, DeliveryRow.user_id)
            .where(DeliveryRow.channel_id.is_not(None), or_(due, lost))
            .distinct()
        )
        with self._database.reading() as session:
            return sorted((channel_id or 0, user_id) for channel_id, user_id in session.execute(query))

    # -- the log --------------------------------------------------------------------------------------------------------

    def latest(self, user_id: int, *, limit: int, before: int | None = None) -> list[NotificationRecord]:
        query = select(NotificationRow).where(NotificationRow.user_id == user_id).order_by(NotificationRow.id.desc()).limit(limit)
        if before is not None:
            query = query.where(NotificationRow.id < before)
        with self._database.reading() as session:
            rows = session.scalars(query).all()
            ids = [row.id for row in rows]
            where: dict[int, list[DeliveryRecord]] = defaultdict(list)
            for each in session.scalars(select(DeliveryRow).where(DeliveryRow.notification_id.in_(ids)).order_by(DeliveryRow.id)):
                where[each.notification_id].append(_delivered(each))
            return [_record(row, where[row.id]) for row in rows]

    def message(self, user_id: int, notification_id: int) -> Message | None:
        with self._database.reading() as session:
            row = session.get(NotificationRow, notification_id)
            return _message(row) if row is not None and row.user_id == user_id else None

    def forget(self, before: datetime) -> int:
        with self._database.transaction() as session:
            old = select(NotificationRow.id).where(NotificationRow.created < before)
            session.execute(delete(DeliveryRow).where(DeliveryRow.notification_id.in_(old)))
            gone = session.execute(delete(NotificationRow).where(NotificationRow.created < before))
            return cast("CursorResult[object]", gone).rowcount


def short_key(key: str) -> str:
    clean = _clean(key)
    return clean if len(clean) <= KEY else hashlib.sha256(clean.encode()).hexdigest()


def _clean(text: str) -> str:
    """What every database takes: names come from outside, and PostgreSQL refuses the character NUL."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _channels(session: Session, user_id: int) -> set[int]:
    from vaultraider.database.notification_channels import ChannelRow  # it needs our tables, and we this one question

    # Held, so that none is removed before what leads to it is written.
    return set(session.scalars(select(ChannelRow.id).where(ChannelRow.user_id == user_id).with_for_update(read=True)))


def _delivery(row: NotificationRow, new: NewDelivery, there: set[int], now: datetime) -> DeliveryRow:
    removed = new.channel_id is not None and new.channel_id not in there
    return DeliveryRow(
        notification_id=row.id,
        user_id=row.user_id,
        channel_id=None if removed else new.channel_id,
        channel_title=new.channel_title,
        channel_kind=new.channel_kind,
        state="skipped" if removed else new.state,
        sentence=REMOVED if removed else new.sentence,
        created=now,
        not_before=new.not_before,
        changed=now,
    )


def _message(row: NotificationRow) -> Message:
    return Message(
        kind=row.kind,
        key=row.key,
        title=row.title,
        text=row.text,
        link=row.link,
        level=cast(Level, row.level),
        html=row.html,
        pictures=msgspec.msgpack.decode(row.pictures, type=dict[str, bytes]) if row.has_html else {},
    )


def _delivered(row: DeliveryRow) -> DeliveryRecord:
    is_open = row.state in OPEN
    return DeliveryRecord(
        channel_title=row.channel_title,
        channel_kind=row.channel_kind,
        state=cast(DeliveryState, row.state),
        sentence=row.sentence,
        tries=row.tries,
        at=None if is_open else row.changed,
        next=row.not_before if is_open else None,
    )


def _record(row: NotificationRow, deliveries: list[DeliveryRecord]) -> NotificationRecord:
    return NotificationRecord(
        id=row.id,
        kind=row.kind,
        title=row.title,
        text=row.text,
        link=row.link,
        level=cast(Level, row.level),
        created=row.created,
        has_html=row.has_html,
        deliveries=tuple(deliveries),
    )
