"""The numbers that charts follow over time, as whole numbers by series.

    power:<character id>        the best that it could wear, in thousandths; 0: the guardian is no more
    vault, vault-capacity       slots
    postmaster:<character id>   slots
    currency:<hash>             amount

A series is written down when its value changes and holds until the next one. One is different: it is written down each time,

    drop:<tier>                 how many exotic or legendary weapons, pieces of armour ... were found at once
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from vaultraider.domain import hashes
from vaultraider.domain.buckets import capacity_of, place_of
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.history.events import Event
from vaultraider.domain.history.moment import KeptItem, Moment
from vaultraider.domain.items import NOT_TRANSFERRABLE_STATUS, InstanceData, PrimaryStat, power_of
from vaultraider.domain.power import Gear, max_power, wardrobe
from vaultraider.domain.profile_parts import Kind, Tier

POWER, POSTMASTER, CURRENCY, DROP = "power:", "postmaster:", "currency:", "drop:"
VAULT, VAULT_CAPACITY = "vault", "vault-capacity"
THOUSANDTHS = 1000
DROPPING: frozenset[Tier] = frozenset({"exotic", "legendary"})
NO_DROPS: frozenset[Kind] = frozenset({"quest", "emblem", "subclass", "shader", "material", "consumable", "mod"})
"""What is taken up, unlocked or counted in heaps."""
LARGEST = 2**63 - 1
"""What a column holds."""


def figures_of(moment: Moment, catalogue: Catalogue | None) -> dict[str, int]:
    """Each series' value at this moment.

    Without definitions (None) a guardian's power is Bungie's own number, and how much the vault holds at most is left out.
    """
    used = _used(moment)
    found = {VAULT: used["", hashes.VAULT]}
    if catalogue is not None and (capacity := capacity_of(hashes.VAULT, catalogue.definitions)) > 0:
        found[VAULT_CAPACITY] = capacity
    for id in moment.characters:
        found[POSTMASTER + id] = used[id, hashes.POSTMASTER]
    for id, power in _powers(moment, catalogue).items():
        found[POWER + id] = power
    for hash, amount in moment.currencies.items():
        found[f"{CURRENCY}{hash}"] = max(min(amount, LARGEST), -LARGEST)
    return found


def changed_figures(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    """What to write down. What is there no longer is 0 from now on: a currency that was spent to the last leaves Bungie's list,
    and so does a guardian who was deleted. Only a capacity stays as it was last known."""
    changed = {series: value for series, value in after.items() if before.get(series) != value}
    gone = {series: 0 for series, value in before.items() if value and series not in after and series != VAULT_CAPACITY}
    return changed | gone


def drops_of(events: Iterable[Event]) -> dict[str, int]:
    """What was found now: to be written down beside the changed figures, also where the number is the same as the last time."""
    found = (event for event in events if event.kind == "acquired" and event.item)
    return dict(Counter(DROP + each.tier for each in found if each.tier in DROPPING and each.item_kind not in NO_DROPS))


def _used(moment: Moment) -> Counter[tuple[str, int]]:
    """Slots by holder and bucket: what is worn lies in none that is counted."""
    return Counter((item.holder, item.bucket) for item in _everything(moment))


def _everything(moment: Moment) -> Iterator[KeptItem]:
    yield from moment.items.values()
    for pile in moment.stacks.values():
        yield from pile


def _powers(moment: Moment, catalogue: Catalogue | None) -> dict[str, int]:
    """By character, in thousandths."""
    slots = wardrobe(_gear(moment, catalogue)) if catalogue is not None else {}
    found = {}
    for id, character in moment.characters.items():
        best = max_power(slots, id, character.class_type)
        # The mean has three decimals: rounding takes away what a float adds, and loses nothing.
        found[id] = round(best.mean * THOUSANDTHS) if best.items else character.light * THOUSANDTHS
    return found


def _gear(moment: Moment, catalogue: Catalogue) -> Iterable[Gear]:
    for id, item in moment.items.items():
        known = catalogue.item(item.hash)
        if not known.gear:
            continue
        primary = PrimaryStat(*item.primary) if item.primary is not None else None
        power = power_of(InstanceData(primary_stat=primary, item_level=item.level, quality=item.quality), known.definition)
        if power:
            store, place = place_of(item.bucket, item.location, item.holder, item.equipped)
            definition = known.definition
            bound = bool(item.transfer_status & NOT_TRANSFERRABLE_STATUS) or (
                definition is not None and definition.non_transferrable
            )
            yield Gear(id, known.slot, power, store, known.guardian, known.exotic, place == "equipped", bound)
