"""What wish lists say of a person's items.

The rolls of a list are looked for by the item's hash, then among those for any item, then by the item's categories; within
each, the earlier list and the earlier line go first. An enhanced perk and its plain sibling are the same.

Rolls lie by item and, there, by their last perk: of a few hundred rolls for one weapon only those are looked at whose last
perk it has. Lists name the traits last, which differ most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Raw

from vaultraider.domain import hashes
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.entries import Entry
from vaultraider.domain.profile import Profile
from vaultraider.domain.wish_lists.columns import Column, columns_of, judged_columns
from vaultraider.domain.wish_lists.rolls import WILDCARD, ParsedList, Roll
from vaultraider.domain.wish_lists.siblings import Siblings
from vaultraider.domain.wishes import Verdict

_ALWAYS = 0
"""Under which those rolls lie that are looked at in any case."""
_JUDGED = frozenset({*hashes.GEAR_BUCKETS, hashes.GHOST})

_Filed = tuple[int, int, Roll]
"""The list's place, the roll's within it, and the roll."""
_Shelf = dict[int, list[_Filed]]


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
        self._titles = [each.title for each in lists]
        self._shelves: dict[int, _Shelf] = {}
        for place, each in enumerate(lists):
            for order, roll in enumerate(each.rolls):
                under = roll.perks[-1] if roll.perks and roll.expert else _ALWAYS
                shelf = self._shelves.get(roll.item)
                if shelf is None:
                    shelf = self._shelves[roll.item] = {}
                shelf.setdefault(under, []).append((place, order, roll))
        self.wishable = frozenset(self._shelves) - {WILDCARD}
        self._catalogue: Catalogue | None = None
        self._siblings = Siblings((), None)
        self._seen: dict[str, _Seen] = {}

    def verdicts(self, profile: Profile) -> dict[str, Verdict]:
        """By item id, of those that a roll speaks of."""
        if not self._shelves:
            return {}
        self._look_up(profile.catalogue)
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

    def _look_up(self, catalogue: Catalogue) -> None:
        if catalogue is self._catalogue:
            return
        perks = {
            perk for shelf in self._shelves.values() for filed in shelf.values() for _, _, roll in filed for perk in roll.perks
        }
        self._catalogue, self._siblings, self._seen = catalogue, Siblings(perks, catalogue.definitions), {}

    def _verdict(self, entry: Entry, offered: Raw | None, catalogue: Catalogue) -> Verdict | None:
        known = catalogue.item(entry.data.item_hash)
        definition = known.definition
        if definition is not None and definition.bucket and definition.bucket not in _JUDGED:
            return None
        keys = (entry.data.item_hash, WILDCARD, *(definition.categories if definition is not None else ()))
        shelves = [shelf for key in keys if (shelf := self._shelves.get(key)) is not None]
        if not shelves:
            return None
        copy = _Copy(columns_of(entry, offered, definition), self._siblings, catalogue)
        first: dict[int, Roll] = {}
        won: int | None = None
        for shelf in shelves:
            for place, roll in _first_of_each(shelf, copy).items():
                first.setdefault(place, roll)
            if won is None and first:
                won = min(first)
        return self._said(won, first, copy) if won is not None else None

    def _said(self, won: int, first: Mapping[int, Roll], copy: _Copy) -> Verdict:
        """``first``: by list the roll that decides for it."""
        roll = first[won]
        return Verdict(
            wanted=not roll.unwanted,
            notes=roll.notes,
            perks=copy.named_by(roll),
            list=self._titles[won] or roll.title.strip(),
            lists=sum(other.unwanted == roll.unwanted for other in first.values()),
        )


class _Copy:
    """The perks of one copy, as rolls ask for them."""

    def __init__(self, columns: Sequence[Column], siblings: Siblings, catalogue: Catalogue) -> None:
        self._columns = columns
        self._siblings = siblings
        self._catalogue = catalogue
        self._judged: list[frozenset[int]] | None = None
        self._own = [plug for column in columns for plug in column.plugs]
        self.has = siblings.with_siblings(self._own)

    def fits(self, roll: Roll) -> bool:
        return self.has.issuperset(roll.perks) if roll.expert else self._is_named_whole(roll)

    def named_by(self, roll: Roll) -> tuple[int, ...]:
        """Which of its perks the roll speaks of."""
        named = frozenset(roll.perks)
        return tuple(plug for plug in self._own if plug in named or not named.isdisjoint(self._siblings.of(plug)))

    def _is_named_whole(self, roll: Roll) -> bool:
        """Whether a perk of each column is named."""
        if self._judged is None:
            columns = judged_columns(self._columns, self._catalogue)
            self._judged = [self._siblings.with_siblings(column.plugs) for column in columns]
        return bool(self._judged) and all(not column.isdisjoint(roll.perks) for column in self._judged)


def _first_of_each(shelf: _Shelf, copy: _Copy) -> dict[int, Roll]:
    """By list its first roll here that the copy fits."""
    best: dict[int, tuple[int, Roll]] = {}
    for under in (_ALWAYS, *(shelf.keys() & copy.has)):
        for place, order, roll in shelf.get(under, ()):
            known = best.get(place)
            if (known is None or order < known[0]) and copy.fits(roll):
                best[place] = (order, roll)
    return {place: roll for place, (_, roll) in best.items()}
