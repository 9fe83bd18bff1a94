"""``vaultraider demo``: the whole product over the simulator's world, in a folder and with a key of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import structs

from vaultraider.cli._options import data_dir_option, debug_option, host_option, port_option, reload_option
from vaultraider.keys import prepare_data_dir, write_private
from vaultraider.logs import set_up_logging
from vaultraider.settings import PREFIX, Settings, SettingsError, default_data_dir, load_settings

if TYPE_CHECKING:
    from vaultraider.bootstrap import Services
    from vaultraider.domain.people import User
    from vaultraider.simulator import Simulator

MARK = "demo-folder"
"""The file that says a folder was made by the demo. Without it the demo touches nothing."""
FROM_ENVIRONMENT = (*(PREFIX + name for name in ("HOST", "PORT", "THREADS", "DEBUG", "LANGUAGE")), "PORT")
"""All that the demo takes from the environment: never a real key, database or broker."""
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--profile", type=FILE, help="Show this captured GetProfile answer instead of the demo world.")
@click.option("--manifest", type=FILE, help="Use this manifest file with it.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another number, another demo world.")
@click.option("--fresh", is_flag=True, help="Forget what an earlier demo kept.")
@host_option
@port_option
@data_dir_option
@debug_option
@reload_option
def command(
    profile: Path | None,
    manifest: Path | None,
    seed: int,
    fresh: bool,
    host: str | None,
    port: int | None,
    data_dir: Path | None,
    debug: bool,
    reload: bool,
) -> None:
    """Show Vault Raider at once, on an invented world."""
    from vaultraider.cli._demo_curation import Curated
    from vaultraider.cli._demo_past import remember_past
    from vaultraider.cli._one_process import Running, serve
    from vaultraider.cli._reload import reload_forever

    usual = Path(os.environ.get(PREFIX + "DATA_DIR") or default_data_dir()) / "demo"
    folder = claim_folder(data_dir or usual, fresh=fresh)
    if reload:
        reload_forever()
        return
    settings = demo_settings(folder, os.environ, host=host, port=port, debug=debug or None)
    set_up_logging(debug=settings.debug)
    with bungie_in_a_box(settings, profile=profile, manifest=manifest, seed=seed) as bungie:

        def greet(parts: Running) -> None:
            owner = welcome_owner(parts.services, bungie)
            if profile is None:
                parts.services.inventory.listen(Curated(parts.services, owner, folder))
                remember_past(parts.services, bungie, owner)
            click.echo(f"Vault Raider's demo is at {parts.address}")
            click.echo(f"Bungie in a box is at {bungie.url}. Nothing here leaves this machine. Ctrl-C stops it.")

        serve(structs.replace(settings, bungie_www=bungie.url, bungie_stats=bungie.url), greet)


def welcome_owner(services: Services, bungie: Simulator) -> User:
    """The demo belongs to the first person of its world, whose guardians have names already. Later changes stay."""
    from vaultraider.database.nicknames import NicknameRepository
    from vaultraider.ports import MembershipRef

    world = bungie.box.world
    owner = world.people[0]
    known = services.accounts.users.by_bungie_id(owner.id)
    if known is not None:
        return known
    user = services.accounts.users.welcome(owner.id, owner.full_name, admin=True, now=services.clock.now())
    names = NicknameRepository(services.database)
    for account in world.accounts:
        for character in account.characters:
            if account.person == owner.id and character.nickname:
                names.save(user.id, MembershipRef(account.type, account.id), character.id, character.nickname)
    return user


def claim_folder(folder: Path, *, fresh: bool) -> Path:
    """Makes the demo's folder, or takes an earlier demo's. Raises SettingsError for any other that holds something."""
    mark = folder / MARK
    if folder.exists() and not mark.exists() and any(folder.iterdir()):
        raise SettingsError(f"{folder} holds something that no demo made; the demo leaves it alone. Choose another --data-dir.")
    if fresh and mark.exists():
        shutil.rmtree(folder)
    prepare_data_dir(folder)
    write_private(mark, "Made by `vaultraider demo`. It may be deleted.\n")
    return folder


def demo_settings(
    folder: Path, environ: Mapping[str, str], *, host: str | None = None, port: int | None = None, debug: bool | None = None
) -> Settings:
    """The demo's settings. A port that was asked for is kept; else the usual one, or a free one where that is taken."""
    from vaultraider.cli._one_process import free_port
    from vaultraider.simulator import API_KEY, CLIENT_ID, CLIENT_SECRET
    from vaultraider.web.server import address_of

    known = {name: environ[name] for name in FROM_ENVIRONMENT if name in environ}
    settings = load_settings(
        environ=known,
        read_file=False,
        data_dir=folder,
        host=host,
        port=port,
        debug=debug,
        api_key=API_KEY,
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        open_sign_in=True,
        board="simulated",
    )
    asked_for = port is not None or PREFIX + "PORT" in known or "PORT" in known
    if not asked_for or settings.port == 0:
        settings = structs.replace(settings, port=free_port(settings.host, settings.port))
    here = address_of("http", settings.host, settings.port)
    return structs.replace(settings, redirect_url=f"{here}/callback/bungie")


@contextmanager
def bungie_in_a_box(settings: Settings, *, profile: Path | None, manifest: Path | None, seed: int) -> Iterator[Simulator]:
    """The simulator beside the demo, on the same port at each start if it can: definitions are kept by where they came from."""
    from vaultraider.cli._one_process import free_port
    from vaultraider.simulator import Simulator

    try:
        bungie = Simulator(
            host=settings.host,
            port=free_port(settings.host, settings.port + 1 if settings.port < 65535 else 0),
            seed=seed,
            profile=profile,
            manifest=manifest,
            redirect_url=settings.redirect_url,
            state=settings.data_dir / "bungie-in-a-box.json",
        )
    except ValueError as error:
        raise SettingsError(f"The demo world cannot be made: {error}") from error
    with bungie:
        yield bungie
