"""E-mail: how it is made, and how it is handed to a mail server, over real sockets."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
import trustme
from tests.channels.mail_stub import MailStub
from tests.channels.world import EVIL, FAILED, HOSTILE, LONG, PNG, SHORT, SITE, channels
from tests.clocks import START, HandClock

from vaultraider.channels import Channels, MailServer
from vaultraider.channels._mail import compose
from vaultraider.domain.errors import AddressRefused, ChannelRefused, ChannelUnavailable, InvalidInput
from vaultraider.domain.notifications import Message
from vaultraider.outbound import Doorway, OutboundClient

HTML = '<html><body><h1>Xûr</h1><img src="cid:mark"><img src="cid:perihelion"><img src="cid:missing"></body></html>'
SEEN = Message(
    kind="xur-arrived",
    key="2026-11-20",
    title="Xûr is here",
    text="Until Tuesday.\n.\nPerihelion — 23 coins",
    link="/xur",
    html=HTML,
    pictures={"mark": PNG, "perihelion": PNG + b"2", "unused": PNG, "missing": b"<svg/>"},
)


def composed(message: Message, **given: Any) -> EmailMessage:
    """As it arrives: through bytes."""
    usual = {"sender": "vault@vault.example", "to": "marrow@example.org", "now": START, "delivery": "d1", "site": SITE}
    mail = compose(message, **(usual | {"link": f"{SITE}/xur"} | given))
    raw = mail.as_bytes()
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    read = message_from_bytes(raw, policy=SMTP)
    assert isinstance(read, EmailMessage)
    assert read.defects == []
    return read


def tree(part: Any) -> Any:
    return (
        [part.get_content_type(), *(tree(each) for each in part.iter_parts())] if part.is_multipart() else part.get_content_type()
    )


class TestStructure:
    def test_text_html_and_the_pictures_that_are_named(self) -> None:
        mail = composed(SEEN)
        related = ["multipart/related", "text/html", "image/png", "image/png"]
        assert tree(mail) == ["multipart/alternative", "text/plain", related]
        pictures = list(list(mail.iter_parts())[1].iter_parts())[1:]
        assert [each["Content-ID"] for each in pictures] == ["<mark>", "<perihelion>"]
        assert [each.get_content_disposition() for each in pictures] == ["inline", "inline"]
        assert [each.get_content() for each in pictures] == [PNG, PNG + b"2"]

    def test_the_parts_are_whole(self) -> None:
        text, related = composed(SEEN).iter_parts()
        html = next(iter(related.iter_parts()))
        assert (
            text.get_content()
            .replace("\r\n", "\n")
            .startswith("Until Tuesday.\n.\nPerihelion — 23 coins\n\nhttps://vault.example/xur\n")
        )
        assert html.get_content().strip() == HTML
        assert html["Content-Type"].params["charset"] == "utf-8"

    def test_html_without_pictures(self) -> None:
        mail = composed(Message(kind="x", key="x", title="T", text="t", html="<p>t</p>"))
        assert tree(mail) == ["multipart/alternative", "text/plain", "text/html"]

    def test_text_alone(self) -> None:
        assert tree(composed(FAILED)) == "text/plain"

    def test_headers(self) -> None:
        mail = composed(SEEN)
        assert mail["From"] == "Vault Raider <vault@vault.example>"
        assert mail["To"] == "marrow@example.org"
        assert mail["Subject"] == "Xûr is here"
        assert mail["Date"] == "Tue, 17 Nov 2026 17:00:00 +0000"
        assert mail["Message-ID"] == "<d1@vault.example>"
        assert mail["List-Unsubscribe"] == f"<{SITE}/settings>"
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["MIME-Version"] == "1.0"

    @pytest.mark.parametrize("message", [HOSTILE, LONG], ids=["evil", "long"])
    def test_a_title_stays_a_title(self, message: Message) -> None:
        mail = composed(message)
        assert "Bcc" not in mail
        assert len(mail["Subject"]) <= 200
        assert not set(str(mail["Subject"])) & set("\r\n\x00\x07\x1b\u202e")
        assert set(mail.keys()) == {
            "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Unsubscribe", "Content-Type",
            "Content-Transfer-Encoding", "MIME-Version",
        }  # fmt: skip


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def server_tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("mail.example").configure_cert(context)
    return context


@pytest.fixture(scope="module")
def believing(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture
def stub(server_tls: ssl.SSLContext) -> Iterator[MailStub]:
    with MailStub(tls=server_tls) as running:
        yield running


def house(
    believing: ssl.SSLContext | None = None, *, name: str = "mail.example", seconds: float = 10.0, mail: MailServer | None = None
) -> Channels:
    """Channels for which a mail server's name leads to this machine, as its owner allows."""
    doorway = Doorway([name], resolve=lambda host: ["127.0.0.1"])
    client = OutboundClient(doorway, tls=believing, seconds=seconds)
    return Channels(clock=HandClock(), site=SITE, mail=mail, client=client)


def own(port: int, **given: Any) -> dict[str, Any]:
    return {
        "address": "marrow@example.org",
        "server": "mail.example",
        "port": port,
        "user": "marrow",
        "password": "hunter2",
        **given,
    }


class TestHandingOver:
    def test_by_starttls_with_a_login(self, stub: MailStub, believing: ssl.SSLContext) -> None:
        channels = house(believing)
        answer = channels.send("email", channels.check("email", own(stub.port)), SEEN)
        assert answer.sentence == "The mail server took it: queued as 4711"
        (one,) = stub.delivered
        assert (one.sender, one.to, one.secure, one.login) == (
            "marrow@example.org",
            ["marrow@example.org"],
            True,
            ("marrow", "hunter2"),
        )
        assert one.mail["Subject"] == "Xûr is here"
        assert tree(one.mail)[0] == "multipart/alternative"
        assert stub.said[0] == "ehlo vault.example"

    def test_by_tls_from_the_start(self, server_tls: ssl.SSLContext, believing: ssl.SSLContext) -> None:
        with MailStub(tls=server_tls, from_the_start=True) as stub:
            channels = house(believing)
            channels.send("email", channels.check("email", own(stub.port, security="tls", sender="v@example.org")), FAILED)
        assert stub.delivered[0].secure
        assert stub.delivered[0].sender == "v@example.org"

    def test_by_the_owners_server(self) -> None:
        """It may stand where people's may not: on this machine, and without TLS."""
        with MailStub() as stub:
            owners = MailServer(host="127.0.0.1", port=stub.port, security="none", sender="vault@vault.example", is_owners=True)
            channels = Channels(clock=HandClock(), site=SITE, mail=owners)
            kept = channels.check("email", {"address": "marrow@example.org"})
            assert kept == {"address": "marrow@example.org"}
            channels.send("email", kept, FAILED)
        assert stub.delivered[0].sender == "vault@vault.example"
        assert stub.delivered[0].login is None

    def test_without_a_server_there_is_none(self) -> None:
        with pytest.raises(ChannelRefused, match="no mail server"):
            channels().send("email", {"address": "marrow@example.org"}, FAILED)
        with pytest.raises(InvalidInput) as caught:
            channels().check("email", {"address": "marrow@example.org"})
        assert caught.value.field == "server"

    def test_a_hostile_message_is_one_message_to_one_person(self, stub: MailStub, believing: ssl.SSLContext) -> None:
        channels = house(believing)
        channels.send("email", channels.check("email", own(stub.port)), HOSTILE)
        (one,) = stub.delivered
        assert one.to == ["marrow@example.org"]
        assert "Bcc" not in one.mail
        assert "evil" in one.mail.get_content()

    def test_no_password_goes_over_an_open_line(self, believing: ssl.SSLContext) -> None:
        with MailStub() as plain, pytest.raises(ChannelRefused, match="STARTTLS"):
            channels = house(believing)
            channels.send("email", channels.check("email", own(plain.port)), FAILED)
        assert not any(said.startswith(("AUTH", "MAIL")) for said in plain.said)

    def test_a_certificate_for_another_name(self, stub: MailStub, believing: ssl.SSLContext) -> None:
        channels = house(believing, name="other.example")
        with pytest.raises(ChannelRefused, match="certificate"):
            channels.send("email", channels.check("email", own(stub.port, server="other.example")), FAILED)
        assert not any(said.startswith("AUTH") for said in stub.said)

    def test_a_certificate_of_nobody_known(self, stub: MailStub) -> None:
        channels = house()
        with pytest.raises(ChannelRefused, match="certificate"):
            channels.send("email", channels.check("email", own(stub.port)), FAILED)

    def test_a_server_that_became_private_is_not_asked(self, stub: MailStub, believing: ssl.SSLContext) -> None:
        kept = house(believing).check("email", own(stub.port))
        client = OutboundClient(Doorway(resolve=lambda host: ["127.0.0.1"]), tls=believing)
        with pytest.raises(AddressRefused):
            Channels(clock=HandClock(), site=SITE, client=client).send("email", kept, FAILED)
        assert stub.said == []

    def test_its_name_is_looked_up_once(self, stub: MailStub, believing: ssl.SSLContext) -> None:
        """Rebinding: a second look would lead elsewhere."""
        answers = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]])
        client = OutboundClient(Doorway(["127.0.0.1"], resolve=lambda host: next(answers)), tls=believing)
        channels = Channels(clock=HandClock(), site=SITE, client=client)
        channels.send("email", channels.check("email", own(stub.port)), FAILED)
        assert len(stub.delivered) == 1


REFUSED = {
    "AUTH": "535 5.7.8 no",
    "MAIL": "553 not as this sender",
    "RCPT": "550 no such person",
    "DATA": "554 no",
    "end": "552 too large",
}
LATER = {
    "greeting": "421 busy",
    "AUTH": "454 later",
    "MAIL": "451 later",
    "RCPT": "450 greylisted, come back in 5 minutes",
    "DATA": "451 later",
    "end": "452 disk is full",
}


class TestFailures:
    @pytest.mark.parametrize("step", REFUSED)
    def test_a_no(self, step: str, server_tls: ssl.SSLContext, believing: ssl.SSLContext) -> None:
        with pytest.raises(ChannelRefused) as caught:
            self.attempt({step: REFUSED[step]}, server_tls, believing)
        assert "mail.example" in caught.value.sentence
        assert "hunter2" not in caught.value.sentence

    @pytest.mark.parametrize("step", LATER)
    def test_not_now(self, step: str, server_tls: ssl.SSLContext, believing: ssl.SSLContext) -> None:
        with pytest.raises(ChannelUnavailable) as caught:
            self.attempt({step: LATER[step]}, server_tls, believing)
        assert not caught.value.maybe_sent

    @pytest.mark.parametrize(("step", "maybe_sent"), [("greeting", False), ("EHLO", False), ("RCPT", False), ("end", True)])
    @pytest.mark.parametrize("way", ["", "hang"], ids=["closed", "silence"])
    def test_a_line_that_breaks(
        self, step: str, maybe_sent: bool, way: str, server_tls: ssl.SSLContext, believing: ssl.SSLContext
    ) -> None:
        with pytest.raises(ChannelUnavailable, match="broke off") as caught:
            self.attempt({step: way}, server_tls, believing, seconds=SHORT)
        assert caught.value.maybe_sent is maybe_sent

    def test_what_a_server_says_is_shown_plain_and_short(self, server_tls: ssl.SSLContext, believing: ssl.SSLContext) -> None:
        with pytest.raises(ChannelRefused) as caught:
            self.attempt({"RCPT": "550 " + "\x1b[31m<b>no</b> " * 100}, server_tls, believing)
        assert "\x1b" not in caught.value.sentence
        assert len(caught.value.sentence) < 250

    def test_nobody_there(self, believing: ssl.SSLContext) -> None:
        with MailStub() as gone:
            port = gone.port
        with pytest.raises(ChannelUnavailable, match="cannot be reached"):
            house(believing).send("email", own(port, security="starttls"), FAILED)

    def attempt(
        self, answers: dict[str, str], server_tls: ssl.SSLContext, believing: ssl.SSLContext, *, seconds: float = 10.0
    ) -> None:
        with MailStub(answers, tls=server_tls) as stub:
            channels = house(believing, seconds=seconds)
            channels.send("email", channels.check("email", own(stub.port)), FAILED)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"address": "marrow"}, "address"),
        ({"address": "marrow@"}, "address"),
        ({"address": "@example.org"}, "address"),
        ({"address": "marrow@localhost"}, "address"),
        ({"address": "a@b@example.org"}, "address"),
        ({"address": "marrow@example.org, evil@example.org"}, "address"),
        ({"address": "marrow@example.org\r\nBcc: evil@example.org"}, "address"),
        ({"address": "<marrow@example.org>"}, "address"),
        ({"address": "märrow@example.org"}, "address"),
        ({"address": EVIL}, "address"),
        ({"sender": "x y@example.org"}, "sender"),
        ({"port": "many"}, "port"),
        ({"port": 22}, "server"),
        ({"port": 6379}, "server"),
        ({"security": "none"}, "security"),
        ({"user": "marrow"}, "password"),
        ({"password": "x"}, "user"),
        ({"server": "127.1"}, "server"),
        ({"server": "mail.example/x"}, "server"),
        ({"server": "a@mail.example"}, "server"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_refused_when_it_is_given(given: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        house().check("email", {"address": "marrow@example.org", "server": "mail.example", **given})
    assert caught.value.field == field


def test_an_address_in_another_script_is_kept_in_ascii() -> None:
    kept = house().check("email", {"address": "marrow@bücher.example", "server": "mail.example", "security": "tls"})
    assert kept == {"address": "marrow@xn--bcher-kva.example", "server": "mail.example", "port": 465, "security": "tls"}
