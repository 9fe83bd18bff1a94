"""Every refusal that a write can meet, said by Bungie over HTTP: the person is told what stayed, why, and what to do; what should
wait waits; nothing is lost, and nothing is sent twice on an unclear answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from msgspec.structs import replace
from tests.transfers.house import MovingHouse, is_plain_weapon

from vaultraider.bungie._errors import failure
from vaultraider.domain.transfers.wishes import AskedWish, Collect, Move, SetLock, SetTracked, Wanted
from vaultraider.domain.write_outcome import Remedy, WriteOutcome, outcome_of, remedy_for
from vaultraider.ports import TransferRecord
from vaultraider.services.transfers.history import SURPRISES
from vaultraider.simulator.codes import code as bungies_code
from vaultraider.simulator.knobs import CHOICES

WRITES = {"path": "/Actions/Items/"}

FINAL = (4, 7, 8, 9, 12, 24, 25, 26, 30, 98, 1601, 1627, 1638, 1639, 1655, 1660, 1663, 1665, 1666, 1673, 1674, 1675)
"""Trying again would end the same."""
SURPRISING = (18, 1619, 1620, 1622, 1629, 1633, 1636, 1637, 1641, 1642, 1646, 1648, 1656, 1662)
"""Another plan may do better."""
PASSING = (5, 36, 51, 54, 55, 56, 57, 1634, 1640, 1654, 1671, 1672, 1681)
"""It goes through later."""
OWNERS = (2101, 2102, 2103, 2105, 2107, 2108)
UNCLEAR = (0, 2, 3, 20, 27, 31, 35, 37, 38, 42, 1618, 1623, 1626, 1632, 1643, 1645, 1647, 1651, 1652, 1658, 1688, 9999)
SIGN_IN = (22, 99, 2111, 2115, 2123, 2124)


@pytest.mark.parametrize(
    ("codes", "outcome", "remedies"),
    [
        (FINAL, "refused", {"none"}),
        (SURPRISING, "refused", {"read-again", "full", "worn"}),
        (PASSING, "wait", {"none"}),
        (OWNERS, "refused", {"none"}),
        (UNCLEAR, "look", {"none"}),
        (SIGN_IN, "sign-in", {"none"}),
    ],
)
def test_the_tables_here_are_those_of_the_house(codes: tuple[int, ...], outcome: WriteOutcome, remedies: set[Remedy]) -> None:
    assert {outcome_of(failure(code)) for code in codes} == {outcome}
    if outcome == "refused":
        assert {remedy_for(failure(code)) for code in codes} == remedies


@dataclass
class Try:
    """One code, met by the move of a weapon of Odalys' to the vault: one call."""

    house: MovingHouse
    code: int
    id: str
    asked: TransferRecord
    sent_before: int

    @property
    def name(self) -> str:
        return self.asked.steps[0].step.piece.name

    @property
    def now(self) -> TransferRecord:
        return self.house.get(self.asked)

    @property
    def place(self) -> str:
        return self.house.place(self.id)

    @property
    def sent(self) -> int:
        return len(self.house.calls()) - self.sent_before

    def run(self) -> TransferRecord:
        return self.house.run(self.asked)

    def stays_told(self, ended: TransferRecord) -> None:
        """It lies where it was; the person is told which, why, and what to do."""
        assert (self.code, ended.state, self.place) == (self.code, "failed", "Odalys")
        mine = [each for each in ended.refusals if each.item == self.id]
        assert mine and all(each.sentence.startswith(self.name) and is_a_sentence(each.sentence) for each in mine), mine
        assert is_a_sentence(ended.sentence) and self.name in str(ended.sentence), ended.sentence


def tries(house: MovingHouse, codes: Sequence[int], fault: str = "error", count: int | None = None) -> Iterator[Try]:
    """Each code in turn, on an item of its own. In the end: nothing is lost, doubled or sent blind, and our view is the truth."""
    for code, id in zip(codes, without_twins(house, "Odalys", len(codes)), strict=True):
        house.controls.fault(fault, count=count, match=WRITES, code=code)
        sent = len(house.calls())
        asked = house.move(id, "vault")
        assert len(asked.steps) == 1
        yield Try(house, code, id, asked, sent)
        house.controls.clear_faults()
    holds(house)


def without_twins(house: MovingHouse, where: str, count: int) -> list[str]:
    """Weapons of which there is one in that place: Bungie may copy the lock of a twin onto what moves: one more call."""
    owner = house.guardian(where)
    each = Counter(item.hash for item in house.account.items if item.owner == owner)
    return house.pick(where, count, lambda item: is_plain_weapon(item) and each[item["hash"]] == 1)[:count]


def holds(house: MovingHouse, *, told_by_codes: bool = True) -> None:
    """``told_by_codes``: a page of HTML has no code to tell whether what it answered was refused."""
    house.controls.clear_faults()
    house.quiet()
    house.is_the_truth()
    if told_by_codes:
        house.nothing_was_repeated()


def is_a_sentence(text: str | None) -> bool:
    return bool(text) and str(text)[-1] in ".…" and "None" not in str(text) and len(str(text)) < 400


def by_eights(codes: Sequence[int]) -> list[tuple[int, ...]]:
    """A house is built for each few."""
    return [tuple(codes[start : start + 8]) for start in range(0, len(codes), 8)]


@pytest.mark.parametrize("codes", by_eights(FINAL))
def test_a_plain_no_is_told_once(house: MovingHouse, codes: tuple[int, ...]) -> None:
    for each in tries(house, codes):
        ended = each.run()
        each.stays_told(ended)
        assert each.sent == 1
        assert [(refusal.item, refusal.error_code) for refusal in ended.refusals] == [(each.id, each.code)]
        (step,) = ended.steps
        told = failure(each.code, message=bungies_code(each.code).message).sentence
        assert (step.state, step.code, step.sentence) == ("refused", each.code, told)


@pytest.mark.parametrize("codes", by_eights(SURPRISING))
def test_what_another_plan_may_mend_is_planned_again_a_few_times(house: MovingHouse, codes: tuple[int, ...]) -> None:
    for each in tries(house, codes):
        ended = each.run()
        each.stays_told(ended)
        assert 1 <= sum(step.state == "refused" for step in ended.steps) <= SURPRISES + 1


@pytest.mark.parametrize("codes", by_eights(SURPRISING))
def test_said_once_it_stops_nothing(house: MovingHouse, codes: tuple[int, ...]) -> None:
    for each in tries(house, codes, count=1):
        ended = each.run()
        assert (each.code, ended.state, each.place, ended.refusals) == (each.code, "done", "vault", ())


@pytest.mark.parametrize("codes", by_eights(PASSING))
def test_what_passes_is_waited_for(house: MovingHouse, codes: tuple[int, ...]) -> None:
    for each in tries(house, codes):
        house.work()
        waiting = each.now
        assert (each.code, waiting.state, waiting.refusals, each.place) == (each.code, "waiting", (), "Odalys")
        assert str(waiting.sentence).startswith("Will try when possible")
        assert is_a_sentence(waiting.sentence)
        house.controls.clear_faults()
        assert (each.run().state, each.place) == ("done", "vault")


def test_it_does_not_wait_for_ever(house: MovingHouse) -> None:
    preferences = house.wired.services.accounts.preferences
    preferences.save(house.user, replace(preferences.of(house.user), wait_minutes=5))
    for each in tries(house, (5, 51, 1671)):
        ended = each.run()
        assert (each.code, ended.state, each.place) == (each.code, "expired", "Odalys")
        assert ended.finished is not None and ended.finished >= ended.expires
        assert is_a_sentence(ended.sentence) and "Nothing was moved." in str(ended.sentence)


def test_what_only_the_owner_can_mend_is_told_and_waited_for(house: MovingHouse) -> None:
    for each in tries(house, OWNERS):
        house.work()
        waiting = each.now
        assert (each.code, waiting.state, each.place) == (each.code, "waiting", "Odalys")
        assert "owner" in str(waiting.sentence) and is_a_sentence(waiting.sentence)
        house.controls.clear_faults()
        assert (each.run().state, each.place) == ("done", "vault")


@pytest.mark.parametrize("codes", by_eights(UNCLEAR))
def test_what_is_unclear_is_looked_at_before_it_is_told(house: MovingHouse, codes: tuple[int, ...]) -> None:
    for each in tries(house, codes):
        house.work()
        assert (each.code, each.now.state) == (each.code, "checking")
        assert each.name in str(each.now.sentence)
        each.stays_told(each.run())
        assert each.sent <= SURPRISES


@pytest.mark.parametrize("codes", by_eights(UNCLEAR))
def test_what_was_unclear_once_goes_on(house: MovingHouse, codes: tuple[int, ...]) -> None:
    for each in tries(house, codes, count=1):
        assert (each.code, each.run().state, each.place, each.sent) == (each.code, "done", "vault", 2)


@pytest.mark.parametrize("codes", by_eights(UNCLEAR))
def test_what_was_done_all_the_same_is_found(house: MovingHouse, codes: tuple[int, ...]) -> None:
    """Bungie does it, and says that it did not."""
    for each in tries(house, codes, "commit_then_fail", count=1):
        assert (each.code, each.run().state, each.place, each.sent) == (each.code, "done", "vault", 1)


def test_a_plain_no_that_was_a_yes(house: MovingHouse) -> None:
    """The next plan finds it done."""
    for each in tries(house, (1642, 1656, 1671, 1648), "commit_then_fail", count=1):
        assert (each.code, each.run().state, each.place) == (each.code, "done", "vault")


@pytest.mark.parametrize("code", SIGN_IN)
def test_a_sign_in_that_is_not_accepted(house: MovingHouse, code: int) -> None:
    for each in tries(house, (code,)):
        house.work()
        waiting = each.now
        assert (waiting.state, each.place) == ("waiting", "Odalys")
        assert waiting.sentence == "Sign in with Bungie again; this goes on by itself."
        assert each.sent == 2, "once more with a new token"
        house.controls.clear_faults()
        assert (each.run().state, each.place) == ("done", "vault")


def test_a_token_that_ended_early_is_renewed_unseen(house: MovingHouse) -> None:
    for each in tries(house, SIGN_IN, count=1):
        house.work()
        assert (each.code, each.now.state, each.place) == (each.code, "done", "vault")


# The other writes: wearing, pulling, locking, following.


def wear(house: MovingHouse) -> AskedWish:
    id = house.pick("Brannoch")[0]
    return Move(items=(Wanted(id=id),), to=house.guardian("Brannoch"), equip=True)


def pull(house: MovingHouse) -> AskedWish:
    return Collect(characters=(house.guardian("Ilse Varr"),))


def lock(house: MovingHouse) -> AskedWish:
    id = house.pick("vault", test=lambda item: not item.get("locked"))[0]
    return SetLock(items=(id,), state=True)


def follow(house: MovingHouse) -> AskedWish:
    shown = house.shown()
    id = next(item["id"] for item in shown["items"] if item["bucket"] == 1345459588 and not item["id"].startswith("s-"))
    tracked = next(item for item in shown["items"] if item["id"] == id).get("tracked", False)
    return SetTracked(items=(id,), state=not tracked)


REFUSED: list[tuple[Callable[[MovingHouse], AskedWish], int, str]] = [
    *[(wear, code, "failed") for code in (1638, 1639, 1641, 1655, 1663)],
    *[(wear, code, "waiting") for code in (1640, 1671, 5, 1672)],
    *[(wear, code, "checking") for code in (1618, 1623)],
    *[(pull, code, "failed") for code in (1642, 1648, 1673)],
    *[(pull, code, "checking") for code in (3, 1623)],
    *[(lock, code, "failed") for code in (1663, 1674, 18)],
    *[(lock, code, "checking") for code in (1618, 1623)],
    *[(follow, code, "failed") for code in (1657, 1659)],
    *[(follow, code, "checking") for code in (1658,)],
]


@pytest.mark.parametrize(("wish", "code", "becomes"), REFUSED, ids=[f"{wish.__name__} {code}" for wish, code, _ in REFUSED])
def test_other_writes(house: MovingHouse, wish: Callable[[MovingHouse], AskedWish], code: int, becomes: str) -> None:
    house.controls.fault("error", count=None, match=WRITES, code=code)
    asked = house.ask(wish(house))
    assert asked.steps
    house.work()
    first = house.get(asked)
    if becomes != "failed":
        assert first.state == becomes
        house.controls.clear_faults()
        ended = house.run(asked)
        assert ended.state in ("done", "partly")
        assert {each.error_code for each in ended.refusals} <= {0}, "what stays does so for reasons of its own"
    else:
        ended = house.run(asked)
        assert ended.state == "failed"
        stayed = {each.item for each in ended.refusals}
        assert stayed >= {each.step.wanted or each.step.piece.id for each in asked.steps}
        for refusal in ended.refusals:
            assert is_a_sentence(refusal.sentence)
            assert refusal.name and refusal.sentence.startswith(refusal.name)
        assert is_a_sentence(ended.sentence)
    holds(house)


# Every way in which Bungie may behave where nobody knows better.

KNOBS = [(name, value) for name, values in CHOICES.items() for value in values]


@pytest.mark.parametrize(("name", "value"), KNOBS, ids=[f"{name}={value}" for name, value in KNOBS])
def test_every_knob_passes(house: MovingHouse, name: str, value: Any) -> None:
    """Moving, wearing, collecting, locking, with a Bungie that is busy, down and forgetful for a moment each."""
    house.controls.knobs(**{name: value})
    moved = house.pick("vault", 3)[:3]
    worn, locked = house.pick("Ilse Varr")[0], house.pick("Odalys")[0]
    shown = house.shown()
    held = [item["id"] for item in shown["items"] if item["place"] == "postmaster" and item["store"] == house.guardian("Odalys")]
    house.controls.fault("throttle_ip", match=WRITES)
    house.controls.fault("system_disabled", match=WRITES | {"nth": 3})
    house.controls.fault("error", match=WRITES | {"nth": 5}, code=99)
    asked = [
        house.move(moved, "Brannoch"),
        house.move(worn, "Brannoch", equip=True),
        house.ask(Collect(characters=(house.guardian("Odalys"),))),
        house.ask(SetLock(items=(locked,), state=not house.truth(locked).locked)),
    ]
    ended = [house.run(each) for each in asked]
    assert [each.state for each in ended[:2]] == ["done", "done"], [each.sentence for each in ended]
    assert ended[3].state == "done"
    assert [house.place(id) for id in moved] == ["Brannoch"] * 3
    assert house.place(worn) == "Brannoch*"
    told = {each.item for each in ended[2].refusals}
    assert [id for id in held if not id.startswith("s-") and house.place(id).endswith("!") and id not in told] == []
    holds(house, told_by_codes=value != "401html")
