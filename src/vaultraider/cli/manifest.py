"""``vaultraider manifest``: the game's definitions, by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from vaultraider.cli._options import json_option, read_settings, settings_options
from vaultraider.cli._progress import shown_progress
from vaultraider.cli._work import do_here

if TYPE_CHECKING:
    from vaultraider.bootstrap import Services


@click.group()
def command() -> None:
    """Update the game's definitions, or say how they stand."""


@command.command()
@settings_options
@json_option
def update(data_dir: Path | None, settings_file: Path | None, debug: bool, as_json: bool) -> None:
    """Look for new definitions now, and install them."""
    from vaultraider.jobs._registry import find_jobs
    from vaultraider.services.status import UPDATE_JOB

    with _services(data_dir, settings_file, debug) as services, shown_progress(quiet=as_json) as progress:
        record = do_here(services, find_jobs(), UPDATE_JOB, {"insist": True}, progress=progress)
    if record.state != "done" or record.result is None:
        raise click.ClickException(record.reason or "The update did not end.")
    click.echo(msgspec.json.encode(record.result).decode() if as_json else record.result["sentence"])


@command.command()
@settings_options
@json_option
def status(data_dir: Path | None, settings_file: Path | None, debug: bool, as_json: bool) -> None:
    """Say which definitions are active, and how the last look went."""
    with _services(data_dir, settings_file, debug) as services:
        report, history = services.manifest.report(), services.manifest.history()
        overview = services.manifest_overviews.overview()
    if as_json:
        click.echo(msgspec.json.encode({"report": report, "history": history, "overview": overview}).decode())
        return
    if report.active is None:
        click.echo("There are no definitions yet. `vaultraider manifest update` fetches them.")
    else:
        active = report.active
        click.echo(f"{active.ref.version} ({active.ref.language}), active since {active.installed:%Y-%m-%d %H:%M} UTC.")
        click.echo(f"{sum(active.rows.values())} rows; {active.original_bytes + active.store_bytes:,} bytes on disk.")
    if report.sentence:
        click.echo(report.sentence)
    for version in overview.versions:
        if version.changes:
            click.echo(f"{version.version}: {version.changes.sentence}")
    for attempt in history:
        click.echo(f"  {attempt.started:%Y-%m-%d %H:%M}  {attempt.result:<11}  {attempt.ref.version}  {attempt.sentence}")


@contextmanager
def _services(data_dir: Path | None, settings_file: Path | None, debug: bool) -> Iterator[Services]:
    from vaultraider.cli._open import opened

    with opened(read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)) as services:
        yield services
