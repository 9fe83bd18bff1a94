"""A person's wish lists by the API, and the copies that they speak of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.wired import WiredBrowser, WiredHouse
from werkzeug.test import TestResponse

from vaultraider.jobs._registry import find_jobs, perform

ROOT = "/api/v1/wish_lists"


@dataclass
class Gun:
    """``perks``: all that it shows."""

    id: str
    hash: int
    perks: list[int]

    def line(self, *perks: int, notes: str = "", unwanted: bool = False) -> str:
        named = ",".join(map(str, perks or self.perks))
        return f"dimwishlist:item={'-' if unwanted else ''}{self.hash}&perks={named}" + (f"#notes:{notes}" if notes else "")


@dataclass
class Shelf:
    house: WiredHouse
    browser: WiredBrowser

    def guns(self) -> list[Gun]:
        """Of different kinds, each with several perks."""
        profile = self.browser.get("/api/v1/profile").json
        known = profile["definitions"]
        found: dict[int, Gun] = {}
        for item in profile["items"]:
            if known[str(item["hash"])]["kind"] in ("hand_cannon", "auto_rifle", "bow") and len(item.get("plugs", ())) > 4:
                found.setdefault(item["hash"], Gun(item["id"], item["hash"], item["plugs"]))
        return list(found.values())

    def send(self, method: str, path: str = "", body: Any = None, status: int = 200) -> Any:
        answer = self.browser.send(method, ROOT + path, body)
        assert answer.status_code == status, answer.text
        return answer.json if answer.data else None

    def upload(self, file: bytes, title: str = "", mimetype: str = "text/plain") -> TestResponse:
        return self.browser.client.post(
            f"{ROOT}/upload",
            base_url="http://localhost",
            query_string={"title": title},
            data=file,
            content_type=mimetype,
            headers={"X-CSRFToken": self.browser.csrf()},
        )

    def add(self, text: str, title: str = "") -> Any:
        (made,) = self.send("POST", body={"title": title, "text": text}, status=201)["lists"]
        return made

    def add_address(self, url: str) -> Any:
        """And waits until it was fetched."""
        (made,) = self.send("POST", body={"url": url}, status=201)["lists"]
        self.work()
        return self.one(made["id"])

    def all(self) -> list[Any]:
        found: list[Any] = self.send("GET")["lists"]
        return found

    def one(self, id: str) -> Any:
        return next(each for each in self.all() if each["id"] == id)

    def verdicts(self) -> dict[str, Any]:
        found: dict[str, Any] = self.browser.get("/api/v1/profile").json.get("verdicts", {})
        return found

    def work(self) -> None:
        """What a worker would do now."""
        for record in self.house.services.jobs.latest(kind="refresh_wish_lists"):
            if record.state == "queued":
                done = perform(self.house.services, find_jobs(), record.id)
                assert done is not None
                assert done.state == "done", done

    def turn(self) -> None:
        """What the schedule asks for."""
        self.house.services.jobs.ask("refresh_wish_lists", asked_by="schedule")
        self.work()
