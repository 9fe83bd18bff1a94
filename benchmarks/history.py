"""The memory after a year of one busy account: what it takes on disk, and how long it takes to answer.

The year is made by the recorder itself (see ``_year``), which takes some minutes. All times are the best of some turns, as a busy
machine only ever adds; "first" is with nothing in memory.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

from benchmarks._demo import House, demo_house, profile_of
from benchmarks._result import Result, at_most
from benchmarks._year import DAYS, Year
from flask.testing import FlaskClient
from sqlalchemy import text

from vaultraider.database.snapshots import SnapshotRepository
from vaultraider.domain.history.events import KINDS
from vaultraider.domain.history.showing import snapshot_from
from vaultraider.domain.history.taking import moment_of
from vaultraider.domain.people import User
from vaultraider.domain.snapshot import read_snapshot
from vaultraider.ports import KeptSnapshot, MembershipRef
from vaultraider.ports.history import EventQuery
from vaultraider.services.history.moments import Moments
from vaultraider.web.sessions import COOKIE

MONTH = 30
CHARTS = ("power", "fill", "items", "drops", "moved")
TURNS = 7
MOMENTS = 60
MEGABYTES, REBUILT, CHART = 10.0, 100.0, 50.0
"""The goals: a month on disk, any past moment, each chart over a year (milliseconds)."""


def run(_shared: Path | None) -> list[Result]:
    with tempfile.TemporaryDirectory() as folder, demo_house(Path(folder)) as house:
        services = house.services
        user = services.accounts.users.all()[0]
        membership = services.accounts.destiny.membership(user)
        now = services.clock.now()
        year = Year(services, user, membership, moment_of(read_snapshot(profile_of(house), now), None))
        sizes: dict[int, float] = {-1: _megabytes(house)}

        def measure(day: int) -> None:
            if day in (MONTH - 1, DAYS - 1):
                sizes[day] = _megabytes(house)

        # It ends some hours ago.
        year.run((now - timedelta(days=DAYS + 1)).replace(hour=0, minute=0, second=0), range(DAYS), measure)
        _keep_newest(house, user, membership)
        _look_for_lies(house, user, membership, year)
        return [*_kept(house, user, membership, year, sizes), *_rebuilt(house, user, membership, year), *_answers(house)]


def _kept(house: House, user: User, membership: MembershipRef, year: Year, sizes: dict[int, float]) -> list[Result]:
    counts = _counts(house, user, membership)
    month, whole = sizes[MONTH - 1] - sizes[-1], sizes[DAYS - 1] - sizes[-1]
    gaps = house.services.history.store.gaps(_account(house, user, membership), None, None)
    return [
        Result("history: states that brought something new", year.looks, "states"),
        Result("history: events a day", sum(counts.values()) / DAYS, "events"),
        Result("history: gaps in which nobody looked", len(gaps), "gaps"),
        at_most(f"history: {MONTH} days on disk", month, "MB", MEGABYTES),
        Result(f"history: {DAYS} days on disk", whole, "MB"),
        Result("history: the recorder for a new state, median", statistics.median(year.times) * 1000, "ms"),
        Result("history: the recorder for a new state, 95 of 100", statistics.quantiles(year.times, n=20)[-1] * 1000, "ms"),
    ]


def _rebuilt(house: House, user: User, membership: MembershipRef, year: Year) -> list[Result]:
    """Any past moment, nothing of it in memory. They are what they were, or this fails."""
    store, rng = house.services.history.store, Random(1)
    took = []
    for at, moment in rng.sample(year.observed, k=min(MOMENTS, len(year.observed))):
        took.append(_best(lambda: Moments(store).at(user, membership, at), 3))  # noqa: B023 - it is called right here
        found = Moments(store).at(user, membership, at)
        if found is None or found[0] != moment:
            raise RuntimeError(f"What was seen at {at} is not what is remembered.")
    return [
        Result("history: a past moment built again, median", statistics.median(took) * 1000, "ms"),
        at_most(f"history: a past moment built again, worst of {len(took)}", max(took) * 1000, "ms", REBUILT),
    ]


def _answers(house: House) -> list[Result]:
    browser = house.app.test_client()
    browser.set_cookie(COOKIE, house.cookie.partition("=")[2])
    results = []
    for name in CHARTS:
        took, size = _asked(browser, f"/api/v1/charts/{name}?range=365d")
        results.append(at_most(f"history: chart {name} over a year ({size / 1000:.0f} KB)", took, "ms", CHART))
    week_ago = (house.services.clock.now() - timedelta(days=7)).strftime("%Y-%m-%dT%H:%M:%SZ")
    for what, path in (
        ("the newest 100 events, with counts", "/api/v1/events?limit=100"),
        ("the vault a week ago", f"/api/v1/profile?at={week_ago}"),
        ("the difference to a week ago", f"/api/v1/diff?from={week_ago}"),
    ):
        took, size = _asked(browser, path)
        results.append(Result(f"history: {what} ({size / 1000:.0f} KB)", took, "ms"))
    return results


def _asked(browser: FlaskClient, path: str) -> tuple[float, int]:
    """Milliseconds, and bytes."""
    answer = browser.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} was answered with {answer.status_code}.")
    return _best(lambda: browser.get(path), TURNS) * 1000, len(answer.data)


def _best(work: Callable[[], object], turns: int) -> float:
    found = []
    for _ in range(turns):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return min(found)


def _keep_newest(house: House, user: User, membership: MembershipRef) -> None:
    """As an inventory that was read just now has it."""
    found = house.services.history.moments.at(user, membership, house.services.clock.now())
    if found is not None:
        now = house.services.clock.now()
        kept = KeptSnapshot(body=snapshot_from(found[0], now).encode(), read=now, checked=now)
        SnapshotRepository(house.services.database).save(user.id, membership, kept)


def _look_for_lies(house: House, user: User, membership: MembershipRef, year: Year) -> None:
    """Nothing was told gone that did not go, whatever was missing from the answers."""
    told = _counts(house, user, membership).get("lost", 0)
    if told > year.gone:
        raise RuntimeError(f"{told} losses are told; {year.gone} things went.")


def _counts(house: House, user: User, membership: MembershipRef) -> dict[str, int]:
    counts = house.services.history.store.count(_account(house, user, membership), EventQuery(kinds=frozenset(KINDS)))
    return {str(kind): number for kind, number in counts.items()}


def _account(house: House, user: User, membership: MembershipRef) -> int:
    account = house.services.history.store.account(user.id, membership)
    if account is None:
        raise RuntimeError("Nothing was remembered.")
    return account.id


def _megabytes(house: House) -> float:
    """Of the database file, once all is written to it."""
    with house.services.database.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        size = connection.execute(text("PRAGMA page_size")).scalar_one()
    return float(pages * size) / 1e6
