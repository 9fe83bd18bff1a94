"""Filters that need more of the definitions: origin, season, champions, rewards, patterns, editions and limits."""

from __future__ import annotations

import msgspec
import pytest
from tests.domain.accounts import READ, account, definitions, instance, instance_id, sockets, thing
from tests.search.worlds import ids, names

from vaultraider.domain import hashes
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import ItemDefinition, NamedDefinition, PlugInfo, PlugSetDefinition, SocketEntry
from vaultraider.domain.profile import assemble_profile
from vaultraider.domain.snapshot import read_snapshot
from vaultraider.search.world import World

BREAKERS = ["Gravedigger's Waltz", "Pilot Light", "The Unlit Room", "Winter's Proxy"]
SHAPED_HEAVY = ["Nine Bridges", "Rime Tribunal", "Siege Vernacular", "Wolf Moon Decree"]

ON_MARROW: list[tuple[str, list[str]]] = [
    ("source:vaultofglass is:exotic", ["Choir of One", "Hymn of Small Stars", "Mantle of Unspent Thunder", "Pilot Light"]),
    ("source:vog is:exotic", ["Choir of One", "Hymn of Small Stars", "Mantle of Unspent Thunder", "Pilot Light"]),
    ("source:raid is:exotic", ["Choir of One", "Hymn of Small Stars", "Mantle of Unspent Thunder", "Pilot Light"]),
    ("source:dawning is:power", ["Cartesian Ghost", "Meridian Lance", "Rime Tribunal"]),
    ("source:events is:power", ["Cartesian Ghost", "Meridian Lance", "Rime Tribunal"]),
    ("source:kepler", []),
    ("season:splicer is:power", ["Distant Relative", "Green Knight's Wager"]),
    ("season:=14 is:power", ["Distant Relative", "Green Knight's Wager"]),
    ("year:4 is:power", ["Distant Relative", "Green Knight's Wager"]),
    ("season:next", []),
    ("year:1 is:power", []),
    ("season:>0 is:subclass", []),
    ("-season:>0 is:ships is:cosmetic name:gannet", ["Gannet"]),
    ("foundry:tex-mechanica is:bow", ["Winter's Proxy"]),
    ("foundry:any is:exotic", []),
    ("breaker:any", BREAKERS),
    ("breaker:intrinsic", BREAKERS),
    ("breaker:antibarrier", ["The Unlit Room"]),
    ("breaker:shieldpiercing", ["The Unlit Room"]),
    ("breaker:barrier", ["The Unlit Room"]),
    ("breaker:disruption", ["Pilot Light", "Winter's Proxy"]),
    ("breaker:overload", ["Pilot Light", "Winter's Proxy"]),
    ("breaker:stagger", ["Gravedigger's Waltz"]),
    ("breaker:unstoppable", ["Gravedigger's Waltz"]),
    ("is:adept", ["Iron Weather", "Red Almanac", "Sable Verdict"]),
    ("is:shiny", ["Nightjar Accord", "Vesper Clause"]),
    ("is:holofoil", ["Nightjar Accord", "Vesper Clause"]),
    ("is:craftable is:power", SHAPED_HEAVY),
    ("is:tieredweapon is:power", SHAPED_HEAVY),
    ("is:enhancementready is:power", ["Nine Bridges", "Wolf Moon Decree"]),
    ("is:powerfulreward", ["Carry the Lantern", "Six Clean Shots"]),
    ("is:pinnaclereward", ["Carry the Lantern"]),
    ("is:armor3.0 is:exotic is:helmet", ["Bulwark of Small Hours", "Gambler's Halo", "The Patient Eye"]),
    ("is:armor2.0 is:exotic", []),
    ("is:infusable -is:weapon -is:armor", []),
    ("is:cosmetic is:weapon", []),
    ("is:vendor or is:sunset or is:focusable", []),
    ("is:patternunlocked is:power", SHAPED_HEAVY),
    ("is:craftable -is:patternunlocked", ["Cold Arithmetic", "Copper Thesis"]),
    ("powerlimit:<pinnaclecap", []),
]


@pytest.mark.parametrize(("query", "expected"), ON_MARROW, ids=[query for query, _ in ON_MARROW])
def test_on_marrow(world: World, query: str, expected: list[str]) -> None:
    assert names(world, query) == expected


def test_what_everything_is(world: World) -> None:
    everything = [item.id for item in world.items]
    assert ids(world, "is:ininventory") == everything
    assert ids(world, "powerlimit:>pinnaclecap") == everything
    gear = set(ids(world, "is:armor -is:armor2.0 -is:armor3.0"))
    assert not gear & set(ids(world, "is:armor energycapacity:>=0")), "armour with energy is of one system or the other"
    assert len(ids(world, "is:infusable")) > 1000
    assert ids(world, "is:infusable -is:weapon -is:armor") == []


def test_seasons_go_from_one_to_the_next(world: World) -> None:
    by_season = [set(ids(world, f"season:{number}")) for number in range(1, 30)]
    assert sum(map(len, by_season)) == len(ids(world, "season:>0")) > 900
    assert set(ids(world, "season:current")) == set(ids(world, "season:lawless")) == by_season[27]
    assert set(ids(world, "year:8")) == by_season[26] | by_season[27]
    assert len(ids(world, "-season:>0")) == len(world.items) - len(ids(world, "season:>0"))


BOW, CANNON = 3001, 3002
PLAIN, ENHANCED, EMPTY, POOL = 3101, 3102, 3103, 3201
TIERS = (2728416798, 2728416797, 2728416796)


def _weapons() -> Catalogue:
    """A bow that is enhanced, with a socket for it, and a cannon that is shaped, whose trait has an enhanced self."""
    made = definitions()
    enhancer = PlugInfo(711031169, hashes.WEAPON_ENHANCERS)
    made.rows["InventoryItem"] |= {
        BOW: ItemDefinition(BOW, "Reed Bow", tier_type=5, bucket=hashes.KINETIC, sockets=(SocketEntry(socket_type=4251072212),)),
        CANNON: ItemDefinition(
            CANNON,
            "Cannon (Adept)",
            tier_type=5,
            bucket=hashes.KINETIC,
            recipe=9,
            sockets=(SocketEntry(randomized_plug_set=POOL), SocketEntry()),
        ),
        PLAIN: ItemDefinition(PLAIN, "Steady", tier_type=2, plug=PlugInfo(1, "frames")),
        ENHANCED: ItemDefinition(ENHANCED, "Steady", tier_type=3, plug=PlugInfo(1, "frames")),
        EMPTY: ItemDefinition(EMPTY, "Empty", plug=enhancer),
    } | {hash: ItemDefinition(hash, "Enhanced", plug=enhancer) for hash in TIERS}
    made.rows["PlugSet"] = {POOL: PlugSetDefinition(POOL, plugs=((PLAIN, True), (ENHANCED, True)), levels=((ENHANCED, 11),))}
    made.rows["Objective"][7] = msgspec.structs.replace(made.rows["Objective"][6], hash=7, ui_style=2)
    return Catalogue(made)


def _world(*copies: tuple[int, int, int, int, bool]) -> World:
    """Copies of the two as (hash, state, plug, level, whether something more fits), numbered from 100."""
    body = account()
    parts = body["itemComponents"]
    parts["reusablePlugs"], parts["plugObjectives"] = {"data": {}}, {"data": {}}
    for number, (hash, state, plug, level, fits) in enumerate(copies, start=100):
        id = instance_id(number)
        body["profileInventory"]["data"]["items"].append(thing(hash, number, state=state))
        parts["instances"]["data"][id] = instance(500)
        parts["sockets"]["data"][id] = sockets(plug)
        parts["reusablePlugs"]["data"][id] = {"plugs": {"0": [{"plugItemHash": TIERS[0], "canInsert": fits, "enabled": fits}]}}
        parts["plugObjectives"]["data"][id] = {"objectivesPerPlug": {"1": [{"objectiveHash": 7, "progress": level}]}}
    return World(assemble_profile(read_snapshot(msgspec.json.encode(body), READ), _weapons()))


def _found(world: World, query: str) -> list[int]:
    return [int(id) - int(instance_id(0)) for id in ids(world, f"({query}) (name:reed or name:cannon)")]


def test_how_far_a_weapon_is_enhanced() -> None:
    world = _world(
        (BOW, 0, EMPTY, 0, True),
        (BOW, 8, TIERS[0], 12, True),
        (BOW, 8, TIERS[1], 12, False),
        (BOW, 8, TIERS[2], 20, False),
        (BOW, 0, 0, 0, False),
        (CANNON, 8, PLAIN, 30, False),
    )
    assert _found(world, "is:enhanceable") == [100, 101, 102]
    assert _found(world, "is:enhancementready is:enhanced") == [101]


def test_a_shaped_weapon_is_ready_at_the_level_that_the_trait_asks_for() -> None:
    world = _world((CANNON, 8, PLAIN, 10, False), (CANNON, 8, PLAIN, 11, False), (CANNON, 8, ENHANCED, 20, False))
    assert _found(world, "is:enhancementready") == [101]
    assert _found(world, "is:craftable is:tieredweapon") == [100, 101, 102]
    assert _found(world, "is:adept") == [100, 101, 102], "rows of before the flag say it in the name"


NEVER, EARLY, LATE = 4001, 4002, 4003


def test_limits_are_those_of_the_definition() -> None:
    """By the version of the copy; a limit that is above all power of today is none."""
    made = definitions()
    made.rows["PowerCap"] = {
        NEVER: NamedDefinition(NEVER, value=999_990),
        EARLY: NamedDefinition(EARLY, value=320),
        LATE: NamedDefinition(LATE, value=1060),
    }
    made.rows["InventoryItem"] |= {
        BOW: ItemDefinition(BOW, "Reed Bow", bucket=hashes.KINETIC, power_caps=(EARLY, LATE, NEVER, 5)),
        CANNON: ItemDefinition(CANNON, "Cannon", bucket=hashes.KINETIC),
    }
    body = account()
    body["profileInventory"]["data"]["items"] += [
        *[thing(BOW, 100 + version, versionNumber=version) for version in (0, 1, 2, 3, 4)],
        thing(CANNON, 105),
    ]
    world = World(assemble_profile(read_snapshot(msgspec.json.encode(body), READ), Catalogue(made)))
    assert _found(world, "is:sunset") == [100]
    assert _found(world, "powerlimit:320") == [100]
    assert _found(world, "powerlimit:<=1060") == [100, 101]
    assert _found(world, "powerlimit:>pinnaclecap") == [101, 102, 103, 104, 105]
