"""Writes the next revision from what changed in the tables since the last.

    python -m vaultraider.database.new_revision "Keep notes"

It compares the models with an empty database brought to the newest revision, so it needs no database of yours. Read what it
writes: a renamed column looks like one dropped and one added. To write the first revision anew, before any release, delete
``migrations/versions/0001_*.py`` and run it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.operations.ops import MigrationScript
from alembic.runtime.migration import MigrationContext

from vaultraider.database.engine import Database
from vaultraider.database.schema import MIGRATIONS, config, upgrade


def write(message: str) -> Path | None:
    """The new file; None when tables and revisions agree."""
    number = 1 + len(list((MIGRATIONS / "versions").glob("[0-9]*.py")))
    before = set((MIGRATIONS / "versions").glob("*.py"))
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder).as_posix()}/empty.sqlite3")
        try:
            if number > 1:
                upgrade(database)
            with database.engine.begin() as connection:
                command.revision(
                    config(connection),
                    message=message,
                    autogenerate=True,
                    rev_id=f"{number:04}",
                    process_revision_directives=_drop_empty,
                )
        finally:
            database.close()
    return next(iter(set((MIGRATIONS / "versions").glob("*.py")) - before), None)


def _drop_empty(_context: MigrationContext, _revision: object, directives: list[MigrationScript]) -> None:
    operations = directives[0].upgrade_ops
    if operations is not None and operations.is_empty():
        directives[:] = []


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say in a few words what changed.")
    made = write(sys.argv[1])
    sys.stdout.write(f"Wrote {made}\n" if made else "Nothing changed.\n")
