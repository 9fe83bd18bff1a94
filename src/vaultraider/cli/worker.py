"""``vaultraider worker``: background work in a process of its own."""

from __future__ import annotations

from pathlib import Path

import click

from vaultraider.cli._options import read_settings, settings_options


@click.command()
@click.option("--threads", type=click.IntRange(1, 64), default=4, show_default=True, help="How much is done at once.")
@settings_options
def command(threads: int, data_dir: Path | None, settings_file: Path | None, debug: bool) -> None:
    """Do background work, for web servers elsewhere; any number of these."""
    from vaultraider.cli._apart import help_out

    help_out(read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug), threads=threads)
