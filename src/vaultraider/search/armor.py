"""What a piece of armour could be: its stats masterworked, with artifice and with tuning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from vaultraider.domain import hashes
from vaultraider.domain.dominance import Stats, StatsSet, who_beats
from vaultraider.search.items import SearchItem
from vaultraider.search.plugs import Plug

ARTIFICE_CATEGORY = "enhancements.artifice"
ARTIFICE_BONUS = 3
ARMOR_3_BONUS = 5
"""What a masterwork of Armor 3.0 gives to each of the three stats that the roll left at nothing."""
OLD_BONUS = 2
"""What an older one gives to all six."""


def is_artifice(item: SearchItem) -> bool:
    """Whether it has the socket of artifice armour, and that is open: exotics come with it locked."""
    return item.blueprint.is_armor and any(seat.plug.category == ARTIFICE_CATEGORY for seat in item.seats)


def masterworked(item: SearchItem) -> Stats:
    """Its six base stats as they would be with a full masterwork; nothing for what has none."""
    base = item.armor_stats
    if item.is_armor_3:
        return tuple([value or ARMOR_3_BONUS for value in base])
    return tuple([value + OLD_BONUS for value in base])


def mixes(item: SearchItem) -> list[Stats]:
    """What it can be made into, one choice each: without a choice there is one."""
    whole = masterworked(item)
    tunings = {plug.hash: plug for seat in item.seats for plug in seat.choices if plug.is_tuning and plug.stats}
    if tunings:
        return [_tuned(whole, item.armor_stats, plug) for plug in tunings.values()]
    if item.once(is_artifice):
        return [_raised(whole, place) for place in range(len(whole))]
    return [whole]


def _tuned(whole: Stats, base: Stats, plug: Plug) -> Stats:
    """Balanced Tuning only raises what the roll left at nothing."""
    balanced = plug.hash == hashes.BALANCED_TUNING
    changes = [plug.stats.get(stat, 0) for stat in hashes.ARMOR_STAT_HASHES]
    return tuple(
        [value + (0 if balanced and rolled else change) for value, rolled, change in zip(whole, base, changes, strict=True)]
    )


def _raised(whole: Stats, place: int) -> Stats:
    return (*whole[:place], whole[place] + ARTIFICE_BONUS, *whole[place + 1 :])


def rivals(item: SearchItem) -> tuple[object, ...]:
    """What it could be exchanged for: of its slot and class, and an exotic only for the same exotic."""
    return item.bucket, item.blueprint.class_type, item.hash if item.blueprint.is_exotic else 0


def stat_lower(items: Iterable[SearchItem], places: Sequence[int] | None = None) -> set[str]:
    """Ids of those that another one beats however they are made up. All must be rivals of one another.

    ``places``: only these of the six stats count.
    """
    options = {item.id: item.once(mixes) for item in items if item.armor_stats}
    if places is not None:
        options = {id: [tuple([mix[place] for place in places]) for mix in listed] for id, listed in options.items()}
    best = StatsSet(mix for listed in options.values() for mix in listed)
    return {id for id, listed in options.items() if all(best.better_exists(mix) for mix in listed)}


def beaters(items: Iterable[SearchItem]) -> dict[str, list[str]]:
    """By id of what ``stat_lower`` names: the ids of those that beat it, the strongest first. All must be rivals."""
    return who_beats({item.id: item.once(mixes) for item in items if item.armor_stats})


def by_rivals(items: Iterable[SearchItem]) -> list[list[SearchItem]]:
    found: defaultdict[tuple[object, ...], list[SearchItem]] = defaultdict(list)
    for item in items:
        if item.armor_stats and not item.blueprint.is_classified:
            found[rivals(item)].append(item)
    return list(found.values())
