"""Tags and notes: the tables.

A change is one row and a version for each key that it touched, with what was said before and after. What is said now stands
apart, so that reading it never depends on how much has been said before.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vaultraider.database.engine import Base
from vaultraider.domain.annotations import Annotation
from vaultraider.ports.annotations import Version


class AnnotatedAccountRow(Base):
    """``mark`` grows with whatever changes what is said now; ``changes``: the number of the last change."""

    __tablename__ = "annotated_accounts"
    __table_args__ = (UniqueConstraint("user_id", "membership_type", "membership_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), info={"person": "user"})
    membership_type: Mapped[int] = mapped_column(Integer)
    membership_id: Mapped[str] = mapped_column(String(32))
    mark: Mapped[int] = mapped_column(Integer)
    changes: Mapped[int] = mapped_column(Integer)


class AnnotationRow(Base):
    """``gone``: since when there is no such copy any more."""

    __tablename__ = "annotations"

    account_id: Mapped[int] = mapped_column(ForeignKey("annotated_accounts.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(32), primary_key=True, info={"secret": False})
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), info={"person": "user"})
    tag: Mapped[str] = mapped_column(String(32))
    notes: Mapped[str] = mapped_column(Text)
    crafted: Mapped[int] = mapped_column(BigInteger)
    gone: Mapped[datetime | None]

    def said(self) -> Annotation:
        return Annotation(self.tag, self.notes)


class AnnotationChangeRow(Base):
    __tablename__ = "annotation_changes"

    account_id: Mapped[int] = mapped_column(ForeignKey("annotated_accounts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), info={"person": "user"})
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(16))


class AnnotationVersionRow(Base):
    __tablename__ = "annotation_versions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["account_id", "number"],
            ["annotation_changes.account_id", "annotation_changes.number"],
            name="fk_versions_of_a_change",
        ),
        Index("ix_annotation_versions_key", "account_id", "key"),
    )

    account_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(32), primary_key=True, info={"secret": False})
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), info={"person": "user"})
    tag_before: Mapped[str] = mapped_column(String(32))
    notes_before: Mapped[str] = mapped_column(Text)
    tag: Mapped[str] = mapped_column(String(32))
    notes: Mapped[str] = mapped_column(Text)

    def version(self) -> Version:
        return Version(self.key, Annotation(self.tag_before, self.notes_before), Annotation(self.tag, self.notes))


class CustomTagRow(Base):
    __tablename__ = "custom_tags"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, info={"person": "user"})
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    label: Mapped[str] = mapped_column(String(64))
    created: Mapped[datetime]
