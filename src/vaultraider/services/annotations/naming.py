"""Which item an id of the page means, and what its annotations hang on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vaultraider.domain.annotations import annotation_key
from vaultraider.domain.entries import Entry, decode_item
from vaultraider.domain.errors import NotFound
from vaultraider.domain.items import CRAFTED, missing_name, name_of
from vaultraider.domain.profile import Profile
from vaultraider.domain.snapshot import ProfileSnapshot
from vaultraider.domain.sockets import crafted_at

NO_ITEM = "You have no such item. It may have been dismantled, or merged with another stack. Nothing was changed."
SHOWN = 3
"""Names in one sentence."""


def key_of(entry: Entry) -> str:
    return annotation_key(entry.data.item_hash, entry.data.item_instance_id)


def targets(profile: Profile, ids: Sequence[str]) -> dict[str, int]:
    """Key -> ``crafted`` of those that are still there. Raises NotFound when none is."""
    wanted = set(ids)
    found = {key_of(entry): when_crafted(entry, profile) for entry in profile.entries if entry.item.id in wanted}
    if not found:
        raise NotFound(NO_ITEM)
    return found


def keys_of(snapshot: ProfileSnapshot) -> set[str]:
    """Of everything that a state holds."""
    items = (decode_item(raw) for _, _, listed in snapshot.holdings() for raw in listed)
    return {annotation_key(item.item_hash, item.item_instance_id) for item in items}


def when_crafted(entry: Entry, profile: Profile) -> int:
    if not entry.data.state & CRAFTED:
        return 0
    return crafted_at(entry.plug_objectives, profile.catalogue.definitions)


def names_of(profile: Profile, keys: Iterable[str]) -> list[str]:
    """Of those that are there, each once."""
    wanted = set(keys)
    found: dict[str, None] = {}
    for entry in profile.entries:
        if key_of(entry) in wanted:
            row = profile.catalogue.item(entry.data.item_hash).definition
            found[name_of(row) if row is not None else missing_name(entry.data.item_hash)] = None
    return list(found)


def listed(names: Sequence[str]) -> str:
    """ "A, B, C and 4 more"."""
    if len(names) <= 1:
        return "".join(names)
    more = len(names) - SHOWN
    if more > 0:
        return f"{', '.join(names[:SHOWN])} and {more} more"
    return f"{', '.join(names[:-1])} and {names[-1]}"
