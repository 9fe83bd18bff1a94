"""Which loadouts an item is in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from vaultraider.domain.loadouts import saved_loadouts
from vaultraider.search.filters._filter import Asked, Filter, Test
from vaultraider.search.folding import fold
from vaultraider.search.world import World

Names = Mapping[str, tuple[str, ...]]


def _in_game(world: World) -> Names:
    """By instance id the names of the game's own loadouts that it is in; one that was never named is called ""."""
    return world.once("loadouts.game", lambda: _read(world))


def _read(world: World) -> Names:
    found: defaultdict[str, list[str]] = defaultdict(list)
    names: dict[int, str] = {}
    for loadout in saved_loadouts(world.profile.snapshot):
        if loadout.name_hash not in names:
            row = world.catalogue.definitions.full("LoadoutName", loadout.name_hash) or {}
            name = row.get("name")
            names[loadout.name_hash] = fold(name) if isinstance(name, str) else ""
        for id in loadout.items:
            found[id].append(names[loadout.name_hash])
    return {id: tuple(listed) for id, listed in found.items()}


def _own(world: World) -> Names:
    """The same of those that the person keeps here."""
    return world.once("loadouts.own", lambda: {id: tuple(map(fold, names)) for id, names in world.loadouts.items()})


def _in_loadouts(asked: Asked, world: World) -> Test:
    game, own = _in_game(world), _own(world)
    if asked.range is not None:
        holds = asked.range.holds
        return lambda item: holds(len(game.get(item.id, ())) + len(own.get(item.id, ())))
    if asked.format == "freeform":
        wanted = fold(asked.text)
        return lambda item: any(wanted in name for names in (own, game) for name in names.get(item.id, ()))
    return lambda item: item.id in own or item.id in game


def _in_game_loadouts(_asked: Asked, world: World) -> Test:
    game = _in_game(world)
    return lambda item: item.id in game


def _in_own_loadouts(_asked: Asked, world: World) -> Test:
    own = _own(world)
    return lambda item: item.id in own


def _names(world: World) -> tuple[str, ...]:
    listed = {name for names in (_own(world), _in_game(world)) for each in names.values() for name in each if name}
    return tuple(sorted(listed))


FILTERS = (
    Filter(
        keywords=("inloadout",),
        formats=("simple", "range", "freeform"),
        make=_in_loadouts,
        help="Items in any loadout, in so many loadouts, or in one with this in its name.",
        example="is:inloadout is:invault",
        hints=_names,
    ),
    Filter(
        keywords=("iningameloadout",),
        make=_in_game_loadouts,
        help="Items in a loadout that was saved in the game.",
        example="is:iningameloadout",
    ),
    Filter(
        keywords=("indimloadout",),
        make=_in_own_loadouts,
        help="Items in a loadout that is kept here, rather than in the game.",
        example="is:indimloadout",
    ),
)
