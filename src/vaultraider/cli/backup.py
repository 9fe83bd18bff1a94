"""``vaultraider backup``: everything that is kept, in one file, while the server goes on."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from vaultraider.cli._options import json_option, read_settings, settings_options


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--with-secrets", is_flag=True, help="Also sign-ins, channels' passwords, sessions and the encryption key.")
@settings_options
@json_option
def command(
    file: Path | None, with_secrets: bool, data_dir: Path | None, settings_file: Path | None, debug: bool, as_json: bool
) -> None:
    """Make a backup, into FILE or into the folder of backups.

    It may be made while Vault Raider runs. Without --with-secrets nobody can act in anybody's name who has the file: after it was
    restored, everybody signs in with Bungie once more.
    """
    from vaultraider.cli._open import looked_at
    from vaultraider.cli._progress import shown_progress

    settings = read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)
    with looked_at(settings) as services, shown_progress(quiet=as_json) as shown:
        made = services.backups.make("asked", shown, secrets=with_secrets, file=file)
    if as_json:
        click.echo(msgspec.json.encode({"file": str(made.file), "bytes": made.bytes, "about": made.about}).decode())
        return
    click.echo(f"Written and read back: {made.file}, {made.bytes / 1e6:.1f} MB, {sum(made.about.rows.values())} rows.")
    if with_secrets:
        click.echo("Whoever has this file can act in everybody's name. Only you can read it here; keep it so.", err=True)
    else:
        click.echo("Sign-ins, sessions, passwords of channels and keys are not in it (--with-secrets).")
