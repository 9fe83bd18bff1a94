"""``vaultraider init``: a guided set-up. It explains, asks, writes the settings file, and can make a certificate."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click

from vaultraider.cli._options import data_dir_option, settings_file_option, silent_debug_option
from vaultraider.keys import prepare_data_dir, read_or_make, write_private
from vaultraider.settings import PREFIX, SettingsError, default_data_dir, load_settings, settings_path

EXPLANATION = """\
Vault Raider speaks to Bungie.net as an application of your own. Register one, it takes two minutes:

  1. Open https://www.bungie.net/en/Application and choose "Create New App".
  2. Name and website are yours to choose.
  3. OAuth Client Type: Confidential. (Public ones would have to sign in again every hour.)
  4. Redirect URL: {redirect}
     Exactly this. Bungie accepts https only, and one address for each application.
  5. Scope: tick these three, and nothing else.
       - Read your Destiny vault and character inventory   (ReadDestinyInventoryAndVault)
       - Move or equip Destiny gear and other items         (MoveEquipDestinyItems)
       - Read your Destiny vendor and advisor data          (ReadDestinyVendorsAndAdvisors)
  6. Origin Header: leave it empty, or put a *.
  7. Agree to the terms, create it, and copy the three values that it shows.
"""
F = TypeVar("F", bound=Callable[..., Any])
KEY_NAMES = {"api_key": "API key", "client_id": "OAuth client_id", "client_secret": "OAuth client_secret"}


def _secret(name: str, what: str) -> Callable[[F], F]:
    return click.option(f"--{name}", envvar=PREFIX + name.upper().replace("-", "_"), help=f"{what}; asked for when not given.")


@click.command()
@_secret("api-key", "Bungie's API key")
@_secret("client-id", "The OAuth client id")
@_secret("client-secret", "The OAuth client secret")
@click.option("--redirect-url", envvar=PREFIX + "REDIRECT_URL", help="Where Bungie sends people back to.")
@click.option("--contact", envvar=PREFIX + "CONTACT", help="Your address or e-mail, told to Bungie with each call.")
@click.option("--certificate/--no-certificate", default=None, help="Whether to make a self-signed certificate.")
@click.option("--yes", is_flag=True, help="Ask nothing: take what is given and the defaults, and overwrite.")
@settings_file_option
@data_dir_option
@silent_debug_option
def command(
    api_key: str | None,
    client_id: str | None,
    client_secret: str | None,
    redirect_url: str | None,
    contact: str | None,
    certificate: bool | None,
    yes: bool,
    settings_file: Path | None,
    data_dir: Path | None,
) -> None:
    """Set Vault Raider up: your application at Bungie, settings, certificate."""
    folder = data_dir or Path(os.environ.get(PREFIX + "DATA_DIR") or default_data_dir())
    file = settings_file or settings_path(os.environ, folder)
    before = _kept(file)
    if before and not yes:
        click.confirm(f"There are settings in {file}. Change them? What is not asked for stays.", abort=True)
    usual = before.get("redirect_url") or f"https://localhost:{before.get('port', 8321)}/callback/bungie"
    redirect = _redirect(redirect_url or usual, ask=not yes and redirect_url is None)
    if not yes:
        click.echo("\n" + EXPLANATION.format(redirect=redirect))
    given = {"api_key": api_key, "client_id": client_id, "client_secret": client_secret}
    values = before | {name: _value(name, value, before, ask=not yes) for name, value in given.items()}
    values |= {"redirect_url": redirect}
    values |= _contact(contact, before, ask=not yes)
    prepare_data_dir(folder)
    values |= _certificate(folder, redirect, before, certificate, ask=not yes)
    _check(file, values)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_private(file, _toml(values))
    read_or_make(folder / "encryption.key")
    click.echo(f"Written: {file}, readable by you alone.")
    click.echo("Next: `vaultraider doctor` checks it, `vaultraider up` runs it.")


def _kept(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"The settings file {file} cannot be read: {error}. Mend or move it first.") from error


def _redirect(address: str, *, ask: bool) -> str:
    while True:
        if ask:
            address = click.prompt("At which address will browsers reach Vault Raider? Bungie comes back to", default=address)
        parts = urlsplit(address)
        if parts.scheme == "https" and parts.hostname and parts.path in ("", "/", "/callback/bungie"):
            return f"https://{parts.netloc}/callback/bungie"
        told = "The address must be https://<host>[:port]/callback/bungie: Bungie accepts https only."
        if not ask:
            raise SettingsError(told)
        click.echo(told)


def _value(name: str, given: str | None, before: dict[str, Any], *, ask: bool) -> str:
    kept = str(before.get(name, ""))
    if given:
        return given.strip()
    if not ask:
        if not kept:
            raise SettingsError(f"{KEY_NAMES[name]} is missing: give --{name.replace('_', '-')}.")
        return kept
    hint = " (empty keeps the one there is)" if kept else ""
    while True:
        text: str = click.prompt(KEY_NAMES[name] + hint, default="", show_default=False, hide_input=name != "client_id")
        if text.strip() or kept:
            return text.strip() or kept
        click.echo("Bungie shows it on the application's page.")


def _contact(given: str | None, before: dict[str, Any], *, ask: bool) -> dict[str, str]:
    kept = str(before.get("contact", ""))
    if given is None and ask:
        question = "Your e-mail or website, told to Bungie with each call as it asks for (may be empty)"
        given = click.prompt(question, default=kept, show_default=bool(kept))
    text = kept if given is None else given.strip()
    return {"contact": text} if text else {}


def _certificate(folder: Path, redirect: str, before: dict[str, Any], wanted: bool | None, *, ask: bool) -> dict[str, Any]:
    """Makes the certificate if it is wanted; by default where the address is this machine's and there is none yet."""
    from vaultraider.cli._certificate import make_certificate

    host = urlsplit(redirect).hostname or "localhost"
    if wanted is None:
        likely = not before.get("tls_certificate")
        question = f"Make a self-signed certificate for {host}? Browsers warn of it once. No, if a proxy in front speaks https"
        wanted = click.confirm(question, default=likely) if ask else likely
    if not wanted:
        return {}
    port = urlsplit(redirect).port or 443
    certificate_file, key_file = folder / "certificate.pem", folder / "certificate-key.pem"
    make_certificate(certificate_file, key_file, host)
    return {"tls_certificate": str(certificate_file), "tls_key": str(key_file), "port": port}


def _check(file: Path, values: dict[str, Any]) -> None:
    """Raises SettingsError before anything is written that could not be read back."""
    load_settings(environ={}, read_file=False, **{"data_dir": file.parent} | values)


def _toml(values: dict[str, Any]) -> str:
    """Flat TOML. JSON's strings, numbers and lists of strings are TOML's."""
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    return "# Written by `vaultraider init`. The environment (VAULTRAIDER_...) overrides it.\n" + "\n".join(lines) + "\n"
