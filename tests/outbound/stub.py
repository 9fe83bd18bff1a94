"""A web server on this machine that answers from a list, and remembers what it was asked."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

import msgspec


@dataclass(frozen=True)
class Asked:
    """``to``: the address that the connection came to."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    to: str

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.body)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """``hangs``: never answers. ``drips``: the head of the answer comes byte by byte, without end. ``breaks``: closes instead."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | Iterable[bytes] = b""
    hangs: bool = False
    drips: bool = False
    breaks: bool = False


class StubServer:
    """``replies``: in turn, the last one again and again. Listens on ``host`` on a free port."""

    def __init__(self, *replies: Reply, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.replies = list(replies or [Reply()])
        self.asked: list[Asked] = []
        self.leaving = threading.Event()
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                named = {name.lower(): value for name, value in self.headers.items()}
                stub.asked.append(Asked(self.command, self.path, named, body, self.connection.getsockname()[0]))
                stub.answer(self)

            def log_message(self, format: str, *arguments: Any) -> None:
                pass

        for method in ("GET", "HEAD", "POST", "PUT"):
            setattr(Handler, f"do_{method}", Handler.answer)

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

            def handle_error(self, request: Any, client_address: Any) -> None:
                pass

        self._server = Server((host, port), Handler)
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.host = host
        self.port: int = self._server.server_address[1]
        self.url = f"http{'s' if tls else ''}://{f'[{host}]' if ':' in host else host}:{self.port}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        handler.close_connection = True
        if reply.hangs:
            self.leaving.wait(30)
        elif reply.drips:
            self._drip(handler)
        elif not reply.breaks:
            handler.send_response(reply.status)
            for name, value in reply.headers.items():
                handler.send_header(name, value)
            if isinstance(reply.body, bytes):
                handler.send_header("Content-Length", str(len(reply.body)))
            handler.end_headers()
            for part in [reply.body] if isinstance(reply.body, bytes) else reply.body:
                handler.wfile.write(part)

    def _drip(self, handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not self.leaving.wait(0.02):
            handler.wfile.write(b"a")

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.leaving.set()
        self._server.shutdown()
        self._server.server_close()
