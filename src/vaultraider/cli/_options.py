"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from vaultraider.cli._registry import DEBUG
from vaultraider.logs import set_up_logging
from vaultraider.settings import Settings, load_settings

F = TypeVar("F", bound=Callable[..., Any])


def _note_debug(ctx: click.Context, _param: click.Parameter, value: bool) -> bool:
    if value:
        ctx.meta[DEBUG] = True
    return value


data_dir_option = click.option(
    "--data-dir", type=click.Path(file_okay=False, path_type=Path), help="The data folder.  [default: your user data folder]"
)
settings_file_option = click.option(
    "--settings",
    "settings_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The settings file.  [default: settings.toml in the data folder]",
)
_DEBUG_HELP = "Log more, and show where a failure came from."
debug_option = click.option("--debug", is_flag=True, callback=_note_debug, help=_DEBUG_HELP)
silent_debug_option = click.option("--debug", is_flag=True, callback=_note_debug, expose_value=False, help=_DEBUG_HELP)
"""For a command that has no use for it but the traceback."""
host_option = click.option("--host", help="The address to listen on.  [default: 127.0.0.1, this machine only]")
port_option = click.option(
    "--port", type=click.IntRange(0, 65535), help="The port to listen on; 0 takes a free one.  [default: $PORT, else 8321]"
)
reload_option = click.option("--reload", is_flag=True, help="Start again when the Python code changes.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def settings_options(function: F) -> F:
    """The three options of every command that reads the settings."""
    for option in (debug_option, settings_file_option, data_dir_option):
        function = option(function)
    return function


def server_options(function: F) -> F:
    """The options of a command that serves."""
    for option in (reload_option, port_option, host_option):
        function = option(function)
    return settings_options(function)


def read_settings(
    *, data_dir: Path | None, settings_file: Path | None, debug: bool, quiet: bool = False, **overrides: Any
) -> Settings:
    """The settings with the command line's on top, and logging set up after them. ``quiet``: errors only."""
    settings = load_settings(settings_file, data_dir=data_dir, debug=debug or None, **overrides)
    set_up_logging(debug=settings.debug, quiet=quiet)
    return settings
