"""Which columns hold what nobody may have who has a backup alone: tokens, sessions, settings with a password in them.

A column says so by ``mapped_column(..., info={"secret": ...})``. What a column of an older program's table is, that no model
knows any more, is judged by its looks.

- ``True``: without it the column is null; where that may not be, the whole row is left out
- ``"emptied"``: without it the column is empty, and the row is of use all the same
- ``False``: it looks like a secret and is none
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sqlalchemy import Column, LargeBinary, String, Table

MARK = "secret"
EMPTIED = "emptied"
_LOOKS = re.compile(
    r"(^|_)(tokens?|secrets?|passwords?|passphrase|keys?|sealed|cipher|ciphertext|encrypted|cookies?|csrf|hash|credentials?|access"
    r"|refresh|data|settings)(_|$)"
)


def looks_secret(column: Column[object]) -> bool:
    """Whether a column must say what it is: bytes, or text with a name that secrets have."""
    return isinstance(column.type, LargeBinary) or (isinstance(column.type, String) and _LOOKS.search(column.name) is not None)


def is_secret(column: Column[object]) -> bool:
    """``column``: of a model or of a table as it was found in a database."""
    mark = _marks().get((column.table.name, column.name))
    return looks_secret(column) if mark is None else bool(mark)


def without_rows(tables: Iterable[Table]) -> frozenset[str]:
    """The tables that have no row left once secrets are taken out: the secret may not be missing in them, or what they
    hang on is left out. ``tables``: parents first."""
    gone: set[str] = set()
    for table in tables:
        if any(_must_be_there(column) and (is_secret(column) or _hangs_on(column, gone)) for column in table.columns):
            gone.add(table.name)
    return frozenset(gone)


def emptied(table: Table, gone: frozenset[str]) -> dict[str, bytes | str | None]:
    """The columns of a table that stay empty without secrets, and what stands in them then."""
    return {column.name: _nothing(column) for column in table.columns if is_secret(column) or _hangs_on(column, gone)}


def _must_be_there(column: Column[object]) -> bool:
    return (column.primary_key or not column.nullable) and not _may_be_emptied(column)


def _may_be_emptied(column: Column[object]) -> bool:
    return _marks().get((column.table.name, column.name)) == EMPTIED


def _nothing(column: Column[object]) -> bytes | str | None:
    if not _may_be_emptied(column):
        return None
    return b"" if isinstance(column.type, LargeBinary) else ""


def _hangs_on(column: Column[object], gone: Iterable[str]) -> bool:
    return any(key.target_fullname.partition(".")[0] in gone for key in column.foreign_keys)


@cache
def _marks() -> dict[tuple[str, str], bool | str | None]:
    from vaultraider.database.schema import metadata  # it imports every file of this folder, this one among them

    return {(table.name, column.name): column.info.get(MARK) for table in metadata().tables.values() for column in table.columns}
