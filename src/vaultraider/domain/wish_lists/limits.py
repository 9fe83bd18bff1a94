"""How much one person's wish lists may be."""

from __future__ import annotations

MOST_LISTS = 50
MOST_BYTES = 20 * 2**20
"""Of one file; the largest that is about has a quarter of it."""
MOST_BYTES_OF_ALL = 60 * 2**20
MOST_ROLLS = 200_000
"""Of one list: several times the largest that is about."""
MOST_ROLLS_OF_ALL = 400_000
"""Of one person, wanted or not: ten times all the lists that are about. So many take some 120 MB while they are matched."""
MOST_LINES = 500_000
"""Of one list, comments and empty ones among them: a file of nothing but line ends would take long and much memory."""
MOST_OWN_ROLLS = 10_000
LONGEST_LINE = 20_000
LONGEST_NAME = 100
LONGEST_NOTES = 1024
"""Of a roll that is written here."""
MOST_PERKS = 30
LONGEST_SHOWN = 2000
"""Of a roll's notes, in the answer: they may stand beside each of a thousand items."""
