"""``vaultraider ledger``: a person's ledgers, a year of one, and entering a table."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click
import msgspec

from vaultraider.cli._options import json_option, read_settings, settings_options
from vaultraider.cli._people import one_person, person_option
from vaultraider.domain.ledgers import FIRST_YEAR, LAST_YEAR, YearBook


@click.group()
def command() -> None:
    """Look at ledgers, or import a table into one."""


@command.command("list")
@person_option
@settings_options
@json_option
def list_ledgers(person: str, data_dir: Path | None, settings_file: Path | None, debug: bool, as_json: bool) -> None:
    """List a person's ledgers: number, name, balance."""
    from vaultraider.cli._open import opened

    with opened(read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)) as services:
        found = services.ledgers.all(one_person(services, person))
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
        return
    for each in found:
        since = f"since {each.since:%Y-%m-%d}" if each.since is not None else ""
        click.echo(f"{each.number:>4}  {each.kind:<8}  {each.balance:>15,} {each.unit:<12}  {each.name}  {since}".rstrip())


@command.command()
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="In UTC.  [default: this one]")
@person_option
@settings_options
@json_option
def show(
    number: int,
    year: int | None,
    person: str,
    data_dir: Path | None,
    settings_file: Path | None,
    debug: bool,
    as_json: bool,
) -> None:
    """Show a year of ledger NUMBER by quarter and month."""
    from vaultraider.cli._open import opened

    with opened(read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)) as services:
        found = services.ledgers.year(one_person(services, person), number, year)
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
        return
    click.echo(f"{found.ledger.name}, {found.year} in UTC" + (f", in {found.ledger.unit}" if found.ledger.unit else ""))
    for line in table_of(found.book):
        click.echo(line)


def table_of(book: YearBook) -> list[str]:
    """Each quarter with its months, between the balance that the year began with and the one that it ended with."""
    lines = [f"{'':<10}{'earned':>15}{'spent':>15}{'entries':>9}"]
    for number, quarter in enumerate(book.quarters):
        months = book.months[3 * number : 3 * number + 3]
        rows = [(f"Q{number + 1}", quarter)] + [(f"  {3 * number + n:02}", month) for n, month in enumerate(months, 1)]
        lines += [f"{name:<10}{sums.earned:>15,}{sums.spent:>15,}{sums.entries:>9,}" for name, sums in rows if sums.entries]
    return [f"Opening {book.opening:,}", *(lines if len(lines) > 1 else []), f"Closing {book.closing:,}"]


@command.command("import")
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
@click.argument("file", type=click.File("rb"))
@click.option("--check", is_flag=True, help="Only say what would come of it.")
@person_option
@settings_options
@json_option
@click.pass_context
def import_entries(
    ctx: click.Context,
    number: int,
    file: IO[bytes],
    check: bool,
    person: str,
    data_dir: Path | None,
    settings_file: Path | None,
    debug: bool,
    as_json: bool,
) -> None:
    """Enter the CSV in FILE into ledger NUMBER: all lines or none.

    Its first line names the columns: at, amount and perhaps note. A time without a zone is in UTC.
    """
    from vaultraider.cli._open import opened

    with opened(read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)) as services:
        done = services.ledgers.take_in(one_person(services, person), number, file.read(), check=check)
    if as_json:
        click.echo(msgspec.json.encode(done).decode())
    elif done.errors:
        for each in done.errors:
            click.echo(f"Line {each.line}: {each.sentence}", err=True)
        click.echo("Nothing was added.", err=True)
    else:
        verb = "would be added" if check else "added"
        click.echo(f"{done.added:,} {verb}, {done.skipped:,} were there already.")
    if done.errors:
        ctx.exit(1)
