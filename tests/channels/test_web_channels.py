"""Every channel that speaks HTTP, against a stand-in of its service: what it sends, and what it makes of each answer."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import re
from typing import Any

import fastjsonschema
import pytest
from tests.channels.formats import FORMATS
from tests.channels.world import EVIL, FAILED, HOSTILE, LONG, SHORT, SITE, WEB, XUR, channels, settings_for
from tests.clocks import START
from tests.outbound.stub import Asked, Reply, StubServer

from vaultraider.domain.errors import AddressRefused, ChannelRefused, ChannelUnavailable, InvalidInput
from vaultraider.domain.notifications import Message

GOOD = {
    "slack": Reply(body=b"ok"),
    "discord": Reply(body=b'{"id": "1"}'),
    "ntfy": Reply(body=b'{"id": "1", "event": "message"}'),
    "webhook": Reply(status=204),
    "apprise": Reply(body=b'{"id": 1}'),
}


def sent(kind: str, message: Message) -> Asked:
    """What the service was asked, once, with settings as they would be kept."""
    with StubServer(GOOD[kind]) as stub:
        house = channels()
        kept = house.check(kind, settings_for(kind, stub.url))
        assert stub.asked == [], "to check is not to send"
        answer = house.send(kind, kept, message)
    assert answer.sentence
    (asked,) = stub.asked
    return asked


@pytest.mark.parametrize("kind", WEB)
def test_the_body_is_as_the_service_documents_it(kind: str) -> None:
    asked = sent(kind, XUR)
    assert asked.method == "POST"
    assert asked.headers["content-type"].startswith("application/json")
    fastjsonschema.validate(FORMATS[kind], asked.json)
    assert "Xûr" in str(asked.json)
    assert "Strange Coins" in str(asked.json)
    assert f"{SITE}/xur" in str(asked.json)


@pytest.mark.parametrize("kind", WEB)
@pytest.mark.parametrize(
    "message", [HOSTILE, LONG, Message(kind="x", key="x", title="Only a title", text="")], ids=["evil", "long", "bare"]
)
def test_whatever_a_message_holds_the_body_stays_so(kind: str, message: Message) -> None:
    asked = sent(kind, message)
    fastjsonschema.validate(FORMATS[kind], asked.json)
    said = str(asked.json)
    assert "evil.example/'" not in said, "a link that is no path of ours leads to our front door"
    assert not set(said) & set("\x00\x07\x1b\u202e\u202c\u200f\ud800\u2028")
    assert "\r" not in said


class TestSlack:
    def test_where_it_goes(self) -> None:
        assert sent("slack", XUR).path == "/services/T0001/B0001/abcdefgh"

    def test_nobody_is_woken_and_no_link_has_a_false_face(self) -> None:
        body = sent("slack", HOSTILE).json
        ours = body["blocks"].pop()
        assert ours["elements"] == [{"type": "mrkdwn", "text": f"<{SITE}/|Open Vault Raider>", "verbatim": True}]
        assert "<" not in str(body)
        assert ">" not in str(body)
        assert "&lt;!channel&gt;" in str(body)
        assert "&amp;amp;" in str(body)
        assert body["mrkdwn"] is False
        assert all(block["text"] == block["text"] | {"type": "plain_text", "emoji": False} for block in body["blocks"])

    @pytest.mark.parametrize("address", ["https://slack.com/x", "https://app.slack.com/client/T/C", "https://vault.slack.com/"])
    def test_a_page_of_slacks_is_no_webhook(self, address: str) -> None:
        house = channels(allow=("slack.com", "app.slack.com", "vault.slack.com"))
        with pytest.raises(InvalidInput) as caught:
            house.check("slack", {"address": address})
        assert caught.value.field == "address"


class TestDiscord:
    def test_it_waits_for_what_discord_says(self) -> None:
        assert sent("discord", XUR).path == "/api/webhooks/1234567890/abc-DEF_123?wait=true"

    def test_a_thread(self) -> None:
        with StubServer() as stub:
            house = channels()
            kept = house.check("discord", {"address": f"{stub.url}/api/webhooks/1/a?thread_id=77"})
            house.send("discord", kept, XUR)
        assert stub.asked[0].path == "/api/webhooks/1/a?thread_id=77&wait=true"

    def test_nobody_is_woken_and_nothing_is_formatted(self) -> None:
        body = sent("discord", HOSTILE).json
        assert body["allowed_mentions"] == {"parse": []}
        for text in (body["embeds"][0]["title"], body["embeds"][0]["description"]):
            assert "everyone" in text
            assert not set(re.sub(r"\\.", "", text)) & set("*_~`|<>[]()#@:\\")

    @pytest.mark.parametrize(
        "path", ["/channels/1/2", "/api/webhooks/x/y", "/api/webhooks/1/a/slack", "/api/webhooks/1/a?wait=false", "/"]
    )
    def test_what_is_no_webhook(self, path: str) -> None:
        with pytest.raises(InvalidInput):
            channels().check("discord", {"address": f"http://127.0.0.1:8080{path}"})


class TestNtfy:
    def test_it_publishes_as_json_to_the_root(self) -> None:
        asked = sent("ntfy", FAILED)
        assert asked.path == "/"
        assert asked.headers["authorization"] == "Bearer tk_abcdefgh"
        assert "title" not in asked.headers
        assert asked.json["title"] == "A move failed"
        assert asked.json["priority"] == 4
        assert asked.json["click"] == f"{SITE}/journal?id=41&x=1"

    def test_a_long_message_is_no_attachment(self) -> None:
        assert 3900 < len(sent("ntfy", LONG).json["message"].encode()) <= 4096

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"topic": "a/b"}, "topic"),
            ({"topic": "a" * 65}, "topic"),
            ({"topic": "xûr"}, "topic"),
            ({"token": "tk with space"}, "token"),
            ({"token": "tk\r\nX-Evil: 1"}, "token"),
            ({"server": "http://127.0.0.1:8080/topic"}, "server"),
        ],
    )
    def test_what_is_refused(self, given: dict[str, str], field: str) -> None:
        with pytest.raises(InvalidInput) as caught:
            channels().check("ntfy", {"server": "http://127.0.0.1:8080", "topic": "t", **given})
        assert caught.value.field == field


class TestWebhook:
    @pytest.mark.parametrize(
        ("secret", "key"),
        [
            ("a-secret-of-some-thirty-letters!", b"a-secret-of-some-thirty-letters!"),
            ("whsec_" + base64.b64encode(b"k" * 32).decode(), b"k" * 32),
        ],
    )
    def test_its_signature_is_that_of_the_standard(self, secret: str, key: bytes) -> None:
        with StubServer() as stub:
            house = channels()
            kept = house.check("webhook", {"address": f"{stub.url}/h", "secret": secret})
            house.send("webhook", kept, XUR)
        (asked,) = stub.asked
        delivery, timestamp = asked.headers["webhook-id"], asked.headers["webhook-timestamp"]
        assert timestamp == str(int(START.timestamp()))
        signed = hmac.new(key, f"{delivery}.{timestamp}.".encode() + asked.body, hashlib.sha256).digest()
        assert asked.headers["webhook-signature"] == "v1," + base64.b64encode(signed).decode()

    def test_the_standards_own_example(self) -> None:
        """From its specification: the same numbers as in every library of it."""
        from vaultraider.channels.webhook import sign

        signed = sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
        )
        assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    def test_a_second_try_of_the_same_news_has_the_same_id(self) -> None:
        assert sent("webhook", XUR).headers["webhook-id"] != sent("webhook", FAILED).headers["webhook-id"]
        with StubServer() as stub:
            house = channels()
            kept = house.check("webhook", settings_for("webhook", stub.url))
            house.send("webhook", kept, XUR)
            house.send("webhook", kept, XUR)
        assert len({asked.headers["webhook-id"] for asked in stub.asked}) == 1

    @pytest.mark.parametrize("secret", ["short", "whsec_c2hvcnQ=", "whsec_!!!!", "whsec_"])
    def test_a_weak_secret_is_refused(self, secret: str) -> None:
        with pytest.raises(InvalidInput) as caught:
            channels().check("webhook", {"address": "http://127.0.0.1:8080/", "secret": secret})
        assert caught.value.field == "secret"


REFUSALS = {
    400: "did not understand",
    401: "key",
    403: "allow",
    404: "not know this address",
    410: "closed for good",
    418: "HTTP 418",
}


@pytest.mark.parametrize("kind", [kind for kind in WEB if kind != "apprise"])
class TestAnswers:
    @pytest.mark.parametrize("status", REFUSALS)
    def test_a_refusal_says_what_to_do(self, kind: str, status: int) -> None:
        with pytest.raises(ChannelRefused, match=REFUSALS[status]) as caught:
            attempt(kind, Reply(status=status, body=b"no_service <b>"))
        assert "no_service" not in caught.value.sentence, "their words are not ours to show"

    def test_too_much_says_for_how_long(self, kind: str) -> None:
        for header, seconds in (("30", 30.0), ("0.65", 1.0), ("Tue, 17 Nov 2026 17:01:00 GMT", 60.0), ("999999999", 86400.0)):
            with pytest.raises(ChannelUnavailable) as caught:
                attempt(kind, Reply(status=429, headers={"Retry-After": header}))
            assert (caught.value.retry_after, caught.value.maybe_sent) == (seconds, False)
        for header in ("soon", "nan", "", "Tue, 99 Nov", "Fri, 01 Jan 99999999999999999999 00:00:00 GMT"):
            with pytest.raises(ChannelUnavailable) as caught:
                attempt(kind, Reply(status=429, headers={"Retry-After": header}))
            assert caught.value.retry_after is None

    @pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
    def test_trouble_of_theirs_is_tried_again(self, kind: str, status: int) -> None:
        with pytest.raises(ChannelUnavailable, match="try again"):
            attempt(kind, Reply(status=status))

    def test_no_answer_may_be_a_yes(self, kind: str) -> None:
        with pytest.raises(ChannelUnavailable, match="in time") as caught:
            attempt(kind, Reply(hangs=True), seconds=SHORT)
        assert caught.value.maybe_sent

    def test_a_broken_line_may_be_a_yes(self, kind: str) -> None:
        with pytest.raises(ChannelUnavailable) as caught:
            attempt(kind, Reply(breaks=True))
        assert caught.value.maybe_sent

    def test_nobody_there_is_a_no(self, kind: str) -> None:
        with StubServer() as gone:
            url = gone.url
        with pytest.raises(ChannelUnavailable, match="cannot be reached") as caught:
            channels().send(kind, settings_for(kind, url), XUR)
        assert not caught.value.maybe_sent

    def test_a_redirect_is_not_followed(self, kind: str) -> None:
        with StubServer() as elsewhere, pytest.raises(ChannelRefused, match="leads elsewhere"):
            attempt(kind, Reply(status=307, headers={"Location": elsewhere.url}))
        assert elsewhere.asked == []

    def test_an_address_that_became_private_is_not_asked(self, kind: str) -> None:
        """It was public when it was given; or the owner has allowed it no longer."""
        with StubServer() as stub:
            kept = channels().check(kind, settings_for(kind, stub.url))
            with pytest.raises(AddressRefused):
                channels(allow=()).send(kind, kept, XUR)
        assert stub.asked == []

    def test_no_secret_is_told_or_logged(self, kind: str, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        told = []
        for reply in (Reply(status=404), Reply(status=500), Reply(breaks=True), Reply()):
            try:
                told.append(attempt(kind, reply))
            except (ChannelRefused, ChannelUnavailable) as error:
                told.append(error.sentence)
        kept = settings_for(kind, "http://127.0.0.1:8080")
        told += [channels().label(kind, kept), caplog.text]
        for secret in ("abcdefgh", "abc-DEF_123", "marrows-vault-81", "tk_", "a-secret-of", "who=marrow"):
            assert secret not in " ".join(told)


def attempt(kind: str, reply: Reply, *, seconds: float = 10.0) -> str:
    with StubServer(reply) as stub:
        house = channels(seconds=seconds)
        return house.send(kind, house.check(kind, settings_for(kind, stub.url)), XUR).sentence


@pytest.mark.parametrize("kind", WEB)
def test_without_https_only_where_the_owner_allows_it(kind: str) -> None:
    given = settings_for(kind, "http://93.184.215.14:8080")
    with pytest.raises(InvalidInput, match="https"):
        channels().check(kind, given)


@pytest.mark.parametrize("kind", WEB)
@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "[::1]", "2130706433"])
def test_an_address_within_is_refused_when_it_is_given(kind: str, host: str) -> None:
    given: dict[str, Any] = settings_for(kind, f"https://{host}")
    if kind == "apprise":
        given = {"address": f"gotifys://{host}/AbCdEfGhIjKlMnO"}
    with pytest.raises(InvalidInput) as caught:
        channels(allow=()).check(kind, given)
    assert caught.value.field in ("address", "server")


def test_the_hostile_text_is_hostile() -> None:
    assert "\r\n" in EVIL
    assert "@everyone" in EVIL
