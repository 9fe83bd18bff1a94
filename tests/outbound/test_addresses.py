"""Which addresses are public, and how what people type is read."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from vaultraider.domain.errors import AddressRefused
from vaultraider.outbound import web_address
from vaultraider.outbound.addresses import Allowed, check_port, is_name, is_public
from vaultraider.outbound.web_address import host_name

PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.215.14", "172.32.0.1", "172.15.255.255", "100.63.255.255", "100.128.0.1", "192.0.1.1"]
PUBLIC_6 = ["2606:4700:4700::1111", "2a00:1450:4001:829::200e", "2400:cb00::1", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", [*PUBLIC, *PUBLIC_6])
def test_the_internet_may_be_asked(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://hooks.slack.com/services/T/B/x", "https://hooks.slack.com/services/T/B/x"),
        ("  https://Example.ORG  ", "https://example.org/"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org/a?b=c&d=%2F#part", "https://example.org/a?b=c&d=%2F"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
        ("https://[2606:4700::1111]:8443/", "https://[2606:4700::1111]:8443/"),
        ("https://example.org?x=1", "https://example.org/?x=1"),
    ],
)
def test_an_address_is_read(typed: str, read: str) -> None:
    assert web_address(typed).url == read


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/b", "https://example.org/b"),
        ("b?c", "https://example.org/a/b?c"),
        ("https://other.example/", "https://other.example/"),
        ("//other.example/x", "https://other.example/x"),
    ],
)
def test_a_redirect_is_followed(location: str, leads_to: str) -> None:
    assert web_address("https://example.org/a/").follow(location).url == leads_to


@pytest.mark.parametrize(
    "name", ["example.org", "a-b.example", "xn--bcher-kva.example", "redis", "_dmarc.example.org", "3com.example"]
)
def test_a_name_is_one(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "name", ["", "a..b", "-a.example", "a-.example", "a b", "127.1", "1.2.3.4", "0x7f.1", "a." + "b" * 64, "a/b"]
)
def test_what_is_no_name(name: str) -> None:
    assert not is_name(name)


def test_the_owner_allows_names_and_networks() -> None:
    allowed = Allowed(["home.lan", "192.168.1.0/24", "10.0.0.7", "fd00::/8", " NAS.Lan. "])
    assert allowed.name("home.lan")
    assert allowed.name("nas.lan")
    assert not allowed.name("evil.home.lan")
    assert allowed.address(ip_address("192.168.1.77"))
    assert allowed.address(ip_address("10.0.0.7"))
    assert allowed.address(ip_address("fd00::1"))
    assert not allowed.address(ip_address("192.168.2.1"))


@pytest.mark.parametrize("target", ["127.1", "home lan", "https://home.lan", "192.168.1.0/33", ""])
def test_what_the_owner_cannot_mean_is_named(target: str) -> None:
    with pytest.raises(ValueError, match="neither a host name nor a network"):
        Allowed([target])


@pytest.mark.parametrize("port", [80, 443, 1024, 8080, 8443, 9001, 65535])
def test_ports_of_the_web(port: int) -> None:
    check_port(port)


@pytest.mark.parametrize("port", [0, 1, 21, 22, 23, 25, 53, 110, 143, 465, 587, 993, 1023, 3306, 5432, 6379, 11211, 27017, 65536])
def test_ports_of_others(port: int) -> None:
    with pytest.raises(AddressRefused):
        check_port(port)


@pytest.mark.parametrize("text", ["", "a b", "a@b", "a/b", "a?b", "%61", "①.example", "x" * 300])
def test_what_is_no_host(text: str) -> None:
    with pytest.raises(AddressRefused):
        host_name(text)
