"""How Bungie does, as its calls told."""

from __future__ import annotations

import pytest
from tests.bungie.stub import Reply, Stub, envelope, page, raw
from tests.bungie.test_call import READ, TOKEN, WHO

from vaultraider.domain.errors import VaultRaiderError


def ask(stub: Stub, reply: Reply, what: str = "profile") -> None:
    stub.replies = [reply]
    try:
        if what == "profile":
            stub.call(READ, fields=WHO, access_token=TOKEN)
        elif what == "alerts":
            stub.bungie.platform.global_alerts()
        else:
            stub.bungie.oauth.refresh("a-refresh-token")
    except VaultRaiderError:
        pass


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (envelope({}), "up"),
        (envelope(code=1623, http=500), "up"),
        (envelope(code=99, http=500), "up"),
        (envelope(code=5, http=503), "maintenance"),
        (page(503), "unreachable"),
        (page(502), "unreachable"),
        (page(200), "unreachable"),
        (envelope(code=1618, http=500), "unreachable"),
        (envelope(code=51, http=429, ThrottleSeconds=99), "throttled"),
        (envelope(code=2101, http=500), "unknown"),
    ],
)
def test_states(reply: Reply, state: str) -> None:
    stub = Stub(reply)
    assert stub.bungie.health.state().state == "unknown"
    ask(stub, reply)
    told = stub.bungie.health.state()
    assert told.state == state
    assert (told.sentence is None) == (state == "up")
    assert told.since == stub.clock.now() or state == "throttled"


def test_since_is_when_it_began() -> None:
    stub = Stub(envelope(code=5, http=503))
    ask(stub, envelope({}))
    stub.clock.pass_time(60)
    began = stub.clock.now()
    ask(stub, envelope(code=5, http=503))
    stub.clock.pass_time(60)
    ask(stub, envelope(code=5, http=503))
    told = stub.bungie.health.state()
    assert (told.since, told.last_failure, told.failure) == (began, stub.clock.now(), "bungie-maintenance")
    assert told.last_success is not None and told.last_success < began
    ask(stub, envelope({}))
    told = stub.bungie.health.state()
    assert (told.state, told.since, told.sentence, told.retry_after) == ("up", stub.clock.now(), None, None)


def test_only_the_game_ends_a_maintenance() -> None:
    """The website, its alerts and its sign-in may answer all through it."""
    stub = Stub(envelope([]))
    ask(stub, envelope(code=5, http=503))
    ask(stub, envelope([]), "alerts")
    assert stub.bungie.health.state().state == "maintenance"
    ask(stub, envelope({}))
    assert stub.bungie.health.state().state == "up"


def test_sign_in_tells_too() -> None:
    stub = Stub(envelope())
    ask(stub, raw('{"error":"server_error","error_description":"SystemDisabled"}', 400), "refresh")
    assert stub.bungie.health.state().state == "maintenance"
