"""Where and when items came into the game."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.memory_definitions import MemoryDefinitions

from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.definitions import CollectibleDefinition, ItemDefinition
from vaultraider.domain.origins.breakers import breaker_of
from vaultraider.domain.origins.events import EVENTS, event_of
from vaultraider.domain.origins.foundries import foundry_of
from vaultraider.domain.origins.origin import NOWHERE, Origin, origin_of
from vaultraider.domain.origins.rewards import pays_pinnacle, pays_powerful
from vaultraider.domain.origins.seasons import CURRENT, RELEASES, SEASONS, WATERMARKS, season_of, year_of
from vaultraider.domain.origins.sources import ALIASES, PARTS, SOURCES, sources_of
from vaultraider.domain.origins.tables import by_hash, closed, read_table
from vaultraider.manifest.store import StoredDefinitions

ICONS = "/common/destiny2_content/icons/"
SPLICER = f"{ICONS}36418dde751148bd3b95a023d491ea73.png"
ARRIVALS = f"{ICONS}49dc693c5f3411b9638b97f38a70b69f.png"
DAWNING = f"{ICONS}83fbcacd223402c09af4b7ab067f8cce.png"
UNHEARD_OF = f"{ICONS}{'0' * 32}.png"


@pytest.mark.parametrize(
    ("item", "version", "source", "season"),
    [
        (ItemDefinition(1, watermark=SPLICER), 0, 0, 14),
        # A weapon that came back wears the mark of its version, whatever its row wears.
        (ItemDefinition(1, watermark=SPLICER, version_watermarks=(ARRIVALS, SPLICER)), 0, 0, 11),
        (ItemDefinition(1, watermark=SPLICER, version_watermarks=(ARRIVALS, SPLICER)), 1, 0, 14),
        (ItemDefinition(1, watermark=SPLICER, version_watermarks=(ARRIVALS,)), 7, 0, 14),
        (ItemDefinition(1, watermark=SPLICER, version_watermarks=(ARRIVALS,)), -1, 0, 14),
        (ItemDefinition(1, watermark=SPLICER, version_watermarks=("",)), 0, 0, 14),
        (ItemDefinition(1, watermark=UNHEARD_OF, season=26), 0, 0, 26),
        (ItemDefinition(1, watermark=UNHEARD_OF, secondary_overlay=SPLICER), 0, 0, 14),
        (ItemDefinition(1, season=26, trait_ids=("releases.v520.season",)), 0, 0, 26),
        (ItemDefinition(1, trait_ids=("item.armor.legs", "releases.v300.annual")), 0, 0, 1),
        (ItemDefinition(1, trait_ids=("releases.v460.annual",)), 0, 0, 8),
        (ItemDefinition(1, trait_ids=("releases.v950.dlc",)), 0, 0, 28),
        (ItemDefinition(1, trait_ids=("releases.v980.core",)), 0, 2065138144, 28),
        (ItemDefinition(1, trait_ids=("releases.v425.season",)), 0, 2065138144, 14),
        (ItemDefinition(1, trait_ids=("releases.v9999999.season",)), 0, 0, 0),
        (ItemDefinition(1, trait_ids=("releases",)), 0, 2065138144, 14),
        (ItemDefinition(1), 0, 2065138144, 14),
        (ItemDefinition(1), 0, 1, 0),
        (ItemDefinition(1, watermark="?"), 0, 0, 0),
    ],
)
def test_seasons(item: ItemDefinition, version: int, source: int, season: int) -> None:
    assert season_of(item, version, source) == season


def test_every_season_has_its_tables() -> None:
    numbers = [season.number for season in SEASONS]
    assert numbers == list(range(1, CURRENT + 1))
    assert set(WATERMARKS) == set(RELEASES.values()) == set(numbers)
    assert RELEASES[max(RELEASES)] == CURRENT
    pictures = [picture for listed in WATERMARKS.values() for picture in listed.split()]
    assert len(pictures) == len(set(pictures)), "no picture means two seasons"
    assert all(len(picture) == 32 for picture in pictures)


def test_years_as_the_field_counts_them(shared_dir: Path) -> None:
    told = set()
    for name in ("weapon", "armor", "ghost"):
        rows = json.loads((shared_dir / "vectors" / f"d2-stores-{name}.json").read_text())["rows"]
        told |= {(row["Season"], row["Year"]) for row in rows}
    assert len(told) > 25
    assert {(season, year_of(season)) for season, _ in told} == told
    assert year_of(0) == 0


@pytest.mark.parametrize(
    ("item", "source", "text", "word"),
    [
        (ItemDefinition(1, watermark=DAWNING), 0, "", "dawning"),
        (ItemDefinition(1), 2187511136, "", "revelry"),
        (ItemDefinition(1), 5, "Source: Guardian Games 2031", "games"),
        (ItemDefinition(1), 5, "Source: Strikes", None),
        (ItemDefinition(1), 0, "", None),
    ],
)
def test_events(item: ItemDefinition, source: int, text: str, word: str | None) -> None:
    event = event_of(item, 0, source, text)
    assert (event.word if event is not None else None) == word


@pytest.mark.parametrize(
    ("item", "source", "text", "expected"),
    [
        (0, 412991783, "", {"strikes"}),
        (0, 2065138144, "", {"vaultofglass", "raid"}),
        (0, 1282207663, "", {"duality", "dungeon"}),
        (0, 675740011, "", {"grasp", "dungeon", "30th"}),
        (0, 2653618435, "", {"leviathan", "raid", "calus", "dcv"}),
        (0, 2511152325, "", {"menagerie", "calus", "dcv"}),
        (4103414242, 0, "", {"gardenofsalvation", "raid"}),
        (2307365, 0, "", {"crucible", "trials"}),
        (0, 3999, 'Source: "Equilibrium" Dungeon', {"equilibrium", "dungeon"}),
        (0, 3999, "Source: The Desert Perpetual, again", {"desertperpetual", "raid"}),
        (0, 3999, "Quelle: Im Hafen", set()),
        (0, 0, "", set()),
    ],
)
def test_sources(item: int, source: int, text: str, expected: set[str]) -> None:
    assert sources_of(item, source, text) == expected


def test_what_belongs_to_an_event_belongs_to_the_events() -> None:
    assert sources_of(0, 0, "", "fotl") == {"fotl", "events"}
    assert {event.word for event in EVENTS} <= set(SOURCES)


def test_every_word_for_a_source_leads_somewhere() -> None:
    assert set(ALIASES.values()) <= set(SOURCES)
    assert not set(ALIASES) & set(SOURCES)
    assert {part for parts in PARTS.values() for part in parts} | set(PARTS) <= set(SOURCES)


@pytest.mark.parametrize(
    ("item", "foundry"),
    [
        (ItemDefinition(1, trait_ids=("item.weapon.bow", "foundry.tex_mechanica")), "tex-mechanica"),
        (ItemDefinition(2307365), "suros"),
        (ItemDefinition(2307365, trait_ids=("foundry.hakke",)), "hakke"),
        (ItemDefinition(1), ""),
    ],
)
def test_foundries(item: ItemDefinition, foundry: str) -> None:
    assert foundry_of(item) == foundry


@pytest.mark.parametrize(
    ("item", "breaker"),
    [
        (ItemDefinition(1, breaker_type=1), "barrier"),
        (ItemDefinition(1, breaker_type=2), "overload"),
        (ItemDefinition(1, breaker_type=3), "unstoppable"),
        (ItemDefinition(1, breaker_type=9), ""),
        (ItemDefinition(2415768376), "unstoppable"),
        (ItemDefinition(1), ""),
    ],
)
def test_breakers(item: ItemDefinition, breaker: str) -> None:
    assert breaker_of(item) == breaker


def test_rewards() -> None:
    powerful, pinnacle = ItemDefinition(1, rewards=(5, 3114385605)), ItemDefinition(1, rewards=(73143230,))
    assert (pays_powerful(powerful), pays_pinnacle(powerful)) == (True, False)
    assert (pays_powerful(pinnacle), pays_pinnacle(pinnacle)) == (True, True)
    assert not pays_powerful(ItemDefinition(1, rewards=(5,)))


def test_an_origin_is_worked_out_once() -> None:
    item = ItemDefinition(7, collectible=70, trait_ids=("foundry.veist",), breaker_type=2, version_watermarks=(ARRIVALS, SPLICER))
    rows = {"InventoryItem": {7: item}, "Collectible": {70: CollectibleDefinition(70, "", 2065138144, "Source: Glass", 7)}}
    catalogue = Catalogue(MemoryDefinitions(rows))
    expected = Origin(11, 3, "", "", frozenset({"vaultofglass", "raid"}), "Source: Glass", "veist", "overload")
    assert origin_of(catalogue, 7) == expected
    assert origin_of(catalogue, 7, 1) == expected._replace(season=14, year=4)
    assert origin_of(catalogue, 7) is origin_of(catalogue, 7)
    assert origin_of(catalogue, 8) is NOWHERE, "a hash that nobody knows"


@pytest.mark.real_data
def test_what_the_field_says_of_a_real_vault(shared_dir: Path, real_manifest: StoredDefinitions) -> None:
    """Where our definitions know a season at all, it is the field's."""
    catalogue = Catalogue(real_manifest)
    told = 0
    for name in ("weapon", "armor", "ghost"):
        for row in json.loads((shared_dir / "vectors" / f"d2-stores-{name}.json").read_text())["rows"]:
            origin = origin_of(catalogue, row["Hash"])
            if origin.season:
                told += 1
                assert (origin.season, origin.year) == (row["Season"], row["Year"]), row["Name"]
    assert told >= 50


def test_tables_are_read_over_several_lines() -> None:
    table = read_table("a: 1 2\n  3\nb: 3\n")
    assert table == {"a": (1, 2, 3), "b": (3,)}
    assert by_hash(table) == {1: frozenset("a"), 2: frozenset("a"), 3: frozenset("ab")}


def test_wholes_reach_all_the_way_up() -> None:
    assert closed({"b": ("a",), "c": ("b",), "d": ("c", "a")}) == {
        "a": frozenset("bcd"),
        "b": frozenset("cd"),
        "c": frozenset("d"),
    }
    assert closed({"a": ("b",), "b": ("a",)}) == {"a": frozenset("ab"), "b": frozenset("ab")}, "and come to an end"


@given(st.integers(), st.integers(), st.text(), st.lists(st.text(max_size=60), max_size=4), st.integers())
def test_no_row_whatever_raises(hash: int, source: int, text: str, words: list[str], version: int) -> None:
    item = ItemDefinition(hash, watermark=text, trait_ids=tuple(words), version_watermarks=tuple(words), breaker_type=version)
    season = season_of(item, version, source)
    assert 0 <= season <= CURRENT
    event = event_of(item, version, source, text)
    assert sources_of(hash, source, text, event.word if event is not None else "") <= set(SOURCES)
    assert foundry_of(item).lower() is not None
    assert breaker_of(item) in {"", "barrier", "overload", "unstoppable"}
