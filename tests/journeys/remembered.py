"""A week that the memory has seen: what happened to some of Marrow's things, from Saturday to Sunday."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from playwright.sync_api import Browser
from tests.journeys.dated import DatedHouse, dated_house
from tests.journeys.house import NICKNAMES, name_guardians

BEGIN = "2026-11-14T20:00:00+00:00"
FOUND = "2026-11-15T19:42:00+00:00"
RAISED = "2026-11-16T21:10:00+00:00"
MOVED = "2026-11-18T18:30:00+00:00"
LOST = "2026-11-19T22:40:00+00:00"
LOCKED = "2026-11-21T10:00:00+00:00"
NOW = "2026-11-22T14:02:00+00:00"
BEFORE = timedelta(minutes=3)
"""How long before something happens the account is read for the last time without it."""


@dataclass(frozen=True)
class Week:
    """Items as the profile told them on Saturday, with their ``name``.

    ``hero``: a weapon of Brannoch's that was raised on Monday, moved to the vault on Wednesday and locked or unlocked on
    Saturday. ``lost``: lay in the vault and was taken apart on Thursday. ``found``: id of what dropped on Sunday.
    """

    hero: dict[str, Any]
    lost: dict[str, Any]
    found: str


@dataclass(frozen=True)
class Remembered:
    """A house on Sunday afternoon, and what it remembers."""

    home: DatedHouse
    week: Week


@contextmanager
def remembered_house(folder: Path, browser: Browser) -> Iterator[Remembered]:
    """Marrow's guardians have their names from the beginning."""
    with dated_house(folder, BEGIN) as home:
        name_guardians(browser, home)
        yield Remembered(home, _live(home))


def _live(home: DatedHouse) -> Week:
    profile = _profile(home)
    facts = profile["definitions"]
    items = [each | {"name": facts[str(each["hash"])]["name"]} for each in profile["items"] if each["id"].isdigit()]
    brannoch = next(each["id"] for each in profile["characters"] if each["nickname"] == NICKNAMES[0])
    lost = next(each for each in items if each["store"] == "vault" and _is_plain(facts[str(each["hash"])]))
    hero = next(each for each in items if each["store"] == brannoch and each["place"] == "inventory" and "element" in each)
    found = _do(home, FOUND, "find")[0]
    _do(home, RAISED, "touch", item=hero["id"])
    _do(home, MOVED, "move", item=hero["id"], to="vault")
    _do(home, LOST, "delete", item=lost["id"])
    _do(home, LOCKED, "lock", item=hero["id"])
    home.clock.set(NOW)
    _look(home)
    return Week(hero, lost, found)


def _is_plain(facts: dict[str, Any]) -> bool:
    """A weapon with a name like most."""
    return bool(facts["kind"] == "hand_cannon" and facts["tier"] == "legendary" and facts["name"].replace(" ", "").isalpha())


def _do(home: DatedHouse, moment: str, deed: str, **params: Any) -> list[str]:
    """The player does it between two reads, so that it is known when. The ids of what was touched."""
    home.clock.set((datetime.fromisoformat(moment) - BEFORE).isoformat())
    _look(home)
    home.clock.stand_still(moment)
    touched: list[str] = home.bungie.happen("external_mutation", account="Marrow", deed=deed, **params)["items"]
    _look(home)
    assert touched, deed
    return touched


def _look(home: DatedHouse) -> None:
    """Reads the account, as the watch does."""
    inventory = home.parts.services.inventory
    for user in home.parts.services.accounts.users.all():
        inventory.refresh(user, forced=True)


def _profile(home: DatedHouse) -> dict[str, Any]:
    services = home.parts.services
    (user,) = services.accounts.users.all()
    decoded: dict[str, Any] = msgspec.json.decode(services.inventory.answer(user).body("identity"))
    return decoded
