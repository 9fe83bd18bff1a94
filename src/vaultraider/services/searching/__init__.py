"""Searching: what a query finds among a person's items, what could complete it, and what filters there are.

``Searching`` is what the doors call; ``worlds`` keeps in memory what queries are about.
"""

from __future__ import annotations

from vaultraider.services.searching.searching import FamilyHelp, FilterHelp, Offer, SearchAnswer, Searching, build_searching
from vaultraider.services.searching.worlds import Worlds

__all__ = ["FamilyHelp", "FilterHelp", "Offer", "SearchAnswer", "Searching", "Worlds", "build_searching"]
