"""The demo's past: it leads to what the simulator says, tells a story in every chart, and is written once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from tests.clocks import START
from tests.simulator.controls import Controls
from tests.wired import WiredHouse, build_wired

from vaultraider.cli._demo_past import AWAY, DAYS, made_up, write_past
from vaultraider.cli._player import Player
from vaultraider.cli.demo import welcome_owner
from vaultraider.domain.history.aggregates import RANGES
from vaultraider.domain.history.events import GROUPS
from vaultraider.domain.history.moment import Moment
from vaultraider.domain.history.taking import moment_of
from vaultraider.domain.people import User
from vaultraider.ports.history import EventQuery, HistoryAccount
from vaultraider.simulator import Simulator


@pytest.fixture(scope="module")
def demo(simulator_server: Simulator, definitions: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WiredHouse]:
    """Its past is written; nobody has signed in. The tests look, and change nothing of it."""
    Controls(simulator_server).first_day()
    house = build_wired(tmp_path_factory.mktemp("demo"), Controls(simulator_server), start=START, definitions=definitions)
    write_past(house.services, simulator_server, welcome_owner(house.services, simulator_server))
    yield house
    house.services.close()


@pytest.fixture
def owner(demo: WiredHouse, account: HistoryAccount) -> User:
    """Has looked once, after ``account`` was read: from then on it is known which account the charts are of."""
    assert demo.signed_in().get("/api/v1/profile").status_code == 200
    return demo.user()


@pytest.fixture(scope="module")
def account(demo: WiredHouse) -> HistoryAccount:
    """As it was before anybody looked."""
    (found,) = demo.services.history.store.accounts()
    return found


def newest(house: WiredHouse, account: HistoryAccount) -> Moment:
    found = house.services.history.moments.at(house.user(), account.membership, START)
    assert found is not None
    return found[0]


def test_it_is_some_three_months_long(account: HistoryAccount) -> None:
    assert START - timedelta(days=DAYS) <= account.first < START - timedelta(days=DAYS - 5)
    assert START - timedelta(hours=1) < account.seen < START


def test_it_ends_with_what_the_simulator_says(demo: WiredHouse, account: HistoryAccount, owner: User) -> None:
    """So that the first real look finds nothing new."""
    before = newest(demo, account)
    snapshot = demo.services.inventory.snapshot_of(owner)
    assert snapshot is not None
    assert moment_of(snapshot, None) == before
    assert demo.services.history.store.account(account.user_id, account.membership).seq == account.seq  # type: ignore[union-attr]


def test_every_group_of_events_happens_and_some_of_it_is_ours(demo: WiredHouse, account: HistoryAccount) -> None:
    store = demo.services.history.store
    counts = store.count(account.id, EventQuery())
    for kinds in GROUPS.values():
        assert sum(counts.get(kind, 0) for kind in kinds) > 100
    assert {event.by for event in store.events(account.id, EventQuery(limit=500))} == {"you", "game"}
    week = store.count(account.id, EventQuery(since=START - timedelta(days=7)))
    assert week["lost"] >= 3
    today = store.count(account.id, EventQuery(since=START - timedelta(hours=12)))
    assert sum(today.values()) > 5
    assert len(store.gaps(account.id, None, None)) == 2


def test_every_chart_teaches(demo: WiredHouse, owner: User) -> None:
    charts = demo.services.history.charts
    for wanted in RANGES:
        power, fill = charts.power(owner, wanted), charts.fill(owner, wanted)
        assert [line.name for line in power.series] == ["Brannoch", "Ilse Varr", "Odalys"]
        assert len(fill.vault.points) > 5
        assert charts.items(owner, wanted).this_week.came > 0
        assert charts.drops(owner, wanted).tiers[1].count > 5
        assert len(charts.moved(owner, wanted).items) == 12
    year = charts.power(owner, "90d")
    assert all(line.points[-1][1] > line.points[0][1] + 2 for line in year.series)
    used = charts.fill(owner, "90d").vault.points
    assert used[-1][1] > used[0][1] + 20
    assert charts.drops(owner, "90d").tiers[0].count > 3


def test_there_were_days_without_play(demo: WiredHouse, account: HistoryAccount) -> None:
    store = demo.services.history.store
    evening = START.replace(hour=23, minute=0)
    for days in AWAY:
        query = EventQuery(since=evening - timedelta(days=days + 1), until=evening - timedelta(days=days))
        assert not store.events(account.id, query)


def test_it_is_written_once(demo: WiredHouse, account: HistoryAccount, owner: User) -> None:
    write_past(demo.services, demo.controls.simulator, owner)
    (now,) = demo.services.history.store.accounts()
    assert (now.id, now.seq) == (account.id, account.seq)


def test_the_same_seed_has_the_same_past(demo: WiredHouse, account: HistoryAccount) -> None:
    moment, catalogue = newest(demo, account), demo.services.inventory.catalogue()
    first, second = (made_up(moment, catalogue, START, Random(7)) for _ in range(2))
    assert first == second
    assert first[-1].moment == moment
    assert all(earlier.at <= later.since <= later.at for earlier, later in pairwise(first))


def test_a_player_loses_nothing_that_is_worn(demo: WiredHouse, account: HistoryAccount) -> None:
    """However long somebody plays: each guardian wears one thing in each slot, of its own class."""
    moment, catalogue = newest(demo, account), demo.services.inventory.catalogue()
    player = Player(moment, catalogue, Random(3))
    for _ in range(300):
        player.moves()
        player.equips()
        player.mails()
    after = player.moment()
    assert after.items.keys() == moment.items.keys()

    def worn(state: Moment) -> list[tuple[str, int]]:
        return sorted((item.holder, catalogue.item(item.hash).slot) for item in state.items.values() if item.equipped)

    assert worn(after) == worn(moment)
    for item in after.items.values():
        if item.equipped:
            assert catalogue.item(item.hash).guardian in (3, after.characters[item.holder].class_type)
