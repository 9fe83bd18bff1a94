"""Destiny Item Manager's backup file: tags and notes by item, by kind of item; searches; own totals; loadouts, as they are.

entries   what it speaks of, in our words     reading   judged entry by entry: one that makes no sense is told, the rest taken
numbers   theirs, which both sides need       writing   so that Destiny Item Manager can read it
"""

from __future__ import annotations

from vaultraider.domain.dim_backup.entries import Account, Backup, OldLoadout, OldSearch, OldStat, Remark, Wrong
from vaultraider.domain.dim_backup.reading import MOST_BYTES, MOST_ENTRIES, MOST_ERRORS, read_backup
from vaultraider.domain.dim_backup.writing import write_backup

__all__ = [
    "MOST_BYTES",
    "MOST_ENTRIES",
    "MOST_ERRORS",
    "Account",
    "Backup",
    "OldLoadout",
    "OldSearch",
    "OldStat",
    "Remark",
    "Wrong",
    "read_backup",
    "write_backup",
]
