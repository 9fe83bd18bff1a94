"""What Xûr had on each weekend, what each person saw of it, and who was told: ``ports.XurRecord``."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

import brotli
import msgspec
from msgspec import Raw
from sqlalchemy import Date, ForeignKey, Integer, LargeBinary, String, Text, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.database.users import lock_person
from vaultraider.ports import KeptStock, MembershipRef, Seer, VisitMark, XurWatch

_QUALITY = 9
"""A weekend is written once and kept for ever: some 60 KB of JSON become 6."""
_WATCHED = "xur"
_COUNTERS = msgspec.json.Decoder(dict[str, Raw])


class VendorStockRow(Base):
    """One weekend through one pair of eyes. Nothing in it is about a person."""

    __tablename__ = "vendor_stocks"

    weekend: Mapped[date] = mapped_column(Date, primary_key=True)
    seer: Mapped[str] = mapped_column(String(16), primary_key=True)
    read: Mapped[datetime]
    wares: Mapped[int] = mapped_column(Integer)
    body: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": False})
    """JSON by the vendor's hash, brotli."""


class VendorViewRow(Base):
    """The same with what is about the person who looked; only the last one is kept."""

    __tablename__ = "vendor_views"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, info={"person": "user"})
    membership_type: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    membership_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    seer: Mapped[str] = mapped_column(String(16), primary_key=True)
    weekend: Mapped[date] = mapped_column(Date)
    read: Mapped[datetime]
    wares: Mapped[int] = mapped_column(Integer)
    body: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": False})


class VendorWatchRow(Base):
    __tablename__ = "vendor_watches"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    watch: Mapped[str] = mapped_column(Text)
    """``ports.XurWatch`` as JSON: it is read and written whole."""


class VendorNewsRow(Base):
    """Of which weekend a person was told last."""

    __tablename__ = "vendor_news"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, info={"person": "user"})
    weekend: Mapped[date] = mapped_column(Date)


class VendorStocks:
    """Fits ``ports.XurRecord``. Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def stocks(self, weekend: date) -> list[KeptStock]:
        with self._database.reading() as session:
            return [_stock(row) for row in session.scalars(select(VendorStockRow).where(VendorStockRow.weekend == weekend))]

    def save(self, stock: KeptStock) -> None:
        """Of two at once the second finds the first one's row."""
        row = {"read": stock.read, "wares": stock.wares, "body": _packed(stock.counters)}
        try:
            self._save(VendorStockRow(weekend=stock.weekend, seer=stock.seer, **row))
        except IntegrityError:
            self._save(VendorStockRow(weekend=stock.weekend, seer=stock.seer, **row))

    def _save(self, row: VendorStockRow) -> None:
        with self._database.transaction() as session:
            session.merge(row)

    def visits(self) -> list[VisitMark]:
        query = select(VendorStockRow.weekend, func.max(VendorStockRow.wares).label("wares")).group_by(VendorStockRow.weekend)
        with self._database.reading() as session:
            found = session.execute(query.order_by(VendorStockRow.weekend.desc())).all()
        return [VisitMark(row.weekend, row.wares) for row in found]

    def last_before(self, weekend: date, seer: Seer) -> KeptStock | None:
        query = select(VendorStockRow).where(VendorStockRow.weekend < weekend, VendorStockRow.seer == seer)
        with self._database.reading() as session:
            row = session.scalar(query.order_by(VendorStockRow.weekend.desc()).limit(1))
        return _stock(row) if row is not None else None

    def watch(self) -> XurWatch:
        with self._database.reading() as session:
            row = session.get(VendorWatchRow, _WATCHED)
        return msgspec.json.decode(row.watch, type=XurWatch) if row is not None else XurWatch()

    def save_watch(self, watch: XurWatch) -> None:
        with self._database.transaction() as session:
            session.merge(VendorWatchRow(name=_WATCHED, watch=msgspec.json.encode(watch).decode()))

    def view(self, user_id: int, membership: MembershipRef, seer: Seer) -> KeptStock | None:
        with self._database.reading() as session:
            row = session.get(VendorViewRow, (user_id, membership.type, membership.id, seer))
        return _stock(row) if row is not None else None

    def save_view(self, user_id: int, membership: MembershipRef, stock: KeptStock) -> None:
        with self._database.transaction() as session:
            if lock_person(session, user_id):
                session.merge(
                    VendorViewRow(
                        user_id=user_id,
                        membership_type=membership.type,
                        membership_id=membership.id,
                        seer=stock.seer,
                        weekend=stock.weekend,
                        read=stock.read,
                        wares=stock.wares,
                        body=_packed(stock.counters),
                    )
                )

    def told(self, weekend: date) -> frozenset[int]:
        with self._database.reading() as session:
            return frozenset(session.scalars(select(VendorNewsRow.user_id).where(VendorNewsRow.weekend == weekend)))

    def mark_told(self, user_id: int, weekend: date) -> None:
        with self._database.transaction() as session:
            if lock_person(session, user_id):
                session.merge(VendorNewsRow(user_id=user_id, weekend=weekend))


def _packed(counters: dict[int, bytes]) -> bytes:
    plain = msgspec.json.encode({str(hash): Raw(body) for hash, body in sorted(counters.items())})
    packed: bytes = brotli.compress(plain, quality=_QUALITY)
    return packed


def _stock(row: VendorStockRow | VendorViewRow) -> KeptStock:
    counters = _COUNTERS.decode(brotli.decompress(row.body))
    return KeptStock(
        weekend=row.weekend,
        seer=cast(Seer, row.seer),
        read=row.read,
        counters={int(hash): bytes(body) for hash, body in counters.items()},
        wares=row.wares,
    )
