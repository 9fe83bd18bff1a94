"""``vaultraider wishes``: a person's wish lists, adding one, and looking a file over before it is shared."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click
import msgspec

from vaultraider.cli._options import json_option, read_settings, settings_options
from vaultraider.cli._people import one_person, person_option

if TYPE_CHECKING:
    from vaultraider.domain.wish_lists import ParsedList, WrongLine
    from vaultraider.ports.wish_lists import WishListRecord

FAULTS_LISTED = 3
"""Of each list; ``check`` tells more."""


@click.group()
def command() -> None:
    """Look at wish lists, add one, or check a file."""


@command.command("list")
@person_option
@settings_options
@json_option
def list_lists(person: str, data_dir: Path | None, settings_file: Path | None, debug: bool, as_json: bool) -> None:
    """List a person's wish lists: number, rolls, title, address, what went wrong with it last, and which lines cannot be read."""
    from vaultraider.cli._open import opened

    with opened(read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)) as services:
        user = one_person(services, person)
        lists = services.wish_lists
        found = [(each, lists.parsed(user, each.id).faults if each.facts.wrong_lines else ()) for each in lists.all(user)]
    if as_json:
        told = [{**_shown(each), "faults": msgspec.to_builtins(faults)} for each, faults in found]
        click.echo(msgspec.json.encode(told).decode())
        return
    for each, faults in found:
        click.echo(_line(each))
        if faults:
            click.echo(f"      {_counted(each.facts.wrong_lines)} cannot be read:")
        for fault in faults[:FAULTS_LISTED]:
            click.echo(f"      {_fault(fault)}")
        if each.facts.wrong_lines > FAULTS_LISTED:
            click.echo("      and more: vaultraider wishes check FILE tells them.")


@command.command()
@click.argument("address_or_file")
@click.option("--title", default="", help="What to call it, where its own title will not do.")
@person_option
@settings_options
@json_option
def add(
    address_or_file: str,
    title: str,
    person: str,
    data_dir: Path | None,
    settings_file: Path | None,
    debug: bool,
    as_json: bool,
) -> None:
    """Add the wish list at an address, or in a file. What lies at an address is read anew once a day."""
    from vaultraider.cli._open import opened

    with opened(read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)) as services:
        user = one_person(services, person)
        lists = services.wish_lists
        if "://" in address_or_file:
            added = lists.add_addresses(user, address_or_file)
            for each in added:
                lists.reading.one(user.id, each.id)
                if title:
                    lists.change(user, each.id, name=title)
        else:
            added = [lists.add_text(user, title, _bytes_of(address_or_file))]
        added = [lists.get(user, each.id) for each in added]
    if as_json:
        click.echo(msgspec.json.encode([_shown(each) for each in added]).decode())
        return
    for each in added:
        click.echo(_line(each))


@command.command()
@click.argument("file", type=click.File("rb"))
@json_option
@click.pass_context
def check(ctx: click.Context, file: IO[bytes], as_json: bool) -> None:
    """Say what is in the wish list in FILE, and which of its lines are none.

    Ends with status 1 when a line is wrong. It needs no server and no account.
    """
    from vaultraider.domain.wish_lists import parse_list
    from vaultraider.domain.wish_lists.parse import read_text

    parsed = parse_list(read_text(file.read()))
    if as_json:
        click.echo(msgspec.json.encode(_told(parsed)).decode())
    else:
        told = _told(parsed)
        click.echo(f"{parsed.title or 'Without a title'}: {told['rolls']:,} wanted, {told['trash']:,} not wanted.")
        if parsed.duplicates:
            click.echo(f"{parsed.duplicates:,} more say what another line says: the first one counts.")
        for fault in parsed.faults:
            click.echo(_fault(fault), err=True)
        if parsed.wrong_lines > len(parsed.faults):
            click.echo(f"{_counted(parsed.wrong_lines)} cannot be read altogether.", err=True)
    if parsed.wrong_lines or not parsed.rolls:
        ctx.exit(1)


def _bytes_of(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise click.BadParameter(f"{file} cannot be read: {error.strerror}.", param_hint="ADDRESS_OR_FILE") from None


def _line(each: WishListRecord) -> str:
    facts = each.facts
    title = each.name or facts.title or each.url or "Wish list"
    line = f"{each.id:>4}  {'on ' if each.on else 'off'}  {facts.rolls:>7,} wanted  {facts.trash:>6,} not  {title}"
    where = f"  {each.url}" if each.url and each.url != title else ""
    return line + where + (f"\n      {each.failure}" if each.failure else "")


def _counted(lines: int) -> str:
    return f"{lines:,} {'line' if lines == 1 else 'lines'}"


def _fault(fault: WrongLine) -> str:
    """The line itself was somebody else's: what steers a terminal was taken out of it."""
    return f"Line {fault.line}: {fault.sentence}" + (f"\n        {fault.text}" if fault.text else "")


def _shown(each: WishListRecord) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(each)
    return found


def _told(parsed: ParsedList) -> dict[str, Any]:
    return {
        "title": parsed.title,
        "description": parsed.description,
        "rolls": len(parsed.rolls) - parsed.unwanted,
        "trash": parsed.unwanted,
        "duplicates": parsed.duplicates,
        "wrong_lines": parsed.wrong_lines,
        "faults": msgspec.to_builtins(parsed.faults),
    }
