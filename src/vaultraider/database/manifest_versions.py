"""What was checked and installed of the game's definitions: ``ports.ManifestHistory``.

``manifest_checks`` has one row for each source and language: what the last look at Bungie's index saw.
``manifest_versions`` has one row for each installation, done or tried, with sizes and times.
``manifest_changes`` has one row for each pair of versions that were compared.
"""

from __future__ import annotations

import zlib
from contextlib import suppress
from datetime import datetime
from typing import Literal, cast

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    delete,
    select,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from vaultraider.database.engine import Base, Database
from vaultraider.domain.manifest_changes import Change, ChangedItem, Counts, ItemChanges
from vaultraider.ports import ManifestAttempt, ManifestCheck, ManifestRef

FAILURES_KEPT = 200
"""Attempts that came to nothing are remembered so far; versions that were active, for ever: some dozens a year."""


CHANGES_KEPT = 100
"""Pairs of versions of which we remember what differs: about two years, and two megabytes at most."""


class ManifestCheckRow(Base):
    __tablename__ = "manifest_checks"

    source: Mapped[str] = mapped_column(String(255), primary_key=True)
    language: Mapped[str] = mapped_column(String(16), primary_key=True)
    check: Mapped[str] = mapped_column(Text)
    """``ports.ManifestCheck`` as JSON: it is read and written whole."""


class ManifestVersionRow(Base):
    __tablename__ = "manifest_versions"
    __table_args__ = (Index("ix_manifest_versions_source_language", "source", "language", "result"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    source: Mapped[str] = mapped_column(String(255))
    language: Mapped[str] = mapped_column(String(16))
    version: Mapped[str] = mapped_column(String(255))
    path: Mapped[str] = mapped_column(String(255))
    key: Mapped[str] = mapped_column(String(64), info={"secret": False})
    started: Mapped[datetime]
    finished: Mapped[datetime]
    result: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(64))
    sentence: Mapped[str] = mapped_column(Text)
    rows: Mapped[int] = mapped_column(Integer)
    left_out: Mapped[int] = mapped_column(Integer)
    download_bytes: Mapped[int] = mapped_column(BigInteger)
    original_bytes: Mapped[int] = mapped_column(BigInteger)
    store_bytes: Mapped[int] = mapped_column(BigInteger)


class ManifestChangesRow(Base):
    __tablename__ = "manifest_changes"
    __table_args__ = (UniqueConstraint("source", "before", "after"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    source: Mapped[str] = mapped_column(String(255))
    before: Mapped[str] = mapped_column(String(64))
    after: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]
    counts: Mapped[str] = mapped_column(Text)
    """``domain.manifest_changes.Counts`` as JSON."""
    items: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": False})
    """Its named items: JSON, deflated, some 20 KB at most."""


class ManifestVersions:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last_check(self, source: str, language: str) -> ManifestCheck:
        """A new one when nothing was checked yet."""
        with self._database.reading() as session:
            row = session.get(ManifestCheckRow, (source, language))
            return msgspec.json.decode(row.check, type=ManifestCheck) if row else ManifestCheck()

    def save_check(self, source: str, language: str, check: ManifestCheck) -> None:
        sealed = msgspec.json.encode(check).decode()
        with self._database.transaction() as session:
            session.merge(ManifestCheckRow(source=source, language=language, check=sealed))

    def add(self, attempt: ManifestAttempt) -> None:
        ref = attempt.ref
        with self._database.transaction() as session:
            session.add(
                ManifestVersionRow(
                    source=ref.source,
                    language=ref.language,
                    version=ref.version[:255],
                    path=ref.path[:255],
                    key=ref.key,
                    started=attempt.started,
                    finished=attempt.finished,
                    result=attempt.result,
                    reason=attempt.reason,
                    sentence=attempt.sentence,
                    rows=attempt.rows,
                    left_out=attempt.left_out,
                    download_bytes=attempt.download_bytes,
                    original_bytes=attempt.original_bytes,
                    store_bytes=attempt.store_bytes,
                )
            )
            session.flush()
            failed = select(ManifestVersionRow.id).where(ManifestVersionRow.result.in_(("failed", "interrupted")))
            oldest_kept = session.scalar(failed.order_by(ManifestVersionRow.id.desc()).offset(FAILURES_KEPT - 1).limit(1))
            if oldest_kept is not None:
                session.execute(
                    delete(ManifestVersionRow).where(ManifestVersionRow.id.in_(failed), ManifestVersionRow.id < oldest_kept)
                )

    def installed_keys(self, source: str, language: str) -> frozenset[str]:
        query = select(ManifestVersionRow.key).where(
            ManifestVersionRow.source == source,
            ManifestVersionRow.language == language,
            ManifestVersionRow.result.in_(("installed", "rolled-back")),
        )
        with self._database.reading() as session:
            return frozenset(session.scalars(query))

    def latest(self, limit: int = 20) -> list[ManifestAttempt]:
        query = select(ManifestVersionRow).order_by(ManifestVersionRow.id.desc()).limit(limit)
        with self._database.reading() as session:
            return [_attempt(row) for row in session.scalars(query)]

    def attempts(self, source: str, language: str, limit: int) -> list[ManifestAttempt]:
        query = (
            select(ManifestVersionRow)
            .where(ManifestVersionRow.source == source, ManifestVersionRow.language == language)
            .order_by(ManifestVersionRow.id.desc())
            .limit(limit)
        )
        with self._database.reading() as session:
            return [_attempt(row) for row in session.scalars(query)]

    def save_changes(self, source: str, before: str, after: str, changes: ItemChanges, now: datetime) -> None:
        row = ManifestChangesRow(
            source=source,
            before=before,
            after=after,
            made=now,
            counts=msgspec.json.encode(changes.counts).decode(),
            items=zlib.compress(msgspec.json.encode(changes.items)),
        )
        with suppress(IntegrityError), self._database.transaction() as session:  # somebody kept the same in the same moment
            session.execute(delete(ManifestChangesRow).where(*_pair(source, before, after)))
            session.add(row)
            session.flush()
            newest = select(ManifestChangesRow.id).order_by(ManifestChangesRow.id.desc()).limit(CHANGES_KEPT).subquery()
            session.execute(delete(ManifestChangesRow).where(ManifestChangesRow.id.not_in(select(newest.c.id))))

    def changes(self, source: str, before: str, after: str) -> ItemChanges | None:
        with self._database.reading() as session:
            row = session.scalar(select(ManifestChangesRow).where(*_pair(source, before, after)))
            if row is None:
                return None
            items = msgspec.json.decode(zlib.decompress(row.items), type=dict[Change, list[ChangedItem]])
            return ItemChanges(msgspec.json.decode(row.counts, type=Counts), items)

    def counts(self, source: str) -> dict[str, tuple[str, Counts]]:
        query = (
            select(ManifestChangesRow.after, ManifestChangesRow.before, ManifestChangesRow.counts)
            .where(ManifestChangesRow.source == source)
            .order_by(ManifestChangesRow.id)
        )
        with self._database.reading() as session:
            return {after: (before, msgspec.json.decode(counts, type=Counts)) for after, before, counts in session.execute(query)}


def _pair(source: str, before: str, after: str) -> tuple[ColumnElement[bool], ...]:
    return (ManifestChangesRow.source == source, ManifestChangesRow.before == before, ManifestChangesRow.after == after)


def _attempt(row: ManifestVersionRow) -> ManifestAttempt:
    return ManifestAttempt(
        ref=ManifestRef(source=row.source, language=row.language, version=row.version, path=row.path, key=row.key),
        started=row.started,
        finished=row.finished,
        result=cast(Literal["installed", "rolled-back", "failed", "interrupted"], row.result),
        reason=row.reason,
        sentence=row.sentence,
        rows=row.rows,
        left_out=row.left_out,
        download_bytes=row.download_bytes,
        original_bytes=row.original_bytes,
        store_bytes=row.store_bytes,
    )
