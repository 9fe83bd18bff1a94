"""From the page's request to the service and back: every kind, by the API of a whole server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.channels.mail_stub import MailStub
from tests.channels.world import WEB, settings_for
from tests.outbound.stub import Reply, StubServer
from tests.people import ILSE, MARROW, Browser, House, build_house


@pytest.fixture(scope="module")
def mail() -> Iterator[MailStub]:
    with MailStub() as stub:
        yield stub


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, mail: MailStub) -> Iterator[House]:
    house = build_house(
        tmp_path_factory.mktemp("house"),
        redirect_url="http://localhost/callback/bungie",
        allow_private_targets=["127.0.0.1"],
        smtp_host="127.0.0.1",
        smtp_port=mail.port,
        smtp_security="none",
        smtp_from="vault@vault.example",
    )
    yield house
    house.services.close()


@pytest.fixture(scope="module")
def marrow(house: House) -> Browser:
    return house.signed_in(MARROW)


def add(browser: Browser, kind: str, settings: dict[str, Any]) -> Any:
    answer = browser.send("POST", "/api/v1/channels", {"kind": kind, "settings": settings})
    assert answer.status_code == 201, answer.text
    return answer.json


@pytest.mark.parametrize("kind", WEB)
def test_a_test_arrives_and_a_failure_is_told_as_it_is(kind: str, marrow: Browser) -> None:
    with StubServer(Reply(), Reply(status=404)) as stub:
        made = add(marrow, kind, settings_for(kind, stub.url))
        address = f"/api/v1/channels/{made['id']}"
        good, bad = marrow.send("POST", f"{address}/test"), marrow.send("POST", f"{address}/test")
        shown = next(each for each in marrow.get("/api/v1/channels").json["channels"] if each["id"] == made["id"])
        assert marrow.send("DELETE", address).status_code == 204
    assert good.json["ok"] is True
    assert (bad.status_code, bad.json["ok"]) == (200, False)
    assert "does not know this address" in bad.json["sentence"]
    assert (shown["state"], shown["sentence"]) == ("trouble", bad.json["sentence"])
    assert "A test from Vault Raider" in str(stub.asked[0].json)
    assert "http://localhost/settings" in str(stub.asked[0].json)


def test_a_test_by_the_owners_mail_server(house: House, mail: MailStub) -> None:
    ilse = house.signed_in(ILSE)  # each person has a pace of their own
    made = add(ilse, "email", {"address": "ilse@example.org"})
    assert made["label"] == "ilse@example.org"
    answer = ilse.send("POST", f"/api/v1/channels/{made['id']}/test")
    assert answer.json == {"ok": True, "sentence": "The mail server took it: queued as 4711"}
    assert mail.delivered[-1].mail["Subject"] == "A test from Vault Raider"
    assert mail.delivered[-1].to == ["ilse@example.org"]


@pytest.mark.parametrize("kind", WEB)
def test_on_a_usual_server_nothing_within_is_asked(kind: str, tmp_path: Path) -> None:
    house = build_house(tmp_path)
    with StubServer() as stub:
        browser = house.signed_in(MARROW)
        answer = browser.send("POST", "/api/v1/channels", {"kind": kind, "settings": settings_for(kind, stub.url)})
    house.services.close()
    assert answer.status_code == 400
    assert answer.json["field"] in ("address", "server")
    assert "own network" in answer.json["detail"]
    assert stub.asked == []
