"""Friday after Friday in a few words: time passes, the watch takes its turns, somebody looks at the page."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.wired import WiredBrowser, WiredHouse, build_wired

from vaultraider.domain.notifications import Message
from vaultraider.jobs._registry import find_jobs, perform
from vaultraider.ports import JobRecord

THURSDAY, ARRIVAL, SATURDAY = "2026-11-26T12:00:00", "2026-11-27T17:00:00", "2026-11-28T12:00:00"
GONE, NEXT_ARRIVAL, NEXT_SATURDAY = "2026-12-01T17:00:00", "2026-12-04T17:00:00", "2026-12-05T12:00:00"
VENDORS = "Vendors"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclasses.dataclass
class Weekends:
    house: WiredHouse
    cookie: str

    @property
    def marrow(self) -> WiredBrowser:
        return self.house.browser(self.cookie)

    @property
    def anybody(self) -> WiredBrowser:
        return self.house.browser()

    def at(self, text: str) -> None:
        self.house.pass_time((moment(text) - self.house.clock.now()).total_seconds())

    def job(self, name: str, **arguments: Any) -> JobRecord:
        asked = self.house.services.jobs.ask(name, arguments, asked_by="schedule")
        done = perform(self.house.services, find_jobs(), asked.id)
        assert done is not None and done.state == "done", done
        return done

    def watch(self, at: str | None = None) -> dict[str, Any]:
        """One turn of the watch."""
        if at is not None:
            self.at(at)
        return self.job("watch_xur").result or {}

    def run_asked(self, name: str) -> list[JobRecord]:
        """Does what was asked for by others."""
        waiting = [each for each in self.house.services.jobs.latest(kind=name) if each.state == "queued"]
        return [done for each in waiting if (done := perform(self.house.services, find_jobs(), each.id)) is not None]

    def shown(self, browser: WiredBrowser | None = None, path: str = "", **query: str) -> dict[str, Any]:
        answer = (browser or self.anybody).get(f"/api/v1/xur{path}", query_string=query)
        assert answer.status_code == 200, answer.text
        return dict(answer.json)

    def told(self, name: str = "Marrow#4417") -> list[Message]:
        """What somebody was told of Xûr, oldest first."""
        notifications, user = self.house.services.notifications, self.house.user(name)
        found = [each for each in notifications.latest(user, limit=50) if each.kind == "xur-arrived"]
        return [notifications.message(user, each.id) for each in reversed(found)]

    def asked(self) -> int:
        """How many requests about vendors reached Bungie."""
        return self.house.asked(VENDORS)

    def restarted(self) -> Weekends:
        """The server anew, on the same folder: nothing of its memory is left."""
        self.house.services.close()
        return self.another()

    def another(self) -> Weekends:
        """Another process on the same database."""
        folder: Path = self.house.settings.data_dir
        return Weekends(build_wired(folder, self.house.controls, start=self.house.clock.now()), self.cookie)


def names(shown: dict[str, Any]) -> set[str]:
    return {ware["facts"]["name"] for group in shown["groups"] for ware in group["wares"]}


def wares(shown: dict[str, Any]) -> list[dict[str, Any]]:
    return [ware for group in shown["groups"] for ware in group["wares"]]
