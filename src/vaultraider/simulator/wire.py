"""How an answer's bytes leave: whole, in slow pieces, cut off, or as a reset connection."""

from __future__ import annotations

import contextlib
import http
import socket
import struct
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from vaultraider.simulator.answers import Answer, Wire

if TYPE_CHECKING:
    from vaultraider.simulator.routing import Call

ZEROS = bytes(64 * 1024)
LINGER_NOT = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


class Cut(Exception):
    """Ends a body early on purpose: the server closes the connection."""


def send(call: Call, answer: Answer, start: Callable[..., Any]) -> Iterable[bytes]:
    wire = answer.wire
    if wire is not None and wire.abort:
        reset(call)
        raise Cut
    length = wire.endless if wire is not None and wire.endless else len(answer.body)
    headers = [("Content-Type", answer.content_type), ("Content-Length", str(length)), *answer.headers.items()]
    try:
        reason = http.HTTPStatus(answer.status).phrase
    except ValueError:
        reason = "Unknown"
    start(f"{answer.status} {reason}", headers)
    if call.request.method == "HEAD":
        return [b""]
    return [answer.body] if wire is None else _pieces(call, answer.body, wire)


def _pieces(call: Call, whole: bytes, wire: Wire) -> Iterator[bytes]:
    stopping = call.box.releasing
    if wire.endless:
        sent = 0
        while sent < wire.endless and not stopping.is_set():
            sent += len(ZEROS)
            yield ZEROS
        raise Cut
    body = whole if wire.cut is None else whole[: wire.cut]
    size = wire.piece or len(body) or 1
    for at in range(0, len(body), size):
        if at and wire.pause and stopping.wait(wire.pause):
            raise Cut
        yield body[at : at + size]
    if wire.cut is not None and wire.cut < len(whole):
        raise Cut


def reset(call: Call) -> None:
    """Makes the closing of this connection a TCP reset."""
    connection = call.request.environ.get("simulator.socket")
    if connection is not None:
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
            # The server would still say "500": closing its way out makes sure that nothing is said.
            connection.shutdown(socket.SHUT_RDWR)
