"""The last accepted state of each account, as Bungie told it: what is shown at once after a restart, and while Bungie is down."""

from __future__ import annotations

from datetime import datetime

import brotli
import msgspec
from sqlalchemy import ForeignKey, Integer, LargeBinary, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.domain.profile_parts import Incomplete
from vaultraider.ports import KeptSnapshot, MembershipRef, SnapshotMark

_QUALITY = 4
"""Some 2 MB become 100 KB in 10 ms; the highest quality saves a fifth more and takes a hundred times as long."""


class SnapshotRow(Base):
    """The person is part of the key: two people who may see the same account each have their own row."""

    __tablename__ = "snapshots"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, info={"person": "user"})
    membership_type: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    membership_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": False})
    """JSON, brotli."""
    read: Mapped[datetime]
    checked: Mapped[datetime]
    incomplete: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": False})
    clan: Mapped[str] = mapped_column(String(255))
    clan_read: Mapped[datetime | None]


class SnapshotRepository:
    """Fits ``ports.Snapshots``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, user_id: int, membership: MembershipRef) -> KeptSnapshot | None:
        with self._database.reading() as session:
            row = session.get(SnapshotRow, (user_id, membership.type, membership.id))
        if row is None:
            return None
        return KeptSnapshot(
            body=brotli.decompress(row.body),
            read=row.read,
            checked=row.checked,
            incomplete=msgspec.json.decode(row.incomplete, type=tuple[Incomplete, ...]),
            clan=row.clan,
            clan_read=row.clan_read,
        )

    def mark(self, user_id: int, membership: MembershipRef) -> SnapshotMark | None:
        query = select(SnapshotRow.read, SnapshotRow.checked).where(
            SnapshotRow.user_id == user_id,
            SnapshotRow.membership_type == membership.type,
            SnapshotRow.membership_id == membership.id,
        )
        with self._database.reading() as session:
            found = session.execute(query).first()
        return SnapshotMark(found.read, found.checked) if found is not None else None

    def save(self, user_id: int, membership: MembershipRef, kept: KeptSnapshot) -> None:
        row = SnapshotRow(
            user_id=user_id,
            membership_type=membership.type,
            membership_id=membership.id,
            body=brotli.compress(kept.body, quality=_QUALITY),
            read=kept.read,
            checked=kept.checked,
            incomplete=msgspec.json.encode(kept.incomplete),
            clan=kept.clan,
            clan_read=kept.clan_read,
        )
        with self._database.transaction() as session:
            session.merge(row)

    def touch(self, user_id: int, membership: MembershipRef, checked: datetime) -> None:
        with self._database.transaction() as session:
            session.execute(
                update(SnapshotRow)
                .where(
                    SnapshotRow.user_id == user_id,
                    SnapshotRow.membership_type == membership.type,
                    SnapshotRow.membership_id == membership.id,
                )
                .values(checked=checked)
            )
