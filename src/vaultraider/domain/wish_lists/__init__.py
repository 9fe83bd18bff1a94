"""Wish lists: files that say which rolls of an item somebody wants, in the form that the field has shared them in for years.

rolls      what a line says, what a file says, several files together
parse      text into rolls
lines      one line of those, or why it is none
limits     how much of it one person may have
addresses  where such files lie, as people paste it
match      what the lists say of a person's items
"""

from __future__ import annotations

from vaultraider.domain.wish_lists.addresses import allowed_addresses, pasted_addresses
from vaultraider.domain.wish_lists.match import Wishes
from vaultraider.domain.wish_lists.parse import parse_list
from vaultraider.domain.wish_lists.rolls import ANY_PERK, WILDCARD, Combined, ParsedList, Roll, WrongLine, combine

__all__ = [
    "ANY_PERK",
    "WILDCARD",
    "Combined",
    "ParsedList",
    "Roll",
    "Wishes",
    "WrongLine",
    "allowed_addresses",
    "combine",
    "parse_list",
    "pasted_addresses",
]
