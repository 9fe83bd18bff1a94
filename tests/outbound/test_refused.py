"""Nothing that a person types makes the server speak to its own network. Every row of the table, by every way out."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from tests.outbound.refused import ADDRESSES, HOSTS, NAMES
from tests.outbound.stub import Reply, StubServer

from vaultraider.channels._mail_server import MailServer, hand_over
from vaultraider.domain.errors import AddressRefused, AddressUnreachable, VaultRaiderError
from vaultraider.outbound import Doorway, OutboundClient, web_address
from vaultraider.outbound.web_address import host_name

REFUSED = (AddressRefused, AddressUnreachable)
"""What leads nowhere is not a danger, but what is refused must say so."""


@pytest.fixture(scope="module")
def inside() -> Iterator[StubServer]:
    """A service of the server's own, where any connection would be seen."""
    with StubServer() as stub:
        yield stub


@pytest.mark.parametrize("what", HOSTS)
def test_a_host_is_refused(what: str, inside: StubServer) -> None:
    client = OutboundClient(Doorway())
    for url in (f"http://{HOSTS[what]}:{inside.port}/", f"https://{HOSTS[what]}/"):
        with pytest.raises(AddressRefused):
            client.send("GET", url)
        with pytest.raises(AddressRefused):
            client.check(url)
    assert inside.asked == []


@pytest.mark.parametrize("what", ADDRESSES)
def test_an_address_is_refused(what: str) -> None:
    client = OutboundClient(Doorway(resolve=lambda host: ["93.184.215.14"]))
    with pytest.raises(AddressRefused):
        client.check(ADDRESSES[what])


@pytest.mark.parametrize("what", NAMES)
def test_a_name_that_leads_there_is_refused(what: str) -> None:
    client = OutboundClient(Doorway(resolve=lambda host: NAMES[what]))
    with pytest.raises(AddressRefused, match="own network"):
        client.send("GET", "https://rebound.example/")


@pytest.mark.parametrize(("what", "status"), [*zip(HOSTS, itertools.cycle([301, 302, 303, 307, 308]), strict=False)])
def test_a_redirect_there_is_refused(what: str, status: int, inside: StubServer) -> None:
    """The first server is one that may be asked; only its answer is hostile."""
    with StubServer(Reply(status=status, headers={"Location": f"http://{in_ascii(HOSTS[what])}:{inside.port}/"})) as first:
        doorway = Doorway(["first.example"], resolve=lambda host: ["127.0.0.1"] if host == "first.example" else ["127.0.0.2"])
        with pytest.raises(REFUSED):
            OutboundClient(doorway).fetch(f"http://first.example:{first.port}/")
    assert inside.asked == []


@pytest.mark.parametrize("what", ADDRESSES)
def test_a_redirect_to_an_address_is_refused(what: str) -> None:
    first = web_address("https://first.example/start")
    if "\r" in ADDRESSES[what] or what in ("no scheme", "nothing"):
        return  # no header can hold the first; the others stay on the same host, or are no redirect
    client = OutboundClient(Doorway(resolve=lambda host: ["93.184.215.14"]))
    with pytest.raises(AddressRefused):
        client.check(first.follow(ADDRESSES[what]).url)


def test_a_redirect_without_a_scheme_is_judged_as_well() -> None:
    after = web_address("https://first.example/").follow("//127.0.0.1/")
    with pytest.raises(AddressRefused):
        OutboundClient(Doorway()).check(after.url)


def test_a_redirect_from_https_to_http_is_refused() -> None:
    with pytest.raises(AddressRefused, match="without https"):
        web_address("https://first.example/").follow("http://first.example/")


@pytest.mark.parametrize("what", HOSTS)
def test_a_mail_server_there_is_refused(what: str) -> None:
    host = HOSTS[what].strip("[]")
    client = OutboundClient(Doorway())
    with pytest.raises(AddressRefused):
        client.doorway.addresses(host_name(host), 587, usual=frozenset({587}))
    server = MailServer(host=host, port=587, security="starttls", sender="a@example.org")
    with pytest.raises(VaultRaiderError):
        hand_over(server, EmailMessage(), "b@example.org", client, we="vault.example")


CLOSED = """
import json, socket, sys
from vaultraider.outbound import Doorway
from vaultraider.outbound.closed_process import close_process
import requests, urllib3, http.client, urllib.request
hosts, names, port = json.load(sys.stdin)
told = []
close_process(Doorway(resolve=lambda host: names.get(host, ["127.0.0.1"])), refused=told.append)
went = []
for host in hosts + list(names):
    for way in (
        lambda: requests.get(f"http://{host}:{port}/", timeout=2),
        lambda: urllib3.PoolManager(retries=False).request("GET", f"http://{host}:{port}/", timeout=2),
        lambda: socket.create_connection((host.strip("[]"), port), 2),
        lambda: socket.socket().connect((host.strip("[]"), port)),
        lambda: socket.socket(socket.AF_INET6).connect((host.strip("[]"), port)),
        lambda: http.client.HTTPConnection(host, port, timeout=2).request("GET", "/"),
    ):
        try:
            way()
        except Exception:
            continue
        went.append(host)
print(json.dumps(went))
"""


def test_a_library_in_a_closed_process_cannot_go_there(inside: StubServer) -> None:
    """Requests, urllib3, bare sockets: all names lead to this machine or elsewhere inside, and nobody arrives."""
    names = {f"name{number}.example": addresses for number, addresses in enumerate(NAMES.values())}
    given = json.dumps([[in_ascii(host) for host in HOSTS.values()], names, inside.port])
    done = subprocess.run([sys.executable, "-c", CLOSED], input=given, capture_output=True, text=True, check=True, timeout=120)
    assert json.loads(done.stdout) == []
    assert inside.asked == []


REBOUND = """
import json, sys
from vaultraider.outbound import Doorway
from vaultraider.outbound.closed_process import close_process
import requests
port = json.load(sys.stdin)
answers = iter([["127.0.0.2"], ["127.0.0.1"], ["127.0.0.1"]])
close_process(Doorway(["127.0.0.2"], resolve=lambda host: next(answers)), refused=lambda sentence: None)
told = []
for _ in range(2):
    try:
        told.append(requests.get(f"http://rebound.example:{port}/", timeout=2).status_code)
    except Exception:
        told.append(0)
print(json.dumps(told))
"""


def test_a_library_goes_to_the_address_that_was_checked() -> None:
    """Rebinding, where a library sends: its own look-up is the one that is judged, and there is no second."""
    with StubServer(host="127.0.0.2") as right, StubServer(host="127.0.0.1", port=right.port) as wrong:
        given = json.dumps(right.port)
        done = subprocess.run(
            [sys.executable, "-c", REBOUND], input=given, capture_output=True, text=True, check=True, timeout=60
        )
    assert json.loads(done.stdout) == [200, 0]
    assert [asked.to for asked in right.asked] == ["127.0.0.2"]
    assert wrong.asked == []


def in_ascii(host: str) -> str:
    """As a header can hold it."""
    return host if host.isascii() else host.encode("idna").decode("ascii")
