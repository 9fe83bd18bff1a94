"""Stats: an item's investment plus that of its plugs, put through its stat group's curves.

Rules (field reference D2, agreed on with recorded behaviour):

- ``base`` is the item and its intrinsic plugs: frames, and the unseen plugs that carry an armour piece's roll;
- a plug that is not enabled counts nothing;
- a plug's stat can depend on the copy (``Rule``): some only count on a masterwork, on an adept weapon, on the wearer's class ...
- the sum is cut off at the stat's maximum and read off the curve, rounded half to even, Magazine half up;
- armour stats are never put through a curve.

Everything that depends on the definitions alone is worked out once (``StatModel``, ``PlugEffects``), so that one item costs a
few dictionary look-ups.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from vaultraider.domain import hashes
from vaultraider.domain.definitions import Definitions, InvestmentStat, ItemDefinition, PlugInfo, ScaledStat
from vaultraider.domain.profile_parts import ItemStat

CRAFTED_BONUS_LEVEL = 20
"""From this level on, a crafted weapon's enhanced intrinsic gives its bonus. Not in the definitions."""

BOW_SUB_TYPE = 31

_NEVER_SHOWN = hashes.POWER_STATS | {1885944937}
"""Attack, Defense and Power are the item's power, which is shown as such; the last one has no name."""


class Rule(Enum):
    """When a plug's stat counts."""

    MASTERWORK = auto()
    """Exotic catalysts: they can be inserted before they are complete."""
    TIER = auto()
    """Masterwork of a tiered weapon: the gear tier comes on top of every stat."""
    ZERO_BASE = auto()
    """Armor 3.0 masterwork and Balanced Tuning: only stats whose base is 0."""
    ADEPT = auto()
    """The small extra stats of an old masterwork: adept weapons only."""
    ENHANCED = auto()
    """Enhanced intrinsics: crafted to level 20, or adept."""
    TITAN = auto()
    HUNTER = auto()
    WARLOCK = auto()
    NEVER = auto()
    """Only a preview."""


CLASS_RULE = {hashes.HEALTH: Rule.TITAN, hashes.WEAPONS_STAT: Rule.HUNTER, hashes.CLASS_STAT: Rule.WARLOCK}
RULE_CLASS = {Rule.TITAN: 0, Rule.HUNTER: 1, Rule.WARLOCK: 2}


class Copy(NamedTuple):
    """What the rules ask of one copy of an item. ``guardian``: class type, 3 for any."""

    masterwork: bool = False
    adept: bool = False
    crafted_level: int = 0
    gear_tier: int = 0
    guardian: int = 3


class PlugEffects(NamedTuple):
    """What a plug does to stats: (stat, value) that always counts, and (stat, value, rule) that may.

    ``intrinsic`` ones belong to the item's base.
    """

    intrinsic: bool
    always: tuple[tuple[int, int], ...]
    under: tuple[tuple[int, int, Rule], ...]


NO_EFFECTS = PlugEffects(False, (), ())


class Scale:
    """One stat of a stat group: from the sum of investments to the number that is shown."""

    __slots__ = ("_known", "_points", "as_number", "maximum", "sort", "stat", "top")

    def __init__(self, scaled: ScaledStat, sort: int = 0) -> None:
        self.stat = scaled.stat
        self.maximum = scaled.maximum
        self.as_number = scaled.as_number
        self.sort = sort
        self._points = scaled.points
        self._known: dict[int, int] = {}
        ends = (scaled.points[0][1], scaled.points[-1][1]) if scaled.points else (0, 0)
        self.top = max(scaled.maximum, *ends)

    @property
    def smaller_is_better(self) -> bool:
        return bool(self._points) and self._points[0][1] > self._points[-1][1]

    def show(self, value: int) -> int:
        """The shown number for a sum of investments. Few sums occur, so each is worked out once."""
        found = self._known.get(value)
        if found is None:
            found = self._known[value] = interpolate(value, self.stat, self.maximum, self._points)
        return found


def interpolate(value: int, stat: int, maximum: int, points: Sequence[tuple[int, int]]) -> int:
    """Reads a curve of (value, weight) points at ``value``; armour stats come back as they are."""
    if stat in hashes.ARMOR_STAT_HASHES or not points:
        return value
    value = min(value, maximum)
    end = next((index for index, point in enumerate(points) if point[0] > value), len(points) - 1)
    start = max(0, end - 1)
    (from_value, from_weight), (to_value, to_weight) = points[start], points[end]
    if to_value == from_value:
        return from_weight
    exact = from_weight + (value - from_value) / (to_value - from_value) * (to_weight - from_weight)
    return math.floor(exact + 0.5) if stat == hashes.MAGAZINE else round(exact)


class StatModel:
    """What an item's definition says about its stats; ``of`` works out one copy.

    ``scales`` are in display order. ``armor``: the six stats are always there, and their total is added.
    """

    __slots__ = ("armor", "investment", "listed", "scales")

    def __init__(self, scales: Sequence[Scale], investment: dict[int, int], *, armor: bool) -> None:
        self.armor = armor
        self.scales = tuple(scales)
        shown = {scale.stat for scale in scales}
        self.listed = frozenset(stat for stat in investment if stat in shown)
        self.investment = {scale.stat: investment.get(scale.stat, 0) for scale in scales}

    def of(self, plugs: Sequence[PlugEffects], copy: Copy) -> tuple[ItemStat, ...]:
        """The stats of one copy. ``plugs``: what is plugged and enabled, in socket order."""
        base = self.investment.copy()
        rest: list[PlugEffects] = []
        for plug in plugs:
            if plug.intrinsic:
                _add(plug, base, base, copy)
            else:
                rest.append(plug)
        values = base.copy()
        for plug in rest:
            _add(plug, values, base, copy)
        if self.armor:
            return self._armor(values, base)
        return tuple(
            [
                ItemStat(stat, scale.show(values[stat]), scale.show(base[stat]))
                for scale in self.scales
                if values[stat := scale.stat] or stat in self.listed
            ]
        )

    def _armor(self, values: dict[int, int], base: dict[int, int]) -> tuple[ItemStat, ...]:
        shown = [ItemStat(stat, values.get(stat, 0), base.get(stat, 0)) for stat in hashes.ARMOR_STAT_HASHES]
        shown.append(ItemStat(hashes.TOTAL, sum([stat.value for stat in shown]), sum([stat.base for stat in shown])))
        return tuple(shown)


def _add(plug: PlugEffects, values: dict[int, int], base: dict[int, int], copy: Copy) -> None:
    for stat, value in plug.always:
        if stat in values:
            values[stat] += value
    for stat, value, rule in plug.under:
        if stat in values:
            values[stat] += _under(rule, value, base[stat], copy)


def _under(rule: Rule, value: int, base: int, copy: Copy) -> int:
    """What a conditional stat adds to this copy."""
    match rule:
        case Rule.MASTERWORK:
            return value if copy.masterwork else 0
        case Rule.TIER:
            return value + copy.gear_tier
        case Rule.ZERO_BASE:
            return value if base == 0 else 0
        case Rule.ADEPT:
            return value if copy.adept else 0
        case Rule.ENHANCED:
            return _enhanced(value, copy)
        case Rule.TITAN | Rule.HUNTER | Rule.WARLOCK:
            return value if copy.guardian in (RULE_CLASS[rule], 3) else 0
        case Rule.NEVER:
            return 0


def _enhanced(value: int, copy: Copy) -> int:
    """Adept weapons gain one more than the plug says, two from level 20; tiered weapons their tier in any case."""
    levelled = copy.crafted_level >= CRAFTED_BONUS_LEVEL
    if copy.gear_tier:
        return (value if levelled or copy.adept else 0) + copy.gear_tier
    if copy.adept:
        return value + (2 if levelled else 1)
    return value if levelled else 0


def plug_effects(plug: ItemDefinition) -> PlugEffects:
    """Sorts a plug's investment stats into those that always count and those under a rule."""
    info = plug.plug
    if info is None:
        return NO_EFFECTS
    always: dict[int, int] = {}
    under: list[tuple[int, int, Rule]] = []
    for stat in _without_preview(plug):
        rule = _rule(plug, info, stat)
        if rule is None:
            always[stat.stat] = always.get(stat.stat, 0) + stat.value
        elif rule is not Rule.NEVER:
            under.append((stat.stat, stat.value, rule))
    intrinsic = info.category_hash == hashes.INTRINSICS or info.category == hashes.ARMOR_STATS
    return PlugEffects(intrinsic, tuple(always.items()), tuple(under))


def _without_preview(plug: ItemDefinition) -> tuple[InvestmentStat, ...]:
    """Enhanced Bipod lists the plain perk's stats after its own; only its own count."""
    stats = plug.investment_stats
    return stats[:2] if plug.hash == hashes.BIPOD and len(stats) == 4 else stats


def _rule(plug: ItemDefinition, info: PlugInfo, stat: InvestmentStat) -> Rule | None:
    """The rule of one of a plug's stats; None: it always counts."""
    category = info.category
    if hashes.EXOTIC_CATALYST in plug.trait_ids:
        return Rule.MASTERWORK
    if info.ui_label == "masterwork" and _is_tiered_masterwork(plug, stat):
        return Rule.TIER
    if not stat.conditional:
        return None
    if category == hashes.WEAPON_ENHANCERS or plug.hash in hashes.ELEMENTAL_CAPACITORS:
        return Rule.NEVER
    if category.startswith(hashes.ARMOR_3_MASTERWORKS) or plug.hash == hashes.BALANCED_TUNING:
        return Rule.ZERO_BASE
    if plug.hash in hashes.CLASS_FRAGMENTS:
        return CLASS_RULE.get(stat.stat)
    if category.startswith(hashes.WEAPON_MASTERWORKS):
        return Rule.ADEPT
    if info.category_hash == hashes.INTRINSICS:
        return Rule.ENHANCED
    return None


def _is_tiered_masterwork(plug: ItemDefinition, stat: InvestmentStat) -> bool:
    """New masterwork plugs give 10 to one stat and list the others, conditionally, with 0; old ones list them with 3."""
    if stat.conditional:
        return stat.value == 0
    return stat.value == 10 and any(other.conditional and other.value == 0 for other in plug.investment_stats)


STAT_ORDER = (
    hashes.ROUNDS_PER_MINUTE, hashes.CHARGE_TIME, hashes.DRAW_TIME, 3614673599, 2523465841, 2837207746, 4043523819, 1240592695,
    1842278586, 2762071195, 209426660, 1591432999, 155624089, 943549884, 3022301683, 3736848092, 4188031367, 1345609583,
    2714457168, 3555269338, hashes.RECOIL_DIRECTION, hashes.MAGAZINE, 925767036, 1931675084, 3481294762, 4006394725, 602570185,
    3085395333, *hashes.ARMOR_STAT_HASHES,
)  # fmt: skip
"""How weapons list their stats: what fires, what hits, what feels, what it holds. Others follow by the manifest's own order."""
_SORT = {stat: position for position, stat in enumerate(STAT_ORDER)}


def scales_of(group: int, definitions: Definitions) -> tuple[Scale, ...]:
    """The scales of a stat group in display order; those the manifest has no stat for are left out."""
    row = definitions.stat_group(group)
    scales = []
    for scaled in row.scaled if row else ():
        stat = definitions.stat(scaled.stat)
        if stat is None or not stat.name or scaled.stat in _NEVER_SHOWN:
            continue
        scales.append(Scale(scaled, _SORT.get(scaled.stat, len(_SORT) + max(stat.order, 0))))
    return tuple(sorted(scales, key=lambda scale: (scale.sort, scale.stat)))


def stat_model(item: ItemDefinition, scales: Sequence[Scale]) -> StatModel | None:
    """None where the definition is not whole enough to work stats out: no wrong numbers are shown."""
    if not scales:
        return None
    armor = item.bucket in hashes.ARMOR_BUCKETS
    if not item.investment_stats and not (armor and item.sockets):
        return None
    investment: dict[int, int] = {}
    for stat in item.investment_stats:
        investment[stat.stat] = investment.get(stat.stat, 0) + stat.value
    # Every bow carries a charge time that the game does not show.
    shown = [s for s in scales if not (s.stat == hashes.CHARGE_TIME and item.item_sub_type == BOW_SUB_TYPE)]
    return StatModel(shown, investment, armor=armor)
