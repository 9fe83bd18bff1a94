"""Which columns hold what nobody may have who has a backup alone: tokens, sessions, settings with a password in them.

A column says so by ``mapped_column(..., info={"secret": True})``; a column that looks like one and is none says
``info={"secret": False}``. What a column of an older program's table is, that no model knows any more, is judged by its looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sqlalchemy import Column, LargeBinary, Table

MARK = "secret"
_LOOKS = re.compile(
    r"(^|_)(tokens?|secrets?|passwords?|passphrase|keys?|sealed|cipher|ciphertext|encrypted|cookies?|csrf|hash|credentials?|access"
    r"|refresh|data|settings)(_|$)"
)


def looks_secret(column: Column[object]) -> bool:
    """Whether a column must say what it is: bytes, or a name that secrets have."""
    return isinstance(column.type, LargeBinary) or _LOOKS.search(column.name) is not None


def is_secret(column: Column[object]) -> bool:
    """``column``: of a model or of a table as it was found in a database."""
    mark = _marks().get((column.table.name, column.name))
    return looks_secret(column) if mark is None else mark


def without_rows(tables: Iterable[Table]) -> frozenset[str]:
    """The tables that have no row left once secrets are taken out: the secret may not be missing in them, or what they
    hang on is left out. ``tables``: parents first."""
    gone: set[str] = set()
    for table in tables:
        if any(not column.nullable and (is_secret(column) or _hangs_on(column, gone)) for column in table.columns):
            gone.add(table.name)
    return frozenset(gone)


def emptied(table: Table, gone: frozenset[str]) -> frozenset[str]:
    """The columns of a table that stay empty without secrets."""
    return frozenset(each.name for each in table.columns if is_secret(each) or _hangs_on(each, gone))


def _hangs_on(column: Column[object], gone: Iterable[str]) -> bool:
    return any(key.target_fullname.partition(".")[0] in gone for key in column.foreign_keys)


@cache
def _marks() -> dict[tuple[str, str], bool | None]:
    from vaultraider.database.schema import metadata  # it imports every file of this folder, this one among them

    return {(table.name, column.name): column.info.get(MARK) for table in metadata().tables.values() for column in table.columns}
