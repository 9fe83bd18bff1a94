"""The one way out to addresses that people gave: a name is looked up once, each of its addresses is judged, and the connection
goes to one of those. What DNS answers a moment later does not matter (rebinding)."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable, Sequence

from vaultraider.domain.errors import AddressRefused, AddressUnreachable
from vaultraider.outbound.addresses import (
    WEB_PORTS,
    Address,
    Allowed,
    check_port,
    is_name,
    is_public,
    literal,
)

Resolve = Callable[[str], Sequence[str]]
"""All addresses of a name, as text. Raises OSError where there are none."""

_LOOK_UP = 5.0
"""Seconds for a name: the C library itself may wait for half a minute."""
_MOST = 4
"""How many of a name's addresses are tried."""
_ask_system = socket.getaddrinfo
"""As it was at the start: in a closed process another stands in its place, which asks us."""


def look_up(host: str) -> list[str]:
    found = _ask_system(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Doorway:
    """Thread-safe. ``resolve`` is for tests: what DNS would say."""

    def __init__(self, allow_private: Iterable[str] = (), *, resolve: Resolve = look_up) -> None:
        self.allow_private = tuple(allow_private)
        self._allowed = Allowed(self.allow_private)
        self._resolve = resolve

    def addresses(self, host: str, port: int, *, usual: frozenset[int] = WEB_PORTS, wait: float = _LOOK_UP) -> list[Address]:
        """Where ``host`` is, if we may go there.

        ``host``: as ``web_address`` gives it: lower case, ASCII, no trailing dot. Raises AddressRefused when any of its
        addresses is not public and not allowed, so that no luck of the draw decides; AddressUnreachable when it has none.
        """
        check_port(port, usual)
        written = literal(host)
        if written is not None:
            self._judge(written, host)
            return [written]
        if not is_name(host):
            raise AddressRefused(f"{shown(host)} is not the name of a host. Write it as it stands in a browser's address.")
        if self._allowed.name(host):
            return self._found(host, wait)[:_MOST]
        found = self._found(host, wait)
        for address in found:
            self._judge(address, host)
        return found[:_MOST]

    def connect(
        self, host: str, port: int, *, until: float, usual: frozenset[int] = WEB_PORTS, patience: float = 5.0
    ) -> socket.socket:
        """A connection to one of the addresses that were just judged.

        ``until``: when to give up, by ``time.monotonic``; ``patience``: seconds for each address. Raises as ``addresses``
        does, and AddressUnreachable when nobody takes the connection.
        """
        for address in self.addresses(host, port, usual=usual, wait=min(_LOOK_UP, _left(until, host))):
            try:
                return socket.create_connection((str(address), port), min(patience, _left(until, host)))
            except OSError:
                continue
        raise AddressUnreachable(f"{shown(host)} cannot be reached.")

    def is_allowed(self, host: str) -> bool:
        """Whether the owner has named this host, by its name or its address: there http will do, too."""
        written = literal(host)
        return self._allowed.name(host) if written is None else self._allowed.address(written)

    def may_go_to(self, address: Address) -> bool:
        return self._allowed.address(address) or (is_public(address) and not _is_ourselves(address))

    def _judge(self, address: Address, host: str) -> None:
        if not self.may_go_to(address):
            raise AddressRefused(_refusal(host))

    def _found(self, host: str, wait: float) -> list[Address]:
        answers: list[Sequence[str]] = []

        def ask() -> None:
            try:
                answers.append(self._resolve(host))
            except (OSError, UnicodeError):
                answers.append(())

        asking = threading.Thread(target=ask, daemon=True, name="look-up")
        asking.start()
        asking.join(max(0.0, wait))
        if not answers:
            raise AddressUnreachable(f"The name {shown(host)} could not be looked up in time.")
        found = [address for address in map(literal, answers[0]) if address is not None]
        if len(found) != len(answers[0]):
            raise AddressRefused(_refusal(host))
        if not found:
            raise AddressUnreachable(f"There is no host named {shown(host)}. Look at its spelling.")
        return found


def shown(host: str) -> str:
    """A host's name for a sentence: it may be anything that somebody typed."""
    text = "".join(letter for letter in host if letter.isprintable())
    return text if len(text) <= 80 else text[:79] + "…"


def _refusal(host: str) -> str:
    return (
        f"{shown(host)} is within the server's own network. "
        "If it is meant, the server's owner can name it in the setting allow_private_targets."
    )


def _left(until: float, host: str) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise AddressUnreachable(f"{shown(host)} does not answer in time.")
    return left


def _is_ourselves(address: Address) -> bool:
    """Whether a public address is one of this machine's: what listens there for the machine alone would answer us.

    Nothing is sent: a datagram's "connection" only chooses the address of our end.
    """
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((str(address), 9))
            return literal(str(probe.getsockname()[0])) == address
    except OSError:
        return False
