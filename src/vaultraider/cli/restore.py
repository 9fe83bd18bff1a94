"""``vaultraider restore``: a backup into an empty database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaultraider.cli._options import read_settings, settings_options
from vaultraider.settings import Settings

if TYPE_CHECKING:
    from vaultraider.ports import Restored


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@settings_options
def command(file: Path, data_dir: Path | None, settings_file: Path | None, debug: bool) -> None:
    """Fill an empty data folder or database from the backup FILE.

    Name another folder with --data-dir, or an empty PostgreSQL database with DATABASE_URL: a backup of one kind of database goes
    into the other, and one of an older Vault Raider into this one. What waited to be done then is not done now.
    """
    from vaultraider.bootstrap import build_services
    from vaultraider.cli._folder_lock import alone_in
    from vaultraider.cli._progress import shown_progress
    from vaultraider.keys import prepare_data_dir

    settings = read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)
    prepare_data_dir(settings.data_dir)
    with alone_in(settings.data_dir):
        services = build_services(settings)
        try:
            with shown_progress() as shown:
                restored = services.backups.restore(file, shown)
        finally:
            services.close()
        _keys(settings, restored)
    about = restored.about
    click.echo(f"Restored: {sum(about.rows.values())} rows as of {about.made:%Y-%m-%d %H:%M} UTC, by version {about.program}.")
    if restored.shortened:
        click.echo(f"{restored.shortened} texts were longer than this database takes, and were shortened.", err=True)
    if not about.secrets:
        click.echo("Nobody's sign-in was in it: everybody signs in with Bungie once more. Their channels are set up anew.")


def _keys(settings: Settings, restored: Restored) -> None:
    """The keys that open what was restored, behind those that are there."""
    from vaultraider.keys import KEY_FILE, keep_too

    if not restored.keys:
        return
    if settings.encryption_keys:
        if not set(restored.keys) <= set(settings.encryption_keys):
            click.echo("The keys are set by encryption_keys: add those of the server that the backup is from.", err=True)
        return
    keep_too(settings.data_dir / KEY_FILE, restored.keys)
