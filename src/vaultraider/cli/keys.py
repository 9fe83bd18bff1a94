"""``vaultraider keys``: the key that keeps sign-ins safe at rest."""

from __future__ import annotations

from pathlib import Path

import click

from vaultraider.cli._options import read_settings, settings_options
from vaultraider.keys import KEY_FILE, add_key, keep_newest, prepare_data_dir
from vaultraider.settings import SettingsError


@click.group()
def command() -> None:
    """Look after the encryption key."""


@command.command()
@settings_options
def rotate(data_dir: Path | None, settings_file: Path | None, debug: bool) -> None:
    """Make a new key, seal every sign-in and channel with it, forget the old one.

    Stop Vault Raider first. Browsers stay signed in; what they show of forms made before must be loaded again.
    """
    from vaultraider.cli._folder_lock import alone_in
    from vaultraider.cli._open import opened

    settings = read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)
    if settings.encryption_keys:
        raise SettingsError(
            "The keys are set by encryption_keys: put a new one in front there, start Vault Raider, take the old one out later."
        )
    prepare_data_dir(settings.data_dir)
    file = settings.data_dir / KEY_FILE
    with alone_in(settings.data_dir):
        add_key(file)
        with opened(settings) as services:
            resealed = services.accounts.credentials.rotate()
            channels = services.notifications.reseal()
        keep_newest(file)
    click.echo(f"There is a new key, and {resealed} sign-ins and {channels} channels are sealed with it.")
