"""What differs, as it is stored: small, exact, and never read wrong."""

from __future__ import annotations

import random
import zlib

import msgspec
import pytest
from tests.domain import accounts as a
from tests.domain.accounts import TITAN, instance_id
from tests.domain.history.lives import Life

from vaultraider.domain import hashes
from vaultraider.domain.history.delta import (
    FORM,
    LARGEST,
    Delta,
    Unreadable,
    decode_delta,
    decode_moment,
    difference,
    encode_delta,
    encode_moment,
    rebuild,
    replay,
)
from vaultraider.domain.history.moment import KeptItem, KeptLoadout, Moment
from vaultraider.domain.history.taking import moment_of

FIRST = moment_of(a.snapshot(), None)


KEYFRAME = (
    "0178da9bdad0b8d9ccd2d0dcd4c8d200010cef3008a72e38748ec366b716032303c3210686050c93ce45d8eaee3bcb24c4c070e0c0a4b3"
    "ccea0c0d8d59677e350000b954168d"
)


def changed(**fields: object) -> Moment:
    item = msgspec.structs.replace(FIRST.items[instance_id(1)], **fields)
    return msgspec.structs.replace(FIRST, items=FIRST.items | {instance_id(1): item})


def test_the_same_moment_has_no_difference() -> None:
    assert difference(FIRST, decode_moment(encode_moment(FIRST))) is None


def test_only_changed_fields_are_kept() -> None:
    delta = difference(FIRST, changed(holder=TITAN, bucket=hashes.KINETIC))
    assert delta == Delta(changed={instance_id(1): {1: TITAN, 3: hashes.KINETIC}})
    assert delta.size == 1


@pytest.mark.parametrize("field", KeptItem.__struct_fields__)
def test_every_field_survives(field: str) -> None:
    values = {
        "holder": TITAN, "expires": "2026-12-01T17:00:00Z", "primary": (1, 2), "energy": (3, 4), "sockets": (5, 6, 7),
        "equipped": True, "lockable": False,
    }  # fmt: skip
    after = changed(**{field: values.get(field, 77)})
    delta = difference(FIRST, after)
    assert delta is not None
    assert rebuild(encode_moment(FIRST), [encode_delta(delta)]) == after
    back = difference(after, FIRST)
    assert back is not None
    assert replay(FIRST, [delta, decode_delta(encode_delta(back))]) == FIRST


@pytest.mark.parametrize("form", [b"", b"\x00", b"\x02", b"{"], ids=["nothing", "0", "2", "JSON"])
def test_another_form_is_refused(form: bytes) -> None:
    with pytest.raises(Unreadable):
        decode_moment(form + encode_moment(FIRST)[1:])


def test_any_damage_is_noticed() -> None:
    """One bit anywhere, or the end cut off."""
    stored, chance = encode_moment(FIRST), random.Random(4)
    for at in chance.sample(range(len(stored)), 200):
        damaged = bytearray(stored)
        damaged[at] ^= 1 << chance.randrange(8)
        with pytest.raises(Unreadable):
            decode_moment(bytes(damaged))
        with pytest.raises(Unreadable):
            decode_moment(stored[:at])


def test_a_bomb_is_not_unpacked() -> None:
    """What was imported may be anything: 100 MB of nothing in 100 KB."""
    with pytest.raises(Unreadable, match="larger"):
        decode_moment(bytes((FORM,)) + zlib.compress(bytes(LARGEST + 1)))


@pytest.mark.parametrize(
    "delta",
    [
        Delta(changed={"404": {5: 2}}),
        Delta(changed={instance_id(1): {99: 2}}),
        Delta(changed={instance_id(1): {0: "x"}}),
        Delta(changed={instance_id(1): {-1: None}}),
        Delta(changed={instance_id(1): {13: [1]}}),
    ],
    ids=["an item that is not there", "a field that is not there", "another type", "from behind", "half a pair"],
)
def test_a_difference_that_does_not_fit_is_refused(delta: Delta) -> None:
    with pytest.raises(Unreadable):
        rebuild(encode_moment(FIRST), [encode_delta(delta)])


def test_a_loadout_that_is_not_there_is_refused() -> None:
    before = Moment(loadouts={TITAN: (KeptLoadout(1), KeptLoadout(2))})
    delta = difference(before, Moment(loadouts={TITAN: (KeptLoadout(1), KeptLoadout(3))}))
    assert delta is not None
    with pytest.raises(Unreadable):
        replay(Moment(), [delta])


def test_what_was_written_with_fewer_fields_is_read() -> None:
    """As it is after an update that keeps more: what is new has its default."""
    old = zlib.compress(msgspec.msgpack.encode(({}, {"1": [101, TITAN, True]}, {}, {}, {})))
    assert decode_moment(bytes((FORM,)) + old).items == {"1": KeptItem(hash=101, holder=TITAN, equipped=True)}
    assert decode_delta(bytes((FORM,)) + zlib.compress(msgspec.msgpack.encode([{}]))) == Delta()


def test_what_is_stored_today_is_read_for_ever() -> None:
    """Bytes of the first release. If this fails, stored memories cannot be read any more: add a new form instead."""
    stored = bytes.fromhex(KEYFRAME)
    assert decode_moment(stored) == Moment(
        items={"6917529000000000001": KeptItem(hash=101, bucket=138197802, primary=(1480404414, 530), sockets=(807, 0))},
        currencies={106: 250},
    )


@pytest.mark.real_data
def test_sizes(real_profile: bytes) -> None:
    """A move costs some 50 bytes, a keyframe of a real account some 30 KB: a month of 400 changes a day is below 1 MB."""
    life = Life(real_profile, seed=5)
    moment = moment_of(life.answer(), None)
    total = len(encode_moment(moment))
    assert total < 40_000
    for _ in range(40):
        life.happen("move")
        after = moment_of(life.answer(), moment)
        delta = difference(moment, after)
        total += len(encode_delta(delta)) if delta is not None else 0
        moment = after
    assert total < 40_000 + 40 * 120
