"""``vaultraider beat``: the schedule in a process of its own."""

from __future__ import annotations

from pathlib import Path

import click

from vaultraider.cli._options import read_settings, settings_options


@click.command()
@settings_options
def command(data_dir: Path | None, settings_file: Path | None, debug: bool) -> None:
    """Ask for what is due, for workers elsewhere; one is enough, several do no harm."""
    from vaultraider.cli._apart import help_out

    help_out(read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug))
