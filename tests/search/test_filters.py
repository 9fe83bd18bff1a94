"""Each filter on a small vault whose items are made for it: a query, and the names of what it finds."""

from __future__ import annotations

import pytest
from tests.search.cast import HUNTER, LEVEL_OBJECTIVE, TITAN, Thing, armor, weapon, world
from tests.search.worlds import names

from vaultraider.domain import hashes
from vaultraider.domain.annotations import Annotation
from vaultraider.domain.wishes import Verdict
from vaultraider.search.world import World

LOCKED, MASTERWORK, CRAFTED, HIGHLIGHTED = 1, 4, 8, 16

EXOTIC = {"tier_type": 6}
HEAVY_LAUNCHER = {"item_sub_type": 23, "ammo_type": 3, "type_name": "Grenade Launcher"}
LIGHT_LAUNCHER = HEAVY_LAUNCHER | {"ammo_type": 2}

GEAR = (
    weapon("Anvil", store=TITAN, equipped=True, state=LOCKED, power=550, tier=5, element=2),
    weapon("Bellows", store=TITAN, power=540, element=6, fields={"item_sub_type": 22, "ammo_type": 3, "type_name": "Linear"}),
    weapon(
        "Chisel", bucket=hashes.ENERGY, power=550, fields=EXOTIC | {"item_sub_type": 11, "ammo_type": 2, "type_name": "Fusion"}
    ),
    weapon("Drum", bucket=hashes.POWER, store=HUNTER, fields=HEAVY_LAUNCHER),
    weapon("Etching", store=HUNTER, waiting=True, fields=LIGHT_LAUNCHER),
    armor("Felt Hood", store=TITAN, power=545, energy=9),
    armor("Grey Hood", power=551, energy=10, lockable=False),
    armor("Gold Hood", store=TITAN, waiting=True),
    Thing("Hollow Shell", bucket=hashes.GHOST, power=0, fields={"item_type": 24, "equippable": True}),
    Thing("Ink", bucket=hashes.CONSUMABLES, stack=True, quantity=50, fields={"max_stack": 50, "tier_type": 3}),
    Thing("Jade", bucket=hashes.CONSUMABLES, stack=True, quantity=7, fields={"max_stack": 50, "tier_type": 2}),
    Thing("Key", bucket=hashes.SUBCLASS, store=HUNTER, equipped=True, transfer_status=3, fields={"class_type": 1}),
)

GEAR_CASES = [
    ("", "Anvil Bellows Chisel Drum Etching Felt_Hood Gold_Hood Grey_Hood Hollow_Shell Ink Jade Key"),
    ("is:weapon", "Anvil Bellows Chisel Drum Etching"),
    ("is:armor", "Felt_Hood Gold_Hood Grey_Hood"),
    ("is:equipment -is:weapon", "Felt_Hood Gold_Hood Grey_Hood Hollow_Shell"),
    ("is:handcannon", "Anvil"),
    ("is:lfr", "Bellows"),
    ("is:linearfusionrifle", "Bellows"),
    ("is:fusionrifle", "Chisel"),
    ("is:grenadelauncher", "Drum Etching"),
    ("is:heavygrenadelauncher", "Drum"),
    ("is:specialgrenadelauncher", "Etching"),
    ("is:kineticslot", "Anvil Bellows Etching"),
    ("is:power", "Drum"),
    ("is:energy", "Chisel"),
    ("is:helmet", "Felt_Hood Gold_Hood Grey_Hood"),
    ("is:ghost", "Hollow_Shell"),
    ("is:consumables", "Ink Jade"),
    ("is:subclass", "Key"),
    ("is:lostitems", "Etching Gold_Hood"),
    ("is:arc", "Anvil"),
    ("is:stasis", "Bellows"),
    ("is:light", "Anvil"),
    ("is:dark", "Bellows"),
    ("is:heavy", "Bellows Drum"),
    ("is:special", "Chisel Etching"),
    ("is:exotic", "Chisel"),
    ("is:yellow", "Chisel"),
    ("is:uncommon", "Ink"),
    ("is:white", "Jade"),
    ("is:hunter", "Felt_Hood Gold_Hood Grey_Hood Key"),
    ("is:titan", ""),
    ("is:currentclass", ""),
    ("is:onwrongclass", "Felt_Hood"),
    ("is:invault -is:stackable", "Chisel Grey_Hood Hollow_Shell"),
    ("is:inleftchar", "Anvil Bellows Felt_Hood Gold_Hood"),
    ("is:incurrentchar", "Anvil Bellows Felt_Hood Gold_Hood"),
    ("is:inmiddlechar", ""),
    ("is:inrightchar", "Drum Etching Key"),
    ("is:equipped", "Anvil Key"),
    ("is:postmaster", "Etching Gold_Hood"),
    ("-is:movable", "Key"),
    ("is:locked", "Anvil"),
    ("is:unlocked is:armor", "Felt_Hood Gold_Hood"),
    ("is:stackable", "Ink Jade"),
    ("is:stackfull", "Ink"),
    ("stack:>7", "Ink"),
    ("power:>=550", "Anvil Chisel Grey_Hood"),
    ("light:pinnaclecap", "Anvil Chisel"),
    ("power:<1", ""),
    ("is:haspower", "Anvil Bellows Chisel Drum Etching Felt_Hood Gold_Hood Grey_Hood"),
    ("is:maxpower", "Anvil Chisel Drum Grey_Hood"),
    ("tier:5", "Anvil"),
    ("tier:0 is:armor", "Felt_Hood Gold_Hood Grey_Hood"),
    ("energycapacity:<10", "Felt_Hood"),
    ("name:hood", "Felt_Hood Gold_Hood Grey_Hood"),
    ("exactname:ink", "Ink"),
    ("hood -grey -gold", "Felt_Hood"),
    ("linear", "Bellows"),
    ("id:6917529000000000003", "Chisel"),
    ("hash:0", ""),
]


@pytest.fixture(scope="module")
def gear() -> World:
    return world(*GEAR)


@pytest.mark.parametrize(("query", "wanted"), GEAR_CASES)
def test_kinds_and_places(gear: World, query: str, wanted: str) -> None:
    assert names(gear, query) == listed(wanted)


def listed(wanted: str) -> list[str]:
    return [name.replace("_", " ") for name in wanted.split()]


ROLLED = (
    weapon(
        "Almanac",
        state=MASTERWORK | LOCKED,
        sockets=(
            ("*Outlaw", "Outlaw", ("Outlaw",)),
            ("*Kill Clip", "Kill Clip", ("Kill Clip",)),
            ("", "Range Masterwork", ()),
            ("", "Kill Tracker", ()),
        ),
        counts={"Kill Tracker": {90275515: 1200}, "Crucible Tracker": {74070459: 30}},
    ),
    weapon(
        "Breviary",
        sockets=(("*Outlaw", "Rapid Hit", ("Rapid Hit", "Outlaw")), ("*Kill Clip", "Rampage", ()), ("", "Souvenir", ())),
    ),
    weapon(
        "Codex",
        state=CRAFTED,
        sockets=(("*Outlaw", "Outlaw!", ()), ("Empty Memento", "Trials Memento", ()), ("", "Level", ())),
        counts={"Level": {LEVEL_OBJECTIVE: 21}},
        fields={"recipe": 5},
    ),
    weapon("Diary", state=CRAFTED, sockets=(("*Outlaw", "Outlaw!", ()), ("Empty Memento", "Empty Memento", ()))),
    weapon("Elegy", state=HIGHLIGHTED, sockets=(("Empty Deepsight", "Empty Deepsight", ("Harmonic Deepsight",)),)),
    weapon(
        "Flurry",
        state=MASTERWORK,
        fields=EXOTIC,
        # Of legendary weapons a choice of traits is something special; exotic ones are as they are.
        sockets=(("", "Secret of Snow", ()), ("Empty Catalyst", "Catalyst of Snow", ()), ("*Zen", "Zen", ("Zen", "Surplus"))),
    ),
    weapon(
        "Gale",
        fields=EXOTIC,
        sockets=(("Empty Catalyst", "Empty Catalyst", ("Empty Catalyst", "Catalyst of Snow")),),
    ),
    weapon("Hail", fields=EXOTIC, sockets=(("Empty Catalyst", "Empty Catalyst", ()),)),
    armor("Iris", (30, 20, 10, 0, 0, 0), sockets=(("", "Masterwork 3.0", ()), ("King's Mod Socket", "King's Mod Socket", ()))),
    armor(
        "Jonquil",
        sockets=(
            ("Empty Mod", "Recovery Mod", ()),
            ("Default Shader", "Night Coat", ()),
            ("No Ornament", "Gilded", ()),
            ("Empty Artifice", "Empty Artifice", ()),
        ),
        fields={"set_hash": 9},
    ),
    armor(
        "Kingcup",
        sockets=(("Empty Mod", "Empty Mod", ()), ("Default Shader", "Default Shader", ()), ("No Ornament", "No Ornament", ())),
    ),
    armor("Lily", fields=EXOTIC, sockets=(("", "Secret of Snow", ()),)),
)

ROLLED_CASES = [
    ("is:masterwork", "Almanac Flurry"),
    ("masterwork:7", "Almanac"),
    ("masterwork:10", "Flurry Jonquil Kingcup Lily"),
    ("masterwork:range", "Almanac"),
    # What it adds only under a condition is not what it raises.
    ("masterwork:stability", ""),
    ("masterwork:5 is:armor", "Iris"),
    ("masterwork:melee", "Iris"),
    ("masterwork:health", ""),
    ("kills:>=1000", "Almanac"),
    ("kills:pvp:30", "Almanac"),
    ("kills:gambit:>=0", ""),
    ("kills:pve:1200", "Almanac"),
    ("is:crafted", "Codex"),
    ("is:enhanced", "Diary"),
    ("enhanced:>0", ""),
    ("weaponlevel:>20", "Codex"),
    ("is:deepsight", "Elegy"),
    ("deepsight:extractable", "Elegy"),
    ("deepsight:harmonizable", "Elegy"),
    ("memento:any", "Codex"),
    ("memento:trials", "Codex"),
    ("memento:none", "Diary"),
    ("catalyst:complete", "Flurry"),
    ("catalyst:incomplete", "Gale"),
    ("catalyst:missing", "Hail"),
    ("is:enhancedperk", "Codex Diary"),
    ("enhancedperk:0 is:crafted", ""),
    ("is:extraperk", "Breviary"),
    ("is:origintrait", "Breviary"),
    ("is:curated", "Almanac"),
    ("is:retiredperk", "Breviary"),
    ("is:randomroll is:weapon", "Almanac Breviary Codex Diary Flurry"),
    ("is:modded", "Jonquil"),
    ("is:shaded", "Jonquil"),
    ("is:hasornament", "Jonquil"),
    ("is:artifice", "Jonquil"),
    ("modslot:kingsfall", "Iris"),
    ("modslot:activity", "Iris"),
    ("modslot:none", "Jonquil Kingcup Lily"),
    ("modslot:setbonus", "Jonquil"),
    ("is:armorintrinsic", "Lily"),
    ("armorintrinsic:none", "Iris Jonquil Kingcup"),
    ("perk:outlaw", "Almanac Breviary Codex Diary"),
    ("perk:'reload time'", "Almanac Breviary"),
    ("perk:eload", ""),
    # A mod's own row says nothing; what it grants does.
    ("perk:orbs", "Jonquil"),
    ("perkname:recuperation", "Jonquil"),
    ("exactperk:recuperation", "Jonquil"),
    ("exactperk:'recovery mod'", "Jonquil"),
    ("'picking up orbs'", "Jonquil"),
    ("description:orbs", ""),
    ("perkname:rapid", "Breviary"),
    ("perkname:precision", ""),
    # What could be put into every copy is no perk of this one.
    ("perkname:harmonic", ""),
    ("exactperk:'kill clip'", "Almanac"),
    ("exactperk:kill", ""),
    ("precision kill", "Almanac Breviary"),
    ("tide", "Jonquil"),
    ("is:wishlistable", "Almanac Breviary Codex Diary Flurry"),
]


@pytest.fixture(scope="module")
def rolled() -> World:
    return world(*ROLLED, retired={"Breviary": ["Rampage"]})


@pytest.mark.parametrize(("query", "wanted"), ROLLED_CASES)
def test_sockets_and_what_was_done(rolled: World, query: str, wanted: str) -> None:
    assert names(rolled, query) == listed(wanted)


SAID = {
    "Almanac": Annotation("favorite", "God roll #pve"),
    "Breviary": Annotation("junk", "Été à Paris"),
    "Codex": Annotation("", "keep until #pvp"),
}
JUDGED = {"Almanac": Verdict(True, "PvE: god roll"), "Breviary": Verdict(False)}
SAID_CASES = [
    ("tag:favorite", "Almanac"),
    ("tag:none is:weapon -is:exotic", "Codex Diary Elegy"),
    ("is:tagged", "Almanac Breviary"),
    ("is:hasnotes", "Almanac Breviary Codex"),
    ("notes:#pve", "Almanac"),
    ("notes:oll", "Almanac"),
    ("notes:ete", "Breviary"),
    ("notes:“À paris”", "Breviary"),
    ("#pv", "Almanac Codex"),
    ("paris", "Breviary"),
    ("aris", ""),
    ("is:wishlist", "Almanac"),
    ("is:trashlist", "Breviary"),
    ("wishlistnotes:pve", "Almanac"),
    ("is:wishlistunknown", "Breviary Diary Flurry"),
]


@pytest.mark.parametrize(("query", "wanted"), SAID_CASES)
def test_what_was_said_of_them(query: str, wanted: str) -> None:
    said = world(*ROLLED, said=SAID, judged=JUDGED, wishable=["Almanac", "Codex"])
    assert names(said, query) == listed(wanted)


def test_a_language_without_spaces_is_looked_through_anywhere() -> None:
    sword = weapon("紅葉の刃")
    assert names(world(sword, language="ja"), "葉の") == ["紅葉の刃"]
    assert names(world(sword, language="en"), "葉の") == []
