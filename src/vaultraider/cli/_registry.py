"""Finds the commands, and turns every failure into one sentence and an exit code."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import click

import vaultraider
import vaultraider.cli
from vaultraider.domain.errors import VaultRaiderError
from vaultraider.logs import redact
from vaultraider.settings import SettingsError

DEBUG = "vaultraider.debug"
"""Where a command notes in click's ``meta`` that --debug was given."""


def command_names() -> list[str]:
    return sorted(each.name for each in pkgutil.iter_modules(vaultraider.cli.__path__) if not each.name.startswith("_"))


class DropInGroup(click.Group):
    """The commands of this folder. One is imported only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return command_names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in command_names():
            return None
        module = importlib.import_module(f"{vaultraider.cli.__name__}.{cmd_name}")
        found: click.Command = module.command
        return found

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            if ctx.meta.get(DEBUG):
                raise
            raise click.ClickException(sentence(error)) from None


def sentence(error: Exception) -> str:
    """What to tell of a failure: one sentence or two, without secrets."""
    if isinstance(error, VaultRaiderError | SettingsError):
        return redact(str(error))
    if getattr(type(error), "__module__", "").startswith("sqlalchemy"):
        reason = _first_line(getattr(error, "orig", None) or error)
        return f"The database cannot be used: {reason}. Check database_url and the disk with `vaultraider doctor`."
    return f"Something went wrong ({type(error).__name__}: {_first_line(error)}). Run it again with --debug to see where."


def _first_line(error: BaseException) -> str:
    return redact((str(error).strip().splitlines() or [""])[0])


@click.command(cls=DropInGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(vaultraider.__version__, "--version", prog_name="Vault Raider", message="%(prog)s %(version)s")
def main() -> None:
    """Vault Raider, an always-on keeper of a Destiny 2 vault.

    `vaultraider demo` shows it at once. `vaultraider init`, then `vaultraider up`, run it on your own vault.
    """
