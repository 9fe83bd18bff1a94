"""Masterworks, catalysts, and what a weapon has counted."""

from __future__ import annotations

from vaultraider.search.filters._filter import Asked, Filter, Test
from vaultraider.search.items import SearchItem
from vaultraider.search.masterworks import catalyst_of, kills_of, masterwork_of
from vaultraider.search.stat_names import ANY, STAT_WORDS, STATS, TOTAL
from vaultraider.search.world import World

KILLS = ("pve", "pvp", "gambit")
MEMENTOS = {
    "games": "games", "monolithic": "monolithic", "vaultofglass": "vault of glass", "gardenofsalvation": "garden of salvation",
    "solstice": "solstice", "lost": "lost", "nightfall": "nightfall", "ironbanner": "iron banner", "trials": "trials",
    "gambit": "gambit", "champion": "champion", "dawning": "dawning",
}  # fmt: skip
"""By a word of their English name: Bungie's data puts them all into one category."""


def _masterwork(asked: Asked, _world: World) -> Test:
    if asked.format == "simple":
        return lambda item: item.is_masterwork
    wanted, hash = asked.range, STATS.get(asked.text)
    any_stat = asked.text in (ANY, TOTAL)

    def test(item: SearchItem) -> bool:
        found = item.once(masterwork_of)
        if found is None:
            return False
        if wanted is not None:
            return wanted.holds(found.tier)
        return bool(found.stats) if any_stat else hash in found.stats

    return test


def _kills(asked: Asked, _world: World) -> Test:
    wanted, what = asked.range, asked.stat

    def test(item: SearchItem) -> bool:
        count = kills_of(item, what) if item.entry.plug_objectives is not None else None
        return wanted is not None and count is not None and wanted.holds(count)

    return test


def _catalyst(asked: Asked, _world: World) -> Test:
    wanted = asked.text
    return lambda item: item.once(catalyst_of) == wanted


def _mementos(item: SearchItem) -> tuple[str, ...]:
    return tuple([seat.plug.name for seat in item.seats if seat.plug.is_memento and seat.is_chosen])


def _memento(asked: Asked, _world: World) -> Test:
    if asked.text == "any":
        return lambda item: bool(item.once(_mementos))
    if asked.text == "none":
        return lambda item: bool(item.made) and item.blueprint.accepts("mementos") and not item.once(_mementos)
    word = MEMENTOS[asked.text]
    return lambda item: any(word in name for name in item.once(_mementos))


FILTERS = (
    Filter(
        keywords=("masterwork",),
        formats=("simple", "query", "range"),
        make=_masterwork,
        values=STAT_WORDS,
        help={
            "masterwork": "Items that are masterworked. With a number: raised so far. With a stat: their masterwork raises it.",
            "any": "Items whose masterwork raises any stat.",
        },
        example="masterwork:>=10",
    ),
    Filter(
        keywords=("kills",),
        formats=("range", "stat"),
        make=_kills,
        stat_names=KILLS,
        stats=lambda name, _own: name in KILLS,
        help="How many a weapon has defeated by the count of its tracker, in all or in pve, pvp or gambit.",
        example="kills:>=1000",
    ),
    Filter(
        keywords=("catalyst",),
        formats=("query",),
        make=_catalyst,
        values=("complete", "incomplete", "missing"),
        help={
            "complete": "Exotic weapons whose catalyst is complete.",
            "incomplete": "Exotic weapons whose catalyst you have found and not completed.",
            "missing": "Exotic weapons whose catalyst you have not found.",
        },
        example="catalyst:incomplete",
    ),
    Filter(
        keywords=("memento",),
        formats=("query",),
        make=_memento,
        values=("any", "none", *MEMENTOS),
        help={
            "memento": "Shaped weapons with this memento, by its English name.",
            "any": "Shaped weapons with a memento.",
            "none": "Shaped weapons that could take a memento and have none.",
        },
        example="memento:any",
    ),
)
