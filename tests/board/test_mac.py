"""The MAC address: which are none, and that one which could not be set is always told."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultraider.board import command
from vaultraider.board.mac import MacError, only_interface, parse, set_mac

MAC = "de:ad:be:ef:fe:ed"


@pytest.mark.parametrize("text", ["DE:AD:BE:EF:FE:ED", "de-ad-be-ef-fe-ed", " De:aD:bE:eF:Fe:Ed "])
def test_an_address_is_read(text: str) -> None:
    assert parse(text) == MAC


NONE = [
    "", "DE:AD:BE:EF:FE", "DE:AD:BE:EF:FE:ED:00", "DEADBEEFFEED", "DE:AD-BE:EF-FE:ED", "DE:AD:BE:EF:FE:EG", "0xDE:AD:BE:EF:FE:ED",
    "D:AD:BE:EF:FE:ED", "de ad be ef fe ed", "DE:AD:BE:EF:FE:ED\nup", "٠٠:AD:BE:EF:FE:ED", "; reboot", "x" * 9999,
]  # fmt: skip


@pytest.mark.parametrize("text", NONE, ids=range(len(NONE)))
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(MacError, match="is no MAC address"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "why"), [("01:00:5e:00:00:01", "groups"), ("ff:ff:ff:ff:ff:ff", "groups"), ("00:00:00:00:00:00", "nobody")]
)
def test_addresses_that_no_interface_may_have(text: str, why: str) -> None:
    with pytest.raises(MacError, match=why):
        parse(text)


@given(st.binary(min_size=6, max_size=6).filter(lambda six: not six[0] & 1 and any(six)))
def test_every_single_address_is_read_as_itself(six: bytes) -> None:
    text = six.hex(":")
    assert parse(text.upper()) == parse(text.replace(":", "-")) == text


@given(st.text(max_size=24))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        assert len(parse(text)) == 17
    except MacError:
        return


# -- setting it --------------------------------------------------------------------------------------------------------


class Network:
    """Interfaces as Linux shows them, and a command ``ip`` of the test's own that is told what to do."""

    def __init__(self, folder: Path) -> None:
        self.net = folder / "net"
        self.bin = folder / "bin"
        self.log = folder / "log"
        self.bin.mkdir()
        self.net.mkdir()
        self.add("lo", hardware=False)
        self.add("eth0")

    def add(self, name: str, *, hardware: bool = True) -> None:
        (self.net / name).mkdir()
        (self.net / name / "address").write_text("02:00:00:00:00:01\n", encoding="ascii")
        if hardware:
            (self.net / name / "device").mkdir()

    def ip(self, script: str) -> None:
        """``script``: what the command does after it has noted how it was called."""
        command = self.bin / "ip"
        command.write_text(f'#!/bin/sh\necho "$@" >> {self.log}\n{script}\n', encoding="utf-8")
        command.chmod(command.stat().st_mode | stat.S_IXUSR)

    @property
    def calls(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []

    def address(self) -> str:
        return (self.net / "eth0" / "address").read_text(encoding="ascii").strip()


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Network:
    network = Network(tmp_path)
    monkeypatch.setenv("PATH", f"{network.bin}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return network


def test_it_is_set_and_looked_at_again(network: Network) -> None:
    network.ip(f'echo "$6" > {network.net}/$4/address')
    set_mac(MAC, "eth0", network.net)
    assert (network.address(), network.calls) == (MAC, [f"link set dev eth0 address {MAC}"])
    set_mac(MAC, "eth0", network.net)
    assert len(network.calls) == 1, "what is so already is not set again"


def test_a_busy_interface_is_taken_down_for_it_and_comes_up_again(network: Network) -> None:
    network.ip(
        f'case "$5" in\n'
        f"down) touch {network.net}/down;;\n"
        f"up) rm {network.net}/down;;\n"
        f'*) test -e {network.net}/down || {{ echo "RTNETLINK answers: Device or resource busy" >&2; exit 2; }}\n'
        f'echo "$6" > {network.net}/$4/address;;\nesac'
    )
    set_mac(MAC, "eth0", network.net)
    assert network.address() == MAC
    assert [call.split()[4] for call in network.calls] == ["address", "down", "address", "up"]
    assert not (network.net / "down").exists()


FAILURES = [
    ('echo "RTNETLINK answers: Operation not permitted" >&2; exit 2', "Operation not permitted. It takes root's rights."),
    ('echo "RTNETLINK answers: Operation not supported" >&2; exit 2', "Operation not supported."),
    ("exit 3", "ip ended with 3."),
    ("exit 0", "its driver took it, but it is still 02:00:00:00:00:01."),
    ('test "$5" = address && { echo busy >&2; exit 2; }; exit 0', "busy."),
    ('test "$5" = up && { echo "cannot" >&2; exit 1; }; echo busy >&2; exit 2', "does not come up again: cannot."),
]


@pytest.mark.parametrize(("script", "why"), FAILURES, ids=range(len(FAILURES)))
def test_what_cannot_be_set_is_told(network: Network, script: str, why: str) -> None:
    network.ip(script)
    with pytest.raises(MacError) as told:
        set_mac(MAC, "eth0", network.net)
    assert str(told.value).endswith(why)
    assert network.address() == "02:00:00:00:00:01"


@pytest.mark.parametrize("name", ["", "-f", "eth0; reboot", "../eth0", "a" * 16, "eth0\n", "é"])
def test_a_name_that_is_no_interfaces(network: Network, name: str) -> None:
    network.ip("exit 0")
    with pytest.raises(MacError, match="no name of a network interface"):
        set_mac(MAC, name, network.net)
    assert not network.calls


def test_an_interface_that_there_is_not(network: Network) -> None:
    network.ip("exit 0")
    with pytest.raises(MacError, match="no network interface named wlan7"):
        set_mac(MAC, "wlan7", network.net)
    assert not network.calls


def test_without_the_command_it_is_said_what_to_install(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(network.bin))
    with pytest.raises(MacError, match="Install iproute2"):
        set_mac(MAC, "eth0", network.net)


def test_the_only_interface_is_meant_where_none_is_named(network: Network) -> None:
    assert only_interface(network.net) == "eth0"
    network.add("eth1")
    with pytest.raises(MacError, match=r"there are eth0, eth1.*--interface"):
        only_interface(network.net)
    with pytest.raises(MacError, match="does not show"):
        only_interface(network.net / "nowhere")


# -- the command -------------------------------------------------------------------------------------------------------


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A command that serves ends at once; what it would have put at the top of its page."""
    notices: list[str] = []
    original = command.BareServer

    def noting(look: Callable[[], object], *, notice: str, **more: object) -> object:
        notices.append(notice)
        return original(look, notice=notice, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(command, "BareServer", noting)
    monkeypatch.setattr(command, "_wait_for_the_end", lambda: None)
    return notices


def test_an_address_that_cannot_be_set_ends_the_command(ended: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    wish = command.Wish(port=0, source="simulated", mac="DE:AD:BE:EF:FE:ED", interface="nowhere7")
    assert command.run(wish) == 1
    assert "There is no network interface named nowhere7" in capsys.readouterr().err
    assert not ended, "nothing was served"


def test_who_wants_to_serve_anyway_sees_it_on_the_page(ended: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    wish = command.Wish(port=0, source="simulated", mac="DE:AD", interface="nowhere7", serve_anyway=True)
    assert command.run(wish) == 0
    assert "is no MAC address" in capsys.readouterr().err
    assert "is no MAC address" in ended[0]


@pytest.mark.parametrize("source", ["i2c", "simulated:square", "replay"])
def test_a_source_that_cannot_be_meant_ends_it_too(ended: list[str], capsys: pytest.CaptureFixture[str], source: str) -> None:
    assert command.run(command.Wish(port=0, source=source)) == 2
    assert capsys.readouterr().err.strip()


def test_a_device_that_is_missing_may_come_later(ended: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(command.Wish(port=0, iio_root=str(tmp_path))) == 0
    told = capsys.readouterr()
    assert "There is no converter" in told.err
    assert told.out.startswith("The board's inputs are at http://127.0.0.1:")
