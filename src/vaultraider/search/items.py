"""One item as filters see it: what its entry and its definition say, in the words of the query language."""

from __future__ import annotations

from collections.abc import Iterable

from vaultraider.domain.definitions import ItemDefinition
from vaultraider.domain.entries import Entry
from vaultraider.domain.profile import Profile
from vaultraider.domain.profile_parts import Item


class SearchItem:
    """``entry``: what it was made from. All else is worked out when it is first asked for, and kept."""

    __slots__ = ("definition", "entry", "item", "name")

    def __init__(self, entry: Entry, definition: ItemDefinition | None) -> None:
        self.entry = entry
        self.item: Item = entry.item
        self.definition = definition
        self.name = definition.name.lower() if definition is not None else ""


def search_items(profile: Profile, previous: Iterable[SearchItem]) -> list[SearchItem]:
    """In the profile's order. What ``previous`` has of the same entry and the same definitions is used again."""
    known = {id(each.entry): each for each in previous}
    definition_of = profile.catalogue.item
    return [
        known.get(id(entry)) or SearchItem(entry, definition_of(entry.data.item_hash).definition) for entry in profile.entries
    ]
