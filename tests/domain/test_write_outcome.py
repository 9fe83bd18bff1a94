"""What an answer to a write says of whether it was done: a table over every code that Bungie has."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import httpx2
import pytest
from tests.bungie.stub import TOKEN, Reply, Stub, envelope, page, raw

from vaultraider.bungie._errors import MEANINGS, THROTTLES, failure
from vaultraider.domain import errors
from vaultraider.domain.write_outcome import REFUSED_BEFORE_EXECUTION, Remedy, WriteOutcome, outcome_of, remedy_for
from vaultraider.ports import ActingAs, MembershipRef

OUTCOMES: dict[WriteOutcome, list[int]] = {
    "refused": [
        7, 8, 9, 12, 18, 21, 25, 26, 30, 98, 1601, 1619, 1620, 1622, 1627, 1637, 1638, 1639, 1641, 1642, 1648, 1655, 1656, 1660,
        1663, 1665, 1666, 1673, 1674, 2101, 2102, 2103, 2105, 2107, 2108,
    ],
    "wait": [5, 36, 51, 54, 55, 56, 57, 1634, 1640, 1654, 1671, 1672],
    "look": [2, 3, 20, 27, 31, 35, 37, 38, 42, 1618, 1623, 1626, 1632, 1643, 1645, 1647, 1651, 1652, 1658, 1688, 500, 123456],
    "sign-in": [22, 99, 2111, 2115, 2116, 2119, 2120, 2121, 2123, 2124, 2125, 2126],
}  # fmt: skip


@pytest.mark.parametrize(("outcome", "code"), [(outcome, code) for outcome, codes in OUTCOMES.items() for code in codes])
def test_outcomes(outcome: WriteOutcome, code: int) -> None:
    assert outcome_of(failure(code)) == outcome


def codes(shared_dir: Path) -> list[tuple[int, str]]:
    categories: dict[str, list[str]] = json.loads((shared_dir / "vectors" / "http-client.json").read_bytes())["errorCategories"]
    return sorted((int(row.split()[0]), row.split()[1]) for rows in categories.values() for row in rows)


def test_every_code_has_one_outcome_and_a_sentence(shared_dir: Path) -> None:
    known = codes(shared_dir)
    assert len(known) == 908
    counted: Counter[str] = Counter()
    for code, name in known:
        if code == 1:
            continue
        error = failure(code, status=name, message="The thing said no.")
        counted[outcome_of(error)] += 1
        assert error.sentence[0].isupper() and error.sentence[-1] in ".…"
        assert remedy_for(error) == "none" or outcome_of(error) == "refused", code
    assert set(counted) == {"refused", "wait", "look", "sign-in"}
    assert sum(counted.values()) == 907


def test_nothing_that_may_have_been_done_is_sent_again(shared_dir: Path) -> None:
    recorded = json.loads((shared_dir / "vectors" / "http-client.json").read_bytes())["throttleBackoff"]["throttleCodes"]
    for code in {*recorded, *THROTTLES}:
        assert outcome_of(failure(code)) == ("wait" if code in REFUSED_BEFORE_EXECUTION else "look")


def test_what_is_a_refusal_of_the_game_is_told_in_our_words(shared_dir: Path) -> None:
    """Those that only sockets, vendors, loadouts, statistics and the customisation of characters have keep Bungie's words."""
    others = {*range(1602, 1618), 1621, 1624, 1625, 1628, 1630, 1631, 1644, 1650, 1661, 1664, 1667, *range(1675, 1681), 1682}
    others |= set(range(1683, 1688))
    assert [code for code, _ in codes(shared_dir) if 1600 <= code < 1700 and code not in MEANINGS] == sorted(others)


@pytest.mark.parametrize(
    ("code", "remedy"),
    [(1642, "full"), (1637, "full"), (1656, "worn"), (1641, "read-again"), (1648, "read-again"), (1620, "read-again"),
     (1660, "none"), (1639, "none"), (1673, "none"), (2108, "none")],
)  # fmt: skip
def test_remedies(code: int, remedy: Remedy) -> None:
    assert remedy_for(failure(code)) == remedy


ANSWERS: list[tuple[str, Reply, WriteOutcome]] = [
    ("HTML as 500", page(500), "look"),
    ("HTML as 503, Bungie's page for outages", page(503), "look"),
    ("the edge gave up waiting", page(524), "look"),
    ("half of it", raw('{"Response":'), "look"),
    ("success that failed", envelope(0, 1, 500), "look"),
    ("HTML as 200", page(200), "look"),
    ("silence", httpx2.ReadTimeout("timed out"), "look"),
    ("reset", httpx2.ReadError("reset"), "look"),
    ("the front door's block page", page(403), "look"),
    ("no connection", httpx2.ConnectError("refused"), "wait"),
    ("no connection in time", httpx2.ConnectTimeout("timed out"), "wait"),
    ("the front door's haste", page(429), "wait"),
    ("maintenance in the other shape", raw('{"error":"server_error","error_description":"SystemDisabled"}', 400), "wait"),
    ("a bearer that cannot be read", page(401), "sign-in"),
]


@pytest.mark.parametrize(("reply", "outcome"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS])
def test_answers_without_a_code(reply: Reply, outcome: WriteOutcome) -> None:
    stub = Stub(reply)
    with pytest.raises(errors.VaultRaiderError) as caught:
        stub.bungie.actions.equip(ActingAs(TOKEN, MembershipRef(3, "4"), "1", "3"), "2")
    assert outcome_of(caught.value) == outcome


def test_our_own_impatience_has_sent_nothing() -> None:
    stub = Stub(envelope(0))
    stub.throttle.slow_down(60)
    with pytest.raises(errors.BungieThrottled) as caught:
        stub.bungie.actions.equip(ActingAs(TOKEN, MembershipRef(3, "4"), "1", "3"), "2")
    assert (outcome_of(caught.value), stub.requests) == ("wait", [])


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (errors.SignInEnded(), "sign-in"),
        (errors.NotSignedIn(), "sign-in"),
        (errors.OperatorMistake(), "refused"),
        (errors.InvalidInput("x", "No."), "refused"),
    ],
)
def test_errors_of_our_own(error: errors.VaultRaiderError, outcome: WriteOutcome) -> None:
    assert outcome_of(error) == outcome
