"""Vault Raider in one process: tables, services, web server, worker and beat; and a clean end to all of it."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

import click

from vaultraider.bootstrap import Services, build_services
from vaultraider.cli._folder_lock import alone_in
from vaultraider.database.schema import upgrade_when_there
from vaultraider.jobs._registry import introduce
from vaultraider.keys import prepare_data_dir
from vaultraider.settings import Settings
from vaultraider.web.app import create_app
from vaultraider.web.server import EmbeddedServer
from vaultraider.worker import Worker

logger = logging.getLogger(__name__)


class Running:
    """What runs: for those who print where. ``all_ended`` is known after the block of ``running``."""

    def __init__(self, services: Services, address: str) -> None:
        self.services = services
        self.address = address
        self.all_ended = True


@contextmanager
def running(settings: Settings, *, worker: bool = True, stopped: threading.Event | None = None) -> Iterator[Running]:
    """Everything, from an upgraded database to a listening server, for as long as the block runs.

    ``stopped`` ends the waiting for a database that is away.
    Raises SettingsError, ListenError, SchemaTooNew, or what the database raises; then nothing is left running.
    """
    prepare_data_dir(settings.data_dir)
    with ExitStack() as stack:
        if worker:
            stack.enter_context(alone_in(settings.data_dir))
        holder = f"{socket.gethostname()} {settings.data_dir.absolute()}" if worker else None
        services = build_services(settings, holder=holder)
        stack.callback(services.close)
        if upgrade_when_there(services.database, stopped, services.backups.before_migration):
            logger.info("The database has the newest tables.")
        introduce(services)
        server = EmbeddedServer(
            create_app(services, settings),
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            certificate=settings.tls_certificate,
            key=settings.tls_key,
        )
        parts = Running(services, "")
        if worker:
            work = Worker(services)
            stack.callback(lambda: setattr(parts, "all_ended", work.stop()))
        services.board.start()
        server.start()
        stack.callback(server.stop)
        parts.address = server.address
        if worker:
            work.start()
        yield parts


def serve(settings: Settings, greet: Callable[[Running], None], *, worker: bool = True) -> None:
    """Runs until Ctrl-C or SIGTERM; ``greet`` prints what the person should know once the server listens."""
    with stop_signal() as stopped:
        with running(settings, worker=worker, stopped=stopped) as parts:
            greet(parts)
            wait(stopped)
            click.echo("Stopping. Running work ends or waits for the next start; Ctrl-C once more stops at once.", err=True)
        if not parts.all_ended:
            leave_behind()


def leave_behind() -> None:
    """Ends the process over a thread that hears nothing and would keep it for good; its row went back to the queue."""
    logger.warning("Some work did not stop in time; it begins anew at the next start.")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


@contextmanager
def stop_signal() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set. After the first, a second Ctrl-C ends the process the ordinary way."""
    stopped = threading.Event()
    signals = [signal.SIGINT, signal.SIGTERM]
    if sys.platform == "win32":
        signals.append(signal.SIGBREAK)

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = {number: signal.signal(number, stop) for number in signals}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def wait(stopped: threading.Event) -> None:
    """Waits in small steps: on Windows a signal does not wake a thread that waits without end."""
    while not stopped.wait(0.5):
        pass


def free_port(host: str, *wanted: int) -> int:
    """The first of ``wanted`` that can be listened on, else any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in (*wanted, 0):
        with socket.socket(family) as probe:
            if os.name == "posix":  # elsewhere it would take a port that somebody has
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    return wanted[0] if wanted else 0
