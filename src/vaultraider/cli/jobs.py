"""``vaultraider jobs``: the jobs table, and doing one piece of work here and now."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from vaultraider.cli._options import json_option, read_settings, settings_options
from vaultraider.cli._progress import shown_progress
from vaultraider.cli._work import do_here

if TYPE_CHECKING:
    from vaultraider.ports import JobRecord


@click.group()
def command() -> None:
    """List background work, or do one piece of it here."""


@command.command("list")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many, newest first.")
@settings_options
@json_option
def list_jobs(limit: int, data_dir: Path | None, settings_file: Path | None, debug: bool, as_json: bool) -> None:
    """List the newest work: who asked for it, how it ended, how long it took."""
    from vaultraider.cli._open import opened

    with opened(read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)) as services:
        records = services.jobs.latest(limit=limit)
    if as_json:
        click.echo(msgspec.json.encode(records).decode())
        return
    for each in records:
        click.echo(line_of(each, services.clock.now()))


def line_of(record: JobRecord, now: datetime) -> str:
    """One line: number, when it was asked for, state, name, by whom, how long it took (or takes), and what there is to say."""
    begun, ended = record.started if record.state != "queued" else None, record.finished
    took = f"{((ended or now) - begun).total_seconds():.1f} s" if begun else ""
    percent = f"{record.percent:.0f} %" if record.state == "running" and record.percent is not None else ""
    words = record.reason or (record.result or {}).get("sentence") or (record.sentence if record.state == "running" else "")
    told = " ".join(str(each) for each in (percent, words) if each)
    asked = f"{record.asked:%Y-%m-%d %H:%M}"
    return f"{record.id:>6}  {asked}  {record.state:<9}  {record.kind:<20}  {record.asked_by:<12}  {took:>9}  {told}".rstrip()


@command.command("run")
@click.argument("name")
@settings_options
@json_option
@click.pass_context
def run_job(ctx: click.Context, name: str, data_dir: Path | None, settings_file: Path | None, debug: bool, as_json: bool) -> None:
    """Do the work NAME here, now, and wait for it."""
    from vaultraider.cli._open import opened
    from vaultraider.jobs._registry import find_jobs

    jobs = find_jobs()
    if name not in jobs:
        raise click.BadParameter(f"There is no job named {name}. There are: {', '.join(jobs)}.", param_hint="NAME")
    if not jobs[name].by_hand:
        raise click.BadParameter("This work is begun by what needs it; nobody begins it by hand.", param_hint="NAME")
    settings = read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)
    with opened(settings) as services, shown_progress(quiet=as_json) as progress:
        record = do_here(services, jobs, name, progress=progress)
    if as_json:
        click.echo(msgspec.json.encode(record).decode())
    else:
        words = record.reason or (record.result or {}).get("sentence") or ""
        click.echo(f"{jobs[name].title}: {record.state}. {words}".strip())
    if record.state == "failed":
        ctx.exit(1)
