"""A snapshot joined with the manifest's definitions: what a player sees. It is computed, never stored.

    snapshot ──> holdings (equipped, carried, account) ──> an Entry an item, old ones used again where the bytes are the same
             ──> stacks numbered ──> power of each character ──> buckets, currencies, vault

Every item that came in is in the outcome once: in its slot, under "other", or named as unknown. The outcome depends on
snapshot and definitions alone; ``previous`` only makes it faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import UNSET

from vaultraider.domain import hashes
from vaultraider.domain.buckets import VAULT_STORE, capacity_of, describe_buckets, place_of
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.characters import describe_characters
from vaultraider.domain.entries import Entry, Parts, decode_item, make_entry
from vaultraider.domain.items import ItemData
from vaultraider.domain.loadouts import items_in_loadouts
from vaultraider.domain.power import wardrobe
from vaultraider.domain.profile_parts import Bucket, Character, Currency, Occupancy, Pending
from vaultraider.domain.snapshot import ProfileSnapshot, decode_or_salvage
from vaultraider.domain.sockets import SOCKETS, SocketsData


class Shelf(NamedTuple):
    """Where a list of items is: the owner and whether it is what they have on."""

    holder: str
    equipped: bool


class Profile:
    """What a player sees. ``entries`` in Bungie's order: equipped, carried, then the account's."""

    __slots__ = ("buckets", "catalogue", "characters", "currencies", "entries", "shelves", "snapshot", "vault")

    snapshot: ProfileSnapshot
    catalogue: Catalogue
    entries: list[Entry]
    shelves: dict[Shelf, dict[bytes, Entry]]
    characters: list[Character]
    buckets: list[Bucket]
    currencies: list[Currency]
    vault: Occupancy

    def find(self, id: str) -> Entry | None:
        """The entry of an item's id, or None."""
        return next((entry for entry in self.entries if entry.item.id == id), None)

    def loadouts(self) -> dict[str, frozenset[str]]:
        """By instance id the characters in whose in-game loadouts it is. Read anew each time."""
        return items_in_loadouts(self.snapshot)


def assemble_profile(
    snapshot: ProfileSnapshot,
    catalogue: Catalogue,
    *,
    previous: Profile | None = None,
    nicknames: Mapping[str, str] | None = None,
    clan: str | None = None,
    pending: Mapping[str | bytes, Pending] | None = None,
) -> Profile:
    """Joins a snapshot with definitions. ``previous`` saves work where it is of the same catalogue. Never raises.

    ``pending``: items that lie as we left them and as Bungie does not show them yet, by instance id or, for a stack, by its
    record (``overlay.Laid``).
    """
    usable = previous if previous is not None and previous.catalogue is catalogue else None
    profile = Profile()
    profile.snapshot, profile.catalogue = snapshot, catalogue
    profile.shelves = {}
    profile.entries = _entries(profile, usable, pending or {})
    gear = wardrobe([entry.gear for entry in profile.entries if entry.gear is not None])
    profile.characters = describe_characters(snapshot, catalogue, profile.entries, gear, nicknames or {}, clan)
    used = {entry.item.bucket for entry in profile.entries}
    profile.buckets = describe_buckets(used, catalogue.definitions, catalogue.vaulted)
    profile.currencies = _currencies(snapshot)
    in_vault = sum([entry.item.store == VAULT_STORE for entry in profile.entries])
    profile.vault = Occupancy(in_vault, capacity_of(hashes.VAULT, catalogue.definitions))
    return profile


class Stack(NamedTuple):
    """A stack that waits for its number. ``at``: its place in the list of entries."""

    at: int
    source: bytes
    data: ItemData
    shelf: Shelf


def _entries(profile: Profile, previous: Profile | None, pending: Mapping[str | bytes, Pending]) -> list[Entry]:
    """Every item, in Bungie's order. An instance that came already, as Bungie's servers disagree, is not there twice.

    What is pending is not put on the shelves: the same bytes mean something else when Bungie has confirmed them.
    """
    catalogue, parts = profile.catalogue, Parts(profile.snapshot.body.item_components)
    entries: list[Entry | None] = []
    stacks: list[Stack] = []
    seen: set[str] = set()
    for holder, equipped, items in profile.snapshot.holdings():
        shelf = Shelf(holder, equipped)
        old = previous.shelves.get(shelf, {}) if previous else {}
        new = profile.shelves.setdefault(shelf, {})
        for raw in items:
            source = bytes(raw)
            entry = old.get(source)
            data = entry.data if entry is not None else decode_item(raw)
            id = data.item_instance_id
            if not id:
                stacks.append(Stack(len(entries), source, data, shelf))
                entries.append(None)
            elif id not in seen:
                seen.add(id)
                if id in pending:
                    entries.append(make_entry(source, data, holder, equipped, 0, parts, catalogue, pending[id]))
                    continue
                if entry is None or not entry.still_holds(parts):
                    entry = make_entry(source, data, holder, equipped, 0, parts, catalogue)
                new[source] = entry
                entries.append(entry)
    for stack, n in _numbered(stacks):
        mark = pending.get(stack.source, UNSET)
        entry = previous.shelves.get(stack.shelf, {}).get(stack.source) if previous else None
        if entry is None or entry.n != n or mark:
            entry = make_entry(stack.source, stack.data, *stack.shelf, n, parts, catalogue, mark)
        entries[stack.at] = entry
        if not mark:
            profile.shelves[stack.shelf][stack.source] = entry
    return [entry for entry in entries if entry is not None]


def _numbered(stacks: Iterable[Stack]) -> Iterable[tuple[Stack, int]]:
    """Stacks with their number among those of the same item in the same store: fullest first, so that taking from a pile
    changes the number of none."""
    piles: dict[tuple[int, str], list[Stack]] = {}
    for stack in stacks:
        data = stack.data
        store, _ = place_of(data.bucket_hash, data.location, stack.shelf.holder, stack.shelf.equipped)
        piles.setdefault((data.item_hash, store), []).append(stack)
    for pile in piles.values():
        if len(pile) > 1:
            pile.sort(key=lambda stack: (-stack.data.quantity, stack.at))
        for n, stack in enumerate(pile):
            yield stack, n


def _currencies(snapshot: ProfileSnapshot) -> list[Currency]:
    part = snapshot.body.profile_currencies
    if part is None or part.data is None:
        return []
    items = [decode_item(raw) for raw in part.data.items]
    return [Currency(item.item_hash, item.quantity) for item in items]


def hashes_named(snapshot: ProfileSnapshot) -> set[int]:
    """Items and plugs of a snapshot: what a new catalogue should read in one go."""
    found = {decode_item(raw).item_hash for _, _, items in snapshot.holdings() for raw in items}
    sockets = snapshot.body.item_components.sockets
    for raw in (sockets.data or {}).values() if sockets is not None else ():
        found.update([socket.plug_hash for socket in decode_or_salvage(raw, SOCKETS, SocketsData).sockets])
    return found
