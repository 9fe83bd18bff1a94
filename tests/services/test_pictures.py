"""Which picture something gets: Bungie's, or ours."""

from __future__ import annotations

import pytest
from tests.domain.memory_definitions import MemoryDefinitions
from tests.picture_source import ICON, PNG

from vaultraider.domain.definitions import Definitions, ItemDefinition, PlugInfo
from vaultraider.domain.errors import DefinitionsMissing
from vaultraider.drawing import draw_banner, draw_emblem, draw_item
from vaultraider.ports import Picture
from vaultraider.services.pictures import SVG, Pictures

SWORD, CLASSIFIED, PICTURED, PERK, MOD, EMBLEM = 11, 12, 13, 14, 15, 16
ROWS = {
    "InventoryItem": {
        SWORD: ItemDefinition(hash=SWORD, item_type=3, item_sub_type=18, tier_type=6, damage_type=2),
        CLASSIFIED: ItemDefinition(hash=CLASSIFIED, redacted=True),
        PICTURED: ItemDefinition(hash=PICTURED, icon=ICON, item_type=3, item_sub_type=6, tier_type=5),
        PERK: ItemDefinition(hash=PERK, plug=PlugInfo(category="frames")),
        MOD: ItemDefinition(hash=MOD, plug=PlugInfo(category="enhancements.v2_head")),
        EMBLEM: ItemDefinition(hash=EMBLEM, icon=ICON, secondary_icon="/img/banner.png", secondary_special="/img/special.png"),
    }
}


class Shelf:
    """Fits the port ``PictureCache``: what is kept, what arrives when asked for, and what was asked for."""

    def __init__(self, kept: dict[str, bytes] | None = None, arriving: dict[str, bytes] | None = None) -> None:
        self.kept = kept or {}
        self.arriving = arriving or {}
        self.asked: list[str] = []

    def find(self, path: str) -> Picture | None:
        return Picture(content=self.kept[path], media_type="image/png") if path in self.kept else None

    def fetch(self, path: str, *, wait: float) -> Picture | None:
        assert wait < 1
        self.asked.append(path)
        self.kept |= {path: self.arriving[path]} if path in self.arriving else {}
        return self.find(path)


class NoDefinitions:
    def current(self, language: str | None = None) -> Definitions:
        raise DefinitionsMissing


class OneDefinitions(NoDefinitions):
    def current(self, language: str | None = None) -> Definitions:
        return MemoryDefinitions(ROWS, key="en-1")


def pictures(shelf: Shelf | None = None) -> Pictures:
    return Pictures(OneDefinitions(), shelf or Shelf())


@pytest.mark.parametrize(
    ("sort", "hash", "drawing"),
    [
        ("item", SWORD, draw_item("sword", "exotic", "arc", None, SWORD)),
        ("item", CLASSIFIED, draw_item("", "", None, None, 0, classified=True)),
        ("item", 4_000_000_000, draw_item("unknown", "common", None, None, 4_000_000_000)),
        ("plug", PERK, draw_item("perk", "common", None, None, PERK)),
        ("plug", MOD, draw_item("mod", "common", None, None, MOD)),
        ("plug", 4_000_000_000, draw_item("perk", "common", None, None, 4_000_000_000)),
        ("emblem", 99, draw_emblem(99)),
        ("banner", 99, draw_banner(99)),
    ],
)
def test_what_has_no_picture_is_drawn_for_good(sort: str, hash: int, drawing: str) -> None:
    found = getattr(pictures(), sort)(hash, ask=True)
    assert found.content.decode() == drawing
    assert (found.media_type, found.key, found.provisional) == (SVG, "en-1", False)


def test_bungies_picture_comes_first() -> None:
    found = pictures(Shelf(kept={ICON: PNG})).item(PICTURED, ask=False)
    assert (found.content, found.media_type, found.provisional) == (PNG, "image/png", False)


def test_ours_stands_in_until_bungies_is_here() -> None:
    shelf = Shelf(arriving={ICON: PNG})
    ours = pictures(shelf).item(PICTURED, ask=False)
    assert (ours.media_type, ours.provisional) == (SVG, True)
    assert shelf.asked == [], "without leave nobody is asked"
    assert pictures(shelf).item(PICTURED, ask=True).content == PNG


def test_an_emblem_has_a_picture_and_a_banner() -> None:
    shelf = Shelf()
    pictures(shelf).emblem(EMBLEM, ask=True)
    pictures(shelf).banner(EMBLEM, ask=True)
    assert shelf.asked == [ICON, "/img/banner.png"]


def test_without_definitions_everything_is_a_crate_for_now() -> None:
    found = Pictures(NoDefinitions(), Shelf()).item(SWORD, ask=True)
    assert (found.media_type, found.key, found.provisional) == (SVG, "", True)
