"""What two moments differ in, item by item.

They are compared directly, not by what happened between: an item that went to a guardian and came back did not move.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar

from msgspec import UNSET

from vaultraider.domain.history.moment import KeptItem, Moment
from vaultraider.domain.history.sentences import place_words
from vaultraider.domain.history.telling import Spot, spot_of
from vaultraider.domain.items import CRAFTED, ELEMENTS, LOCKED, MASTERWORK, TRACKED
from vaultraider.domain.profile_parts import Tier
from vaultraider.ports.history import Gap
from vaultraider.services.history.naming import Naming
from vaultraider.services.history.shapes import (
    ChangedItem,
    CharacterDiff,
    CurrencyDiff,
    DiffChange,
    DiffCounts,
    Difference,
    DiffItem,
    GapSpan,
    MovedItem,
    whole_second,
)

D = TypeVar("D", bound=DiffItem)

MOST = 1000
"""Of each list."""
EMPTY = "empty"

_RANKS: dict[Tier, int] = {"exotic": 0, "legendary": 1, "rare": 2, "uncommon": 3, "common": 4, "unknown": 5}
_FLAGS = (
    (LOCKED, "Lock", "unlocked", "locked"),
    (TRACKED, "Followed", "no", "yes"),
    (MASTERWORK, "Masterwork", "no", "yes"),
    (CRAFTED, "Shaped", "no", "yes"),
)


def difference_of(
    before: Moment, after: Moment, naming: Naming, *, since: datetime, until: datetime, gaps: list[Gap]
) -> Difference:
    """From ``before``, the state at ``since``, to ``after``, the one at ``until``."""
    found = _Comparison(before, after, naming)
    found.compare_items()
    found.compare_stacks()
    lists: tuple[list[Any], ...] = (found.found, found.gone, found.changed, found.moved)
    return Difference(
        since=whole_second(since),
        until=whole_second(until),
        counts=DiffCounts(found=len(found.found), gone=len(found.gone), changed=len(found.changed), moved=len(found.moved)),
        found=_best_first(found.found),
        gone=_best_first(found.gone),
        changed=_best_first(found.changed),
        moved=_best_first(found.moved),
        currencies=_currencies(before, after, naming),
        characters=_characters(before, after, naming),
        gaps=[GapSpan(whole_second(gap.since), whole_second(gap.until)) for gap in gaps],
        truncated=True if any(len(each) > MOST for each in lists) else UNSET,
    )


class _Comparison:
    """Two moments, and the lists that come of them."""

    def __init__(self, before: Moment, after: Moment, naming: Naming) -> None:
        self._before, self._after, self._naming = before, after, naming
        self.found: list[DiffItem] = []
        self.gone: list[DiffItem] = []
        self.changed: list[ChangedItem] = []
        self.moved: list[MovedItem] = []

    def compare_items(self) -> None:
        old, new = self._before.items, self._after.items
        self.found = [self._item(DiffItem, id, item) for id, item in new.items() if id not in old]
        self.gone = [self._item(DiffItem, id, item) for id, item in old.items() if id not in new]
        for id, item in new.items():
            was = old.get(id)
            if was is None or was == item:
                continue
            there, here = spot_of(was), spot_of(item)
            if there != here:
                self.moved.append(self._item(MovedItem, id, item, before=self._words(there), after=self._words(here)))
            changes = list(self._changes(was, item))
            if changes:
                self.changed.append(self._item(ChangedItem, id, item, changes=changes))

    def compare_stacks(self) -> None:
        """All stacks of one item together: the game merges and parts them as it likes."""
        for hash in self._before.stacks.keys() | self._after.stacks.keys():
            old, new = _amounts(self._before.stacks.get(hash, ())), _amounts(self._after.stacks.get(hash, ()))
            if old == new:
                continue
            had, has = old.total(), new.total()
            if not had:
                self.found.append(self._pile(DiffItem, hash, new))
            elif not has:
                self.gone.append(self._pile(DiffItem, hash, old))
            elif had != has:
                change = DiffChange("Quantity", f"{had:,}", f"{has:,}")
                self.changed.append(self._pile(ChangedItem, hash, new, changes=[change]))
            else:
                before, after = self._all_words(old - new), self._all_words(new - old)
                self.moved.append(self._pile(MovedItem, hash, new, before=before, after=after))

    def _changes(self, was: KeptItem, item: KeptItem) -> Iterator[DiffChange]:
        """What was not known before, or is not now, is no change."""
        power, now = self._naming.power(was), self._naming.power(item)
        if power and now and power != now:
            yield DiffChange("Power", str(power), str(now))
        for flag, what, off, on in _FLAGS:
            if (was.state ^ item.state) & flag:
                yield DiffChange(what, *((off, on) if item.state & flag else (on, off)))
        if was.energy is not None and item.energy is not None and was.energy[0] != item.energy[0]:
            yield DiffChange("Energy", str(was.energy[0]), str(item.energy[0]))
        if was.gear_tier is not None and item.gear_tier is not None and was.gear_tier != item.gear_tier:
            yield DiffChange("Tier", str(was.gear_tier), str(item.gear_tier))
        old, new = ELEMENTS.get(was.damage), ELEMENTS.get(item.damage)
        if old and new and old != new:
            yield DiffChange("Element", old.capitalize(), new.capitalize())
        if was.sockets is not None and item.sockets is not None and was.sockets != item.sockets:
            upgraded = bool((was.state ^ item.state) & MASTERWORK) or was.energy != item.energy
            yield from self._plugged(was.sockets, item.sockets, upgraded)

    def _plugged(self, was: tuple[int, ...], now: tuple[int, ...], upgraded: bool) -> Iterator[DiffChange]:
        """What a player can see in the sockets, but not what a masterwork put in. A socket is its plug's hash * 4 + 2 if enabled
        + 1 if visible."""
        longest = max(len(was), len(now))
        pairs = zip(_filled(was, longest), _filled(now, longest), strict=True)
        for place, (old, new) in enumerate(pairs, 1):
            if old >> 2 == new >> 2 or not (old | new) & 1:
                continue
            before, after = self._naming.plug(old >> 2), self._naming.plug(new >> 2)
            if not (upgraded and after.masterwork):
                what = after.label or before.label or f"Socket {place}"
                yield DiffChange(what, before.name or EMPTY, after.name or EMPTY)

    def _item(self, kind: type[D], id: str, item: KeptItem, **more: Any) -> D:
        store, place = spot_of(item)
        facts, power = self._naming.facts(item.hash), self._naming.power(item)
        return kind(
            id=id,
            hash=item.hash,
            **facts._asdict(),
            power=power or UNSET,
            quantity=item.quantity if item.quantity != 1 else UNSET,
            store=store,
            place=place,
            **more,
        )

    def _pile(self, kind: type[D], hash: int, amounts: Counter[Spot], **more: Any) -> D:
        store, place = next(iter(amounts)) if len(amounts) == 1 else (UNSET, UNSET)
        facts = self._naming.facts(hash)
        return kind(id=f"s-{hash}", hash=hash, **facts._asdict(), quantity=amounts.total(), store=store, place=place, **more)

    def _words(self, where: Spot) -> str:
        return place_words(*where, self._naming.store)

    def _all_words(self, amounts: Counter[Spot]) -> str:
        """ "12 in the vault" is more than is needed where there is one place only."""
        if len(amounts) == 1:
            return self._words(next(iter(amounts)))
        return "; ".join(f"{self._words(where)}: {amount:,}" for where, amount in sorted(amounts.items()))


def _amounts(pile: tuple[KeptItem, ...]) -> Counter[Spot]:
    found: Counter[Spot] = Counter()
    for stack in pile:
        found[spot_of(stack)] += stack.quantity
    return found


def _filled(sockets: tuple[int, ...], length: int) -> tuple[int, ...]:
    return sockets + (0,) * (length - len(sockets))


def _best_first(items: list[D]) -> list[D]:
    def rank(item: D) -> tuple[int, int, str, str]:
        return _RANKS[item.tier], -(item.power or 0), item.name.casefold(), item.id

    return sorted(items, key=rank)[:MOST]


def _currencies(before: Moment, after: Moment, naming: Naming) -> list[CurrencyDiff]:
    """A currency that is not told of is none: Bungie leaves out what was spent to the last."""
    found = []
    for hash in before.currencies.keys() | after.currencies.keys():
        old, new = before.currencies.get(hash, 0), after.currencies.get(hash, 0)
        if old != new:
            facts = naming.facts(hash)
            found.append(CurrencyDiff(hash=hash, name=facts.name, icon=facts.icon, before=old, after=new))
    return sorted(found, key=lambda each: (each.name.casefold(), each.hash))


def _characters(before: Moment, after: Moment, naming: Naming) -> list[CharacterDiff]:
    made = [(id, each, True) for id, each in after.characters.items() if id not in before.characters]
    lost = [(id, each, False) for id, each in before.characters.items() if id not in after.characters]
    return [CharacterDiff(id=id, name=naming.guardian_alone(id, each), created=created) for id, each, created in made + lost]
