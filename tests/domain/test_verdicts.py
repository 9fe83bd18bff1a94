"""What Bungie's answers say of what we did: never that it was seen when it was not, nor that it was not when it was."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domain import accounts as a
from tests.domain.accounts import HUNTER, TITAN
from tests.domain.moving_worlds import BEGIN, MINUTE, Effect, Life, definitions, seen_in
from tests.domain.test_overlay import effects, step

from vaultraider.domain import hashes
from vaultraider.domain.continuity import keep_last_known
from vaultraider.domain.overlay import amount_in, lay_over, verdicts
from vaultraider.domain.snapshot import ProfileSnapshot, after
from vaultraider.domain.transfers.plans import Step

AT = BEGIN + timedelta(seconds=10)
SEEN, CONTRADICTED, UNCONFIRMED, SUPERSEDED = "seen", "contradicted", "unconfirmed", "superseded"
TO_VAULT = step("transfer", 5, TITAN, "vault")
quick = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def done(*steps: Step) -> list[Effect]:
    """All at one moment: what matters is how much later Bungie's answer is."""
    return [Effect(n, one, AT) for n, one in enumerate(steps, 1)]


def answer(after_it: float | None, moved: bool, *, read: float | None = None) -> ProfileSnapshot:
    """Bungie's, minted so many seconds after; read then, or when told. ``moved``: it has the rifle in the vault."""
    body = a.account((AT + timedelta(seconds=after_it)).isoformat() if after_it is not None else None)
    if moved:
        body["characterInventories"]["data"][TITAN]["items"].pop(0)
        body["profileInventory"]["data"]["items"].append(a.thing(a.RIFLE, 5))
    late = read if read is not None else after_it
    return a.snapshot(body, after=10 + (late or 0.0))


TIMES = [
    ("an old answer that shows it", -60, True, 0, SEEN),
    ("an old answer that does not", -60, False, 0, None),
    ("one from within the margin", 5, False, 10, None),
    ("one from after it", 5.1, False, 10, CONTRADICTED),
    ("one from after it that shows it", 6, True, 10, SEEN),
    ("three minutes without", -1, False, 180, UNCONFIRMED),
    ("nearly three minutes without", -1, False, 179, None),
    ("heard of in the end", 200, True, 300, SEEN),
    ("contradicted in the end", 200, False, 300, CONTRADICTED),
]


@pytest.mark.parametrize(("minted", "moved", "now", "wanted"), [row[1:] for row in TIMES], ids=[row[0] for row in TIMES])
def test_a_newer_answer_speaks_the_truth(minted: float, moved: bool, now: float, wanted: str | None) -> None:
    found = verdicts(answer(minted, moved), done(TO_VAULT), AT + timedelta(seconds=now))
    assert found == ({1: wanted} if wanted else {})


CLOCKS = [
    ("Bungie's clock is a minute ahead: its stamp proves nothing", 62, 2, None),
    ("but it ages as ours does", 70, 10, CONTRADICTED),
    ("Bungie's clock is a minute behind: later than needed, never wrong", -50, 10, None),
    ("a quarter of an hour behind: no copy is that old", -800, 910, CONTRADICTED),
]


@pytest.mark.parametrize(("minted", "read", "wanted"), [row[1:] for row in CLOCKS], ids=[row[0] for row in CLOCKS])
def test_clocks_that_disagree(minted: float, read: float, wanted: str | None) -> None:
    now = AT + timedelta(seconds=min(read, 100))
    assert verdicts(answer(minted, False, read=read), done(TO_VAULT), now).get(1) == wanted


def test_how_far_bungies_clock_is_ahead_is_remembered() -> None:
    """A fresh answer shows it (minted a minute after it was read); a copy that is 50 s old does not."""
    fresh = answer(-40, False, read=-100)
    assert fresh.lead == 60
    copy = answer(20, False, read=10)
    assert verdicts(copy, done(TO_VAULT), AT) == {1: CONTRADICTED}, "by itself it deceives"
    assert verdicts(after(copy, fresh), done(TO_VAULT), AT) == {}
    kept = keep_last_known(copy, fresh).snapshot
    assert verdicts(kept, done(TO_VAULT), AT) == {}
    assert 57 < kept.lead < 60, "it fades, should our clock be put right"
    assert b'"clock_lead"' not in kept.encode()
    assert msgspec.json.decode(kept.encode())["clockLead"] == kept.lead


def test_without_stamps_the_oldest_copy_is_reckoned_with() -> None:
    for read, wanted in ((10, {}), (125, {}), (126, {1: CONTRADICTED})):
        assert verdicts(answer(None, False, read=read), done(TO_VAULT), AT + MINUTE) == wanted
    assert verdicts(answer(None, True, read=1), done(TO_VAULT), AT) == {1: SEEN}


BACK = step("transfer", 5, "vault", TITAN)
ON_HUNTER = step("transfer", 5, "vault", HUNTER)
LOCK, UNLOCK = (step("lock", 5, TITAN, TITAN, state=state) for state in (True, False))
CHAINS = [
    ("through the vault, and there", (TO_VAULT, ON_HUNTER), -60, HUNTER, {1: SUPERSEDED, 2: SEEN}),
    ("still on the way", (TO_VAULT, ON_HUNTER), -60, "vault", {}),
    ("there and back: an old answer looks the same", (TO_VAULT, BACK), -60, TITAN, {}),
    ("there and back, and a new answer", (TO_VAULT, BACK), 6, TITAN, {1: SUPERSEDED, 2: SEEN}),
    ("there and back, and it stayed", (TO_VAULT, BACK), 6, "vault", {1: SUPERSEDED, 2: CONTRADICTED}),
    ("locked and unlocked: an old answer looks the same", (LOCK, UNLOCK), -60, TITAN, {}),
    ("locked and moved", (LOCK, TO_VAULT), -60, "vault", {2: SEEN}),
]


@pytest.mark.parametrize(("steps", "minted", "place", "wanted"), [row[1:] for row in CHAINS], ids=[row[0] for row in CHAINS])
def test_the_last_word_on_an_item_counts(steps: tuple[Step, ...], minted: float, place: str, wanted: dict[int, str]) -> None:
    body = a.account((AT + timedelta(seconds=minted)).isoformat())
    lists = {who: body["characterInventories"]["data"][who]["items"] for who in (TITAN, HUNTER)}
    rifle = lists[TITAN].pop(0)
    (body["profileInventory"]["data"]["items"] if place == "vault" else lists[place]).append(
        rifle | ({"bucketHash": hashes.VAULT} if place == "vault" else {})
    )
    assert verdicts(a.snapshot(body, after=minted + 10), done(*steps), AT) == wanted


def test_two_put_on_in_one_slot() -> None:
    """An old answer in which the second was worn all along proves nothing."""
    steps = (step("equip", 1, HUNTER, HUNTER, bucket=hashes.KINETIC), step("equip", 11, HUNTER, HUNTER, bucket=hashes.KINETIC))
    body = a.account()
    body["characterInventories"]["data"][HUNTER]["items"].append(a.thing(a.RIFLE, 1, hashes.KINETIC))
    body["profileInventory"]["data"]["items"].pop(0)
    assert verdicts(a.snapshot(body), done(*steps), AT) == {}
    body["responseMintedTimestamp"] = (AT + timedelta(seconds=6)).isoformat()
    assert verdicts(a.snapshot(body, after=60), done(*steps), AT) == {1: SEEN, 2: SEEN}


def test_an_item_that_is_gone_contradicts() -> None:
    body = a.account((AT + MINUTE).isoformat())
    body["characterInventories"]["data"][TITAN]["items"].pop(0)
    assert verdicts(a.snapshot(body, after=80), done(TO_VAULT), AT) == {1: CONTRADICTED}


def test_several_put_on_at_once_are_judged_together() -> None:
    body = a.account((AT + MINUTE).isoformat())
    worn = body["characterEquipment"]["data"][TITAN]["items"]
    worn.append(a.thing(a.RIFLE, 5, hashes.KINETIC))
    one, two = (step("equip-all", number, TITAN, TITAN) for number in (5, 6))
    both = [Effect(1, msgspec.structs.replace(one, pieces=(one.piece, two.piece)), AT)]
    assert verdicts(a.snapshot(body, after=80), both, AT) == {1: CONTRADICTED}
    worn.append(a.thing(a.SHIP, 6, hashes.SHIP))
    body["characterInventories"]["data"][TITAN]["items"].pop(1)
    assert verdicts(a.snapshot(body, after=80), both, AT) == {1: SEEN}


@pytest.mark.parametrize("part", ["profileInventory", "characterInventories"])
def test_lists_that_did_not_come_say_nothing(part: str) -> None:
    """Our own move stands in the list that was kept; that is no word of Bungie's."""
    held = lay_over(answer(-60, False), done(TO_VAULT), definitions().item).snapshot
    body = msgspec.json.decode(answer(60, True).encode())
    del body[part]
    kept = keep_last_known(a.snapshot(body, after=80), held).snapshot
    entry = next(one for one in seen_in(kept) if one[0] == a.instance_id(5))
    assert entry[2] == "vault", "and nothing vanishes between a new list and an old one"
    seen = {1: SEEN} if part == "characterInventories" else {}
    assert verdicts(kept, done(TO_VAULT), AT) == seen
    assert verdicts(kept, done(TO_VAULT), AT + 3 * MINUTE) == (seen or {1: UNCONFIRMED})


# -- stacks -------------------------------------------------------------------------------------------------------------


def poured(quantity: int, amounts: tuple[int, int] | None = (1011, 999)) -> Step:
    """From the pocket into the vault."""
    return step("transfer", None, "account", "vault", hash=a.CORE, quantity=quantity, amounts=amounts)


def piles(minted: float, in_vault: int) -> ProfileSnapshot:
    body = a.account((AT + timedelta(seconds=minted)).isoformat())
    items = body["profileInventory"]["data"]["items"]
    items[2] = a.thing(a.CORE, quantity=in_vault)
    return a.snapshot(body, after=10 + minted)


PILES = [
    ("as before, and old", poured(100), -60, 999, None),
    ("as before, and new", poured(100), 6, 999, CONTRADICTED),
    ("as after, and old", poured(100), -60, 1099, SEEN),
    ("as after, and new", poured(100), 6, 1099, SEEN),
    ("neither, and old", poured(100), -60, 1150, None),
    ("neither, and new: the player plays", poured(100), 6, 1150, SEEN),
    ("nobody counted, and old", poured(100, None), -60, 1099, None),
    ("nobody counted, and new", poured(100, None), 6, 1099, SEEN),
]


@pytest.mark.parametrize(("poured_", "minted", "held", "wanted"), [row[1:] for row in PILES], ids=[row[0] for row in PILES])
def test_stacks_are_told_from_amounts(poured_: Step, minted: float, held: int, wanted: str | None) -> None:
    assert verdicts(piles(minted, held), done(poured_), AT) == ({1: wanted} if wanted else {})


def test_there_and_back_with_a_stack() -> None:
    """Before and after look the same: an old answer proves nothing, and nothing need be laid over it."""
    back = step("transfer", None, "vault", "account", hash=a.CORE, quantity=100, amounts=(1099, 911))
    both = done(poured(100), back)
    assert verdicts(piles(-60, 999), both, AT) == {}
    assert not lay_over(piles(-60, 999), both, definitions().item).unseen
    assert verdicts(piles(-60, 999), both, AT + 3 * MINUTE) == {1: UNCONFIRMED, 2: UNCONFIRMED}
    assert verdicts(piles(6, 999), both, AT) == {1: SEEN, 2: SEEN}
    half_way = lay_over(piles(-60, 1099), both, definitions().item).snapshot
    assert amount_in(half_way, a.CORE, "vault") == 999


# -- properties ---------------------------------------------------------------------------------------------------------


@quick
@given(st.integers(0, 10**9), st.integers(1, 9), st.data())
def test_as_long_as_only_we_move_things_no_verdict_is_wrong(seed: int, moves: int, data: st.DataObject) -> None:
    """Any moment's answer, however old its copy, and clocks that are apart: what is said to be seen is in it, nothing is
    contradicted, and the latest answer confirms everything."""
    skew = timedelta(seconds=data.draw(st.integers(-600, 600), label="Bungie's clock is ahead by"))
    life = Life(seed, moves)
    held = life.moments[0].snapshot(BEGIN + skew, BEGIN)
    shown = data.draw(st.integers(0, moves), label="shown")
    age = timedelta(seconds=data.draw(st.integers(0, 120), label="age of the copy"))
    read = life.minted(shown) + age
    told = after(life.moments[shown].snapshot(life.minted(shown) + skew, read), held)
    found = verdicts(told, [one for one in life.effects if one.at <= read], read)
    assert CONTRADICTED not in found.values()
    assert all(id <= shown for id, word in found.items() if word == SEEN)
    last = life.minted(moves)
    final = verdicts(after(life.now.snapshot(last + skew, last), held), life.effects, last)
    if skew >= timedelta(0):
        assert set(final) == set(range(1, moves + 1))
        assert set(final.values()) <= {SEEN, SUPERSEDED}


@quick
@given(st.integers(0, 10**9), st.integers(1, 9), st.data())
def test_the_view_never_goes_back(seed: int, moves: int, data: st.DataObject) -> None:
    """Answers of any age, accepted in the order of their stamps; what they settle is dropped: at each moment we show what is."""
    life = Life(seed, moves)
    held, shown, open_ = life.snapshot(0), 0, []
    for n, effect in enumerate(life.effects, 1):
        open_.append(effect)
        seen = data.draw(st.integers(shown, n), label=f"after move {n} the answer shows")
        if seen > shown:
            shown, held = seen, life.snapshot(seen)
        found = verdicts(held, open_, life.minted(n))
        open_ = [one for one in open_ if found.get(one.step_id) not in (SEEN, SUPERSEDED, CONTRADICTED)]
        assert seen_in(lay_over(held, open_, definitions().item).snapshot) == seen_in(life.moments[n].snapshot(BEGIN))


@quick
@given(st.integers(0, 10**9), st.integers(1, 9))
def test_whatever_the_truth_a_whole_new_answer_settles_all(seed: int, moves: int) -> None:
    """Even where the game took everything back behind our backs; and then nothing is laid over it."""
    life = Life(seed, moves)
    late: datetime = life.effects[-1].at + MINUTE
    told = life.moments[0].snapshot(late, late)
    found: dict[int, Any] = verdicts(told, life.effects, late)
    assert set(found) == set(range(1, moves + 1))
    assert lay_over(told, life.effects, definitions().item).snapshot is told


def test_nothing_done_nothing_said() -> None:
    assert verdicts(a.snapshot(), effects(), AT) == {}
