"""Two days in the life of Marrow's vault, seen by a whole house before the simulator: made once, looked back on by many tests.

Nobody watches by itself: ``look`` lets time pass and reads the account, so that each event has its moment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.clocks import START
from tests.simulator.controls import Controls
from tests.wired import WiredBrowser, WiredHouse, build_wired

from vaultraider.simulator.world import VAULT, Account, Item

MINUTE, HOUR = 60.0, 3600.0
WEAPON_SLOTS = (1498876634, 2465295065, 953998645)


@dataclass
class Lived:
    """``times``: when each thing was seen, by its name here. ``ids``: of items, likewise."""

    folder: Path
    end: datetime = START
    times: dict[str, datetime] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    shown: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What the page showed at some of the times."""


class Days:
    """Somebody's days, as they go by."""

    def __init__(self, house: WiredHouse, browser: WiredBrowser, person: str = "Marrow") -> None:
        self.house = house
        self.browser = browser
        self.person = person

    @property
    def account(self) -> Account:
        return self.house.controls.account(self.person)

    def play(self, deed: str, **doing: Any) -> list[str]:
        """Ids of what was touched."""
        done = self.house.controls.happen("external_mutation", account=self.person, deed=deed, **doing)
        return [each if isinstance(each, str) else each["id"] for each in done["items"]]

    def change(self, what: Callable[[Account], None]) -> None:
        """What no deed does."""
        box = self.house.controls.box
        with box.lock:
            what(self.account)
            box.world.changed()

    def look(self, after: float = 10 * MINUTE) -> datetime:
        """So much later the account is read; when."""
        self.house.pass_time(after)
        self.house.controls.box.caches.bust(self.account.id)
        answer = self.browser.send("POST", "/api/v1/profile/refresh?forced=true")
        assert answer.status_code == 200, answer.text
        return self.house.clock.now()

    def guardian(self, nickname: str) -> str:
        return next(each.id for each in self.account.characters if each.nickname == nickname)

    def vaulted(self, number: int = 0) -> Item:
        """A plain weapon that lies in the vault and is not locked."""
        slots = {item.hash: item.bucket for item in self.account.items if item.owner and item.bucket in WEAPON_SLOTS}
        found = [
            item
            for item in self.account.items
            if item.id and item.bucket == VAULT and item.plugs and item.hash in slots and not item.locked and item.power
        ]
        return found[number]

    def worn_by_nobody(self, nickname: str) -> Item:
        """A plain weapon that this guardian carries."""
        owner = self.guardian(nickname)
        return next(
            item
            for item in self.account.items
            if item.id and item.owner == owner and item.bucket in WEAPON_SLOTS and not item.equipped and item.power
        )

    def shown(self) -> dict[str, Any]:
        """What the page shows now."""
        answer = self.browser.get("/api/v1/profile")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json
        return found


def live(folder: Path, controls: Controls) -> Lived:
    """Marrow's two days. Hoarder has a memory, too, in which little happens."""
    house = build_wired(folder, controls, start=START)
    assert house.update_definitions().state == "done"
    lived = Lived(folder)
    marrow = Days(house, house.signed_in("Marrow"))
    hoarder = Days(house, house.signed_in("Hoarder"), "Hoarder")
    for each in (marrow, hoarder):
        assert each.browser.get("/api/v1/profile").status_code == 200
        lived.cookies[each.person] = str(each.browser.cookie)
    lived.times["first"] = house.clock.now()
    brannoch = marrow.guardian("Brannoch")
    marrow.browser.send("PATCH", f"/api/v1/characters/{brannoch}", {"nickname": "Brannoch"})
    _marrows_days(marrow, lived)
    lived.ids["theirs"] = hoarder.vaulted().id
    hoarder.play("touch", item=lived.ids["theirs"])
    hoarder.look()
    lived.ids["brannoch"] = brannoch
    lived.end = house.clock.now()
    house.services.close()
    return lived


def _marrows_days(days: Days, lived: Lived) -> None:
    times, ids = lived.times, lived.ids
    ids["raised"], ids["lost"] = (days.vaulted(number).id for number in range(2))
    ids["carried"] = days.worn_by_nobody("Brannoch").id
    days.play("touch", item=ids["raised"])
    times["raised"] = days.look()
    days.play("move", item=ids["carried"], to="vault")
    times["carried"] = days.look()
    ids["found"] = days.play("find", character="Brannoch")[0]
    times["found"] = days.look()
    lived.shown["found"] = days.shown()
    days.play("touch", item=ids["raised"])
    times["raised again"] = days.look(20 * HOUR)
    days.change(lambda account: account.currencies.update({3159615086: account.currencies[3159615086] + 1450}))
    times["earned"] = days.look()
    days.play("delete", item=ids["lost"])
    times["lost"] = days.look()
    days.play("move", item=ids["carried"], to="Brannoch")
    times["back"] = days.look()
    lived.shown["back"] = days.shown()
    times["nothing"] = days.look()
