"""Stats: the curves as recorded, and every rule by which a plug's stat counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.memory_definitions import MemoryDefinitions

from vaultraider.domain import hashes
from vaultraider.domain.definitions import (
    InvestmentStat,
    ItemDefinition,
    PlugInfo,
    ScaledStat,
    StatDefinition,
    StatGroupDefinition,
)
from vaultraider.domain.stats import Copy, Scale, interpolate, plug_effects, scales_of, stat_model

RANGE, STABILITY = 1240592695, 155624089
PLAIN = ((0, 0), (100, 100))


@pytest.mark.real_data
def test_curves_agree_with_the_recorded_ones(shared_dir: Path) -> None:
    tables = json.loads((shared_dir / "vectors" / "stat-interpolation.json").read_text())["tables"]
    cases = 0
    for table in tables:
        scale = Scale(ScaledStat(table["statHash"], table["maximumValue"], False, tuple(map(tuple, table["points"]))))
        for value, wanted in table["cases"]:
            cases += 1
            assert scale.show(value) == wanted, (table["name"], value)
    assert cases == 200


@given(
    st.integers(-(10**9), 10**9),
    st.integers(0, 2**32 - 1),
    st.integers(-(2**31), 2**31 - 1),
    st.lists(st.tuples(st.integers(-1000, 1000), st.integers(-1000, 1000)), max_size=6),
)
def test_no_curve_breaks(value: int, stat: int, maximum: int, points: list[tuple[int, int]]) -> None:
    assert isinstance(interpolate(value, stat, maximum, points), int)


def plug(*stats: tuple[int, int, bool], category: str = "frames", **more: Any) -> ItemDefinition:
    info = PlugInfo(more.pop("category_hash", 1), category, ui_label=more.pop("ui_label", ""))
    return ItemDefinition(
        more.pop("hash", 1), "Plug", plug=info, investment_stats=tuple(InvestmentStat(*s) for s in stats), **more
    )


def shown(
    copy: Copy, *plugs: ItemDefinition, base: int = 20, stats: tuple[int, ...] = (RANGE,), armor: bool = False
) -> dict[int, int]:
    """Shown values of an item with ``base`` of each stat and these plugs."""
    item = ItemDefinition(
        9,
        "Item",
        bucket=hashes.HELMET if armor else hashes.KINETIC,
        investment_stats=tuple(InvestmentStat(stat, base) for stat in stats),
    )
    model = stat_model(item, [Scale(ScaledStat(stat, 100, False, PLAIN)) for stat in stats])
    assert model is not None
    return {stat.hash: stat.value for stat in model.of([plug_effects(one) for one in plugs], copy)}


MASTERWORK_3 = "v460.plugs.armor.masterworks"
OLD_MASTERWORK = "v400.plugs.weapons.masterworks.stat.range"
CATALYST = {"trait_ids": ("item.exotic_catalyst",)}
ENHANCED = {"category_hash": hashes.INTRINSICS, "category": "intrinsics"}

RULES = [
    ("a plain stat always counts", Copy(), plug((RANGE, 5, False)), 25),
    ("a conditional one that no rule knows counts", Copy(), plug((RANGE, 5, True)), 25),
    ("a negative one takes away", Copy(), plug((RANGE, -5, False)), 15),
    ("entries of one stat add up", Copy(), plug((RANGE, 5, False), (RANGE, 2, False)), 27),
    ("another stat than the item has changes nothing", Copy(), plug((STABILITY, 5, False)), 20),
    ("a catalyst waits for the masterwork", Copy(), plug((RANGE, 20, False), **CATALYST), 20),
    ("a catalyst counts on a masterwork", Copy(masterwork=True), plug((RANGE, 20, False), **CATALYST), 40),
    ("an old masterwork's extras: not adept", Copy(), plug((RANGE, 3, True), category=OLD_MASTERWORK), 20),
    ("an old masterwork's extras: adept", Copy(adept=True), plug((RANGE, 3, True), category=OLD_MASTERWORK), 23),
    ("a tiered masterwork's other stats gain the tier", Copy(gear_tier=4), plug((RANGE, 0, True), ui_label="masterwork"), 24),
    (
        "a tiered masterwork's own stat gains the tier too",
        Copy(gear_tier=4),
        plug((RANGE, 10, False), (STABILITY, 0, True), ui_label="masterwork"),
        34,
    ),
    (
        "an old masterwork's own stat does not",
        Copy(gear_tier=4),
        plug((RANGE, 10, False), (STABILITY, 3, True), ui_label="masterwork"),
        30,
    ),
    ("an enhanced intrinsic below level 20", Copy(crafted_level=19), plug((RANGE, 2, True), **ENHANCED), 20),
    ("an enhanced intrinsic from level 20", Copy(crafted_level=20), plug((RANGE, 2, True), **ENHANCED), 22),
    ("an enhanced intrinsic, adept", Copy(adept=True), plug((RANGE, 2, True), **ENHANCED), 23),
    ("an enhanced intrinsic, adept, level 20", Copy(adept=True, crafted_level=20), plug((RANGE, 2, True), **ENHANCED), 24),
    ("an enhanced intrinsic of a tiered weapon", Copy(gear_tier=5), plug((RANGE, 2, True), **ENHANCED), 25),
    ("the same, adept", Copy(gear_tier=5, adept=True), plug((RANGE, 2, True), **ENHANCED), 27),
    ("an enhancer only previews", Copy(adept=True), plug((RANGE, 9, True), category="crafting.plugs.weapons.mods.enhancers"), 20),
    ("an elemental capacitor depends on the subclass", Copy(), plug((RANGE, 20, True), hash=3511092054), 20),
]


@pytest.mark.parametrize(("copy", "plugged", "wanted"), [rule[1:] for rule in RULES], ids=[rule[0] for rule in RULES])
def test_rules(copy: Copy, plugged: ItemDefinition, wanted: int) -> None:
    assert shown(copy, plugged)[RANGE] == wanted


@pytest.mark.parametrize(
    ("guardian", "stat"),
    [(0, hashes.HEALTH), (1, hashes.WEAPONS_STAT), (2, hashes.CLASS_STAT)],
    ids=["titan", "hunter", "warlock"],
)
def test_a_class_fragment_takes_from_its_class_only(guardian: int, stat: int) -> None:
    stats = (hashes.HEALTH, hashes.WEAPONS_STAT, hashes.CLASS_STAT)
    fragment = plug(*((each, -10, True) for each in stats), hash=2272984671)
    found = shown(Copy(guardian=guardian), fragment, stats=stats)
    assert [each for each in stats if found[each] == 10] == [stat]


def test_enhanced_bipod_counts_only_its_own() -> None:
    bipod = plug((RANGE, -25, True), (STABILITY, -15, True), (RANGE, -30, True), (STABILITY, -20, True), hash=hashes.BIPOD)
    assert shown(Copy(), bipod, base=50, stats=(RANGE, STABILITY)) == {RANGE: 25, STABILITY: 35}


SIX = hashes.ARMOR_STAT_HASHES


def armour_stats(values: tuple[int, ...], *plugs: ItemDefinition) -> list[tuple[int, int, int]]:
    """(hash, value, base) of a piece whose roll is ``values``, carried by an unseen plug as Bungie does."""
    roll = plug(*((stat, value, False) for stat, value in zip(SIX, values, strict=True)), category="armor_stats")
    item = ItemDefinition(9, "Helm", bucket=hashes.HELMET, sockets=(object(),))  # type: ignore[arg-type]
    model = stat_model(item, [Scale(ScaledStat(stat, 42, False, PLAIN)) for stat in SIX])
    assert model is not None
    return [(stat.hash, stat.value, stat.base) for stat in model.of([plug_effects(one) for one in (roll, *plugs)], Copy())]


def test_armour_shows_all_six_and_their_total() -> None:
    found = armour_stats((30, 25, 20, 0, 0, 0))
    assert [stat for stat, _, _ in found] == [*SIX, hashes.TOTAL]
    assert found[-1] == (hashes.TOTAL, 75, 75)


def test_armour_is_never_cut_off_or_bent() -> None:
    assert armour_stats((99, 0, 0, 0, 0, 0))[0] == (SIX[0], 99, 99)


def test_an_armor_3_masterwork_raises_only_what_is_zero() -> None:
    masterwork = plug(*((stat, 5, True) for stat in SIX), category=MASTERWORK_3)
    values = [value for _, value, _ in armour_stats((30, 25, 20, 0, 0, 0), masterwork)]
    assert values == [30, 25, 20, 5, 5, 5, 90]


def test_an_armor_2_masterwork_raises_all_by_two() -> None:
    masterwork = plug(*((stat, 2, False) for stat in SIX), category="v400.plugs.armor.masterworks")
    found = armour_stats((10, 10, 10, 10, 10, 10), masterwork)
    assert found[-1] == (hashes.TOTAL, 72, 60)


def test_tuning_moves_five_and_balanced_tuning_lifts_the_zeros() -> None:
    tuning = plug((SIX[0], 5, False), (SIX[1], -5, False), category="core.gear_systems.armor_tiering.plugs.tuning.mods")
    assert [value for _, value, _ in armour_stats((30, 25, 20, 0, 0, 0), tuning)][:3] == [35, 20, 20]
    balanced = plug(*((stat, 1, True) for stat in SIX), hash=hashes.BALANCED_TUNING)
    assert [value for _, value, _ in armour_stats((30, 25, 20, 0, 0, 0), balanced)] == [30, 25, 20, 1, 1, 1, 78]


def test_zero_means_zero_before_mods_came() -> None:
    """A +10 mod on a zero stat does not keep the masterwork from it."""
    mod = plug((SIX[3], 10, False), category="enhancements.universal")
    masterwork = plug(*((stat, 5, True) for stat in SIX), category=MASTERWORK_3)
    assert [value for _, value, _ in armour_stats((30, 25, 20, 0, 0, 0), mod, masterwork)][3] == 15


def test_artifice_adds_three() -> None:
    artifice = plug((SIX[2], 3, False), category="enhancements.artifice")
    assert armour_stats((10, 10, 10, 10, 10, 10), artifice)[2] == (SIX[2], 13, 10)


def test_a_bow_hides_the_charge_time_that_it_carries() -> None:
    stats = (hashes.CHARGE_TIME, RANGE)
    scales = [Scale(ScaledStat(stat, 100, False, PLAIN)) for stat in stats]
    investment = tuple(InvestmentStat(stat, 20) for stat in stats)
    bow = ItemDefinition(9, "Bow", bucket=hashes.KINETIC, item_sub_type=31, investment_stats=investment)
    model = stat_model(bow, scales)
    assert model is not None
    assert [stat.hash for stat in model.of([], Copy())] == [RANGE]


def test_no_stats_without_a_whole_definition() -> None:
    assert stat_model(ItemDefinition(9, "Part", bucket=hashes.KINETIC), [Scale(ScaledStat(RANGE, 100))]) is None


def test_scales_follow_the_display_order_and_leave_nameless_stats_out() -> None:
    group = StatGroupDefinition(
        1, scaled=tuple(ScaledStat(stat, 100) for stat in (STABILITY, 7, RANGE, hashes.ROUNDS_PER_MINUTE))
    )
    rows = {stat: StatDefinition(stat, f"Stat {stat}") for stat in (STABILITY, RANGE, hashes.ROUNDS_PER_MINUTE)}
    definitions = MemoryDefinitions({"StatGroup": {1: group}, "Stat": rows | {7: StatDefinition(7, "")}})
    assert [scale.stat for scale in scales_of(1, definitions)] == [hashes.ROUNDS_PER_MINUTE, RANGE, STABILITY]
    assert scales_of(2, definitions) == ()
