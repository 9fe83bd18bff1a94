"""Deleting a person: every table says which of its columns is about whom, and rows are deleted by that.

A table joins by marking a column ``mapped_column(..., info={"person": KIND})``:

- ``user``: our id of the person (every foreign key to ``users`` must be marked so)
- ``bungie``: the bungie.net membership id
- ``membership``: the id of one of the person's Destiny accounts
- ``actor``: text such as "user 3", as in the jobs table
- ``history``: the id of the memory of one of the person's accounts
"""

from __future__ import annotations

from typing import cast

from sqlalchemy import CursorResult, Table, delete, or_, select
from sqlalchemy.exc import IntegrityError, OperationalError

from vaultraider.database import schema
from vaultraider.database.engine import Database
from vaultraider.database.history_rows import HistoryAccountRow
from vaultraider.database.transfer_rows import TransferRow
from vaultraider.database.users import DestinyAccountRow, lock_person

MARK = "person"
TRIES = 5
KINDS = ("user", "bungie", "membership", "actor", "history")


class PersonalDataRepository:
    """Fits ``ports.PersonalData``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def purge(self, user_id: int, bungie_id: str) -> dict[str, int]:
        """Whoever writes about the person in the same moment comes before it, or is too late."""
        for _ in range(TRIES - 1):
            try:
                return self._purge(user_id, bungie_id)
            except (IntegrityError, OperationalError):  # PostgreSQL: two that wait for each other, of whom one must begin anew
                continue
        return self._purge(user_id, bungie_id)

    def _purge(self, user_id: int, bungie_id: str) -> dict[str, int]:
        with self._database.transaction() as session:
            # In the order of who carries a transfer out: its row first, then the person.
            session.execute(
                select(TransferRow.id).where(TransferRow.user_id == user_id).order_by(TransferRow.id).with_for_update()
            )
            lock_person(session, user_id)
            mine = select(DestinyAccountRow.id).where(DestinyAccountRow.user_id == user_id)
            values: dict[str, list[object]] = {
                "user": [user_id],
                "bungie": [bungie_id],
                "membership": list(session.scalars(mine)),
                "actor": [f"user {user_id}"],
                "history": list(session.scalars(select(HistoryAccountRow.id).where(HistoryAccountRow.user_id == user_id))),
            }
            deleted: dict[str, int] = {}
            # Children before parents, so that no foreign key is ever left hanging.
            for table in reversed(personal_tables()):
                marks = [(column, values[column.info[MARK]]) for column in table.columns if MARK in column.info]
                gone = session.execute(delete(table).where(or_(*(column.in_(value) for column, value in marks))))
                deleted[table.name] = cast("CursorResult[object]", gone).rowcount
            return deleted


def personal_tables() -> list[Table]:
    """Every table with something about a person, parents first."""
    return [table for table in schema.metadata().sorted_tables if any(MARK in column.info for column in table.columns)]
