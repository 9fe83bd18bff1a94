"""Where people want to be told: the ``notification_channels`` table. A channel's settings are sealed whole: many an address is
a secret, too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Boolean, ForeignKey, Integer, LargeBinary, String, Text, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.database.notifications import skip_channel
from vaultraider.database.users import lock_person
from vaultraider.domain.errors import SignInEnded
from vaultraider.ports import Cipher, KeptChannel


class ChannelRow(Base):
    __tablename__ = "notification_channels"
    # What is on its way keeps the number: it must never lead to somebody's newer channel.
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True, info={"person": "user"})
    kind: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(80))
    label: Mapped[str] = mapped_column(Text)
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": "emptied"})
    """The settings as JSON, sealed."""
    enabled: Mapped[bool] = mapped_column(Boolean)
    created: Mapped[datetime]
    trouble: Mapped[str | None] = mapped_column(Text)
    last_sent: Mapped[datetime | None]
    rests_until: Mapped[datetime | None]

    def __repr__(self) -> str:
        return f"ChannelRow(id={self.id!r}, user_id={self.user_id!r}, kind={self.kind!r})"


class ChannelRepository:
    """Fits ``ports.ChannelStore``."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database = database
        self._cipher = cipher

    def of(self, user_id: int) -> list[KeptChannel]:
        with self._database.reading() as session:
            rows = session.scalars(select(ChannelRow).where(ChannelRow.user_id == user_id).order_by(ChannelRow.id))
            return [self._kept(row) for row in rows]

    def get(self, channel_id: int) -> KeptChannel | None:
        with self._database.reading() as session:
            row = session.get(ChannelRow, channel_id)
            return self._kept(row) if row else None

    def add(
        self, user_id: int, *, kind: str, title: str, label: str, settings: Mapping[str, Any], enabled: bool, now: datetime
    ) -> KeptChannel | None:
        with self._database.transaction() as session:
            if not lock_person(session, user_id):
                return None
            row = ChannelRow(
                user_id=user_id,
                kind=kind,
                title=title,
                label=label,
                sealed=self._seal(settings),
                enabled=enabled,
                created=now,
            )
            session.add(row)
            session.flush()
            return self._kept(row)

    def change(
        self, channel_id: int, *, title: str, label: str, settings: Mapping[str, Any] | None, enabled: bool
    ) -> KeptChannel | None:
        with self._database.transaction() as session:
            row = session.get(ChannelRow, channel_id, with_for_update=True)
            if row is None:
                return None
            row.title, row.label, row.enabled = title, label, enabled
            if settings is not None:
                row.sealed, row.trouble, row.rests_until = self._seal(settings), None, None
            return self._kept(row)

    def remove(self, channel_id: int) -> None:
        with self._database.transaction() as session:
            skip_channel(session, channel_id)
            session.execute(delete(ChannelRow).where(ChannelRow.id == channel_id))

    def well(self, channel_id: int, *, sent: datetime, rests_until: datetime | None = None) -> None:
        self._set(channel_id, trouble=None, last_sent=sent, **({} if rests_until is None else {"rests_until": rests_until}))

    def troubled(self, channel_id: int, sentence: str) -> None:
        self._set(channel_id, trouble=sentence)

    def rest(self, channel_id: int, until: datetime) -> None:
        self._set(channel_id, rests_until=until)

    def reseal(self) -> int:
        resealed = 0
        with self._database.transaction() as session:
            for row in session.scalars(select(ChannelRow).with_for_update()):
                settings = self._open(row)
                if settings is not None:
                    row.sealed = self._seal(settings)
                    resealed += 1
        return resealed

    def _set(self, channel_id: int, **values: Any) -> None:
        with self._database.transaction() as session:
            session.execute(update(ChannelRow).where(ChannelRow.id == channel_id).values(**values))

    def _seal(self, settings: Mapping[str, Any]) -> bytes:
        return self._cipher.encrypt(msgspec.json.encode(settings).decode())

    def _open(self, row: ChannelRow) -> dict[str, Any] | None:
        try:
            return msgspec.json.decode(self._cipher.decrypt(row.sealed), type=dict[str, Any])
        except SignInEnded:  # the key is gone
            return None

    def _kept(self, row: ChannelRow) -> KeptChannel:
        return KeptChannel(
            id=row.id,
            user_id=row.user_id,
            kind=row.kind,
            title=row.title,
            label=row.label,
            settings=self._open(row),
            enabled=row.enabled,
            created=row.created,
            trouble=row.trouble,
            last_sent=row.last_sent,
            rests_until=row.rests_until,
        )
