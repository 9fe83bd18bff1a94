"""``vaultraider up``: everything, in one supervised process."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click

from vaultraider.cli._options import read_settings, server_options
from vaultraider.settings import Settings, SettingsError


@click.command()
@server_options
def command(
    data_dir: Path | None, settings_file: Path | None, debug: bool, host: str | None, port: int | None, reload: bool
) -> None:
    """Run Vault Raider: web server, worker and schedule in one process."""
    # Heavy parts are imported once they are needed: --help and a wrong option answer at once.
    from vaultraider.cli._one_process import Running, free_port, serve
    from vaultraider.cli._reload import reload_forever

    settings = read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, host=host, port=port)
    require_application(settings)
    if reload:
        reload_forever()
        return
    if settings.port == 0:
        settings = read_settings(
            data_dir=data_dir, settings_file=settings_file, debug=debug, host=host, port=free_port(settings.host)
        )

    def greet(parts: Running) -> None:
        address = public_address(settings) or parts.address
        click.echo(f"Vault Raider is at {address}")
        if address != parts.address:
            click.echo(f"It listens at {parts.address}")
        token = parts.services.accounts.sign_in.setup_token()
        if token:
            click.echo(f"It has no owner yet. Open {address}/setup and give this set-up token: {token}")
        click.echo("Ctrl-C stops it.")

    serve(settings, greet)


def public_address(settings: Settings) -> str:
    """The address that Bungie sends people back to. A sign-in must begin there too: the browser's cookie belongs to that name."""
    parts = urlsplit(settings.redirect_url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def require_application(settings: Settings) -> None:
    """Raises SettingsError when Bungie could not be asked for anything."""
    missing = [name for name in ("api_key", "client_id", "client_secret") if not getattr(settings, name)]
    if missing:
        raise SettingsError(
            f"The settings lack {', '.join(missing)}. Run `vaultraider init` to set them, or `vaultraider demo` for a look first."
        )
