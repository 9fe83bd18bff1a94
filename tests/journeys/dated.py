"""A house that lives at a moment of the test's choosing: Bungie, we and the browser agree what time it is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Response
from msgspec import structs
from tests.journeys.house import House
from tests.simulator.controls import Controls
from werkzeug.http import http_date

from vaultraider.bootstrap import build_services
from vaultraider.cli._one_process import Running
from vaultraider.cli.demo import demo_settings, welcome_owner
from vaultraider.database import schema
from vaultraider.jobs._registry import introduce
from vaultraider.simulator import Simulator
from vaultraider.web.app import create_app
from vaultraider.web.server import EmbeddedServer


class DatedClock:
    """Goes on from the moment that it was set to, and takes Bungie's along."""

    def __init__(self, bungie: Controls) -> None:
        self._bungie = bungie
        self._ahead = timedelta()
        self._still: datetime | None = None

    def now(self) -> datetime:
        return self._still or datetime.now(UTC) + self._ahead

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)
        if self._still is not None:
            self._still += timedelta(seconds=seconds)

    def set(self, moment: str) -> None:
        """ISO, with its zone."""
        self._still = None
        self._ahead = datetime.fromisoformat(moment) - datetime.now(UTC)
        self._bungie.box.clock.set(self.now().timestamp())

    def stand_still(self, moment: str) -> None:
        """It is just then until it is set again, however long this machine takes for what is done meanwhile."""
        self.set(moment)
        self._still = datetime.fromisoformat(moment)


@dataclass(frozen=True)
class DatedHouse(House):
    """``clock`` is set by the test; pages that are open see it with their next answer."""

    clock: DatedClock = field(kw_only=True)

    def look_at_xur(self) -> None:
        """What the worker does each minute."""
        self.parts.services.xur.watch(lambda: None)

    def be(self, moment: str) -> None:
        """It is then, and Xûr was looked for."""
        self.clock.set(moment)
        self.look_at_xur()


@contextmanager
def dated_house(folder: Path, moment: str, *, definitions: bool = True) -> Iterator[DatedHouse]:
    """Everything but the worker, at that moment; with the definitions, if wanted. It belongs to Marrow."""
    settings = demo_settings(folder, {}, port=0)
    with Simulator(redirect_url=settings.redirect_url) as simulator:
        bungie = Controls(simulator)
        clock = DatedClock(bungie)
        clock.set(moment)
        settings = structs.replace(settings, bungie_www=simulator.url, bungie_stats=simulator.url)
        services = build_services(settings, clock=clock)
        schema.upgrade(services.database)
        introduce(services)
        welcome_owner(services, simulator)
        app = create_app(services, settings)

        @app.after_request
        def say_when(response: Response) -> Response:
            # The page counts on the server's clock, which it has from this header.
            response.headers["Date"] = http_date(clock.now())
            return response

        server = EmbeddedServer(app, host=settings.host, port=settings.port)
        server.start()
        try:
            found = DatedHouse(server.address, bungie, Running(services, server.address), clock=clock)
            if definitions:
                found.fetch_definitions()
            yield found
        finally:
            server.stop()
            services.close()
