"""``vaultraider history``: the memory of an account as a file, out and in, and forgetting what is old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from vaultraider.cli._options import json_option, read_settings, settings_options
from vaultraider.cli._people import one_person, person_option

if TYPE_CHECKING:
    from vaultraider.bootstrap import Services
    from vaultraider.domain.people import User
    from vaultraider.ports import MembershipRef

F = TypeVar("F", bound=Callable[..., Any])


def whose_options(function: F) -> F:
    """Whose memory."""
    account = click.option("--account", default="", help="Which Destiny account, by id or name.  [default: the chosen one]")
    return person_option(account(function))


@click.group()
def command() -> None:
    """Export, import or thin what is remembered of an account."""


@command.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@whose_options
@settings_options
@json_option
def export_history(
    file: Path, person: str, account: str, data_dir: Path | None, settings_file: Path | None, debug: bool, as_json: bool
) -> None:
    """Write everything that is remembered into FILE, as JSON Lines. It may be done while Vault Raider runs."""
    from vaultraider.cli._open import opened

    with opened(read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)) as services:
        user, membership = whose(services, person, account)
        exported = services.history.archive.export(user, membership)
        part = file.with_name(file.name + ".part")
        lines = 0
        try:
            with part.open("wb") as out:
                for line in exported.lines:
                    out.write(line)
                    lines += 1
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
    if as_json:
        click.echo(msgspec.json.encode({"file": str(file), "rows": lines - 2, "bytes": file.stat().st_size}).decode())
        return
    click.echo(f"Written: {file}, {file.stat().st_size / 1e6:.1f} MB, {lines - 2} rows of {exported.name or 'the account'}.")


@command.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--replace", is_flag=True, help="What is remembered already goes for it.")
@whose_options
@settings_options
@json_option
def import_history(
    file: IO[bytes],
    replace: bool,
    person: str,
    account: str,
    data_dir: Path | None,
    settings_file: Path | None,
    debug: bool,
    as_json: bool,
) -> None:
    """Take over FILE, which `vaultraider history export` or the page wrote: all of it or nothing."""
    from vaultraider.cli._open import opened

    with opened(read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)) as services:
        user, membership = whose(services, person, account)
        done = services.history.archive.restore(user, file, replace=replace, membership=membership)
    if as_json:
        click.echo(msgspec.json.encode(done).decode())
        return
    click.echo(f"Taken over: {done.rows} rows, {done.events} events.")


@command.command("thin")
@click.option("--days", type=click.IntRange(1, 36500), required=True, help="How many days are kept.")
@whose_options
@settings_options
@json_option
def thin_history(
    days: int, person: str, account: str, data_dir: Path | None, settings_file: Path | None, debug: bool, as_json: bool
) -> None:
    """Forget what is older than so many days. Nothing brings it back but an export made before."""
    from vaultraider.cli._open import opened

    with opened(read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)) as services:
        user, membership = whose(services, person, account)
        gone = services.history.archive.thin(user, services.clock.now() - timedelta(days=days), membership)
    if as_json:
        click.echo(msgspec.json.encode({"observations": gone}).decode())
        return
    click.echo(f"Forgotten: {gone} observations." if gone else "Nothing is that old.")


def whose(services: Services, person: str, account: str) -> tuple[User, MembershipRef | None]:
    """Who is meant, and which account of theirs; None for the chosen one."""
    from vaultraider.ports import MembershipRef

    user = one_person(services, person)
    if not account:
        return user, None
    accounts = services.accounts.users.accounts(user.id)
    for each in accounts:
        if account.casefold() in (each.id, each.name.casefold()):
            return user, MembershipRef(each.type, each.id)
    there = ", ".join(f"{each.name} ({each.id})" for each in accounts) or "none"
    raise click.BadParameter(f"{user.name} has these accounts: {there}.", param_hint="--account")
