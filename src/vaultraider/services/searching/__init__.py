"""Searching: what a query finds among a person's items, what could complete it, and what filters there are.

``Searching`` is what the doors call; ``worlds`` keeps in memory what queries are about, and ``warming`` has it ready early.
"""

from __future__ import annotations

from vaultraider.services.searching.searching import FamilyHelp, FilterHelp, Offer, SearchAnswer, Searching, build_searching
from vaultraider.services.searching.warming import make_ready
from vaultraider.services.searching.worlds import Worlds

__all__ = ["FamilyHelp", "FilterHelp", "Offer", "SearchAnswer", "Searching", "Worlds", "build_searching", "make_ready"]
