"""``vaultraider doctor``: is everything as it should be, and what was found in each drop-in folder."""

from __future__ import annotations

import os
import pkgutil
from pathlib import Path

import click
import msgspec

import vaultraider
from vaultraider.cli._options import json_option, read_settings, settings_options
from vaultraider.cli._registry import command_names
from vaultraider.settings import settings_path

SIGNS = {"good": ("ok", "green"), "notice": ("note", "yellow"), "bad": ("BAD", "red")}


@click.command()
@settings_options
@json_option
@click.pass_context
def command(ctx: click.Context, data_dir: Path | None, settings_file: Path | None, debug: bool, as_json: bool) -> None:
    """Check settings, Bungie, manifest, database and disk."""
    from vaultraider.cli._checks import Finding, examine

    settings = read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)
    findings: list[Finding] = []
    if not as_json:
        click.echo(f"Vault Raider {vaultraider.__version__}")
    for finding in examine(settings, settings_file or settings_path(os.environ, settings.data_dir)):
        findings.append(finding)
        if not as_json:
            sign, colour = SIGNS[finding.state]
            click.echo(f"  {click.style(f'{sign:<4}', fg=colour)} {finding.name}: {finding.sentence}")
    ok = all(each.state != "bad" for each in findings)
    found = drop_ins()
    if as_json:
        answer = {"ok": ok, "version": vaultraider.__version__, "checks": findings, "found": found}
        click.echo(msgspec.json.format(msgspec.json.encode(answer)).decode())
    else:
        for folder, names in found.items():
            click.echo(f"  {folder}/: {', '.join(names) or 'nothing'}")
        click.echo("All is well." if ok else "Something is wrong; see above.")
    if not ok:
        ctx.exit(1)


def drop_ins() -> dict[str, list[str]]:
    """The names found in each drop-in folder."""
    import vaultraider.bungie
    from vaultraider.board.sources import kinds
    from vaultraider.jobs._registry import find_jobs
    from vaultraider.web.app import resources

    return {
        "api": [each.__name__.rpartition(".")[2] for each in resources() if each.__name__.startswith("vaultraider.api.")],
        "jobs": sorted(find_jobs()),
        "cli": command_names(),
        "board/sources": kinds(),
        "bungie": sorted(name for _, name, _ in pkgutil.iter_modules(vaultraider.bungie.__path__) if not name.startswith("_")),
    }
