"""The simulator as a server: a thread that listens, a pipeline that answers, a box that remembers."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cheroot import wsgi

from vaultraider.simulator import actions, groups, manifest, platform, profile, user, vendors
from vaultraider.simulator.box import REDIRECT_URL, Box, Options, Source
from vaultraider.simulator.capture import CaptureSource
from vaultraider.simulator.pipeline import Pipeline
from vaultraider.simulator.routing import Router
from vaultraider.simulator.sources import DemoSource
from vaultraider.simulator.state import Keeper

ROUTES = (
    *platform.ROUTES,
    *user.ROUTES,
    *groups.ROUTES,
    *manifest.ROUTES,
    *profile.ROUTES,
    *actions.ROUTES,
    *vendors.ROUTES,
)
"""Every endpoint below /Platform."""
THREADS = 24


class _Gateway(wsgi.Gateway_10):
    """Lets a fault reach the connection, to reset it."""

    def get_environ(self) -> Any:
        build: Any = super().get_environ
        environ = build()
        environ["simulator.socket"] = self.req.conn.socket
        return environ


class _Server(wsgi.Server):
    """Says nothing when a fault ends a connection: that is no error of the server's."""

    def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:
        return


class Simulator:
    """Bungie.net on one address, both hosts (www and stats) at once.

    >>> with Simulator() as bungie:
    ...     bungie.url
    'http://127.0.0.1:41873'

    ``port`` 0 takes a free one. ``clock``: None runs with the wall, an ISO time stands still until it is advanced.
    ``profile`` and ``manifest``: a captured GetProfile and a manifest file to serve instead of the demo world.
    ``vendors_file``: a captured GetVendors answer to serve instead of the demo's traders.
    ``state``: a file that keeps sign-ins over restarts. ``control``: the control room on /__sim/, for loopback only.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        seed: int = 1,
        profile: Path | str | None = None,
        manifest: Path | str | None = None,
        vendors_file: Path | str | None = None,
        clock: str | None = None,
        control: bool = True,
        allow_http_callback: bool = True,
        redirect_url: str = REDIRECT_URL,
        state: Path | str | None = None,
        knobs: dict[str, Any] | None = None,
    ) -> None:
        options = Options(
            host=host,
            port=port,
            seed=seed,
            profile=Path(profile) if profile else None,
            manifest=Path(manifest) if manifest else None,
            vendors=Path(vendors_file) if vendors_file else None,
            clock=clock,
            control=control,
            allow_http_callback=allow_http_callback,
            redirect_url=redirect_url,
            state=Path(state) if state else None,
            knobs=knobs or {},
        )
        self.box = Box(options, source_of(options))
        self.keeper = Keeper(self.box)
        self.keeper.restore()
        self.pipeline = Pipeline(self.box, Router(ROUTES), self.keeper)
        self._server: Any = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """ "http://127.0.0.1:NNNN", without a slash. Known once started."""
        return self.box.base_url

    def start(self) -> Self:
        """Returns when connections are accepted."""
        options = self.box.options
        self.box.releasing.clear()
        server = _Server((options.host, options.port), self.pipeline, numthreads=THREADS, request_queue_size=64)
        server.gateway = _Gateway
        server.shutdown_timeout = 1
        server.prepare()
        self._server = server
        host = f"[{options.host}]" if ":" in options.host else options.host
        self.box.base_url = f"http://{host}:{server.bind_addr[1]}"
        self._thread = threading.Thread(target=server.serve, name="simulator", daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Lets go of hanging requests, then stops."""
        self.box.releasing.set()
        if self._server is not None:
            self._server.stop()
            self._server = None
        if self._thread is not None:
            self._thread.join(timeout=5)
            self._thread = None
        self.keeper.keep()

    def reset(self, seed: int | None = None) -> None:
        """World, tokens, faults, journal and knobs as at the start; the clock stays."""
        self.box.reset(seed)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()


def source_of(options: Options) -> Source:
    if options.profile is None and options.manifest is None:
        return DemoSource()
    return CaptureSource(options.profile, options.manifest)
