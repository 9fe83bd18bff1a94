"""``vaultraider web``: the web server alone, where workers run apart."""

from __future__ import annotations

from pathlib import Path

import click

from vaultraider.cli._options import read_settings, server_options
from vaultraider.cli.up import require_application


@click.command()
@server_options
def command(
    data_dir: Path | None, settings_file: Path | None, debug: bool, host: str | None, port: int | None, reload: bool
) -> None:
    """Run the web server alone; workers run apart."""
    from vaultraider.cli._one_process import Running, serve
    from vaultraider.cli._reload import reload_forever

    settings = read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, host=host, port=port)
    require_application(settings)
    if reload:
        reload_forever()
        return

    def greet(parts: Running) -> None:
        click.echo(f"Vault Raider's web server is at {parts.address}")
        if not settings.redis_url:
            click.echo("There is no redis_url: background work waits in the database until a worker looks there.", err=True)

    serve(settings, greet, worker=False)
