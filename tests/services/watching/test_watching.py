"""Watching over restarts, several processes, clocks that jump, and people who come and go."""

from __future__ import annotations

import itertools
import threading
from datetime import timedelta
from typing import Any

import pytest
from tests.clocks import HandClock
from tests.services.watching.night import Night, membership_of

from vaultraider.bootstrap import Services
from vaultraider.domain.people import User
from vaultraider.domain.snapshot import ProfileSnapshot
from vaultraider.ports import MembershipRef
from vaultraider.services.watching.watching import ONE_READ

MINUTE, HOUR = 60.0, 3600.0
REFRESH = "/api/v1/profile/refresh"


def lapse(night: Night, person: str = "Private") -> None:
    night.house.controls.happen("revoke_grant", person=person)
    night.house.controls.happen("expire_access", person=person)


# -- a sign-in that has lapsed ----------------------------------------------------------------------------------------------


def test_a_lapsed_sign_in_is_told_once_whatever_restarts(night: Night) -> None:
    browser = night.sign_in()
    night.begin()
    night.pass_by(5 * MINUTE)
    lapse(night)
    night.pass_by(HOUR)
    assert len(night.told(kind="sign-in-lapsed")) == 1
    for _ in range(3):  # Restarts; one of them died before it had written down that it told.
        again = night.another_process()
        with again.database.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE watched_accounts SET ended = 0")
        night.begin(again)
        night.pass_by(10 * MINUTE, again)
        browser.send("POST", REFRESH)
        again.close()
    assert len(night.told(kind="sign-in-lapsed")) == 1
    with night.counting() as reads:
        night.pass_by(3 * HOUR)
    assert not reads, "nothing is asked of Bungie any more"
    watch = browser.get("/api/v1/accounts").json["accounts"][0]["watch"]
    assert watch["state"] == "ended"
    assert "sign in again" in watch["sentence"]
    assert "next" not in watch


def test_whoever_signs_in_again_is_watched_again_and_told_of_the_next_lapse(night: Night) -> None:
    night.sign_in()
    night.begin()
    night.pass_by(5 * MINUTE)
    lapse(night)
    night.pass_by(HOUR)
    night.sign_in()
    with night.counting() as reads:
        night.pass_by(10 * MINUTE)
    assert reads
    assert night.row().ended is False
    lapse(night)
    night.pass_by(HOUR)
    assert len(night.told(kind="sign-in-lapsed")) == 2


def test_a_lapse_that_the_page_met_is_told_at_once(night: Night) -> None:
    browser = night.sign_in()
    browser.get("/api/v1/profile")
    lapse(night)
    night.house.pass_time(MINUTE)
    assert browser.send("POST", REFRESH + "?forced=true").json["code"] == "sign-in-ended"
    assert len(night.told(kind="sign-in-lapsed")) == 1


def test_what_only_looks_like_a_lapse_is_none(night: Night) -> None:
    night.sign_in()
    night.begin()
    night.pass_by(MINUTE)
    night.house.controls.fault("mangle_bearer", count=None, match={"path": "/Profile/"})
    night.pass_by(20 * MINUTE)
    assert not night.told(kind="sign-in-lapsed")
    night.house.controls.clear_faults()
    night.pass_by(HOUR)
    assert night.row().trouble == ""


# -- several processes ------------------------------------------------------------------------------------------------------


def test_two_processes_never_read_one_account_twice_in_a_pace(night: Night) -> None:
    """Both look at the very same moments, each time that something is due, and pages ask beside them."""
    night.sign_in()
    night.play()
    night.crowd(5)
    browser = night.sign_in()
    processes = [night.services, night.another_process()]
    night.services.watching.look(lambda: None)
    before = len(night.reads())
    for second in range(5 * 60):
        start = threading.Barrier(3)

        def look(process: Services, start: threading.Barrier = start) -> None:
            start.wait()
            process.watching.look(lambda: None)

        threads = [threading.Thread(target=look, args=(process,)) for process in processes]
        if second % 10 == 0:
            for thread in threads:
                thread.start()
            start.wait()
            browser.send("POST", REFRESH)
            for thread in threads:
                thread.join(30)
        night.house.pass_time(1)
    found = len(night.reads()) - before
    processes[1].close()
    assert 6 * 4 <= found <= 6 * 5, "six accounts, once a minute each"


def test_a_turn_of_a_process_that_died_is_taken_over(night: Night) -> None:
    night.sign_in()
    night.play()
    night.begin()
    night.pass_by(30)
    dead = night.services.watching._store.claim(night.row(), now=night.now(), until=night.now() + ONE_READ)
    assert dead is not None
    with night.counting() as reads:
        night.pass_by(2 * MINUTE)
        assert len(night.reads()) == 1
        night.begin()
        night.pass_by(20 * MINUTE)
    assert len(reads) >= 15
    assert not night.services.watching._store.settle(dead, due=night.now() - timedelta(days=1), failures=9, trouble="late")
    assert night.row().habits.failures == 0


def test_it_goes_on_after_a_restart_where_it_was(night: Night) -> None:
    night.sign_in()
    night.rest()
    night.begin()
    night.pass_by(HOUR)
    due = night.row().due
    again = night.another_process()
    night.begin(again)
    with night.counting() as reads:
        night.pass_by((due - night.now()).total_seconds() - 2, again)
        night.pass_by(5, again)
    again.close()
    assert len(reads) == 1


def test_a_worker_that_should_stop_stops_between_two_accounts(night: Night) -> None:
    class Stop(Exception):
        pass

    night.sign_in()
    night.crowd(5)
    night.pass_by(60)
    left = [None, None, Stop()]

    def check() -> None:
        said = left.pop(0)
        if said is not None:
            raise said

    night.services.watching._store.enrol(night.now(), apart=0)
    with night.counting() as reads, pytest.raises(Stop):
        night.services.watching.look(check)
    assert len(reads) == 2


# -- clocks -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jump", [8 * HOUR, -8 * HOUR, -400 * 24 * HOUR], ids=["it slept", "back", "far back"])
def test_a_clock_that_jumps(night: Night, jump: float) -> None:
    """The machine slept for a night, or its clock was wrong and Bungie's was not: it goes on, without a burst."""
    for person in ("Private", "Two-memberships", "Newcomer"):
        night.sign_in(person)
    night.play()
    night.begin()
    night.pass_by(3 * MINUTE)
    if jump > 0:
        night.house.pass_time(jump)
        night.play()
    else:
        HandClock.pass_time(night.house.clock, jump)
    night.begin()  # As the schedule does: its turn is due.
    with night.counting() as reads:
        night.pass_by(10 * MINUTE)
    assert 10 <= len(reads) <= 3 * 11
    assert night.row().habits.failures == 0


# -- people who come and go -------------------------------------------------------------------------------------------------


def test_who_comes_is_watched_and_who_leaves_is_not(night: Night) -> None:
    night.begin()
    night.pass_by(MINUTE)
    browser = night.sign_in()
    night.play()
    night.pass_by(6 * MINUTE)
    assert night.reads()
    assert browser.send("DELETE", "/api/v1/account-data", {"confirm": "Private#1303"}).status_code < 300
    with night.counting() as reads:
        night.pass_by(HOUR)
    assert not reads
    with night.services.database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM watched_accounts").scalar() == 0


def test_who_leaves_while_being_read_is_nowhere_left(night: Night) -> None:
    night.sign_in()
    user = night.user()

    class Leaving:
        def accepted(self, *said: Any) -> None:
            night.services.accounts.data.delete(user, user.name)

    night.services.inventory.listen(Leaving())
    night.services.watching.look(lambda: None)
    assert night.services.watching.report(user) == {}
    with night.services.database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM watched_accounts").scalar() == 0


def test_an_account_that_is_no_longer_theirs_is_not_watched(night: Night) -> None:
    night.sign_in("צפרית طائر 燕")
    user = next(each for each in night.services.accounts.users.all())
    night.services.watching.look(lambda: None)
    assert len(night.services.watching.report(user)) == 2
    night.services.accounts.users.save_accounts(user.id, night.services.accounts.users.accounts(user.id)[:1])
    night.services.watching.look(lambda: None)
    assert len(night.services.watching.report(user)) == 1


def test_every_account_of_a_person_is_watched(night: Night) -> None:
    browser = night.sign_in("צפרית طائر 燕")
    night.begin()
    night.pass_by(10)
    accounts = browser.get("/api/v1/accounts").json["accounts"]
    assert len(accounts) == 2
    assert all("last" in each["watch"] and "next" in each["watch"] for each in accounts)


def test_a_player_without_guardians(night: Night) -> None:
    browser = night.sign_in("Newcomer")
    night.begin()
    with night.counting() as reads:
        night.pass_by(6 * HOUR)
    assert len(reads) <= 40
    watch = browser.get("/api/v1/accounts").json["accounts"][0]["watch"]
    assert watch["state"] in ("idle", "waiting")


def test_somebody_elses_accounts_are_not_shown(night: Night) -> None:
    night.sign_in("Two-memberships")
    mine = night.sign_in()
    night.begin()
    night.pass_by(10)
    accounts = mine.get("/api/v1/accounts").json["accounts"]
    assert [each["id"] for each in accounts] == [membership_of(night).id]


def test_the_accounts_say_how_they_are_watched(night: Night) -> None:
    browser = night.sign_in()
    assert "watch" not in browser.get("/api/v1/accounts").json["accounts"][0]

    def watch() -> dict[str, Any]:
        found: dict[str, Any] = browser.get("/api/v1/accounts").json["accounts"][0]["watch"]
        return found

    night.play()
    night.begin()
    night.pass_by(10)
    assert watch()["state"] == "watching"
    night.rest()
    night.pass_by(2 * MINUTE)
    assert watch()["state"] == "idle"
    assert watch()["last"] < watch()["next"]
    night.house.controls.fault("system_disabled", count=None)
    night.pass_by(HOUR)
    assert watch()["state"] == "waiting"
    assert watch()["sentence"].startswith("Bungie.net is down for maintenance.")


# -- who hears of it --------------------------------------------------------------------------------------------------------


class Ear:
    def __init__(self) -> None:
        self.heard: list[tuple[int, MembershipRef, ProfileSnapshot | None, ProfileSnapshot]] = []

    def accepted(self, user: User, membership: MembershipRef, before: ProfileSnapshot | None, after: ProfileSnapshot) -> None:
        self.heard.append((user.id, membership, before, after))


class Broken:
    def accepted(self, *said: Any) -> None:
        raise RuntimeError("A listener is broken.")


def test_each_accepted_state_is_handed_on_once_after_it_was_kept(night: Night) -> None:
    browser = night.sign_in()
    night.play()
    ear, other_ear = Ear(), Ear()
    other = night.another_process()
    night.services.inventory.listen(Broken())
    night.services.inventory.listen(ear)
    other.inventory.listen(other_ear)
    browser.get("/api/v1/profile")
    night.begin()
    night.pass_by(5 * MINUTE, night.services, other)
    browser.send("POST", REFRESH + "?forced=true")
    other.close()
    heard = sorted([*ear.heard, *other_ear.heard], key=lambda each: each[3].read)
    assert ear.heard
    assert other_ear.heard
    assert heard[0][2] is None
    assert {each[0] for each in heard} == {night.user().id}
    for (_, _, _, earlier), (_, _, before, later) in itertools.pairwise(heard):
        assert before is not None
        assert earlier.minted is not None
        assert (before.minted, before.read) == (earlier.minted, earlier.read), "one after the other, between processes"
        assert later.minted is not None
        assert later.minted > earlier.minted


def test_a_copy_that_is_not_newer_is_handed_to_nobody(night: Night) -> None:
    night.sign_in()
    night.play()
    night.begin()
    night.pass_by(2 * MINUTE)
    ear = Ear()
    night.services.inventory.listen(ear)
    night.house.controls.fault("time_travel", count=None, match={"path": "/Profile/"})
    with night.counting() as reads:
        night.pass_by(MINUTE)
    assert len(reads) == 1
    assert not ear.heard
