"""Connections for the HTTP library: made by the doorway, and with one end to all waiting."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import httpcore2

from vaultraider.outbound.doorway import Doorway

Result = TypeVar("Result")
_Failure = type[httpcore2.TimeoutException] | type[httpcore2.NetworkError]


class CheckedBackend(httpcore2.NetworkBackend):
    """For one request. A name is judged and used in one step: the library is given a finished connection and looks up nothing.

    Every wait ends by ``until`` (``time.monotonic``), so that a server which sends a byte now and then holds nobody up.
    ``has_spoken``: something has been written, so what was asked may have arrived. ``trouble``: what the system said of the
    failure that the library reports in words of its own.
    """

    def __init__(self, doorway: Doorway, until: float) -> None:
        self._doorway = doorway
        self._until = until
        self.has_spoken = False
        self.trouble: OSError | None = None

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        connected = self._doorway.connect(host, port, until=self._until)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return _Stream(connected, self)

    def left(self) -> float:
        """Seconds. Raises TimeoutError when there are none."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Stream(httpcore2.NetworkStream):
    def __init__(self, connected: socket.socket, backend: CheckedBackend) -> None:
        self._socket = connected
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._within(httpcore2.ReadTimeout, httpcore2.ReadError, lambda: self._socket.recv(max_bytes))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if buffer:
            self._backend.has_spoken = True
            self._within(httpcore2.WriteTimeout, httpcore2.WriteError, lambda: self._socket.sendall(buffer))

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        def wrap() -> ssl.SSLSocket:
            return ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)

        try:
            wrapped = self._within(httpcore2.ConnectTimeout, httpcore2.ConnectError, wrap)
        except Exception:
            self.close()
            raise
        return _Stream(wrapped, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return None

    def _within(self, too_late: _Failure, broken: _Failure, act: Callable[[], Result]) -> Result:
        try:
            self._socket.settimeout(self._backend.left())
            return act()
        except TimeoutError as error:
            raise too_late(str(error)) from error
        except OSError as error:
            self._backend.trouble = error
            raise broken(str(error)) from error
