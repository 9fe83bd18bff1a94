"""The embedded web server: threads in this process, http or https, quiet, with a graceful end.

It is cheroot with a few corrections. Cheroot gives every new connection to a thread at once and makes the TLS handshake on the
one thread that accepts: a browser's spare connections would each hold a thread for ten seconds, and one silent stranger would
stop everybody. Here a connection waits in the selector until it speaks, and shakes hands on the thread that serves it; and a
request that drips in byte by byte has half a minute, as it would have a thread for good. An event stream, which does hold a
thread, can ask whether anybody still listens.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import math
import re
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from cheroot.server import HeaderReader, HTTPConnection, HTTPRequest
from cheroot.ssl import Adapter
from cheroot.ssl.builtin import BuiltinSSLAdapter
from cheroot.workers.threadpool import ThreadPool
from cheroot.wsgi import Gateway_10, Server

from vaultraider.api._streams import OVER
from vaultraider.api._uploads import LARGEST, LONGER

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

logger = logging.getLogger(__name__)

IDLE = 15
"""Seconds that a connection may be silent: between requests, in the middle of one, in a handshake."""
ARRIVAL = 30
"""Seconds in which a request must have arrived as a whole: a drip is no silence."""
RESTART = 1.0
"""Seconds before a server that died is started again."""
STOPPING = 5
"""Seconds that running requests have to end."""
CONNECTIONS = 512
"""How many idle connections are kept. A browser opens six for each page it shows."""
MAX_HEADERS = 64 * 1024
MAX_BODY = LARGEST + 2**20
"""Bytes. The application has its own, smaller limits; these hold before it is asked."""
MAX_UNREAD = 4 * 1024 * 1024
"""Bytes. So much of a body that the application did not want is read all the same, so that its answer arrives."""


class ListenError(Exception):
    """The server cannot listen there, or with this certificate; the message says why and what to do."""


class EmbeddedServer:
    """Serves ``application``. ``start`` returns when it listens; ``address`` then tells where, also for port 0."""

    def __init__(
        self,
        application: WSGIApplication,
        *,
        host: str,
        port: int,
        threads: int = 32,
        certificate: str = "",
        key: str = "",
    ) -> None:
        self._host = host
        self._port = port
        self._scheme = "https" if certificate else "http"
        self._application = AccessLog(application)
        self._threads = threads
        self._adapter = _TlsAdapter(certificate, key) if certificate else None
        self._server = self._make(port)
        self._changing = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="web", daemon=True)

    def _make(self, port: int) -> _Server:
        server = _Server(
            (self._host, port),
            self._application,
            numthreads=self._threads,
            max=self._threads,
            server_name="vaultraider",
            request_queue_size=128,
            timeout=IDLE,
            shutdown_timeout=STOPPING,
        )
        server.gateway = _Gateway
        server.requests = _Threads(server, min=self._threads, max=self._threads)
        server.keep_alive_conn_limit = CONNECTIONS
        server.max_request_header_size = MAX_HEADERS
        server.max_request_body_size = MAX_BODY
        server.ssl_adapter = self._adapter
        return server

    def start(self) -> None:
        """Raises ListenError when the address is taken, is not ours, or needs more rights."""
        try:
            self._server.prepare()
        except OSError as error:
            raise ListenError(_why(error, self._host, self._port)) from error
        self._thread.start()

    def stop(self) -> None:
        """Takes no more requests, lets running ones end within ``STOPPING`` seconds, closes the rest."""
        with self._changing:
            self._stopping.set()
            server = self._server
        server.stop()
        self._thread.join(STOPPING)

    def _keep(self) -> None:
        """Serves until we stop. Cheroot ends for good when a request ends in SystemExit; then there is a new one soon."""
        while True:
            try:
                self._server.serve()
            except BaseException:
                if not self._stopping.is_set():
                    logger.exception("The web server died.")
            if self._stopping.is_set():
                return
            logger.warning("The web server ended by itself and is started again.")
            port = self.port
            self._server.stop()
            if not self._begin_anew(port):
                return

    def _begin_anew(self, port: int) -> bool:
        """At the same address, as soon as it can be had; False when we stop meanwhile."""
        while not self._stopping.wait(RESTART):
            server = self._make(port)
            try:
                server.prepare()
            except OSError as error:
                logger.error("%s The web server is started again as soon as that changes.", _why(error, self._host, port))
                continue
            with self._changing:
                if not self._stopping.is_set():
                    self._server = server
                    return True
            server.stop()
        return False

    @property
    def port(self) -> int:
        return int(self._server.bind_addr[1])

    @property
    def address(self) -> str:
        return address_of(self._scheme, self._host, self.port)


def address_of(scheme: str, host: str, port: int) -> str:
    """What to type into a browser on this machine to reach a server that listens on ``host``."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}.get(host, host)  # noqa: S104 - compared, not bound
    if ":" in shown and not shown.startswith("["):
        shown = f"[{shown}]"
    return f"{scheme}://{shown}:{port}"


class AccessLog:
    """One DEBUG line a request: method, path, status, milliseconds. Never the query: Bungie's way back carries secrets in it."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not logger.isEnabledFor(logging.DEBUG):
            return self._application(environ, start_response)
        begun = time.perf_counter()

        def started(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            path = repr(f"{environ.get('SCRIPT_NAME', '')}{environ.get('PATH_INFO', '')}")
            logger.debug(
                "%s %s %s, %.1f ms", environ["REQUEST_METHOD"], path, status.split(" ")[0], (time.perf_counter() - begun) * 1e3
            )
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        return self._application(environ, started)


class _HeaderReader(HeaderReader):
    """Leaves out ``X_Forwarded_For``: WSGI has one name for it and the proxy's own header, and some proxies send both along."""

    def _allow_header(self, key_name: bytes) -> bool:
        return b"_" not in key_name


class _Request(HTTPRequest):
    """One request, read with more care where a proxy stands in front."""

    header_reader = _HeaderReader()

    def send_headers(self) -> None:
        # Cheroot reads what is left of a body only where its length was told: the rest would pass for the next request. And it
        # reads all of that into memory.
        too_much = getattr(self.rfile, "remaining", 0) > MAX_UNREAD
        self.close_connection = self.close_connection or self.chunked_read or too_much
        super().send_headers()


class _Arriving:
    """A connection's socket as a request is read from it: its time-out is for silence, ``until`` for the whole."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self.until = math.inf
        """In ``time.monotonic()``."""

    def recv_into(self, buffer: Any) -> int:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")  # cheroot knows a time-out by these words
        if left >= IDLE:
            return self._socket.recv_into(buffer)
        self._socket.settimeout(left)
        try:
            return self._socket.recv_into(buffer)
        finally:
            self._socket.settimeout(IDLE)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)


class _Connection(HTTPConnection):
    """A connection that shakes hands when it is served, not when it is accepted, and whose requests may not drip in."""

    RequestHandlerClass = _Request
    greeted = False
    """Whether it has waited for its first byte."""
    shaken = False

    def __init__(self, server: Server, sock: socket.socket, makefile: Callable[..., Any]) -> None:
        super().__init__(server, sock, makefile)
        self._arriving = _Arriving(sock)
        self.rfile = makefile(self._arriving, "rb", self.rbufsize)

    def communicate(self) -> bool:
        if not self.shaken and isinstance(self.socket, ssl.SSLSocket) and not self._shake():
            return False
        self._arriving.until = time.monotonic() + ARRIVAL
        return bool(super().communicate())  # type: ignore[no-untyped-call]  # cheroot's stub says nothing of it

    def wait_longer(self, seconds: float) -> None:
        """For the rest of the request that is arriving."""
        self._arriving.until += seconds

    def _shake(self) -> bool:
        try:
            self.socket.do_handshake()
        except ssl.SSLError as error:
            if error.reason == "HTTP_REQUEST":
                self._answer_plainly()
            logger.debug("A TLS handshake failed: %s", error.reason)
            return False
        except OSError:
            return False
        self.shaken = True
        return True

    def _answer_plainly(self) -> None:
        """Somebody typed http:// for https://: say so, past the TLS layer that cannot be spoken to."""
        text = b"This server speaks https. Put https:// before its address.\n"
        head = b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
        try:
            socket.socket.sendall(self.socket, head % len(text) + text)
        except OSError:
            logger.debug("The client was gone before it could be told to use https.")


class _Gateway(Gateway_10):
    """Tells the application, beside the request, whether its answer is still wanted: for answers that take minutes; and lets it
    wait longer for a large body."""

    def get_environ(self) -> Any:
        server, connection = self.req.server, self.req.conn.socket
        environ = super().get_environ()  # type: ignore[no-untyped-call]  # cheroot's stub knows only the abstract one
        environ[OVER] = lambda: not server.ready or is_gone(connection)
        environ[LONGER] = self.req.conn.wait_longer
        return environ


def is_gone(connection: socket.socket) -> bool:
    """Whether the client of a running answer has closed its connection. Writing would not tell before the second try.

    A client has nothing to say while it listens: what can be read is its end, by TCP or by TLS, or as good as that.
    """
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(connection, selectors.EVENT_READ)
            return bool(selector.select(0))
    except (OSError, ValueError):  # closed already
        return True


class _Threads(ThreadPool):
    """Closes for good what has not ended in time: cheroot would wait for whoever is being written to and does not read."""

    @staticmethod
    def _force_close(conn: Any) -> None:
        if conn is not None:
            with contextlib.suppress(OSError):
                conn.socket.shutdown(socket.SHUT_RDWR)


class _Server(Server):
    """Cheroot's server, corrected as the top of this file says."""

    ConnectionClass = _Connection

    def process_conn(self, conn: Any) -> None:
        """Called with every new connection and with every one that spoke."""
        if conn.greeted:
            super().process_conn(conn)
        else:
            conn.greeted = True
            self.put_conn(conn)

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
        """Clients that vanish are ordinary; failures of our own are not."""
        logger.log(level if level >= logging.ERROR else logging.DEBUG, "%s", msg, exc_info=traceback and level >= logging.ERROR)


class _TlsAdapter(Adapter):
    """TLS 1.2 and up with one certificate, and a handshake that waits for its thread."""

    def __init__(self, certificate: str, private_key: str) -> None:
        super().__init__(certificate, private_key or certificate)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            self.context.load_cert_chain(certificate, private_key or None)
        except FileNotFoundError as error:
            raise ListenError(
                f"There is no certificate or key at {certificate} {private_key}. `vaultraider init` can make them."
            ) from error
        except (ssl.SSLError, OSError) as error:
            raise ListenError(f"The certificate {certificate} and its key cannot be used: {error.strerror or error}.") from error

    def bind(self, sock: socket.socket) -> socket.socket:
        return sock

    def wrap(self, sock: socket.socket) -> tuple[ssl.SSLSocket, dict[str, Any]]:
        return self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False), self.get_environ()

    def get_environ(self, sock: socket.socket | None = None) -> dict[str, Any]:
        return {"wsgi.url_scheme": "https", "HTTPS": "on"}

    makefile = BuiltinSSLAdapter.makefile


def _why(error: OSError, host: str, port: int) -> str:
    # Cheroot tries every address of the host and raises one error whose text ends in the reason.
    number = error.errno or int((re.findall(r"\[(?:Errno|WinError) (-?\d+)\]", str(error)) or ["0"])[-1])
    if number in (errno.EADDRINUSE, 10048):
        return f"Port {port} on {host} is taken. Stop what uses it, or choose another with --port."
    if number in (errno.EACCES, errno.EPERM, 10013):
        return f"Port {port} needs more rights than this process has. Choose one above 1023 with --port."
    return f"Vault Raider cannot listen on {host}, port {port}: this machine has no such address. Check --host."
