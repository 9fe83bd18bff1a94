"""How often an account is read: while it is played, while it rests, while a page is open, while Bungie is down."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

import msgspec
import pytest
from tests.services.watching.night import Night, membership_of

from vaultraider.database.throttle import DatabaseThrottle

MINUTE, HOUR = 60.0, 3600.0
REFRESH = "/api/v1/profile/refresh"


def gaps(reads: list[datetime]) -> list[float]:
    return [(later - sooner).total_seconds() for sooner, later in itertools.pairwise(reads)]


def test_who_plays_is_read_each_minute(night: Night) -> None:
    night.sign_in()
    night.play()
    night.begin()
    with night.counting() as reads:
        night.pass_by(20 * MINUTE)
    assert len(reads) == 21
    assert all(60 <= gap <= 63 for gap in gaps(reads))


def test_who_rests_is_read_far_less(night: Night) -> None:
    night.sign_in()
    night.rest()
    night.begin()
    with night.counting() as reads:
        night.pass_by(6 * HOUR)
    assert 12 <= len(reads) <= 14
    assert all(27 * MINUTE <= gap <= 30 * MINUTE for gap in gaps(reads)[1:])


def test_from_playing_to_resting_and_back(night: Night) -> None:
    night.sign_in()
    night.play()
    night.begin()
    night.pass_by(5 * MINUTE)
    night.play(playing=False)
    with night.counting() as reads:
        night.pass_by(3 * HOUR)
    pauses = gaps(reads)
    assert pauses[0] <= 63
    assert all(later >= 0.95 * sooner for sooner, later in itertools.pairwise(pauses)), "ever more seldom"
    assert len(reads) < 35
    night.play()
    with night.counting() as reads:
        night.pass_by(40 * MINUTE)
    assert gaps(reads)[-1] <= 63, "who comes back is noticed within half an hour"


def test_an_open_page_is_attention(night: Night) -> None:
    browser = night.sign_in()
    night.rest()
    night.begin()
    night.pass_by(2 * HOUR)
    with night.counting() as reads:
        for _ in range(40):
            answer = browser.send("POST", REFRESH)
            assert answer.status_code == 200, answer.text
            assert answer.json["next"] > answer.json["checked"]
            night.pass_by(30)
    assert 10 <= len(reads) <= 12
    assert all(117 <= gap <= 153 for gap in gaps(reads))
    with night.counting() as reads:
        night.pass_by(2 * HOUR)  # The page is closed.
    assert len(reads) <= 6


def test_a_page_is_told_when_the_next_read_comes(night: Night) -> None:
    browser = night.sign_in()
    night.play()
    night.begin()
    night.pass_by(1)
    told = browser.send("POST", REFRESH).json
    assert told["changed"] is False
    assert 55 < told["wait"] < 60
    with night.counting() as reads:
        night.pass_by(65)
    assert len(reads) == 1
    assert abs(reads[0] - datetime.fromisoformat(told["next"])) < timedelta(seconds=3), "Bungie's clock runs beside ours"


def test_a_page_without_a_worker_reads_by_itself_what_is_due(night: Night) -> None:
    browser = night.sign_in()
    night.play()
    with night.counting() as reads:
        for _ in range(60):
            assert browser.send("POST", REFRESH).status_code == 200
            night.house.pass_time(10)
    assert len(reads) == 10
    assert min(gaps(reads)) >= 60


def test_by_hand_is_at_once_and_puts_off_the_next(night: Night) -> None:
    browser = night.sign_in()
    night.play()
    night.begin()
    night.pass_by(30)
    with night.counting() as reads:
        told = browser.send("POST", REFRESH + "?forced=true").json
        assert "wait" not in told
        assert browser.send("POST", REFRESH + "?forced=true").json["wait"] > 0
        night.pass_by(59)
        assert len(night.reads()) == 2
        night.pass_by(2)
    assert len(reads) == 2


def test_what_others_read_counts(night: Night) -> None:
    night.sign_in()
    night.play()
    night.begin()
    night.pass_by(1)
    with night.counting() as reads:
        for _ in range(6):  # A transfer looks again and again what became of it.
            night.pass_by(50)
            night.services.inventory.refresh(night.user(), forced=True, membership=membership_of(night))
    assert len(reads) == 6


# -- while Bungie is down ---------------------------------------------------------------------------------------------------


def test_while_bungie_is_down_it_is_hardly_asked_and_nobody_is_signed_out(night: Night) -> None:
    people = ["Private", "Two-memberships", "Newcomer"]
    for person in people:
        night.sign_in(person)
    for person in people[:2]:
        night.play(person)
    night.begin()
    night.pass_by(2 * MINUTE)
    night.house.controls.fault("system_disabled", count=None)
    with night.counting() as reads:
        night.pass_by(2 * HOUR)
    assert len(reads) <= 18, "30 s, then doubled to 10 minutes; one call finds out for all"
    assert night.house.asked("/Token") <= 40
    assert max(gaps(reads)) <= 601
    assert all(each.sign_in == "ok" for each in night.services.accounts.users.all())
    assert not night.told(kind="sign-in-lapsed")
    night.house.controls.clear_faults()
    with night.counting() as reads:
        night.pass_by(20 * MINUTE)
    assert {night.row(name).trouble for name in ("Private#1303", "Two-memberships#2002")} == {""}
    assert len(reads) >= 20


def test_a_page_finds_out_each_minute_whether_bungie_is_back(night: Night) -> None:
    browser, other = night.sign_in(), night.sign_in("Two-memberships")
    night.begin()
    night.pass_by(2 * MINUTE)
    browser.get("/api/v1/profile")
    night.house.controls.fault("system_disabled", count=None)
    night.pass_by(HOUR / 2)
    codes, waits = [], []
    with night.counting() as reads:
        for _ in range(60):
            for each in (browser, other):
                answer = each.send("POST", REFRESH)
                codes.append(answer.json.get("code"))
                waits.append(answer.json.get("retry_after", 0))
            night.pass_by(10)
    assert set(codes) == {"bungie-maintenance"}
    assert all(0 < wait <= 601 for wait in waits)
    assert 7 <= len(reads) <= 11, "one page looks for all of them"
    night.house.controls.clear_faults()
    night.pass_by(61)
    assert browser.send("POST", REFRESH).status_code == 200
    assert night.row().habits.failures == 0


@pytest.mark.parametrize("seconds", [10, 90, 900])
def test_throttled_means_waiting_as_told(night: Night, seconds: int) -> None:
    night.sign_in()
    night.play()
    night.begin()
    night.pass_by(10)
    night.house.controls.fault("throttle_ip", count=3, match={"path": "/Profile/"}, seconds=seconds)
    with night.counting() as reads:
        night.pass_by(HOUR)
    refused = reads[0]
    assert reads[-1] - refused > timedelta(minutes=30), "it goes on"
    after = next(each for each in reads if each - refused > timedelta(seconds=seconds))
    assert not [each for each in reads if timedelta(seconds=11) < each - refused < timedelta(seconds=seconds)]
    assert after - refused < timedelta(seconds=seconds + 700)


def test_one_account_that_bungie_cannot_read_does_not_stop_the_others(night: Night) -> None:
    for person in ("Private", "Two-memberships"):
        night.sign_in(person)
        night.play(person)
    bad = membership_of(night, "Two-memberships#2002").id
    night.house.controls.fault("html_200", count=None, match={"path": f"/Profile/{bad}"})
    night.begin()
    with night.counting(membership_of(night).id) as good, night.counting(bad) as failed:
        night.pass_by(2 * HOUR)
    assert len(good) >= 100
    assert len(failed) <= 3 * 18


# -- within the budget ------------------------------------------------------------------------------------------------------


def test_fifty_accounts_are_spread_fair_and_within_the_throttle(night: Night) -> None:
    night.sign_in()
    night.play()
    people = night.crowd(50)
    night.begin()
    night.pass_by(2 * MINUTE)
    with night.counting() as reads:
        night.pass_by(3 * MINUTE)
    assert 145 <= len(reads) <= 155
    busiest = max(sum(0 <= (other - each).total_seconds() < 10 for other in reads) for each in reads)
    assert busiest <= 60, "fifty that are due at once are no burst of their own"
    checked = [night.services.watching.report(each)[membership_of(night)].last for each in people]
    oldest = min(each for each in checked if each is not None)
    assert None not in checked
    assert night.now() - oldest <= timedelta(seconds=75), "nobody waits while others are read twice"


def test_what_people_move_comes_first(night: Night) -> None:
    night.sign_in()
    night.play()
    night.begin()
    night.pass_by(1)
    budget = DatabaseThrottle(night.services.database, night.house.clock)

    def move(seconds: int) -> None:
        """Five places of the bucket are left, again and again."""
        for _ in range(seconds):
            budget._change("bungie", lambda pace, now: (msgspec.structs.replace(pace, seen=now, due=now + 45 / 15), None))
            night.pass_by(1)

    with night.counting() as reads:
        move(5 * 60)
    assert not reads, "it stands back"
    with night.counting() as reads:
        move(2 * 60)
    assert reads, "but nobody is forgotten, however much is moved"
    night.pass_by(MINUTE)
    with night.counting() as reads:
        night.pass_by(2 * MINUTE)
    assert len(reads) == 2


def test_an_idle_server_does_little(night: Night) -> None:
    """Looks an hour with nobody to watch: each is a few reads of the database."""
    night.begin()
    before = night.services.jobs.ask("update_manifest", asked_by="nobody").id
    night.pass_by(HOUR)
    assert night.services.jobs.ask("resume_transfers", asked_by="nobody").id - before <= 14
