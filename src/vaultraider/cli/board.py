"""``vaultraider board``: the bare server alone, for a board that runs nothing else."""

from __future__ import annotations

import click

from vaultraider.board import command as bare

USUAL = bare.Wish()


@click.command(help=bare.ABOUT)
@click.option("--ip", default=USUAL.ip, help=bare.IP_HELP)
@click.option("--port", type=click.IntRange(0, 65535), default=USUAL.port, show_default=True, help=bare.PORT_HELP)
@click.option("--mac", default=USUAL.mac, help=bare.MAC_HELP)
@click.option("--interface", default=USUAL.interface, help=bare.INTERFACE_HELP)
@click.option("--serve-anyway", is_flag=True, help=bare.ANYWAY_HELP)
@click.option("--source", default=USUAL.source, show_default=True, help=bare.SOURCE_HELP)
@click.option("--iio-root", default=USUAL.iio_root, show_default=True, help=bare.IIO_HELP)
@click.pass_context
def command(
    ctx: click.Context, ip: str, port: int, mac: str, interface: str, serve_anyway: bool, source: str, iio_root: str
) -> None:
    ctx.exit(bare.run(bare.Wish(ip, port, mac, interface, serve_anyway, source, iio_root)))
