"""A worker or a beat as a process of its own, beside a web server elsewhere: what `up` holds in threads."""

from __future__ import annotations

import importlib.util
import socket
from contextlib import ExitStack

import click

from vaultraider.bootstrap import build_services
from vaultraider.cli._folder_lock import place_in
from vaultraider.cli._one_process import leave_behind, stop_signal, wait
from vaultraider.cli.up import require_application
from vaultraider.database.schema import upgrade_when_there
from vaultraider.keys import prepare_data_dir
from vaultraider.settings import Settings, SettingsError
from vaultraider.worker import Worker


def help_out(settings: Settings, *, threads: int = 0) -> None:
    """Runs until Ctrl-C or SIGTERM: a worker that does ``threads`` things at once, or a beat when that is 0.

    Raises SettingsError when this process could not hear of work, or the others not of this one.
    """
    kind = "worker" if threads else "beat"
    require_broker(settings, kind)
    require_application(settings)
    prepare_data_dir(settings.data_dir)
    with stop_signal() as stopped, ExitStack() as stack:
        place = stack.enter_context(place_in(settings.data_dir, kind))
        # Certainly alone under this name: the place is, on this machine and folder.
        services = build_services(settings, holder=f"{socket.gethostname()} {settings.data_dir.absolute()} {kind} {place}")
        stack.callback(services.close)
        upgrade_when_there(services.database, stopped, services.backups.before_migration)
        part = Worker(services, threads=threads, work=bool(threads), beat=not threads)
        part.start()
        click.echo(f"Vault Raider's {kind} {place} is at work. Ctrl-C stops it.")
        if settings.database.startswith("sqlite"):
            click.echo("The database is SQLite: everything must run on this machine, on this data folder.", err=True)
        wait(stopped)
        click.echo("Stopping. Running work ends or goes back to the queue; Ctrl-C once more stops at once.", err=True)
        if not part.stop():
            leave_behind()


def require_broker(settings: Settings, kind: str) -> None:
    """Raises SettingsError when there is no broker between the processes, or no client for it."""
    if not settings.redis_url:
        raise SettingsError(
            f"A {kind} of its own needs a Redis server between it and the others, and there is no redis_url. "
            "Set REDIS_URL for all of them, or run `vaultraider up`, which needs none."
        )
    if importlib.util.find_spec("redis") is None:
        raise SettingsError("Python's client for Redis is missing. Install it: pip install 'vaultraider[redis]'")
