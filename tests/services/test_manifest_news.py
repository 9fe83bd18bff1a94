"""What the owner is told of the definitions: what is new, what was refused once a version, what cannot be fetched for long."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from tests.clocks import HandClock
from tests.manifest.worlds import FakeBungie, content, quiet, world

from vaultraider.database.engine import Base, Database
from vaultraider.database.leases import DatabaseLeases
from vaultraider.database.manifest_versions import ManifestVersions
from vaultraider.domain.errors import BungieMaintenance, BungieUnreachable, VaultRaiderError
from vaultraider.domain.notifications import Message
from vaultraider.manifest.shelf import ManifestShelf
from vaultraider.services.manifest import ManifestService


class Heard:
    """Fits ``ports.Teller``; remembers keys as the real one does."""

    def __init__(self) -> None:
        self.messages: dict[tuple[str, str], Message] = {}
        self.broken = False

    def tell(self, user_id: int, message: Message) -> bool:
        raise NotImplementedError

    def tell_everybody(self, message: Message) -> int:
        if self.broken:
            raise OSError("gone")
        self.messages.setdefault((message.kind, message.key), message)
        return 1

    @property
    def titles(self) -> list[str]:
        return [each.title for each in self.messages.values()]


class House:
    def __init__(self, folder: Path) -> None:
        self.database = Database(f"sqlite:///{(folder / 'test.sqlite3').as_posix()}")
        Base.metadata.create_all(self.database.engine)
        self.clock = HandClock()
        self.bungie = FakeBungie()
        self.heard = Heard()
        self.service = ManifestService(
            source=self.bungie,
            store=ManifestShelf(folder / "manifest", "en", self.clock),
            history=ManifestVersions(self.database),
            leases=DatabaseLeases(self.database, self.clock),
            clock=self.clock,
            origin="https://bungie.example",
            language="en",
            teller=self.heard,
        )

    def check(self, times: int = 1, minutes: float = 5) -> None:
        for _ in range(times):
            self.clock.pass_time(minutes * 60)
            try:
                self.service.update(quiet)
            except VaultRaiderError:
                continue


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


NEW, BACK = "The game's definitions are new", "Earlier definitions are back"
REFUSED, AWAY = "New definitions were not taken", "Definitions could not be fetched"


def test_the_first_is_no_news_the_next_is(house: House) -> None:
    house.bungie.offer(content(world("first")), version="1")
    house.check(3)
    assert house.heard.titles == []
    house.bungie.offer(content(world("second")), version="2")
    house.check(3)
    assert house.heard.titles == [NEW]
    (message,) = house.heard.messages.values()
    assert message.text.splitlines()[0] == "New definitions are in use. Version 2."
    assert message.text.splitlines()[1].endswith("changed.")


def test_going_back_and_forth_is_told_each_time(house: House) -> None:
    old, new = content(world("old")), content(world("new"))
    for each, looks in ((old, 1), (new, 1), (old, 4), (new, 4)):
        house.bungie.offer(each)
        house.check(looks)
    assert house.heard.titles == [NEW, BACK, BACK]


def test_whoever_dies_before_telling_it_is_told_after_the_next_look(house: House) -> None:
    house.bungie.offer(content(world("first")))
    house.check()
    house.heard.broken = True
    house.bungie.offer(content(world("second")))
    house.check()
    house.heard.broken = False
    house.check(5)
    assert house.heard.titles == [NEW]


def test_a_version_that_is_refused_is_told_once(house: House) -> None:
    house.bungie.offer(content(world("first")))
    house.check()
    good = content(world("second"))
    house.bungie.offer(msgspec.structs.replace(good, body=b"PK broken"))
    house.check(40)
    assert house.heard.titles == [REFUSED]
    third = content(world("third"))
    house.bungie.offer(msgspec.structs.replace(third, body=b"PK broken"))
    house.check(10)
    assert house.heard.titles == [REFUSED, REFUSED]


def failing(error: Exception):  # type: ignore[no-untyped-def]
    def fail(*_given: object, **_named: object) -> bytes:
        raise error

    return fail


def test_looks_that_fail_are_told_after_an_hour_once(house: House) -> None:
    house.bungie.offer(content(world("first")))
    house.check()
    works = house.bungie.manifest_index
    house.bungie.manifest_index = failing(BungieUnreachable())  # type: ignore[method-assign]
    house.check(11)
    assert house.heard.titles == []
    house.check(50)
    assert house.heard.titles == [AWAY]
    house.bungie.manifest_index = works  # type: ignore[method-assign]
    house.check(2)
    house.bungie.manifest_index = failing(BungieUnreachable())  # type: ignore[method-assign]
    house.check(12)
    assert house.heard.titles == [AWAY, AWAY]


def test_a_version_that_cannot_be_fetched_is_told_after_the_third_try(house: House) -> None:
    house.bungie.offer(content(world("first")))
    house.check()
    house.bungie.offer(content(world("second")))
    house.bungie.content = failing(BungieUnreachable())  # type: ignore[method-assign]
    house.check(2)
    assert house.heard.titles == []
    house.check(60)
    assert house.heard.titles == [AWAY]


def test_maintenance_is_nothing_wrong(house: House) -> None:
    house.bungie.manifest_index = failing(BungieMaintenance())  # type: ignore[method-assign]
    house.check(60)
    assert house.heard.titles == []
