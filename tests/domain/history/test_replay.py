"""Whatever happens to an account, and whatever is missing from Bungie's answers: a past moment is built again exactly as it was
kept, a whole answer says what is true, and nothing that is still there was ever told as lost."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domain.history.lives import DEEDS, FAULTS, Life

from vaultraider.domain.history.compare import events_between
from vaultraider.domain.history.delta import decode_delta, decode_moment, difference, encode_delta, encode_moment, rebuild
from vaultraider.domain.history.events import Event
from vaultraider.domain.history.moment import Moment
from vaultraider.domain.history.names import HashNames
from vaultraider.domain.history.showing import snapshot_from
from vaultraider.domain.history.taking import can_begin, moment_of

Step = tuple[list[str], list[str]]
"""What happens, and what goes wrong with the answer that tells of it."""

steps = st.tuples(
    st.lists(st.sampled_from(sorted(DEEDS)), max_size=8),
    st.lists(st.sampled_from(sorted(FAULTS)), max_size=2, unique=True),
)
lives = st.lists(steps, min_size=1, max_size=8)
seeds = st.integers(0, 2**32)
thorough = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
large = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(story=lives, seed=seeds)
@thorough
def test_a_small_account(small_profile: bytes, story: list[Step], seed: int) -> None:
    follow(small_profile, story, seed)


@given(story=lives, seed=seeds)
@large
def test_the_demo_s_account(demo_profile: bytes, story: list[Step], seed: int) -> None:
    follow(demo_profile, story, seed)


@pytest.mark.real_data
@given(story=lives, seed=seeds)
@large
def test_a_real_account(real_profile: bytes, story: list[Step], seed: int) -> None:
    follow(real_profile, story, seed)


def follow(body: bytes, story: list[Step], seed: int) -> None:
    """Lives the story, and remembers it as the recorder does."""
    life = Life(body, seed)
    first = life.answer()
    assert can_begin(first)
    kept = [moment_of(first, None)]
    keyframes = {0: encode_moment(kept[0])}
    deltas: list[bytes] = []
    for deeds, faults in story:
        for deed in deeds:
            life.happen(deed)
        snapshot = life.answer(*faults)
        moment = moment_of(snapshot, kept[-1])
        delta = difference(kept[-1], moment)
        assert (delta is None) == (moment == kept[-1])
        check_events(life, kept[-1], moment)
        if not faults:
            assert moment == moment_of(snapshot, None), "nothing old is left where everything came"
        if delta is None:
            continue
        deltas.append(encode_delta(delta))
        assert decode_delta(deltas[-1]) == delta
        kept.append(moment)
        if life.chance.random() < 0.3:
            keyframes[len(deltas)] = encode_moment(moment)
    check_rebuilt(kept, keyframes, deltas)
    check_shown(kept[-1], life)


def check_rebuilt(kept: list[Moment], keyframes: dict[int, bytes], deltas: list[bytes]) -> None:
    """Each moment from the keyframe before it, and the newest from every one."""
    for at, moment in enumerate(kept):
        begin = max(each for each in keyframes if each <= at)
        assert rebuild(keyframes[begin], deltas[begin:at]) == moment
    for begin, keyframe in keyframes.items():
        assert rebuild(keyframe, deltas[begin:]) == kept[-1]


def check_shown(moment: Moment, life: Life) -> None:
    """A past snapshot is as good as the one that it was kept of."""
    shown = snapshot_from(moment, life.read)
    assert moment_of(shown, None) == moment
    assert moment_of(shown, moment) == moment
    assert decode_moment(encode_moment(moment)) == moment


def check_events(life: Life, old: Moment, new: Moment) -> None:
    events = events_between(old, new, seq=7, at=life.read, since=life.read, names=HashNames())
    assert [(event.seq, event.n) for event in events] == [(7, n) for n in range(len(events))]
    assert events == events_between(old, new, seq=7, at=life.read, since=life.read, names=HashNames())
    lost, found = told(events, "lost"), told(events, "acquired")
    assert not lost & life.ids() - found, "lost, and still there"
    assert found <= life.ids(), "found, and not there"
    assert lost - found == old.items.keys() - new.items.keys()
    assert found - lost == new.items.keys() - old.items.keys()
    deleted = {event.character for event in events if event.kind == "character-deleted"}
    assert not deleted & life.carried().keys()
    for event in events:
        of_one_name = event.kind == "loadout" and event.before.get("names")
        assert of_one_name or event.before != event.after, event


def told(events: list[Event], kind: str) -> set[str]:
    return {event.item for event in events if event.kind == kind and event.item}
