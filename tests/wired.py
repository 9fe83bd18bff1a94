"""A whole house over HTTP before the simulator: nothing is replaced but the clock, which both share."""

from __future__ import annotations

import dataclasses
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from flask import Flask
from tests.clocks import START, HandClock
from tests.people import Browser
from tests.simulator.controls import Controls
from werkzeug.test import TestResponse

from vaultraider.bootstrap import Services, build_services
from vaultraider.bungie._wire import Limits
from vaultraider.database import schema
from vaultraider.domain.people import User
from vaultraider.jobs._registry import find_jobs, introduce, perform
from vaultraider.ports import JobRecord
from vaultraider.services.status import StatusService
from vaultraider.settings import Settings
from vaultraider.web.app import create_app


class SharedClock(HandClock):
    """One hand turns the house's clock and the simulator's. ``start``: when it is; by default now."""

    def __init__(self, controls: Controls, start: datetime | None = None) -> None:
        super().__init__(start or datetime.now(UTC))
        self._controls = controls
        if start is not None:
            controls.box.clock.set(start.timestamp())

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self._controls.advance(seconds)

    def pass_time(self, seconds: float) -> None:
        super().pass_time(seconds)
        self._controls.advance(seconds)


class WiredBrowser(Browser):
    """A browser that really goes to the consent page and back."""

    def go_to_bungie(self, person: str, decision: str = "approve", **fields: str) -> dict[str, str]:
        """Presses our button, then theirs: what Bungie sends back in the address."""
        address = self.form("/sign-in", **fields).headers["Location"]
        return decide(address, person, decision)

    def sign_in(self, person: str, **fields: str) -> TestResponse:
        return self.come_back(**self.go_to_bungie(person, **fields))


def decide(address: str, person: str, decision: str = "approve") -> dict[str, str]:
    """Answers the consent page at ``address``."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    # Plain http needs no certificates, and reading them takes longer than the page.
    with httpx2.Client(verify=False) as client:
        assert client.get(address).status_code == 200
        answer = client.post(address.partition("?")[0], data={**asked, "person": person, "decision": decision})
    assert answer.status_code == 302, answer.text
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


@dataclasses.dataclass
class WiredHouse:
    services: Services
    app: Flask
    clock: HandClock
    controls: Controls
    settings: Settings

    def browser(self, cookie: str | None = None) -> WiredBrowser:
        """Somebody's browser. ``cookie``: of a session that there is already."""
        browser = WiredBrowser(self.app, None)
        if cookie is not None:
            browser.client.set_cookie("vaultraider_session", cookie)
        return browser

    def signed_in(self, person: str = "Marrow") -> WiredBrowser:
        browser = self.browser()
        answer = browser.sign_in(person)
        assert answer.status_code == 303, answer.text
        return browser

    def user(self, name: str = "Marrow#4417") -> User:
        return next(each for each in self.services.accounts.users.all() if each.name == name)

    def pass_time(self, seconds: float) -> None:
        self.clock.pass_time(seconds)

    def hurry(self, limits: Limits) -> None:
        """Time limits for what hangs: the real ones are longer than a test should take."""
        self.services.bungie.client.wire.limits = limits

    def update_definitions(self) -> JobRecord:
        """What the schedule does every five minutes: the job's row afterwards."""
        asked = self.services.jobs.ask("update_manifest", asked_by="schedule")
        done = perform(self.services, find_jobs(), asked.id)
        assert done is not None
        return done

    def asked(self, words: str) -> int:
        """How many requests with this in their path or body reached Bungie."""
        return sum(1 for each in self.controls.journal() if words in each.path or words in str(each.body))


def settings_for(folder: Path, url: str, **more: Any) -> Settings:
    given = {
        "data_dir": folder,
        "bungie_www": url,
        "bungie_stats": url,
        "api_key": "demo-api-key",
        "client_id": "31337",
        "client_secret": "demo-client-secret",
        "open_sign_in": True,
    }
    return Settings(**(given | more))


def build_wired(
    folder: Path, controls: Controls, *, start: datetime | None = None, definitions: Path | None = None, **settings: Any
) -> WiredHouse:
    """``definitions``: installed before (the fixture of that name); the house gets a copy of its own."""
    if definitions is not None:
        shutil.copytree(definitions, folder / "manifest")
    chosen = settings_for(folder, controls.simulator.url, **settings)
    clock = SharedClock(controls, start)
    services = build_services(chosen, clock=clock)
    schema.upgrade(services.database)
    # Announcements are read in the request instead of behind its back: what a test sees must not depend on threads.
    status = StatusService(
        platform=services.bungie.platform,
        health=services.bungie.health,
        manifest=services.manifest,
        jobs=services.jobs,
        maintenance=services.maintenance,
        clock=clock,
        background=lambda read: read(),
    )
    services = dataclasses.replace(services, status=status)
    introduce(services)
    return WiredHouse(services, create_app(services, chosen), clock, controls, chosen)


def install_definitions(folder: Path, controls: Controls) -> Path:
    """Installs the demo's definitions in a house that is then given up: the folder that ``build_wired`` copies for others."""
    controls.first_day()
    house = build_wired(folder, controls, start=START)
    house.services.manifest.update(lambda step, percent=None, sentence=None: None)
    house.services.close()
    controls.first_day()
    return folder / "manifest"
