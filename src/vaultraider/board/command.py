"""The command: the bare server alone, for a board that runs nothing else."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType
from typing import NamedTuple

from vaultraider.board.bare import REFRESH, BareServer, CannotListen
from vaultraider.board.mac import MacError, only_interface, parse, set_mac
from vaultraider.board.source import IIO_ROOT, Places, SourceError, SourceUnknown
from vaultraider.board.sources import check, help_lines, open_source

ABOUT = "Serve a plain page with the board's analogue inputs, and nothing else."
IP_HELP = "The address to listen on; 0.0.0.0 listens on all that the board has.  [default: 127.0.0.1, this machine only]"
PORT_HELP = "The port to listen on; 0 takes a free one."
MAC_HELP = "Give the network interface this MAC address first, as DE:AD:BE:EF:FE:ED. If that fails, nothing is served."
INTERFACE_HELP = "The interface that gets the MAC address.  [default: the only one made of hardware]"
ANYWAY_HELP = "Serve even if the MAC address could not be set; the page says so."
SOURCE_HELP = "What reads the inputs. " + "; ".join(help_lines()) + "."
IIO_HELP = "Where Linux shows its converters."
PORT = 8080


class Wish(NamedTuple):
    ip: str = "127.0.0.1"
    port: int = PORT
    mac: str = ""
    interface: str = ""
    serve_anyway: bool = False
    source: str = "iio"
    iio_root: str = IIO_ROOT


def main(arguments: Sequence[str] | None = None) -> int:
    """``python -m vaultraider.board``: the exit code."""
    usual = Wish()
    parser = argparse.ArgumentParser(prog="vaultraider board", description=ABOUT)
    parser.add_argument("--ip", default=usual.ip, help=IP_HELP)
    parser.add_argument("--port", type=int, default=usual.port, help=f"{PORT_HELP}  [default: {PORT}]")
    parser.add_argument("--mac", default=usual.mac, help=MAC_HELP)
    parser.add_argument("--interface", default=usual.interface, help=INTERFACE_HELP)
    parser.add_argument("--serve-anyway", action="store_true", help=ANYWAY_HELP)
    parser.add_argument("--source", default=usual.source, help=f"{SOURCE_HELP}  [default: {usual.source}]")
    parser.add_argument("--iio-root", default=usual.iio_root, help=f"{IIO_HELP}  [default: {usual.iio_root}]")
    return run(Wish(**vars(parser.parse_args(arguments))))


def run(wish: Wish) -> int:
    """Serves until Ctrl-C or SIGTERM. 1 when it cannot; why is told on the error stream. 2 for a wish that cannot be meant."""
    try:
        check(wish.source)
    except SourceUnknown as error:
        return _fail(error.sentence, 2)
    notice = _give_mac(wish)
    if notice and not wish.serve_anyway:
        return _fail(notice)
    places = Places(iio_root=wish.iio_root)
    try:
        open_source(wish.source, places).close()
    except SourceUnknown as error:
        return _fail(error.sentence, 2)
    except SourceError as error:  # it may come later
        _tell(error.sentence)
    server = BareServer(lambda: open_source(wish.source, places), ip=wish.ip, port=wish.port, notice=notice)
    try:
        server.start()
    except CannotListen as error:
        return _fail(str(error))
    shown = f"[{wish.ip}]" if ":" in wish.ip else wish.ip
    print(
        f"The board's inputs are at http://{shown}:{server.port}/ and new every {REFRESH} seconds. Ctrl-C stops it.", flush=True
    )
    _wait_for_the_end()
    server.stop()
    return 0


def _give_mac(wish: Wish) -> str:
    """Why the MAC address could not be set; "" when it was, or need not be."""
    if not wish.mac:
        return ""
    try:
        set_mac(parse(wish.mac), wish.interface or only_interface())
    except MacError as error:
        if wish.serve_anyway:
            _tell(str(error))
        return str(error)
    return ""


def _wait_for_the_end() -> None:
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    while not stopped.wait(0.5):  # in small steps: on Windows a signal does not wake a thread that waits without end
        pass


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _fail(sentence: str, code: int = 1) -> int:
    _tell(sentence)
    return code
