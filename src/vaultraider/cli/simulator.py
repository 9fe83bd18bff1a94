"""``vaultraider simulator``: Bungie.net small enough to carry."""

from __future__ import annotations

from pathlib import Path

import click

from vaultraider.cli._options import debug_option
from vaultraider.logs import set_up_logging
from vaultraider.settings import SettingsError

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8322, show_default=True, help="The port; 0 takes a free one.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another number, another demo world.")
@click.option("--profile", type=FILE, help="Serve this captured GetProfile answer instead of the demo world.")
@click.option("--manifest", type=FILE, help="Serve this manifest file with it.")
@click.option("--vendors", type=FILE, help="Serve this captured GetVendors answer instead of the demo's traders.")
@click.option("--clock", default="wall", show_default=True, help='"wall", or an ISO time at which to stand still.')
@click.option("--control/--no-control", default=True, show_default=True, help="The control room, for this machine only.")
@click.option("--allow-http-callback/--https-callback-only", default=True, show_default=True, help="Bungie itself wants https.")
@click.option("--redirect-url", help="Where the sign-in comes back to.")
@click.option("--state", type=click.Path(dir_okay=False, path_type=Path), help="A file that keeps sign-ins over a restart.")
@debug_option
def command(
    host: str,
    port: int,
    seed: int,
    profile: Path | None,
    manifest: Path | None,
    vendors: Path | None,
    clock: str,
    control: bool,
    allow_http_callback: bool,
    redirect_url: str | None,
    state: Path | None,
    debug: bool,
) -> None:
    """Run Bungie in a box: a small Bungie.net with a demo world."""
    from vaultraider.cli._one_process import stop_signal, wait
    from vaultraider.simulator import API_KEY, CLIENT_ID, CLIENT_SECRET, REDIRECT_URL, Simulator

    set_up_logging(debug=debug)
    try:
        bungie = Simulator(
            host=host,
            port=port,
            seed=seed,
            profile=profile,
            manifest=manifest,
            vendors_file=vendors,
            clock=None if clock == "wall" else clock,
            control=control,
            allow_http_callback=allow_http_callback,
            redirect_url=redirect_url or REDIRECT_URL,
            state=state,
        )
    except ValueError as error:
        raise SettingsError(f"The simulator cannot begin: {error}") from error
    with stop_signal() as stopped:
        try:
            bungie.start()
        except OSError as error:
            raise SettingsError(f"The simulator cannot listen on {host}, port {port}. Choose another with --port.") from error
        try:
            click.echo(f"Bungie in a box is at {bungie.url}")
            click.echo(f"API key {API_KEY}, client id {CLIENT_ID}, client secret {CLIENT_SECRET}.")
            if control:
                click.echo(f"Its control room: {bungie.url}/__sim/")
            wait(stopped)
        finally:
            bungie.stop()
