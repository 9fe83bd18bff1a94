"""A vocabulary of a few filters, one a form, so that these tests hold whatever filters there are."""

from __future__ import annotations

from collections.abc import Container

from vaultraider.search.filters._filter import Filter
from vaultraider.search.filters._making import matches_nothing
from vaultraider.search.vocabulary import Family, Vocabulary

SEASONS = {"current": 28, "outlaw": 4, "arrivals": 11}
STATS = ("health", "melee", "recovery", "range", "total")


def _is_sum_of_stats(stat: str, _own: Container[str]) -> bool:
    return all(each in STATS for each in stat.replace("&", "+").split("+"))


def _filter(*keywords: str, **more: object) -> Filter:
    return Filter(keywords=keywords, make=matches_nothing, help=f"Help of {keywords[0]}.", **more)  # type: ignore[arg-type]


WORDS = Vocabulary(
    [
        Family(
            "few",
            "Few",
            [
                _filter("exotic", "yellow"),
                _filter("bow", "blue", "handcannon", "weapon", "weaponmod"),
                _filter("oldword", deprecated="Write is:bow."),
                _filter("tag", formats=("query",), values=("none", "favorite", "keep", "junk"), example="tag:junk"),
                _filter("dupe", formats=("multiquery", "simple"), values=("item", "perks", "setbonus", "statlower")),
                _filter("name", "exactname", formats=("freeform",)),
                _filter("perkname", formats=("freeform",)),
                _filter("keyword", formats=("freeform",)),
                _filter("notes", formats=("freeform",)),
                _filter("id", formats=("freeform",)),
                _filter("inloadout", formats=("simple", "range", "freeform")),
                _filter(
                    "season", formats=("range",), overloads={"current": 28, "outlaw": 4, "arrivals": 11}, example="season:>=20"
                ),
                _filter("masterwork", formats=("simple", "query", "range"), values=("range", "melee"), example="masterwork:>=9"),
                _filter(
                    "stat", "basestat", formats=("stat",), stats=_is_sum_of_stats, stat_names=STATS, example="stat:total:>=60"
                ),
                _filter(
                    "kills", formats=("range", "stat"), stats=lambda stat, _own: stat in ("pve", "pvp"), stat_names=("pve", "pvp")
                ),
            ],
        )
    ]
)
