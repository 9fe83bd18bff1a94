"""Which addresses of the internet are public, and which names may be asked at all. Pure: it looks up nothing.

Python's own ``is_global`` changed its mind between versions (3.11.7 takes some of what IANA has listed as special since), so what
we refuse stands here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from vaultraider.domain.errors import AddressRefused

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_REFUSED_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # "this" network: Linux takes 0.0.0.0 for itself
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT; a cloud's metadata at 100.100.100.200
        "127.0.0.0/8",
        "168.63.129.16/32",  # a public number that in Azure is the machine's host
        "169.254.0.0/16",  # link-local; most clouds' metadata at 169.254.169.254
        "172.16.0.0/12",
        "192.0.0.0/24",  # protocol assignments; a cloud's metadata at 192.0.0.192
        "192.0.2.0/24",
        "192.88.99.0/24",  # the way into 6to4
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_UNICAST_6 = IPv6Network("2000::/3")
"""All that is given out to be routed. Loopback, link-local, private, multicast and IPv4 in disguise lie outside."""
_REFUSED_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries any IPv4 address
        "3fff::/20",
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
"""Where a network without IPv4 finds it: as public as the IPv4 address in its last bits."""

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")

WEB_PORTS = frozenset({80, 443})
MAIL_PORTS = frozenset({25, 465, 587})
_FIRST_FREE_PORT = 1024
_OTHERS_PORTS = frozenset(
    {
        1433, 1521, 2049, 2181, 2375, 2376, 2379, 2380, 3260, 3306, 3389, 4045, 4369, 5060, 5061, 5432, 5672, 5900, 5984, 6000,
        6379, 6380, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 7001, 8500, 9042, 9092, 9200, 9300, 10080, 10250, 11211,
        15672, 26379, 27017, 27018, 50000, 61616,
    }
)  # fmt: skip
"""Above 1023, where databases, brokers and the like listen: what takes a line of text for an order must get none from us."""


def is_public(address: Address) -> bool:
    """Whether it is one machine on the public internet."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _REFUSED_4)
    if address.scope_id is not None:
        return False
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _UNICAST_6 and not any(address in network for network in _REFUSED_6)


class Allowed:
    """What the server's owner allows besides: host names ("home.lan"), addresses and networks ("192.168.1.0/24")."""

    def __init__(self, targets: Iterable[str] = ()) -> None:
        """Raises ValueError naming what is neither a name nor a network."""
        self._names: set[str] = set()
        self._networks: list[Network] = []
        for target in targets:
            text = target.strip().lower().rstrip(".")
            try:
                self._networks.append(ip_network(text, strict=False))
            except ValueError:
                if not is_name(text):
                    raise ValueError(f"{target!r} is neither a host name nor a network such as 192.168.1.0/24") from None
                self._names.add(text)

    def name(self, host: str) -> bool:
        return host in self._names

    def address(self, address: Address) -> bool:
        return any(address in network for network in self._networks)


def is_name(host: str) -> bool:
    """Whether this is a host's name as DNS has them, in ASCII and lower case, and no number in disguise.

    "127.1", "0x7f.0.0.1" and "2130706433" are names to DNS and addresses to the C library; who ends in a number is none.
    """
    labels = host.split(".")
    return len(host) <= 253 and all(_LABEL.fullmatch(label) for label in labels) and not _NUMBER.fullmatch(labels[-1])


def literal(host: str) -> Address | None:
    """The address that is written here in its usual form ("192.0.2.1", "[2001:db8::1]"), or None."""
    try:
        return ip_address(host[1:-1] if host.startswith("[") and host.endswith("]") else host)
    except ValueError:
        return None


def check_port(port: int, usual: frozenset[int] = WEB_PORTS) -> None:
    """Raises AddressRefused for one that belongs to another kind of service. ``usual``: those below 1024 that are right."""
    if port not in usual and (not _FIRST_FREE_PORT <= port <= 65535 or port in _OTHERS_PORTS):
        raise AddressRefused(f"Port {port} is not one that such a service listens on. Use another address.")
