"""Organizing: what tells similar items apart, for a table of many and for a few side by side.

``Organizing`` is what the doors call; ``facts`` says what is known of one item, ``comparing`` which others are like it.
"""

from __future__ import annotations

from vaultraider.services.organizing.comparing import Group
from vaultraider.services.organizing.facts import Category, Facts
from vaultraider.services.organizing.organizing import CompareAnswer, OrganizerAnswer, Organizing

__all__ = ["Category", "CompareAnswer", "Facts", "Group", "OrganizerAnswer", "Organizing"]
