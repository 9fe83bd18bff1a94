"""The memory's tables. ``history_accounts`` is the root: everything else hangs on its id and goes with it.

They are built for size, since they only ever grow: an event's names and an item's kind stand once in ``history_things``, times
of figures are whole seconds, and the exact differences are compressed by whoever writes them.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vaultraider.database.engine import Base

SHOWN = 0
_BY_KEY = {"sqlite_with_rowid": False}
"""The rows lie in the order of their key, without a second copy of it."""


class HistoryAccountRow(Base):
    """One account of one person.

    ``aside``: ``SHOWN``, or its own number: an import fills it or has replaced it, and nobody sees it.
    """

    __tablename__ = "history_accounts"
    # A number is never given twice: processes remember states by it, also of one that was replaced or deleted.
    __table_args__ = (UniqueConstraint("user_id", "membership_type", "membership_id", "aside"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), info={"person": "user"})
    membership_type: Mapped[int] = mapped_column(Integer)
    membership_id: Mapped[str] = mapped_column(String(32))
    seq: Mapped[int] = mapped_column(Integer, default=0)
    first: Mapped[datetime]
    seen: Mapped[datetime]
    aside: Mapped[int] = mapped_column(Integer, default=SHOWN)


class ObservationRow(Base):
    """``at`` never falls as ``seq`` grows. ``delta``: from the one before to this one."""

    __tablename__ = "history_observations"
    __table_args__ = (Index("ix_history_observations_at", "account_id", "at", "seq"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("history_accounts.id"), primary_key=True, info={"person": "history"})
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime]
    since: Mapped[datetime]
    delta: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": False})


class KeyframeRow(Base):
    """The whole state after an observation; beside the observations, so that walking over those reads none of them."""

    __tablename__ = "history_keyframes"

    account_id: Mapped[int] = mapped_column(ForeignKey("history_accounts.id"), primary_key=True, info={"person": "history"})
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": False})


class ThingRow(Base):
    """What events are about, as it was called then."""

    __tablename__ = "history_things"
    __table_args__ = (Index("ix_history_things_hash", "account_id", "hash"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("history_accounts.id"), info={"person": "history"})
    hash: Mapped[int] = mapped_column(BigInteger, info={"secret": False})
    name: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    """The name without case and accents: what it is searched by."""
    tier: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16))


class HistoryEventRow(Base):
    """When it happened stands with its observation. ``item`` and ``guardian`` are empty where there is none."""

    __tablename__ = "history_events"
    __table_args__ = (
        Index("ix_history_events_item", "account_id", "item", "seq"),
        Index("ix_history_events_thing", "thing_id", "seq"),
        Index("ix_history_events_kind", "account_id", "kind", "seq"),
        _BY_KEY,
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("history_accounts.id"), primary_key=True, info={"person": "history"})
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    n: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    item: Mapped[str] = mapped_column(String(32))
    thing_id: Mapped[int] = mapped_column(ForeignKey("history_things.id"))
    guardian: Mapped[str] = mapped_column(String(32))
    quantity: Mapped[int] = mapped_column(BigInteger)
    done_by: Mapped[str] = mapped_column(String(8))
    transfer: Mapped[str] = mapped_column(String(32))
    details: Mapped[str] = mapped_column(Text)
    """JSON: [before, after]."""


class GapRow(Base):
    __tablename__ = "history_gaps"

    account_id: Mapped[int] = mapped_column(ForeignKey("history_accounts.id"), primary_key=True, info={"person": "history"})
    since: Mapped[datetime] = mapped_column(primary_key=True)
    until: Mapped[datetime]


class SeriesRow(Base):
    __tablename__ = "history_series"
    __table_args__ = (UniqueConstraint("account_id", "name"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("history_accounts.id"), info={"person": "history"})
    name: Mapped[str] = mapped_column(String(64))


class FigureRow(Base):
    """``at``: whole seconds since 1970, in UTC: a fifth of the room of a date, and a year of them is read at once.

    ``series_id`` is no foreign key: to look after that, a database would go through all rows for each series that is deleted.
    """

    __tablename__ = "history_figures"
    __table_args__ = (_BY_KEY,)

    account_id: Mapped[int] = mapped_column(ForeignKey("history_accounts.id"), primary_key=True, info={"person": "history"})
    series_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


class TallyRow(Base):
    """How often something happened on a day in UTC. What is counted comes first in the key: charts ask for one sort of it, over
    many days."""

    __tablename__ = "history_tallies"
    __table_args__ = (_BY_KEY,)

    account_id: Mapped[int] = mapped_column(ForeignKey("history_accounts.id"), primary_key=True, info={"person": "history"})
    what: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
