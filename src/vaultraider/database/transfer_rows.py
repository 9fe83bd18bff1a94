"""The journal's tables: ``transfers``, their ``transfer_steps``, and one mark an account that says when what lies over its
profile changed. Nothing here is ever deleted but with its person.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vaultraider.database.engine import Base


class TransferRow(Base):
    """``wish`` and ``refusals`` are JSON: nothing is ever searched by their fields."""

    __tablename__ = "transfers"
    __table_args__ = (
        UniqueConstraint("user_id", "key"),
        Index("ix_transfers_state", "state"),
        Index("ix_transfers_user_id", "user_id", "id"),
        Index("ix_transfers_user_id_state", "user_id", "state"),
        Index("ix_transfers_user_id_changed", "user_id", "changed"),
        # A number is never given twice: pages and programs remember them.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), info={"person": "user"})
    membership_type: Mapped[int] = mapped_column(Integer)
    membership_id: Mapped[str] = mapped_column(String(32))
    revision: Mapped[int] = mapped_column(Integer, default=1)
    wish: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    asked_by: Mapped[str] = mapped_column(String(255))
    sentence: Mapped[str | None] = mapped_column(Text)
    refusals: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime]
    changed: Mapped[datetime]
    started: Mapped[datetime | None]
    finished: Mapped[datetime | None]
    not_before: Mapped[datetime]
    expires: Mapped[datetime]
    fence: Mapped[int] = mapped_column(Integer, default=0)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    round: Mapped[int] = mapped_column(Integer, default=1)
    cancelling: Mapped[bool] = mapped_column(Boolean, default=False)
    key: Mapped[str | None] = mapped_column(String(255), info={"secret": False})
    """Idempotency-Key, where one was given."""
    asked: Mapped[str | None] = mapped_column(String(64))
    """With a key: a digest of the wish as it was asked for. ``wish`` may say more, and would not be the same again."""
    undoes: Mapped[int | None] = mapped_column(Integer)
    undone_by: Mapped[int | None] = mapped_column(Integer)
    retries: Mapped[int | None] = mapped_column(Integer)
    retried_by: Mapped[int | None] = mapped_column(Integer)


class TransferStepRow(Base):
    """The account and the reason stand here once more, so that the overlay and the journal page need no second table."""

    __tablename__ = "transfer_steps"
    __table_args__ = (
        Index("ix_transfer_steps_transfer_id", "transfer_id", "n"),
        Index("ix_transfer_steps_laid", "user_id", "membership_type", "membership_id", "laid"),
        Index("ix_transfer_steps_begun", "user_id", "begun", "id"),
        Index("ix_transfer_steps_unsettled", "laid", "settled"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfers.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), info={"person": "user"})
    membership_type: Mapped[int] = mapped_column(Integer)
    membership_id: Mapped[str] = mapped_column(String(32))
    n: Mapped[int] = mapped_column(Integer)
    round: Mapped[int] = mapped_column(Integer)
    why: Mapped[str] = mapped_column(String(16))
    step: Mapped[str] = mapped_column(Text)
    """The Step as JSON."""
    state: Mapped[str] = mapped_column(String(16))
    code: Mapped[int | None] = mapped_column(Integer)
    sentence: Mapped[str | None] = mapped_column(Text)
    instances: Mapped[str] = mapped_column(Text)
    """Of the step's items, with spaces between: when each was last moved is asked for every plan."""
    begun: Mapped[datetime | None]
    ended: Mapped[datetime | None]
    settled: Mapped[str | None] = mapped_column(String(16))
    laid: Mapped[bool] = mapped_column(Boolean, default=False)
    """Done, and laid over profiles until Bungie has spoken."""
    done_order: Mapped[int | None] = mapped_column(Integer)
    """Among the done steps of the account. Clocks jump; this only grows."""
    source_name: Mapped[str] = mapped_column(Text)
    target_name: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    """What the journal page finds it by, folded: items, stores, title, who asked."""
    outcome: Mapped[str] = mapped_column(Text)
    """Likewise: how it ended."""


class EffectMarkRow(Base):
    """Grows with each change of what lies over the account's profile."""

    __tablename__ = "effect_marks"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, info={"person": "user"})
    membership_type: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    membership_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    mark: Mapped[int] = mapped_column(Integer, default=0)
    laid: Mapped[int] = mapped_column(Integer, default=0)
    """How many effects there are."""
