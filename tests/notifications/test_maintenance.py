"""Maintenance: believed when it lasts, told once begun and once over, the same for all processes."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.clocks import HandClock
from tests.notifications.post_office import PostOffice

from vaultraider.database.engine import Database
from vaultraider.database.maintenance import MaintenanceRepository
from vaultraider.domain.bungie_state import BungieState
from vaultraider.domain.errors import BungieMaintenance, BungieUnreachable
from vaultraider.services.maintenance import MaintenanceWatch


class Said:
    """Fits ``PlatformState`` and ``BungieHealth``: what Bungie says, in one letter a minute.

    u up, d Destiny is switched off, e the answer is maintenance, x no answer, g the settings say on, but the game says down.
    """

    def __init__(self, clock: HandClock) -> None:
        self._clock = clock
        self.word = "u"

    def settings(self) -> bytes:
        if self.word == "e":
            raise BungieMaintenance
        if self.word == "x":
            raise BungieUnreachable
        return json.dumps({"systems": {"Destiny2": {"enabled": self.word != "d"}}}).encode()

    def global_alerts(self) -> bytes:
        return b"[]"

    def state(self) -> BungieState:
        if self.word == "g":
            return BungieState(state="maintenance", last_failure=self._clock.now() - timedelta(seconds=30))
        return BungieState()


def watch(office: PostOffice, said: Said) -> MaintenanceWatch:
    return MaintenanceWatch(
        platform=said, health=said, store=MaintenanceRepository(office.database), teller=office.service, clock=office.clock
    )


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        ("uuuuuuuu", []),
        ("udududududud", []),
        ("uddu", []),
        ("udddd", ["begun"]),
        ("ueeee", ["begun"]),
        ("ugggg", ["begun"]),
        ("uexex", []),
        ("udxxd", ["begun"]),
        ("uxxxxxxxxx", []),
        ("uddddudududd", ["begun"]),
        ("udddduuuu", ["begun"]),
        ("udddduuuuuu", ["begun", "over"]),
        ("udddduuuuuuddudd", ["begun", "over"]),
        ("udddduuuuuudddd", ["begun", "over", "begun"]),
        ("d" + "d" * 200 + "u" * 30, ["begun", "over"]),
    ],
)
def test_what_lasts_is_told(office: PostOffice, minutes: str, told: list[str]) -> None:
    user = office.person()
    said = Said(office.clock)
    for word in minutes:
        said.word = word
        for _ in range(2):  # another process, another life
            watch(office, said).look()
        office.clock.pass_time(60)
    words = {"Destiny 2 is down for maintenance": "begun", "Destiny 2's maintenance is over": "over"}
    assert [words[each.title] for each in reversed(office.log(user))] == told


def test_looks_far_apart_say_nothing_of_the_time_between(office: PostOffice) -> None:
    user = office.person()
    said = Said(office.clock)
    said.word = "d"
    for _ in range(3):
        watch(office, said).look()
        office.clock.pass_time(3600)
    assert office.log(user) == []


def test_how_long_it_took(office: PostOffice) -> None:
    user = office.person()
    said = Said(office.clock)
    for word in "u" + "d" * 125 + "u" * 6:
        said.word = word
        watch(office, said).look()
        office.clock.pass_time(60)
    assert office.log(user)[0].text == "It took 2 hours and 5 minutes. What waited goes on by itself."


def test_who_dies_before_telling_loses_nothing(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    user = office.person()
    said = Said(office.clock)
    said.word = "d"
    for _ in range(3):
        watch(office, said).look()
        office.clock.pass_time(60)

    def killed(_message: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(office.service, "tell_everybody", killed)
        with pytest.raises(KeyboardInterrupt):
            watch(office, said).look()
    assert watch(office, said).known().down
    watch(office.again(), said).look()
    assert len(office.log(user)) == 1


def test_two_processes_write_the_first_row(database: Database) -> None:
    first, second = MaintenanceRepository(database), MaintenanceRepository(database)
    empty = first.load()
    down = type(empty)(down=True)
    assert first.replace(empty, down)
    assert not second.replace(
        empty, type(empty)(down=False, looked=None, since=None, other_since=None, confirmed=None, until=None)
    )
    assert second.load() == down
