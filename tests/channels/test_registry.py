"""The kinds that there are, their forms, and what all of them have in common."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from tests.channels.world import FAILED, SITE, XUR, channels
from tests.clocks import HandClock

from vaultraider.channels import Channels, MailServer
from vaultraider.channels._channel import Out
from vaultraider.channels._registry import find_channels
from vaultraider.domain.errors import InvalidInput, NotFound
from vaultraider.domain.notifications import Message
from vaultraider.outbound import Doorway, OutboundClient
from vaultraider.ports import ChannelForm, ChannelKinds

OWNERS = MailServer(host="mail.example", port=587, security="starttls", sender="vault@vault.example", is_owners=True)
KINDS = ["email", "discord", "slack", "ntfy", "webhook", "apprise"]


def test_it_is_what_the_services_ask_for() -> None:
    kinds: ChannelKinds = channels()
    assert [form.kind for form in kinds.forms()] == KINDS


def test_the_console_is_for_the_demo() -> None:
    demo = channels(demo=True)
    assert [form.kind for form in demo.forms()] == [*KINDS, "console"]
    assert demo.send("console", demo.check("console", {}), XUR).sentence == "It is shown on the page of notifications."
    with pytest.raises(NotFound):
        channels().check("console", {})


@pytest.mark.parametrize("kind", ["carrier-pigeon", "", "_channel", "../x"])
def test_an_unknown_kind(kind: str) -> None:
    house = channels()
    for act in (lambda: house.check(kind, {}), lambda: house.label(kind, {}), lambda: house.send(kind, {}, FAILED)):
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize("form", channels(demo=True).forms(), ids=lambda form: form.kind)
class TestForms:
    def test_it_is_whole(self, form: ChannelForm) -> None:
        assert form.kind in find_channels()
        assert form.title
        assert form.help.endswith(".")
        assert form.icon
        assert len({field.name for field in form.fields}) == len(form.fields)
        assert all(field.label for field in form.fields)
        assert all((field.kind == "choice") == bool(field.choices) for field in form.fields)

    def test_what_is_missing_is_named(self, form: ChannelForm) -> None:
        missing = [field.name for field in form.fields if field.required and field.default is None]
        if missing:
            with pytest.raises(InvalidInput) as caught:
                channels(demo=True).check(form.kind, {})
            assert caught.value.field == missing[0]

    @pytest.mark.parametrize("value", [3, True, ["x"], {"a": 1}, "x" * 3000, "a\x00b", "a\nb", "a\u2028b", "\ud800"])
    def test_what_does_not_belong_is_named(self, form: ChannelForm, value: Any) -> None:
        for field in form.fields:
            if field.kind in ("number", "switch", "choice"):
                continue
            with pytest.raises(InvalidInput):
                channels(demo=True).check(form.kind, {field.name: value})

    def test_a_field_of_nobody_is_named(self, form: ChannelForm) -> None:
        with pytest.raises(InvalidInput) as caught:
            channels(demo=True).check(form.kind, {"is_owners": True})
        assert caught.value.field == "is_owners"


def test_with_the_owners_mail_server_people_give_only_their_address() -> None:
    with_one, without = channels(mail=OWNERS).forms()[0], channels().forms()[0]
    assert [field.name for field in with_one.fields if field.required] == ["address"]
    assert [field.name for field in without.fields if field.required] == ["address", "server"]


@pytest.mark.parametrize(
    ("link", "whole"),
    [
        ("/", f"{SITE}/"),
        ("/xur", f"{SITE}/xur"),
        ("/vault/items/1?sort=power#x", f"{SITE}/vault/items/1?sort=power#x"),
        ("/a b", f"{SITE}/a%20b"),
        ("//evil.example/", f"{SITE}/"),
        ("/\\evil.example/", f"{SITE}/"),
        ("https://evil.example/", f"{SITE}/"),
        ("javascript:alert(1)", f"{SITE}/"),
        ("@evil.example/", f"{SITE}/"),
        (".evil.example/", f"{SITE}/"),
        ("", f"{SITE}/"),
        ("/x\r\nBcc: evil", f"{SITE}/"),
        ("/\u202egnp.exe", f"{SITE}/"),
        ('/<script>|">', f"{SITE}/%3Cscript%3E%7C%22%3E"),
    ],
)
def test_a_link_stays_with_us(link: str, whole: str) -> None:
    out = Out(client=OutboundClient(Doorway()), clock=HandClock(), site=SITE)
    assert out.link(Message(kind="x", key="x", title="x", text="x", link=link)) == whole


def test_the_server_itself_never_loads_apprise() -> None:
    """It would take 50 MB, and stand beside our keys."""
    program = (
        "import sys, vaultraider.bootstrap, vaultraider.channels.apprise\n"
        "print({'apprise', 'requests', 'urllib3'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "set()"


def test_what_the_owner_cannot_mean_is_named() -> None:
    with pytest.raises(ValueError, match=r"127\.1"):
        Channels(clock=HandClock(), site=SITE, allow_private=["127.1"])
