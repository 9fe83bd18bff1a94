"""``vaultraider jobs``: the jobs table, and doing one piece of work here and now."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from vaultraider.cli._options import json_option, read_settings, settings_options


@click.group()
def command() -> None:
    """List background work, or do one piece of it here."""


@command.command("list")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many, newest first.")
@settings_options
@json_option
def list_jobs(limit: int, data_dir: Path | None, settings_file: Path | None, debug: bool, as_json: bool) -> None:
    """List the newest work and how it ended."""
    from vaultraider.cli._open import opened

    with opened(read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)) as services:
        records = services.jobs.latest(limit=limit)
    if as_json:
        click.echo(msgspec.json.encode(records).decode())
        return
    for each in records:
        told = each.reason or each.sentence or ""
        click.echo(f"{each.id:>6}  {each.asked:%Y-%m-%d %H:%M}  {each.state:<9}  {each.kind:<20}  {each.asked_by:<12}  {told}")


@command.command("run")
@click.argument("name")
@settings_options
@json_option
@click.pass_context
def run_job(ctx: click.Context, name: str, data_dir: Path | None, settings_file: Path | None, debug: bool, as_json: bool) -> None:
    """Do the work NAME here, now, and wait for it."""
    from vaultraider.cli._open import opened
    from vaultraider.jobs._registry import find_jobs, perform

    jobs = find_jobs()
    if name not in jobs:
        raise click.BadParameter(f"There is no job named {name}. There are: {', '.join(jobs)}.", param_hint="NAME")
    with opened(read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)) as services:
        asked = services.jobs.ask(name, asked_by="command line")
        record = perform(services, jobs, asked.id) or services.jobs.get(asked.id)
    if as_json:
        click.echo(msgspec.json.encode(record).decode())
    else:
        click.echo(f"{jobs[name].title}: {record.state}. {record.reason or ''}".strip())
    if record.state == "failed":
        ctx.exit(1)
