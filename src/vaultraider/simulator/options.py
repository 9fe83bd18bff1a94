"""What the simulator's command takes: one description for the command line, the docs and ``doctor``."""

from __future__ import annotations

from typing import NamedTuple

from vaultraider.simulator.box import REDIRECT_URL


class Option(NamedTuple):
    """``name`` as Simulator's argument; ``flag`` as on the command line; ``kind``: text, number, file or switch."""

    name: str
    flag: str
    kind: str
    default: str | int | bool | None
    help: str


def options() -> tuple[Option, ...]:
    return (
        Option("host", "--host", "text", "127.0.0.1", "Address to listen on."),
        Option("port", "--port", "number", 8322, "Port to listen on; 0 takes a free one."),
        Option("seed", "--seed", "number", 1, "The same seed makes the same world."),
        Option("profile", "--profile", "file", None, "A captured GetProfile answer (plain or .gz) instead of the demo's people."),
        Option(
            "manifest", "--manifest", "file", None, "A manifest file (world_sql_content_<md5>.content) instead of the demo's."
        ),
        Option("clock", "--clock", "text", "wall", '"wall", or a time such as 2026-11-22T17:00:00Z that stands still.'),
        Option("control", "--control", "switch", False, "Open the control room on /__sim/, for this machine only."),
        Option("allow_http_callback", "--allow-http-callback", "switch", False, "Accept a redirect URL that is not https."),
        Option(
            "redirect_url", "--redirect-url", "text", REDIRECT_URL, "Where the registered application wants people sent back."
        ),
        Option("state", "--state", "file", None, "A file that keeps sign-ins over a restart."),
    )
