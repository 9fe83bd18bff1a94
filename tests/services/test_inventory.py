"""A player's account over time: newer only, never empty-handed, never somebody else's."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
from tests.clocks import HandClock
from tests.domain import accounts as a
from tests.domain.accounts import HUNTER, TITAN
from tests.domain.memory_definitions import MemoryDefinitions

from vaultraider.api._profile_types import ProfileAnswer
from vaultraider.database import schema
from vaultraider.database.engine import Database
from vaultraider.database.leases import DatabaseLeases
from vaultraider.database.nicknames import NicknameRepository
from vaultraider.database.snapshots import SnapshotRepository
from vaultraider.database.users import UserRepository
from vaultraider.domain.errors import (
    AccountNotFound,
    BungieGarbled,
    BungieMaintenance,
    BungieUnreachable,
    DefinitionsMissing,
    InvalidInput,
    NotFound,
    SignInEnded,
)
from vaultraider.domain.people import DestinyAccount, User
from vaultraider.ports import MembershipRef
from vaultraider.services.inventory import Inventory

T = TypeVar("T")

MINE = MembershipRef(3, a.MEMBERSHIP)
OTHERS = MembershipRef(3, "4611686018000000002")


def minted(minute: int) -> str:
    return f"2026-11-17T17:{minute:02}:00.000Z"


class HandSource:
    """Fits ``ProfileSource`` and ``BungieUser.clan``. ``says[membership id]``: bodies and exceptions; the last one stays."""

    def __init__(self) -> None:
        self.says: dict[str, list[Any]] = {MINE.id: [a.account(minted(0))]}
        self.clan_says: list[Any] = [{"results": [{"group": {"name": "Night Watch"}}]}]
        self.calls: list[str] = []
        self.clan_calls = 0
        self.records_say: list[Any] = [{}]
        self.records_calls = 0
        self.before_answer: Callable[[], None] | None = None

    def then(self, *said: Any) -> None:
        self.says[MINE.id] = list(said)

    def profile(self, access_token: str, membership: MembershipRef) -> bytes:
        self.calls.append(membership.id)
        if self.before_answer:
            self.before_answer()
        return _next(self.says[membership.id])

    def records(self, access_token: str, membership: MembershipRef) -> bytes:
        self.records_calls += 1
        return _next(self.records_say)

    def item(self, access_token: str, membership: MembershipRef, instance_id: str) -> bytes:
        raise NotImplementedError

    def memberships_for_current_user(self, access_token: str) -> bytes:
        raise NotImplementedError

    def linked_profiles(self, access_token: str | None, bungie_membership_id: str) -> bytes:
        raise NotImplementedError

    def clan(self, access_token: str | None, membership: MembershipRef) -> bytes:
        self.clan_calls += 1
        return _next(self.clan_says)


def _next(said: list[Any]) -> bytes:
    found = said.pop(0) if len(said) > 1 else said[0]
    if isinstance(found, Exception):
        raise found
    return found if isinstance(found, bytes) else a.encode(found)


class HandAccounts:
    """Fits what the inventory asks of people: credentials and the chosen account."""

    def __init__(self, users: UserRepository) -> None:
        self._users = users

    def with_credentials(self, user: User, call: Callable[[str], T]) -> T:
        return call("a-token")

    def membership(self, user: User) -> MembershipRef:
        accounts = self._users.accounts(user.id)
        if not accounts:
            raise AccountNotFound
        return MembershipRef(accounts[0].type, accounts[0].id)


class HandDefinitions:
    def __init__(self) -> None:
        self.now: MemoryDefinitions | None = a.definitions()

    def current(self, language: str | None = None) -> MemoryDefinitions:
        if self.now is None:
            raise DefinitionsMissing
        return self.now


class World:
    """One database, one clock, one Bungie; ``process`` makes an inventory that shares no memory with the others."""

    def __init__(self, folder: Path) -> None:
        self.clock = HandClock()
        self.database = Database(f"sqlite:///{(folder / 'house.sqlite3').as_posix()}")
        schema.upgrade(self.database)
        self.users = UserRepository(self.database)
        self.source = HandSource()
        self.definitions = HandDefinitions()
        self.marrow = self.users.welcome("1", "Marrow", admin=True, now=self.clock.now())
        self.ilse = self.users.welcome("2", "Ilse", admin=False, now=self.clock.now())
        self.users.save_accounts(self.marrow.id, [DestinyAccount(type=3, id=MINE.id, name="Marrow#4417")])
        self.users.save_accounts(self.ilse.id, [DestinyAccount(type=3, id=OTHERS.id, name="Ilse#0077")])
        self.inventory = self.process()

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
        )

    def sees(self, inventory: Inventory | None = None, user: User | None = None) -> dict[str, Any]:
        answer = (inventory or self.inventory).answer(user or self.marrow)
        found: dict[str, Any] = json.loads(answer.body("identity"))
        return found

    def refresh(self, *, forced: bool = False, after: float = 20) -> Any:
        self.clock.pass_time(after)
        return self.inventory.refresh(self.marrow, forced=forced)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.database.close()


def power(said: dict[str, Any], number: int = 1) -> int | None:
    return next((item.get("power") for item in said["items"] if item["id"] == a.instance_id(number)), None)


def with_power(value: int, stamp: str | None) -> dict[str, Any]:
    body = a.account(stamp)
    body["itemComponents"]["instances"]["data"][a.instance_id(1)]["primaryStat"]["value"] = value
    return body


def test_the_first_look_reads_bungie_and_the_next_does_not(world: World) -> None:
    said = world.sees()
    assert said["account"] == {"type": 3, "id": MINE.id, "name": "Marrow#4417"}
    assert (said["minted"], said["read"]) == (minted(0), "2026-11-17T17:00:00Z")
    assert said["manifest"] == {"version": "test", "language": "en", "key": "en-test"}
    assert len(said["items"]) == 17
    assert said["characters"][0]["clan"] == "Night Watch"
    world.clock.pass_time(3600)
    world.sees()
    assert len(world.source.calls) == 1


def test_the_answer_fits_its_types(world: World) -> None:
    body = world.inventory.answer(world.marrow).body("identity")
    assert json.loads(msgspec.json.encode(msgspec.json.decode(body, type=ProfileAnswer))) == json.loads(body)


def test_encoded_once_for_all(world: World) -> None:
    first, second = world.inventory.answer(world.marrow), world.inventory.answer(world.marrow)
    assert first is second
    for encoding in ("br", "gzip", "identity"):
        assert first.body(encoding) is second.body(encoding)  # type: ignore[arg-type]
    assert len({first.etag("br"), first.etag("gzip"), first.etag("identity")}) == 3


def test_a_newer_state_is_shown(world: World) -> None:
    tag = world.inventory.answer(world.marrow).etag("br")
    world.source.then(with_power(545, minted(1)))
    found = world.refresh()
    assert (found.changed, found.minted, found.wait) == (True, minted(1), 0)
    assert power(world.sees()) == 545
    assert world.inventory.answer(world.marrow).etag("br") != tag


@pytest.mark.parametrize("stamp", [minted(0), "2026-11-17T16:59:59.999Z"], ids=["the same", "backwards"])
def test_a_stale_state_is_never_shown_over_a_newer_one(world: World, stamp: str) -> None:
    world.sees()
    tag = world.inventory.answer(world.marrow).etag("br")
    world.source.then(with_power(1, stamp))
    found = world.refresh()
    assert (found.changed, found.minted) == (False, minted(0))
    assert found.checked > found.read
    assert power(world.sees()) == 530
    assert world.inventory.answer(world.marrow).etag("br") == tag
    assert power(world.sees(world.process())) == 530


def test_servers_that_take_turns_cannot_make_it_flicker(world: World) -> None:
    """Refreshing alternates old and new (Bungie-net/api #1030, #1488)."""
    world.source.then(*[with_power(500 + n % 2, minted(5 - n % 2)) for n in range(6)])
    seen = [power(world.sees())]
    for _ in range(5):
        world.refresh()
        seen.append(power(world.sees()))
    assert seen == [500] * 6


def test_without_stamps_the_time_of_reading_decides(world: World) -> None:
    world.source.then(with_power(1, None))
    world.sees()
    world.source.then(with_power(2, None))
    assert world.refresh().changed
    assert power(world.sees()) == 2


def test_what_does_not_come_is_kept_and_named(world: World) -> None:
    world.sees()
    body = with_power(541, minted(1))
    del body["profileInventory"]
    world.source.then(body)
    assert world.refresh().changed
    said = world.sees()
    assert said["incomplete"] == [{"component": "profileInventory", "reason": "absent"}]
    assert len(said["items"]) == 17
    assert power(said) == 541
    world.source.then(with_power(541, minted(2)))
    world.refresh()
    assert "incomplete" not in world.sees()


def test_a_private_vault_of_ones_own_is_not_an_empty_one(world: World) -> None:
    body = a.account(minted(0))
    body["profileInventory"] = {"privacy": 2}
    world.source.then(body)
    assert world.sees()["incomplete"] == [{"component": "profileInventory", "reason": "private"}]


def crowded(stamp: str, *, empty: bool = False) -> dict[str, Any]:
    body = a.account(stamp)
    items = body["profileInventory"]["data"]["items"]
    items += [a.thing(a.RIFLE, 500 + number) for number in range(20)]
    if empty:
        items.clear()
    return body


def test_a_vault_that_empties_at_once_is_not_believed_at_first(world: World) -> None:
    world.source.then(*[crowded(minted(n), empty=n > 0) for n in range(4)])
    counts = [world.sees()["vault"]["used"]]
    for _ in range(3):
        world.refresh()
        counts.append(world.sees()["vault"]["used"])
    assert counts == [25, 25, 25, 0]


def test_it_survives_a_restart_and_bungie_being_down(world: World) -> None:
    before = world.sees()
    world.source.then(BungieMaintenance())
    again = world.process()
    assert world.sees(again) == before
    assert len(world.source.calls) == 1
    world.clock.pass_time(60)
    with pytest.raises(BungieMaintenance):
        again.refresh(world.marrow)
    assert world.sees(again) == before
    assert again.freshness(world.marrow) is not None


@pytest.mark.parametrize(
    "trouble", [BungieMaintenance(), BungieUnreachable(), BungieGarbled(), SignInEnded(), b"<html>", b'{"profil']
)
def test_no_trouble_takes_anything_away(world: World, trouble: Any) -> None:
    before = world.sees()
    world.source.then(trouble, with_power(550, minted(1)))
    wanted = type(trouble) if isinstance(trouble, Exception) else BungieGarbled
    with pytest.raises(wanted):
        world.refresh()
    assert world.sees() == before
    world.refresh()
    assert power(world.sees()) == 550


def test_without_anything_known_the_trouble_is_told(world: World) -> None:
    world.source.then(BungieMaintenance())
    with pytest.raises(BungieMaintenance):
        world.sees()
    with pytest.raises(BungieMaintenance):
        world.sees()
    assert len(world.source.calls) == 1, "nor is Bungie asked again at once"


def test_who_signs_in_again_need_not_wait(world: World) -> None:
    world.sees()
    world.source.then(SignInEnded(), with_power(551, minted(1)))
    with pytest.raises(SignInEnded):
        world.refresh()
    assert world.refresh(after=0).changed


def test_without_definitions_it_says_so_and_goes_on_by_itself(world: World) -> None:
    ready, world.definitions.now = world.definitions.now, None
    with pytest.raises(DefinitionsMissing):
        world.sees()
    world.definitions.now = ready
    assert len(world.sees()["items"]) == 17
    assert len(world.source.calls) == 1


def test_new_definitions_change_the_answer(world: World) -> None:
    tag = world.inventory.answer(world.marrow).etag("identity")
    world.definitions.now = a.definitions("en-next")
    assert world.inventory.answer(world.marrow).etag("identity") != tag
    assert world.sees()["manifest"]["key"] == "en-next"


def test_definitions_of_a_new_account_are_read_in_one_go(world: World) -> None:
    world.sees()
    assert world.definitions.now is not None
    assert {a.RIFLE, a.BARREL, a.UNKNOWN} <= set(world.definitions.now.preloaded)


@pytest.mark.parametrize(("forced", "floor"), [(False, 15), (True, 5)])
def test_bungie_is_not_asked_too_often(world: World, forced: bool, floor: int) -> None:
    world.sees()
    found = world.refresh(forced=forced, after=floor - 1)
    assert (found.changed, found.wait) == (False, 1)
    assert len(world.source.calls) == 1
    world.refresh(forced=forced, after=1)
    assert len(world.source.calls) == 2


@pytest.mark.parametrize("said", [with_power(552, minted(1)), SignInEnded()], ids=["a newer state", "the sign-in has ended"])
def test_who_comes_second_gets_the_firsts_result(world: World, said: Any) -> None:
    world.sees()
    world.clock.pass_time(60)
    world.source.then(said)
    inside, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        inside.set()
        assert go_on.wait(10)

    world.source.before_answer = wait
    results: list[Any] = []

    def ask() -> None:
        try:
            results.append(world.inventory.refresh(world.marrow, forced=True).changed)
        except SignInEnded as error:
            results.append(error.code)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    threads[0].start()
    assert inside.wait(10)
    for thread in threads[1:]:
        thread.start()
    time.sleep(0.05)  # They wait for their turn; were they late, they would find the result all the same.
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert results == [True if isinstance(said, dict) else "sign-in-ended"] * 4
    assert len(world.source.calls) == 2


def test_another_process_shows_what_this_one_read(world: World) -> None:
    other = world.process()
    world.sees(other)
    world.source.then(with_power(553, minted(1)))
    world.refresh()
    world.clock.pass_time(4)
    assert power(world.sees(other)) == 553
    assert other.refresh(world.marrow).wait > 0, "and the wait counts for all"


def test_two_people_never_see_each_others_things(world: World) -> None:
    body = a.account(minted(0))
    body["profile"]["data"]["userInfo"]["membershipId"] = OTHERS.id
    body["profileInventory"]["data"]["items"] = [a.thing(a.RIFLE, 900)]
    world.source.says[OTHERS.id] = [body]
    mine, hers = world.sees(), world.sees(user=world.ilse)
    assert a.instance_id(900) in {item["id"] for item in hers["items"]}
    assert a.instance_id(900) not in {item["id"] for item in mine["items"]}
    with pytest.raises(NotFound):
        world.inventory.item(world.marrow, a.instance_id(900))
    with pytest.raises(NotFound):
        world.inventory.answer(world.marrow, OTHERS)
    with pytest.raises(NotFound):
        world.inventory.refresh(world.ilse, membership=MINE)


def test_an_answer_about_somebody_else_is_not_taken(world: World) -> None:
    world.sees()
    body = with_power(1, minted(9))
    body["profile"]["data"]["userInfo"]["membershipId"] = OTHERS.id
    world.source.then(body)
    with pytest.raises(BungieGarbled):
        world.refresh()
    assert power(world.sees()) == 530


def test_one_account_of_two_people_is_kept_apart(world: World) -> None:
    """Both may see it; each by their own permission, with their own nicknames."""
    world.users.save_accounts(world.ilse.id, [DestinyAccount(type=3, id=MINE.id, name="Marrow#4417")])
    world.inventory.rename(world.marrow, TITAN, "Brannoch")
    assert "nickname" not in world.sees(user=world.ilse)["characters"][0]
    assert len(world.source.calls) == 2


def test_forgetting_a_person(world: World) -> None:
    world.sees()
    world.inventory.forget(world.marrow)
    assert len(world.sees()["items"]) == 17
    assert len(world.source.calls) == 1, "from the database"


def test_the_clan_is_asked_for_once_a_day_and_may_fail(world: World) -> None:
    world.source.clan_says = [BungieUnreachable(), {"results": [{"group": {"name": "Night Watch"}}]}]
    assert "clan" not in world.sees()["characters"][0]
    for minute in range(1, 4):
        world.source.then(a.account(minted(minute)))
        world.refresh()
    assert world.source.clan_calls == 1
    world.source.then(a.account(minted(10)))
    world.refresh(after=3600)
    assert world.sees()["characters"][0]["clan"] == "Night Watch"
    world.source.clan_says = [b"<html>"]
    world.source.then(a.account(minted(20)))
    world.refresh(after=86400)
    assert world.sees()["characters"][0]["clan"] == "Night Watch"


def test_nicknames(world: World) -> None:
    tag = world.inventory.answer(world.marrow).etag("identity")
    assert world.inventory.rename(world.marrow, TITAN, "  Brannoch ") == "Brannoch"
    assert [each.get("nickname") for each in world.sees()["characters"]] == ["Brannoch", None]
    assert world.inventory.answer(world.marrow).etag("identity") != tag
    assert [each.get("nickname") for each in world.sees(world.process())["characters"]] == ["Brannoch", None]
    assert world.inventory.rename(world.marrow, TITAN, "  ") == ""
    assert "nickname" not in world.sees()["characters"][0]
    assert world.inventory.answer(world.marrow).etag("identity") == tag


@pytest.mark.parametrize(
    "name", ["x" * 25, "a\nb", "a\x00", "\x1b[31m", "evil\u202ename", "zero\u200bwidth", "line\u2028end", "\ud800"]
)
def test_nicknames_that_are_refused(world: World, name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        world.inventory.rename(world.marrow, TITAN, name)
    assert refused.value.field == "nickname"


@pytest.mark.parametrize("name", ["x" * 24, "Ilse Varr", "Ødalys", "星の守り人", "👩‍🚀", "<b>"])
def test_nicknames_that_are_fine(world: World, name: str) -> None:
    assert world.inventory.rename(world.marrow, HUNTER, name) == name


def test_nobody_names_a_guardian_that_is_not_theirs(world: World) -> None:
    with pytest.raises(NotFound):
        world.inventory.rename(world.marrow, "2305843009999999999", "Mine")


def test_an_items_sheet(world: World) -> None:
    assert world.inventory.item(world.marrow, a.instance_id(1)).name == "Sable Verdict"
    for id in ("", "0", "s-1-vault-0", "../../etc", "9" * 200):
        with pytest.raises(NotFound):
            world.inventory.item(world.marrow, id)


def test_a_person_without_an_account_has_no_age(world: World) -> None:
    stranger = world.users.welcome("3", "Newcomer", admin=False, now=world.clock.now())
    assert world.inventory.freshness(stranger) is None
    with pytest.raises(AccountNotFound):
        world.inventory.answer(stranger)
