"""``vaultraider tags``: tags, notes and searches as a file, out and in."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click
import msgspec

from vaultraider.cli._options import json_option, read_settings, settings_options
from vaultraider.cli._people import one_person, person_option


@click.group()
def command() -> None:
    """Write tags, notes and searches to a file, or take them in."""


@command.command()
@click.argument("file", type=click.File("wb"))
@person_option
@settings_options
def export(file: IO[bytes], person: str, data_dir: Path | None, settings_file: Path | None, debug: bool) -> None:
    """Write a person's tags, notes and searches to FILE ("-" for the terminal).

    It is JSON in the form of Destiny Item Manager's backup, which can import it.
    """
    from vaultraider.cli._open import opened

    with opened(read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)) as services:
        file.write(services.curation.exporting.backup(one_person(services, person)))


@command.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--check", is_flag=True, help="Only say what would come of it.")
@person_option
@settings_options
@json_option
@click.pass_context
def import_file(
    ctx: click.Context,
    file: IO[bytes],
    check: bool,
    person: str,
    data_dir: Path | None,
    settings_file: Path | None,
    debug: bool,
    as_json: bool,
) -> None:
    """Take in FILE: a backup of Destiny Item Manager or of ours (JSON), or a table with Id or Hash, Tag and Notes (CSV)."""
    from vaultraider.cli._open import opened

    content = file.read()
    is_json = content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"{", b"["))
    with opened(read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)) as services:
        importing = services.curation.importing
        user = one_person(services, person)
        done = (importing.backup if is_json else importing.table)(user, content, check=check)
    if as_json:
        click.echo(msgspec.json.encode(done).decode())
    else:
        verb = "would change" if check else "changed"
        click.echo(
            f"Tags of {done.tags:,} and notes of {done.notes:,} items {verb}; {done.unknown_items:,} are not in the account."
        )
        click.echo(
            f"{done.searches:,} searches and {done.loadouts:,} loadouts are new; {done.skipped:,} entries said nothing new."
        )
        for each in done.errors:
            click.echo(f"{each.where}: {each.sentence}", err=True)
    if done.errors:
        ctx.exit(1)
