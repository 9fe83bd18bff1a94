"""Makes this process one in which a library can do nothing but speak to addresses that were checked.

For a process of its own, made for one errand: what is closed here is never opened again. Two walls stand behind each other:
names are looked up through the doorway, so that a connection is made to what was judged; and Python's own audit events, which no
library gets around in Python, refuse every connection elsewhere, every program, and every file but the library's own.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from vaultraider.domain.errors import AddressRefused
from vaultraider.outbound.doorway import Doorway

_REFUSED_EVENTS = frozenset(
    {
        "os.exec", "os.fork", "os.forkpty", "os.kill", "os.posix_spawn", "os.spawn", "os.startfile", "os.startfile/2",
        "os.system", "pty.spawn", "subprocess.Popen", "signal.pthread_kill", "webbrowser.open",
        "os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate",
        "os.listdir", "os.scandir", "ctypes.dlopen", "ctypes.dlsym", "sys.addaudithook", "winreg.OpenKey", "sqlite3.connect",
        "socket.bind", "socket.sendto", "socket.sendmsg",
    }
)  # fmt: skip
_READABLE = ("/usr/share/zoneinfo", "/etc/localtime", os.devnull)


class NotAllowedHere(PermissionError):
    """The library tried what this process does not do."""


def close_process(doorway: Doorway, *, refused: Callable[[str], None]) -> None:
    """Closes it, for good. Import what is needed before: reading modules goes on, but what they do at import may not.

    ``refused`` is told the sentence for an address that was not gone to, as a library may swallow the exception.
    """
    approved: set[str] = set()
    look_up = socket.getaddrinfo

    def checked(host: Any, port: Any, *rest: Any, **named: Any) -> list[Any]:
        name = host.decode("ascii") if isinstance(host, bytes) else str(host or "")
        try:
            found = [str(address) for address in doorway.addresses(name.lower().removesuffix("."), int(port))]
        except AddressRefused as error:
            refused(error.sentence)
            raise NotAllowedHere(error.sentence) from None
        approved.update(found)
        return [entry for address in found for entry in look_up(address, port, *rest, **named)]

    socket.getaddrinfo = checked
    for name in ("gethostbyname", "gethostbyname_ex"):
        setattr(socket, name, _closed)
    sys.addaudithook(_Watch(approved, _library_folders()).see)


class _Watch:
    def __init__(self, approved: set[str], folders: Iterable[str]) -> None:
        self._approved = approved
        self._folders = tuple(folders)

    def see(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            self._see_open(*arguments)
        elif event in ("socket.connect", "socket.connect_ex"):
            address = arguments[1]
            if not isinstance(address, tuple) or str(address[0]) not in self._approved:
                raise NotAllowedHere("a connection to an address that was not checked")
        elif event in _REFUSED_EVENTS:
            raise NotAllowedHere(event)

    def _see_open(self, path: Any, mode: Any, flags: Any) -> None:
        if isinstance(path, int):
            return  # opened before, or a connection
        name = os.fspath(path)
        whole = os.path.realpath(name.decode("utf-8", "replace") if isinstance(name, bytes) else name)
        writes = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC
        if (isinstance(flags, int) and flags & writes) or (isinstance(mode, str) and set(mode) & set("wax+")):
            raise NotAllowedHere("writing a file")
        if not whole.startswith(self._folders):
            raise NotAllowedHere("reading a file")


def _library_folders() -> list[str]:
    """Where modules lie, each with a separator at its end. Who starts this process gives it no other folder to look in."""
    stated = {entry for entry in sys.path if entry and Path(entry).exists()}
    folders = {os.path.realpath(entry) for entry in stated}
    return [*(folder if Path(folder).is_file() else folder + os.sep for folder in folders), *_READABLE]


def _closed(*_: Any) -> Any:
    raise NotAllowedHere("another way to look up names")
