"""What we did, over what Bungie said of before: for every reader, in every process, and cheaply."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.domain import accounts as a
from tests.domain.accounts import HUNTER, TITAN
from tests.domain.moving_worlds import Effect
from tests.domain.test_overlay import step
from tests.services.test_inventory import MINE, HandAccounts, World, minted

from vaultraider.api._profile_types import ProfileAnswer
from vaultraider.database.leases import DatabaseLeases
from vaultraider.database.nicknames import NicknameRepository
from vaultraider.database.snapshots import SnapshotRepository
from vaultraider.domain.errors import BungieMaintenance, NotFound
from vaultraider.ports import MembershipRef
from vaultraider.services.inventory import Inventory

RIFLE = a.instance_id(1)


class HandJournal:
    """Fits ``Effects``. ``looks`` and ``reads`` count what was asked of it."""

    def __init__(self) -> None:
        self.all: list[Effect] = []
        self.number = 0
        self.looks = 0
        self.reads = 0

    def effects(self, user_id: int, membership: MembershipRef) -> Sequence[Effect]:
        self.reads += 1
        return list(self.all) if membership == MINE else []

    def effects_mark(self, user_id: int, membership: MembershipRef) -> tuple[int, int]:
        self.looks += 1
        return (self.number, len(self.all))

    def settle(self, *ids: int) -> None:
        self.all = [one for one in self.all if one.step_id not in ids]
        self.number += 1


class MovingWorld(World):
    def __init__(self, folder: Path) -> None:
        self.journal = HandJournal()
        super().__init__(folder)

    def process(self) -> Inventory:
        people = HandAccounts(self.users)
        return Inventory(
            source=self.source,
            bungie_user=self.source,
            credentials=people,
            accounts=people,
            people=self.users,
            snapshots=SnapshotRepository(self.database),
            nicknames=NicknameRepository(self.database),
            definitions=self.definitions,
            leases=DatabaseLeases(self.database, self.clock),
            clock=self.clock,
            effects=self.journal,
        )

    def moves(self, target: str = HUNTER, source: str = "vault", *, told: bool = True) -> None:
        """The rifle, just now."""
        self.journal.number += 1
        self.journal.all.append(Effect(self.journal.number, step("transfer", 1, source, target), self.clock.now()))
        if told:
            self.inventory.effects_changed(self.marrow.id, MINE)

    def rifle(self, inventory: Inventory | None = None) -> tuple[str, str | None]:
        """Store, and what is said of it."""
        found = next(item for item in self.sees(inventory)["items"] if item["id"] == RIFLE)
        return found["store"], found.get("pending")

    def shows(self, minute: int, store: str = "vault") -> dict[str, Any]:
        """Bungie's answer, minted at that minute, with the rifle there."""
        body = a.account(minted(minute))
        if store != "vault":
            rifle = body["profileInventory"]["data"]["items"].pop(0)
            body["characterInventories"]["data"][store]["items"].append(rifle | {"bucketHash": 1498876634, "location": 1})
        return body


@pytest.fixture
def world(tmp_path: Path) -> Iterator[MovingWorld]:
    made = MovingWorld(tmp_path)
    yield made
    made.database.close()


def test_a_done_step_is_seen_at_once(world: MovingWorld) -> None:
    tag = world.inventory.answer(world.marrow).etag("br")
    world.moves()
    assert world.rifle() == (HUNTER, "unseen")
    assert world.inventory.answer(world.marrow).etag("br") != tag
    details = world.inventory.item(world.marrow, RIFLE)
    assert (details.store, details.place, details.pending) == (HUNTER, "inventory", "unseen")
    assert world.inventory.profile_for_moving(world.marrow).find(RIFLE) is not None
    assert len(world.source.calls) == 1, "and Bungie is not asked for it"


def test_the_answer_fits_its_types(world: MovingWorld) -> None:
    world.sees()
    world.moves()
    body = world.inventory.answer(world.marrow).body("identity")
    assert json.loads(msgspec.json.encode(msgspec.json.decode(body, type=ProfileAnswer))) == json.loads(body)


def test_bungies_word_stays_to_be_had(world: MovingWorld) -> None:
    before = world.sees()
    world.moves()
    after = world.sees()
    assert (after["read"], after["minted"]) == (before["read"], before["minted"]), "it is no newer for our moves"
    age = world.inventory.freshness(world.marrow)
    assert age is not None
    assert age.read == world.clock.now()
    snapshot = world.inventory.snapshot_of(world.marrow)
    assert snapshot is not None
    assert any(RIFLE.encode() in bytes(raw) for holder, _, items in snapshot.holdings() for raw in items if holder == "")


def test_what_another_process_did_is_seen_within_half_a_second(world: MovingWorld) -> None:
    other = world.process()
    world.sees(other)
    world.moves()
    assert world.rifle(other) == ("vault", None)
    world.clock.pass_time(0.5)
    assert world.rifle(other) == (HUNTER, "unseen")


def test_the_journal_is_looked_at_seldom_and_read_when_it_changed(world: MovingWorld) -> None:
    world.sees()
    looks, reads = world.journal.looks, world.journal.reads
    for _ in range(50):
        world.clock.pass_time(0.1)
        world.sees()
    assert world.journal.looks - looks <= 10
    assert world.journal.reads == reads
    assert world.inventory.answer(world.marrow) is world.inventory.answer(world.marrow)


def test_a_clock_that_was_turned_back_stops_nothing(world: MovingWorld) -> None:
    world.sees()
    world.clock.pass_time(-3600)
    world.moves(told=False)
    assert world.rifle() == (HUNTER, "unseen"), "the answer that we hold comes from the future: it speaks of nothing"
    assert world.inventory.verdicts(world.marrow) == {}
    world.source.then(world.shows(1, HUNTER))
    assert world.refresh(after=60).changed
    assert world.rifle() == (HUNTER, None)


def test_after_three_minutes_the_word_for_it_changes_by_itself(world: MovingWorld) -> None:
    world.sees()
    world.moves()
    world.clock.pass_time(179)
    first = world.inventory.answer(world.marrow)
    assert world.rifle() == (HUNTER, "unseen")
    world.clock.pass_time(1)
    assert world.rifle() == (HUNTER, "unconfirmed")
    assert world.inventory.answer(world.marrow) is not first
    assert world.inventory.verdicts(world.marrow) == {1: "unconfirmed"}


def test_an_answer_from_before_is_accepted_and_undoes_nothing(world: MovingWorld) -> None:
    """It is newer than the one we had, and older than what we did."""
    world.sees()
    world.clock.pass_time(120)
    world.moves()
    world.source.then(world.shows(1))
    assert world.refresh().changed
    assert world.rifle() == (HUNTER, "unseen")
    assert world.inventory.verdicts(world.marrow) == {}
    assert not world.inventory.speaks_of(world.marrow, world.journal.all[0].at)


@pytest.mark.parametrize(("store", "word"), [(HUNTER, "seen"), (TITAN, "contradicted")])
def test_an_answer_from_after_it_is_the_truth(world: MovingWorld, store: str, word: str) -> None:
    world.sees()
    world.moves()
    world.source.then(world.shows(1, store))
    world.refresh(after=90)
    assert world.rifle() == (store, None)
    assert world.inventory.verdicts(world.marrow) == {1: word}
    assert world.inventory.speaks_of(world.marrow, world.journal.all[0].at)
    world.journal.settle(1)
    world.inventory.effects_changed(world.marrow.id, MINE)
    assert world.rifle() == (store, None)


def test_a_step_that_is_settled_elsewhere_does_not_jump_back_here(world: MovingWorld) -> None:
    """Another process read the profile that confirms it, and struck it off; ours still holds the profile of before."""
    other = world.process()
    world.sees()
    world.clock.pass_time(30)
    world.moves()
    assert world.rifle(other) == (HUNTER, "unseen")
    world.source.then(world.shows(1, HUNTER))
    assert world.refresh(after=1, forced=True).changed
    world.journal.settle(1)
    world.clock.pass_time(0.6)
    assert world.rifle(other) == (HUNTER, None)


def test_it_survives_a_restart_and_bungie_being_down(world: MovingWorld) -> None:
    world.sees()
    world.moves()
    world.source.then(BungieMaintenance())
    assert world.rifle(world.process()) == (HUNTER, "unseen")


def test_two_people_never_see_each_others_moves(world: MovingWorld) -> None:
    body = a.account(minted(0))
    body["profile"]["data"]["userInfo"]["membershipId"] = "4611686018000000002"
    world.source.says["4611686018000000002"] = [body]
    world.moves()
    hers = world.sees(user=world.ilse)["items"]
    assert next(item for item in hers if item["id"] == RIFLE)["store"] == "vault"
    with pytest.raises(NotFound):
        world.inventory.verdicts(world.ilse, MINE)
    with pytest.raises(NotFound):
        world.inventory.profile_for_moving(world.ilse, MINE)


def test_holes_do_not_swallow_what_we_moved(world: MovingWorld) -> None:
    """It has left the vault, which came; the hunter's list, which it reached, did not come."""
    world.sees()
    world.moves()
    body = world.shows(2, HUNTER)
    del body["characterInventories"]
    world.source.then(body)
    world.refresh(after=150)
    assert world.rifle() == (HUNTER, "unseen")
    assert world.inventory.verdicts(world.marrow) == {}
    assert world.rifle(world.process()) == (HUNTER, "unseen"), "over a restart, too"


def test_nothing_was_ever_read(world: MovingWorld) -> None:
    assert world.inventory.snapshot_of(world.marrow) is None
    assert world.inventory.verdicts(world.marrow) == {}
    assert not world.inventory.speaks_of(world.marrow, world.clock.now() - timedelta(days=1))
    world.inventory.effects_changed(world.marrow.id, MINE)
    assert world.journal.looks == 0
