"""Whatever goes wrong at Bungie, the memory tells of nothing that did not happen, and of everything that did."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest
from tests.faults.table import FLAWS, HOLES, HOUR, PERMISSIONS, READS, REFRESHES, Flaw, Hole, Row
from tests.faults.witness import KNOWN, Witness
from tests.wired import WiredHouse

from vaultraider.bungie._wire import Limits
from vaultraider.domain.history.events import Event
from vaultraider.domain.history.moment import Moment
from vaultraider.domain.history.taking import moment_of
from vaultraider.ports.history import EventQuery, Gap, HistoryAccount


class Memory:
    """What is remembered of the one who has seen the vault."""

    def __init__(self, house: WiredHouse) -> None:
        self._house = house
        self._history = house.services.history
        self._user = next(each for each in house.services.accounts.users.all() if each.name.startswith(KNOWN))
        self._membership = house.services.accounts.destiny.membership(self._user)

    def sign_in_ended(self) -> bool:
        found = self._house.services.accounts.users.get(self._user.id)
        return found is not None and found.sign_in == "ended"

    @property
    def account(self) -> HistoryAccount:
        found = self._history.store.account(self._user.id, self._membership)
        assert found is not None
        return found

    def events(self) -> list[Event]:
        return self._history.store.events(self.account.id, EventQuery(limit=1000))

    def kinds(self) -> Counter[str]:
        return Counter(event.kind for event in self.events())

    def gaps(self) -> list[Gap]:
        return self._history.store.gaps(self.account.id, None, None)

    def at(self, moment: datetime) -> Moment:
        found = self._history.moments.at(self._user, self._membership, moment)
        assert found is not None
        return found[0]

    def knows_the_truth(self) -> None:
        """The newest state, built again from what is stored, is the one that is shown."""
        snapshot = self._house.services.inventory.snapshot_of(self._user, self._membership)
        assert snapshot is not None
        assert self.at(self._house.clock.now()) == moment_of(snapshot, None)


@pytest.fixture
def memory(house: WiredHouse) -> Memory:
    return Memory(house)


def plays(house: WiredHouse, deed: str, count: int) -> None:
    house.controls.happen("external_mutation", account=KNOWN, deed=deed, count=count)


def goes_on(house: WiredHouse, witness: Witness, memory: Memory) -> None:
    """The trouble is over. Nothing is told of it; what is done next is."""
    witness.wait(130)
    assert witness.refresh().status_code == 200
    assert memory.events() == []
    memory.knows_the_truth()
    plays(house, "lock", 2)
    witness.wait(130)
    assert witness.refresh().status_code == 200
    assert memory.kinds() == {"locked": 2}
    memory.knows_the_truth()


# Of what keeps the sign-in from being renewed a few: it ends before anything is read.
@pytest.mark.parametrize("row", REFRESHES[::8] + PERMISSIONS + READS, ids=str)
def test_what_cannot_be_read_is_no_news(row: Row, house: WiredHouse, witness: Witness, memory: Memory) -> None:
    witness.wait(HOUR)
    row.strike(house)
    witness.refresh()
    witness.wait(60)
    house.controls.clear_faults()
    house.hurry(Limits())
    if memory.sign_in_ended():
        witness.known.sign_in(KNOWN)
    goes_on(house, witness, memory)


@pytest.mark.parametrize("hole", HOLES, ids=str)
def test_a_part_that_does_not_come_is_no_loss(hole: Hole, house: WiredHouse, witness: Witness, memory: Memory) -> None:
    before = memory.at(house.clock.now())
    house.controls.fault(hole.action, count=None, match={"path": "/Profile/"}, component=hole.component)
    for _ in range(4):  # Longer than the page takes to believe it.
        witness.wait(60)
        assert witness.refresh().status_code == 200
    assert memory.events() == []
    assert memory.at(house.clock.now()) == before
    house.controls.clear_faults()
    goes_on(house, witness, memory)


@pytest.mark.parametrize("component", ["profileInventory", "characterInventories", "characterEquipment"])
def test_what_happens_while_lists_are_away_is_told_when_they_are_back(
    component: str, house: WiredHouse, witness: Witness, memory: Memory
) -> None:
    """With how long nobody could have known."""
    seen = memory.account.seen
    house.controls.fault("drop_component", count=None, match={"path": "/Profile/"}, component=component)
    plays(house, "delete", 3)
    for _ in range(2):
        witness.wait(60)
        assert witness.refresh().status_code == 200
    assert memory.events() == []
    house.controls.clear_faults()
    witness.wait(130)
    assert witness.refresh().status_code == 200
    assert memory.kinds() == {"lost": 3}
    assert {event.since for event in memory.events()} == {seen}
    memory.knows_the_truth()


@pytest.mark.parametrize("flaw", FLAWS[:3], ids=str)
def test_new_definitions_change_nothing_that_was(flaw: Flaw, house: WiredHouse, witness: Witness, memory: Memory) -> None:
    flaw.strike(house)
    witness.wait(300)
    house.update_definitions()
    witness.refresh()
    assert memory.events() == []
    house.controls.clear_faults()
    flaw.lift(house)
    witness.wait(HOUR / 3)
    assert house.update_definitions().state == "done"
    goes_on(house, witness, memory)


def test_a_guardian_who_is_deleted(house: WiredHouse, witness: Witness, memory: Memory) -> None:
    """With all that they had on: that is no fault."""
    account = house.controls.account(KNOWN)
    with house.controls.box.lock:
        gone = account.characters.pop()
        account.items = [item for item in account.items if item.owner != gone.id]
        house.controls.box.caches.bust(account.id)
    witness.wait(130)
    assert witness.refresh().status_code == 200
    assert memory.kinds()["character-deleted"] == 1
    memory.knows_the_truth()


def test_nobody_looked_for_an_evening(house: WiredHouse, witness: Witness, memory: Memory) -> None:
    seen = memory.account.seen
    plays(house, "lock", 1)
    witness.wait(5 * HOUR)
    assert witness.refresh().status_code == 200
    now = memory.account.seen
    assert memory.gaps() == [Gap(seen, now)]
    assert {(event.since, event.at) for event in memory.events()} == {(seen, now)}
    plays(house, "lock", 1)
    witness.wait(HOUR / 2)
    assert witness.refresh().status_code == 200
    assert memory.gaps() == [Gap(seen, now)]
