"""Our own moves over a stale profile: it is as if Bungie had told us already; nothing is lost, doubled, or touched in vain."""

from __future__ import annotations

import copy
import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domain import accounts as a
from tests.domain.accounts import HUNTER, TITAN
from tests.domain.moving_worlds import BEGIN, MINUTE, Effect, Life, definitions, realm, seen_in
from tests.domain.test_refresh import changes, mutated

from vaultraider.domain import hashes
from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.errors import BungieGarbled
from vaultraider.domain.overlay import Laid, amount_in, lay_over, place_in
from vaultraider.domain.profile import assemble_profile
from vaultraider.domain.snapshot import ProfileSnapshot, read_snapshot
from vaultraider.domain.transfers.plans import Piece, Step

DEFINITION = definitions().item
LATER = BEGIN + timedelta(seconds=10)
quick = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def step(kind: Any, number: int | None, source: str, target: str, *, hash: int = a.RIFLE, **more: Any) -> Step:
    instance = a.instance_id(number) if number is not None else ""
    piece = Piece(id=instance or f"s-{hash}-{source}-0", hash=hash, name="Sable Verdict", instance=instance)
    return Step(kind=kind, pieces=(piece,), source=source, target=target, character=TITAN, why="wished", reason="", **more)


def effects(*steps: Step, at: datetime = LATER) -> list[Effect]:
    return [Effect(n, one, at + timedelta(seconds=n)) for n, one in enumerate(steps, 1)]


def laid(*steps: Step, body: dict[str, Any] | None = None) -> Laid:
    return lay_over(a.snapshot(body), effects(*steps), DEFINITION)


def where(snapshot: ProfileSnapshot, number: int) -> tuple[str, str] | None:
    found = place_in(snapshot, a.instance_id(number))
    return found[:2] if found is not None else None


# -- a table of moves -------------------------------------------------------------------------------------------------

VAULT, ON_TITAN, ON_HUNTER = ("vault", "vault"), (TITAN, "inventory"), (HUNTER, "inventory")
MOVES = [
    ("into the vault", [step("transfer", 5, TITAN, "vault")], {5: VAULT}),
    ("out of the vault", [step("transfer", 1, "vault", HUNTER)], {1: ON_HUNTER}),
    ("through the vault", [step("transfer", 5, TITAN, "vault"), step("transfer", 5, "vault", HUNTER)], {5: ON_HUNTER}),
    ("there and back", [step("transfer", 5, TITAN, "vault"), step("transfer", 5, "vault", TITAN)], {5: ON_TITAN}),
    ("put on", [step("equip", 5, TITAN, TITAN, bucket=hashes.KINETIC)], {5: (TITAN, "equipped")}),
    (
        "put on over another",
        [step("transfer", 5, TITAN, "vault"), step("transfer", 5, "vault", HUNTER), step("equip", 5, HUNTER, HUNTER)],
        {5: (HUNTER, "equipped"), 11: ON_HUNTER},
    ),
    (
        "what came off goes to the vault",
        [
            step("transfer", 1, "vault", HUNTER),
            step("equip", 1, HUNTER, HUNTER),
            step("transfer", 11, HUNTER, "vault"),
        ],
        {1: (HUNTER, "equipped"), 11: VAULT},
    ),
    (
        "two put on in one slot",
        [
            step("transfer", 1, "vault", HUNTER),
            step("equip", 1, HUNTER, HUNTER),
            step("equip", 11, HUNTER, HUNTER),
        ],
        {1: ON_HUNTER, 11: (HUNTER, "equipped")},
    ),
    (
        "without a definition, by the step's slot",
        [step("transfer", 3, "vault", TITAN, hash=a.UNKNOWN, bucket=777)],
        {3: ON_TITAN},
    ),
    ("without any slot", [step("transfer", 3, "vault", TITAN, hash=a.UNKNOWN)], {3: VAULT}),
    ("nobody's guardian", [step("transfer", 1, "vault", "42")], {1: VAULT}),
    ("nowhere to be found", [step("transfer", 99, "vault", TITAN)], {99: None}),
]


@pytest.mark.parametrize(("steps", "wanted"), [row[1:] for row in MOVES], ids=[row[0] for row in MOVES])
def test_an_instance_is_where_we_left_it(steps: list[Step], wanted: dict[int, Any]) -> None:
    found = laid(*steps)
    assert {number: where(found.snapshot, number) for number in wanted} == wanted
    assert sum(seen_in(found.snapshot).values()) == sum(seen_in(a.snapshot()).values())


def test_bungies_record_of_it_follows() -> None:
    steps = [step("transfer", 1, "vault", HUNTER), step("equip", 1, HUNTER, HUNTER)]
    entries = {one.item.id: one.data for one in assemble_profile(laid(*steps).snapshot, Catalogue(definitions())).entries}
    worn, taken_off = entries[a.instance_id(1)], entries[a.instance_id(11)]
    assert (worn.bucket_hash, worn.location, worn.transfer_status & 1) == (hashes.KINETIC, 1, 1)
    assert (taken_off.bucket_hash, taken_off.location, taken_off.transfer_status & 1) == (hashes.KINETIC, 1, 0)
    assert worn.state == 5, "all else of it stays"


def test_taking_an_emblem_off_leaves_it_bound() -> None:
    body = a.account()
    body["characterEquipment"]["data"][TITAN]["items"].append(a.thing(a.EMBLEM, 40, hashes.EMBLEM, transferStatus=3))
    found = laid(step("equip", 7, TITAN, TITAN, hash=a.EMBLEM), body=body)
    entries = {one.item.id: one.data for one in assemble_profile(found.snapshot, Catalogue(definitions())).entries}
    assert entries[a.instance_id(40)].transfer_status == 2


@pytest.mark.parametrize(("kind", "bit"), [("lock", 1), ("track", 2)])
@pytest.mark.parametrize("state", [True, False])
def test_flags(kind: str, bit: int, state: bool) -> None:
    found = laid(step(kind, 1, "vault", "vault", state=state))
    entry = assemble_profile(found.snapshot, Catalogue(definitions())).find(a.instance_id(1))
    assert entry is not None
    assert bool(entry.data.state & bit) is state
    assert entry.data.state & ~bit == 5 & ~bit, "the others stay"
    assert (a.instance_id(1) in found.unseen) is (bool(5 & bit) is not state)


STACKS = [
    ("part of one", "account", "vault", 5, {"account": [7, 999], "vault": [5, 999]}),
    ("the smallest first", "account", "vault", 20, {"account": [991], "vault": [20, 999]}),
    ("all of it", "account", "vault", 1011, {"account": [], "vault": [12, 999, 999]}),
    ("a full pile is filled no further", "vault", "account", 987, {"account": [999, 999], "vault": [12]}),
    ("more than there is: what there is", "vault", "account", 5000, {"account": [12, 999, 999], "vault": []}),
]


@pytest.mark.parametrize(("source", "target", "quantity", "wanted"), [row[1:] for row in STACKS], ids=[row[0] for row in STACKS])
def test_stacks(source: str, target: str, quantity: int, wanted: dict[str, list[int]]) -> None:
    found = laid(step("transfer", None, source, target, hash=a.CORE, quantity=quantity))
    entries = assemble_profile(found.snapshot, Catalogue(definitions())).entries
    held = {
        store: sorted(
            one.data.quantity
            for one in entries
            if one.item.hash == a.CORE and one.item.store == store and one.item.place != "postmaster"
        )
        for store in ("account", "vault")
    }
    assert held == wanted


def test_a_pile_out_of_the_postmaster() -> None:
    found = laid(step("pull", None, TITAN, "account", hash=a.CORE, quantity=5, from_postmaster=True))
    assert amount_in(found.snapshot, a.CORE, TITAN, postmaster=True) == 0
    assert amount_in(found.snapshot, a.CORE, "account") == 999 + 12 + 5


def test_sizes_that_nobody_knows_and_sizes_that_are_absurd() -> None:
    body = a.account()
    body["profileInventory"]["data"]["items"] = [a.thing(a.UNKNOWN, quantity=10**9), a.thing(a.TRAP, quantity=10**9)]
    found = laid(
        step("transfer", None, "vault", "account", hash=a.UNKNOWN, quantity=10**9, bucket=hashes.CONSUMABLES),
        step("transfer", None, "vault", "account", hash=a.TRAP, quantity=10**9),
        body=body,
    )
    assert amount_in(found.snapshot, a.UNKNOWN, "account") == 10**9
    assert amount_in(found.snapshot, a.TRAP, "account") == 10**9
    assert len(found.unseen) < 60


# -- what is left alone -------------------------------------------------------------------------------------------------


def test_without_effects_it_is_the_same_object() -> None:
    snapshot = a.snapshot()
    assert lay_over(snapshot, [], DEFINITION).snapshot is snapshot
    assert laid(step("transfer", 99, "vault", TITAN)).unseen == {}


def test_lists_that_are_not_touched_are_the_same_objects() -> None:
    snapshot = a.snapshot()
    found = lay_over(snapshot, effects(step("transfer", 5, TITAN, "vault")), DEFINITION).snapshot
    before = {(one.holder, one.equipped): one.items for one in snapshot.holdings()}
    after = {(one.holder, one.equipped): one.items for one in found.holdings()}
    assert [key for key in before if after[key] is not before[key]] == [(TITAN, False), ("", False)]
    kept = Counter(bytes(raw) for items in before.values() for raw in items) - Counter(
        bytes(raw) for items in after.values() for raw in items
    )
    assert sum(kept.values()) == 1, "one record is another now"


def test_entries_are_used_again() -> None:
    catalogue = Catalogue(definitions())
    before = assemble_profile(a.snapshot(), catalogue)
    after = assemble_profile(laid(step("transfer", 5, TITAN, "vault")).snapshot, catalogue, previous=before)
    assert [one.item.id for one in after.entries if one not in before.entries] == [a.instance_id(5)]


def test_what_the_profile_must_have_known_stays_as_it_says() -> None:
    """The player took it back in the game, and a new answer says so: our move is history."""
    there = effects(step("transfer", 5, TITAN, "vault"), step("lock", 5, TITAN, TITAN, state=True))
    stale, fresh = (a.snapshot(a.account((LATER + timedelta(seconds=n)).isoformat()), after=60) for n in (5, 8))
    assert where(lay_over(stale, there, DEFINITION).snapshot, 5) == VAULT
    assert lay_over(fresh, there, DEFINITION).snapshot is fresh


def test_what_came_twice_is_once() -> None:
    body = a.account()
    body["profileInventory"]["data"]["items"].append(a.thing(a.RIFLE, 5))
    found = laid(step("transfer", 5, TITAN, "vault"), body=body).snapshot
    assert sum(a.instance_id(5).encode() in bytes(raw) for _, _, items in found.holdings() for raw in items) == 1


def test_what_is_laid_over_is_told() -> None:
    found = laid(
        step("transfer", 1, "vault", HUNTER),
        step("equip", 1, HUNTER, HUNTER),
        step("transfer", None, "vault", "account", hash=a.CORE, quantity=1),
    )
    instances = {key: at for key, at in found.unseen.items() if isinstance(key, str)}
    assert instances == {a.instance_id(n): LATER + timedelta(seconds=2) for n in (1, 11)}
    assert len(found.unseen) == 4, "and two stacks"
    pending = dict.fromkeys(found.unseen, "unseen")
    profile = assemble_profile(found.snapshot, Catalogue(definitions()), pending=pending)  # type: ignore[arg-type]
    told = [one.item for one in profile.entries if one.item.pending == "unseen"]
    assert len(told) == 4
    again = assemble_profile(found.snapshot, profile.catalogue, previous=profile)
    assert not [one for one in again.entries if one.item.pending], "the word does not stay with the bytes"


# -- properties ---------------------------------------------------------------------------------------------------------

seeds = st.integers(0, 10**9)


@quick
@given(seeds, st.integers(1, 9), st.data())
def test_laid_over_any_earlier_moment_it_is_the_last_one(seed: int, moves: int, data: st.DataObject) -> None:
    """Whichever of our moves Bungie's answer shows already, and whether or not they are settled."""
    life = Life(seed, moves)
    shown = data.draw(st.integers(0, moves), label="shown")
    settled = data.draw(st.integers(0, shown), label="settled")
    stale = life.moments[shown].snapshot(BEGIN)
    assert seen_in(lay_over(stale, life.effects[settled:], DEFINITION).snapshot) == seen_in(life.now.snapshot(BEGIN))


@quick
@given(seeds, st.integers(1, 9))
def test_laid_over_twice_is_laid_over_once(seed: int, moves: int) -> None:
    life = Life(seed, moves)
    once = lay_over(life.moments[0].snapshot(BEGIN), life.effects, DEFINITION).snapshot
    twice = lay_over(once, life.effects, DEFINITION)
    assert twice.snapshot is once
    assert not twice.unseen


@quick
@given(seeds, st.integers(2, 9))
def test_moves_of_different_things_have_no_order(seed: int, moves: int) -> None:
    """But for equips, which put something else off, and what one item goes through."""
    life = Life(seed, moves)
    free: dict[str, list[Effect]] = {}
    for effect in life.effects:
        if effect.step.kind not in ("equip", "equip-all") and effect.step.piece.instance:
            free.setdefault(effect.step.piece.instance, []).append(effect)
    groups = list(free.values())
    start = life.moments[0].snapshot(BEGIN)
    orders = []
    for _ in range(3):
        random.Random(seed).shuffle(groups)
        orders.append(seen_in(lay_over(start, [one for group in groups for one in group], DEFINITION).snapshot))
    assert orders[0] == orders[1] == orders[2]


def anything() -> st.SearchStrategy[Effect]:
    """Steps that nobody would plan."""
    stores = st.sampled_from(["vault", "account", TITAN, HUNTER, "", "42"])
    return st.builds(
        lambda kind, number, source, target, hash, quantity, more: Effect(
            number,
            step(kind, number if number < 14 else None, source, target, hash=hash, quantity=quantity, **more),
            LATER + timedelta(seconds=number),
        ),
        st.sampled_from(["transfer", "pull", "equip", "equip-all", "lock", "track"]),
        st.integers(0, 17),
        stores,
        stores,
        st.sampled_from([a.RIFLE, a.CORE, a.TRAP, a.UNKNOWN]),
        st.sampled_from([1, 5, 999, 10**9]),
        st.fixed_dictionaries(
            {},
            optional={
                "state": st.booleans(),
                "bucket": st.sampled_from([0, hashes.KINETIC, hashes.POSTMASTER, 777]),
                "from_postmaster": st.booleans(),
                "amounts": st.sampled_from([(0, 0), (999, 1011), (12, 5)]),
            },
        ),
    )


def held_in(snapshot: ProfileSnapshot) -> tuple[set[str], Counter[int]]:
    """Ids, and how many of each stackable item."""
    profile = assemble_profile(snapshot, Catalogue(definitions()))
    amounts: Counter[int] = Counter()
    for entry in profile.entries:
        if not entry.data.item_instance_id:
            amounts[entry.data.item_hash] += entry.data.quantity
    return {entry.item.id for entry in profile.entries if entry.data.item_instance_id}, +amounts


@quick
@given(st.lists(anything(), max_size=6), st.one_of(st.just([]), changes))
def test_nothing_is_lost_or_doubled_whatever_came_and_whatever_we_did(
    done: list[Effect], drawn: list[tuple[int, str, Any]]
) -> None:
    try:
        snapshot = read_snapshot(a.encode(mutated(drawn)), a.READ)
    except BungieGarbled:
        return
    found = lay_over(snapshot, done, DEFINITION).snapshot
    assert held_in(found) == held_in(snapshot)
    ids = [entry.item.id for entry in assemble_profile(found, Catalogue(definitions())).entries]
    assert len(ids) == len(set(ids))


def test_the_model_itself() -> None:
    """It begins with everything everywhere, and a life is not always the same."""
    begun = realm()
    assert seen_in(begun.snapshot(BEGIN)) == seen_in(copy.deepcopy(begun).snapshot(BEGIN))
    kinds = {effect.step.kind for seed in range(20) for effect in Life(seed, 6).effects}
    assert kinds == {"transfer", "pull", "equip", "equip-all", "lock", "track"}
    assert Life(1, 3).minted(2) - Life(1, 3).minted(1) == MINUTE
