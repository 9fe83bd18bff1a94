"""The demo's Marrow: what a query finds is what Bungie.net in a box knows of his things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.search.worlds import Known, ids, names

from vaultraider.search.world import World
from vaultraider.simulator.demo import names as words
from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.patterns import NEEDED, record_of
from vaultraider.simulator.demo.tables import Catalogue, catalogue
from vaultraider.simulator.world import Account, Item

WEAPON = 3
EXOTIC, LEGENDARY = 6, 5


class Truth:
    """What is asked of the simulator's own rows. ``self.book`` is Bungie's JSON."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.book: Catalogue = catalogue()

    def row(self, hash: int) -> dict[str, Any]:
        return self.book.book.tables["DestinyInventoryItemDefinition"].get(hash, {})

    def type(self, item: Item) -> int:
        return int(self.row(item.hash).get("itemType", 0))

    def tier(self, item: Item) -> int:
        return int(self.row(item.hash).get("inventory", {}).get("tierType", 0))

    def name(self, item: Item) -> str:
        return str(self.row(item.hash).get("displayProperties", {}).get("name", ""))

    def slot(self, item: Item) -> int:
        return int(self.row(item.hash).get("inventory", {}).get("bucketTypeHash", 0))

    def plugged(self, item: Item, *categories: str) -> list[dict[str, Any]]:
        """Rows of what is plugged and of such a category."""
        rows = [self.row(plug) for plug in item.plugs if plug]
        return [row for row in rows if row.get("plug", {}).get("plugCategoryIdentifier", "").startswith(categories)]

    def class_of(self, holder: str) -> int | None:
        character = self.account.character(holder)
        return character.class_type if character is not None else None

    def perk_texts(self, item: Item) -> list[str]:
        """Of everything that it can show in its random columns, and that it shows otherwise."""
        rolled = (
            {plug for place in (1, 2, 3, 4, 5) for plug in item.choices.get(place, [])} if self.type(item) == WEAPON else set()
        )
        shown = {self.row(plug)["displayProperties"]["name"] for plug in {*item.plugs, *rolled} if plug}
        return [name.lower() for name in shown]


Holds = Callable[[Truth, Item], bool]

CASES: list[tuple[str, Holds]] = [
    ("is:weapon", lambda t, i: t.slot(i) in s.WEAPON_SLOTS),
    ("is:armor", lambda t, i: t.slot(i) in s.ARMOR_SLOTS),
    ("is:exotic is:weapon", lambda t, i: t.type(i) == WEAPON and t.tier(i) == EXOTIC),
    ("is:legendary is:armor", lambda t, i: t.slot(i) in s.ARMOR_SLOTS and t.tier(i) == LEGENDARY),
    ("is:warlock is:armor", lambda t, i: t.slot(i) in s.ARMOR_SLOTS and t.row(i.hash).get("classType") == s.WARLOCK),
    ("is:invault", lambda t, i: i.bucket == s.GENERAL),
    ("is:equipped", lambda t, i: i.equipped),
    ("is:locked", lambda t, i: i.locked),
    ("is:masterwork", lambda t, i: i.masterwork),
    ("is:incurrentchar", lambda t, i: i.owner == t.account.characters[0].id),
    ("is:inrightchar is:weapon", lambda t, i: i.owner == t.account.characters[2].id and t.type(i) == WEAPON),
    ("is:postmaster -is:messages -is:specialorders", lambda t, i: i.bucket == s.POSTMASTER),
    ("tier:5 is:weapon", lambda t, i: t.type(i) == WEAPON and i.gear_tier == 5),
    ("tier:<2 is:armor", lambda t, i: t.slot(i) in s.ARMOR_SLOTS and i.gear_tier < 2),
    ("energycapacity:>=10 is:armor", lambda t, i: t.slot(i) in s.ARMOR_SLOTS and i.energy >= 10),
    ("power:>=548", lambda t, i: i.power >= 548),
    ("is:shaded", lambda t, i: any(row["hash"] != t.book.shared.default_shader for row in t.plugged(i, "shader"))),
    ("is:ornamented", lambda t, i: bool(t.plugged(i, "weapon_skins", "armor_skins"))),
    ("is:origintrait", lambda t, i: bool(t.plugged(i, "origins"))),
    ("is:modded is:weapon", lambda t, i: bool(t.plugged(i, "v400.weapon.mod_guns")) and t.type(i) == WEAPON),
    ("is:deepsight", lambda t, i: i.highlighted and t.type(i) == WEAPON),
    ("kills:>=5000", lambda t, i: sum(done for plug, told in i.plug_objectives.items() if plug in i.plugs for _, done in told
                                      if plug in t.book.shared.trackers) >= 5000),
    ("is:extraperk", lambda t, i: t.type(i) == WEAPON and t.tier(i) == LEGENDARY
        and any(len(i.choices.get(place, [])) > 1 for place in (3, 4))),
    ("is:patternunlocked", lambda t, i: t.account.patterns.get(record_of(i.hash), 0) >= NEEDED),
    ("is:craftable -is:patternunlocked", lambda t, i: t.account.patterns.get(record_of(i.hash), NEEDED) < NEEDED),
    ("tunedstat:melee or tunedstat:super or tunedstat:health or tunedstat:class or tunedstat:weapons or tunedstat:grenade",
     lambda t, i: any(t.row(plug).get("plug", {}).get("plugCategoryIdentifier", "").startswith("core.gear_systems.armor_tiering")
                      for offered in i.choices.values() for plug in offered)),
    ("is:onwrongclass", lambda t, i: i.bucket != s.POSTMASTER and t.class_of(i.owner) is not None
        and t.row(i.hash).get("classType", 3) not in (3, t.class_of(i.owner))),
    ("is:iningameloadout", lambda t, i: any(i.id == id for each in t.account.characters for loadout in each.loadouts.values()
                                            for id, _ in loadout.items)),
    ("inloadout:>1", lambda t, i: sum(i.id == id for each in t.account.characters for loadout in each.loadouts.values()
                                      for id, _ in loadout.items) > 1),
    ("count:1 is:handcannon", lambda t, i: t.name(i) in ('<b>Bold</b> & "Sons"', "Ferrous Spoon", "Kindly Inferno")),
]  # fmt: skip


@pytest.fixture(scope="module")
def truth(known_marrow: Known) -> Truth:
    return Truth(known_marrow.truth)


@pytest.fixture(scope="module")
def seen(known_marrow: Known) -> World:
    """One world for all: what is worked out of his things once is enough."""
    return World(known_marrow.profile)


@pytest.mark.parametrize(("query", "holds"), CASES, ids=[query for query, _ in CASES])
def test_what_is_found_is_what_is_true(seen: World, truth: Truth, query: str, holds: Holds) -> None:
    """Of copies: stacks have no id of Bungie's."""
    copies = {item.id for item in truth.account.items if item.id}
    found = {id for id in ids(seen, query) if id in copies}
    assert found == {item.id for item in truth.account.items if item.id and holds(truth, item)}
    assert found or query == "inloadout:>1", "a case that finds nothing shows nothing"


def test_every_trait_is_found_by_name(seen: World, truth: Truth) -> None:
    texts = {item.id: truth.perk_texts(item) for item in truth.account.items if item.id}
    for trait in [name.lower() for name, _ in words.TRAITS]:
        wanted = {id for id, listed in texts.items() if trait in listed}
        assert set(ids(seen, f'exactperk:"{trait}"')) == wanted
        assert wanted <= set(ids(seen, f'"{trait}"'))


NAMED = [
    ("is:onwrongclass", ["Ashen Pilgrim Strides", "Hollow Crown Boots", "Tidewarden Greaves"]),
    ("is:tracerifle", ["Event Horizon's Hymn", "Prism Testament", "🜂 Ember 🜂"]),
    ("is:emotes", ["Bow to the Hall", "Count to Ten", "Shrug at the Sky"]),
    ("catalyst:incomplete -is:invault", ["Perihelion", "Pilot Light"]),
    ("zdzbl", []),
    ("swit is:glaive", ["Źdźbło Świtu"]),
    ("kapitansmutzen", []),
    ("name:kapitansmutzen", ["Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"]),
]


@pytest.mark.parametrize(("query", "wanted"), NAMED)
def test_by_name(seen: World, query: str, wanted: list[str]) -> None:
    assert names(seen, query) == wanted


def test_own_loadouts_count_beside_the_games(known_marrow: Known, seen: World) -> None:
    first, second = ids(seen, "is:iningameloadout")[:2]
    other = ids(seen, "is:invault is:weapon")[0]
    kept = World(known_marrow.profile, loadouts={first: ("Grandmaster Arc",), other: ("Été", "Trials")}, previous=seen)
    assert set(ids(kept, "is:indimloadout")) == {first, other}
    assert set(ids(kept, "inloadout:2")) == {first, other}
    assert ids(kept, "inloadout:ete") == [other]
    assert ids(kept, 'inloadout:"master a"') == [first]
    assert second in ids(kept, "is:inloadout -is:indimloadout")
