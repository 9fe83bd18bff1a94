"""The demo's Marrow as the query language sees him: Bungie.net in a box asked over HTTP, on a day that is always the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tests.simulator.controls import Controls
from tests.wired import build_wired, install_definitions

from vaultraider.domain.profile import Profile
from vaultraider.search.matcher import Matcher
from vaultraider.search.query import parse
from vaultraider.search.vocabulary import vocabulary
from vaultraider.search.world import World
from vaultraider.simulator.world import Account

DAY = datetime(2026, 11, 17, 17, 0, tzinfo=UTC)


class Known(NamedTuple):
    """``truth``: what Bungie.net in a box knew of him when his profile was read."""

    profile: Profile
    truth: Account


@contextmanager
def marrow(folder: Path, controls: Controls) -> Iterator[Profile]:
    """His profile, while the house is open that read it: definitions are looked up as they are asked for."""
    definitions = install_definitions(folder / "installing", controls)
    with known_marrow(folder / "house", controls, definitions) as known:
        yield known.profile


@contextmanager
def known_marrow(folder: Path, controls: Controls, definitions: Path) -> Iterator[Known]:
    controls.first_day()
    house = build_wired(folder, controls, start=DAY, definitions=definitions)
    try:
        house.signed_in()
        profile = house.services.inventory.profile_for_moving(house.user())
        truth = deepcopy(controls.account())
        controls.first_day()
        yield Known(profile, truth)
    finally:
        house.services.close()


def ids(world: World, text: str) -> list[str]:
    """What a query finds, in the profile's order."""
    own = [stat.keyword for stat in world.custom_stats]
    return Matcher(vocabulary().also({}, own) if own else vocabulary()).find(world, parse(text)).ids


def names(world: World, text: str) -> list[str]:
    """The names of what a query finds, each once, in the alphabet's order."""
    wanted = set(ids(world, text))
    return sorted({item.blueprint.title for item in world.items if item.id in wanted})
