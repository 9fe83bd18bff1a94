"""What wish lists say of a person's items.

The rolls of a list are looked for by the item's hash, then among those for any item, then by the item's categories; within
each, the earlier list and the earlier line go first. An enhanced perk and its plain sibling are the same.

Rolls lie by item and, there, by their last perk: of a few hundred rolls for one weapon only those are looked at whose last
perk it has. Lists name the traits last, which differ most.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Raw

from vaultraider.domain import hashes
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.entries import Entry
from vaultraider.domain.profile import Profile
from vaultraider.domain.wish_lists.columns import Plugs, free_sockets, judged_columns
from vaultraider.domain.wish_lists.limits import LONGEST_SHOWN
from vaultraider.domain.wish_lists.rolls import WILDCARD, ParsedList, Roll
from vaultraider.domain.wish_lists.siblings import Siblings
from vaultraider.domain.wishes import Verdict

_ALWAYS, _WHOLE = 0, -1
"""Under which those rolls lie that name no perk, and those that name one of each column: they are looked at in any case."""
_NEVER = sys.maxsize
_JUDGED = frozenset({*hashes.GEAR_BUCKETS, hashes.GHOST})

_Shelf = dict[int, list[tuple[int, tuple[int, ...], Roll]]]
"""What one list says of one hash, by the last perk: each roll with its place in the list and its perks, in the list's order."""


class _Seen(NamedTuple):
    """What was said of a copy, and what it was said of."""

    sockets: Raw | None
    choices: Raw | None
    hash: int
    verdict: Verdict | None


class Wishes:
    """Several lists in a person's order, ready to be asked. ``wishable``: every hash that a roll names, of items and categories.

    What was said of a copy is kept, so that only what has changed is looked at the next time. One thread at a time.
    """

    def __init__(self, lists: Sequence[ParsedList]) -> None:
        self._lists = tuple(lists)
        self._shelves: dict[int, list[tuple[int, _Shelf]]] = {}
        """By hash the lists that speak of it, each with its place."""
        for place, each in enumerate(lists):
            for hash, shelf in _shelves_of(each).items():
                self._shelves.setdefault(hash, []).append((place, shelf))
        self.wishable = frozenset(self._shelves) - {WILDCARD}
        self._catalogue: Catalogue | None = None
        self._siblings = Siblings((), None)
        self._seen: dict[str, _Seen] = {}
        self._free: dict[int, frozenset[str] | None] = {}

    def verdicts(self, profile: Profile) -> dict[str, Verdict]:
        """By item id, of those that a roll speaks of."""
        if not self._shelves:
            return {}
        self.make_ready(profile.catalogue)
        part = profile.snapshot.body.item_components.reusable_plugs
        choices: Mapping[str, Raw] = (part.data or {}) if part is not None else {}
        before, self._seen = self._seen, {}
        found: dict[str, Verdict] = {}
        for entry in profile.entries:
            if entry.sockets is None:
                continue
            id, hash = entry.data.item_instance_id, entry.data.item_hash
            offered, old = choices.get(id), before.get(id)
            if old is not None and old.hash == hash and old.sockets == entry.sockets and old.choices == offered:
                verdict = old.verdict
            else:
                verdict = self._verdict(entry, offered, profile.catalogue)
            # The new bytes are kept, not the old ones that are the same: those hold a whole old answer in memory.
            self._seen[id] = _Seen(entry.sockets, offered, hash, verdict)
            if verdict is not None:
                found[entry.item.id] = verdict
        return found

    def make_ready(self, catalogue: Catalogue) -> None:
        """Looks up what these definitions say of the perks that are named; ``verdicts`` does it where nobody did."""
        if catalogue is self._catalogue:
            return
        perks = {perk for each in self._lists for roll in each.rolls for perk in roll.perks}
        self._catalogue, self._siblings = catalogue, Siblings(perks, catalogue.definitions)
        self._seen, self._free = {}, {}

    def _verdict(self, entry: Entry, offered: Raw | None, catalogue: Catalogue) -> Verdict | None:
        hash = entry.data.item_hash
        definition = catalogue.item(hash).definition
        if definition is not None and definition.bucket and definition.bucket not in _JUDGED:
            return None
        keys = (hash, WILDCARD, *(definition.categories if definition is not None else ()))
        found = [shelves for key in keys if (shelves := self._shelves.get(key)) is not None]
        if not found:
            return None
        if hash not in self._free:
            self._free[hash] = free_sockets(definition)
        copy = _Copy(Plugs(entry, offered, self._free[hash]), self._siblings, catalogue)
        first: dict[int, Roll] = {}
        won: int | None = None
        for shelves in found:
            for place, shelf in shelves:
                roll = _first_that_fits(shelf, copy) if place not in first else None
                if roll is not None:
                    first[place] = roll
            if won is None and first:
                won = min(first)
        return self._said(won, first, copy) if won is not None else None

    def _said(self, won: int, first: Mapping[int, Roll], copy: _Copy) -> Verdict:
        """``first``: by list the roll that decides for it."""
        roll = first[won]
        return Verdict(
            wanted=not roll.unwanted,
            notes=roll.notes[:LONGEST_SHOWN],
            perks=copy.named_by(roll),
            list=self._lists[won].title or roll.title.strip(),
            lists=sum(other.unwanted == roll.unwanted for other in first.values()),
        )


class _Copy:
    """The perks of one copy, as rolls ask for them. ``has``: with siblings."""

    __slots__ = ("_catalogue", "_judged", "_own", "_plugs", "_siblings", "has")

    def __init__(self, plugs: Plugs, siblings: Siblings, catalogue: Catalogue) -> None:
        self._plugs = plugs
        self._siblings = siblings
        self._catalogue = catalogue
        self._judged: list[frozenset[int]] | None = None
        self._own = plugs.all()
        self.has = siblings.with_siblings(self._own)

    def named_by(self, roll: Roll) -> tuple[int, ...]:
        """Which of its perks the roll speaks of: those that are plugged first."""
        named, of = frozenset(roll.perks), self._siblings.of
        return tuple(dict.fromkeys([plug for plug in self._own if plug in named or not named.isdisjoint(of(plug))]))

    def is_named_whole(self, roll: Roll) -> bool:
        """Whether a perk of each column is named."""
        if self._judged is None:
            columns = judged_columns(self._plugs.columns(), self._catalogue)
            self._judged = [self._siblings.with_siblings(column.plugs) for column in columns]
        return bool(self._judged) and all(not column.isdisjoint(roll.perks) for column in self._judged)


def _first_that_fits(shelf: _Shelf, copy: _Copy) -> Roll | None:
    first, found, has = _NEVER, None, copy.has
    for filed in filter(None, (shelf.get(_ALWAYS), *map(shelf.get, has))):
        for place, perks, roll in filed:
            if place > first:
                break
            if has.issuperset(perks):
                first, found = place, roll
                break
    for place, _, roll in shelf.get(_WHOLE, ()):
        if place > first:
            break
        if copy.is_named_whole(roll):
            return roll
    return found


def _shelves_of(each: ParsedList) -> dict[int, _Shelf]:
    found: dict[int, _Shelf] = {}
    for place, roll in enumerate(each.rolls):
        under = (roll.perks[-1] if roll.perks else _ALWAYS) if roll.expert else _WHOLE
        shelf = found.get(roll.item)
        if shelf is None:
            shelf = found[roll.item] = {}
        filed = shelf.get(under)
        if filed is None:
            shelf[under] = [(place, roll.perks, roll)]
        else:
            filed.append((place, roll.perks, roll))
    return found
