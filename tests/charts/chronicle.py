"""A memory that is written by hand: figures, tallies and events as a test wants them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.clocks import START
from tests.wired import WiredBrowser, WiredHouse

from vaultraider.domain.history.delta import Delta, encode_delta, encode_moment
from vaultraider.domain.history.events import Event, EventKind
from vaultraider.domain.history.figures import drops_of
from vaultraider.domain.history.moment import Moment
from vaultraider.domain.history.tallies import tallies_of
from vaultraider.ports.history import NewObservation

TITAN, HUNTER, WARLOCK = "2305843009300001010", "2305843009300001011", "2305843009300001012"
"""Brannoch, Ilse Varr, Odalys."""
GONE = "2305843009300009999"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class Chronicle:
    """Of one person, whose browser it is. Observations must come in order."""

    def __init__(self, house: WiredHouse, browser: WiredBrowser, person: str) -> None:
        self.house = house
        self.browser = browser
        self._user = next(each for each in house.services.accounts.users.all() if each.name.startswith(person))

    def see(
        self, at: datetime, figures: Mapping[str, int] | None = None, events: list[tuple[EventKind, dict[str, Any]]] | None = None
    ) -> None:
        services, user = self.house.services, self._user
        account = services.history.store.open(user.id, services.accounts.destiny.membership(user), at)
        seq = account.seq + 1
        told = [
            Event(**({"seq": seq, "n": n, "at": at, "since": at - HOUR, "kind": kind} | more))
            for n, (kind, more) in enumerate(events or [])
        ]
        observation = NewObservation(
            seq=seq,
            at=at,
            since=at - HOUR,
            delta=encode_delta(Delta()),
            keyframe=encode_moment(Moment()) if seq == 1 else None,
            events=told,
            figures={**(figures or {}), **drops_of(told)},
            tallies=tallies_of(told),
        )
        assert services.history.store.append(account, observation)

    def chart(self, name: str, range: str = "30d") -> Any:
        answer = self.browser.get(f"/api/v1/charts/{name}?range={range}")
        assert answer.status_code == 200, answer.text
        return answer.json

    def table(self, name: str, range: str = "30d") -> list[list[str]]:
        answer = self.browser.get(f"/api/v1/charts/{name}.csv?range={range}")
        assert answer.status_code == 200, answer.text
        assert answer.text.endswith("\r\n")
        return [line.split(",") for line in answer.text.removesuffix("\r\n").split("\r\n")]


def ago(days: float = 0, hours: float = 0) -> datetime:
    """Before the day on which the house is built."""
    return START - timedelta(days=days, hours=hours)


def told(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
