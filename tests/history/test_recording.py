"""Each accepted state is remembered, whoever read it and whoever died; and any past one can be built again."""

from __future__ import annotations

import gc
from datetime import timedelta
from typing import Any

import pytest
from tests.history.remembering import LOOK, RememberingHouse

from vaultraider.database import schema
from vaultraider.database.history_rows import KeyframeRow, ObservationRow
from vaultraider.domain.errors import MemoryDamaged, NotFound
from vaultraider.domain.history.taking import moment_of
from vaultraider.domain.snapshot import ProfileSnapshot
from vaultraider.ports.history import EventQuery, Gap
from vaultraider.services.history import recording
from vaultraider.services.history.recording import Recording

GLIMMER = 3159615086
MINUTE = timedelta(minutes=1)


def test_the_first_state_is_no_find(house: RememberingHouse) -> None:
    """A thousand items were there before anybody looked."""
    assert house.account.seq == 1
    assert house.events() == []
    assert house.store.tallies(house.account.id, "", None, None) == []
    assert house.store.figures(house.account.id, "vault", None, None)["vault"][0].value > 0
    house.knows_the_truth()
    assert house.at(house.account.first - MINUTE) is None


def test_every_state_can_be_built_again_exactly(house: RememberingHouse) -> None:
    deeds: list[tuple[str, dict[str, Any]]] = [
        ("lock", {"count": 3}),
        ("delete", {"count": 4}),
        ("find", {"count": 2}),
        ("move", {"count": 3}),
        ("equip", {}),
        ("collect", {"count": 1}),
        ("", {}),
        ("touch", {"count": 5}),
    ]
    accepted: list[ProfileSnapshot] = []
    for deed, more in deeds:
        if deed:
            house.plays(deed, **more)
        else:
            house.moving.account.currencies[GLIMMER] = 4_321
            house.moving.controls.box.caches.bust(house.moving.account.id)
        accepted.append(house.looks())
    states = [moment_of(snapshot, None) for snapshot in accepted]
    house.history.moments.forget()
    for snapshot, state in zip(accepted, states, strict=True):
        found = house.at(snapshot.read)
        assert found is not None
        assert found[0] == state
        assert found[1].at == snapshot.read
        between = house.at(snapshot.read + timedelta(seconds=LOOK / 2))
        assert between is not None
        assert between[0] == state
    kinds = house.kinds()
    assert (kinds["lost"], kinds["acquired"], kinds["currency"]) == (4, 2, 1)
    assert kinds["moved"] >= 3
    assert kinds["equipped"] >= 1


def test_seen_again_unchanged(house: RememberingHouse) -> None:
    first = house.account
    house.looks()
    assert house.account.seq == first.seq
    assert house.account.seen == first.seen + timedelta(seconds=LOOK)
    house.plays("lock")
    house.looks()
    assert [(event.since, event.at) for event in house.events()] == [(house.now - timedelta(seconds=LOOK), house.now)]


def test_two_processes_remember_one_account(house: RememberingHouse) -> None:
    other = house.another_process()
    for turn in range(4):
        house.plays("lock")
        house.looks(at=other if turn % 2 else None)
    assert house.kinds() == {"locked": 4}
    assert house.account.seq == 5
    house.history.moments.forget()
    house.knows_the_truth()
    other.close()


def test_who_died_over_a_state_loses_nothing(house: RememberingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """The state was kept, its news were not; the next one is compared with what is stored."""

    def dies(*_: object) -> None:
        raise RuntimeError("killed")

    house.plays("delete", 2)
    with monkeypatch.context() as patch:
        patch.setattr(Recording, "accepted", dies)
        house.looks()
    assert house.events() == []
    house.moving.restart()
    house.looks()
    assert house.kinds() == {"lost": 2}
    assert {event.since for event in house.events()} == {house.account.first}
    house.knows_the_truth()


def test_who_was_second_compares_again(house: RememberingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    other = house.another_process()
    house.looks(at=other)
    append = house.store.append
    rival = other.history.recording

    def overtaken(account: Any, seen: Any) -> bool:
        monkeypatch.setattr(house.store, "append", append)
        snapshot = house.moving.wired.services.inventory.snapshot_of(house.user, house.membership)
        assert snapshot is not None
        rival.accepted(house.user, house.membership, None, snapshot)
        return append(account, seen)

    monkeypatch.setattr(house.store, "append", overtaken)
    house.plays("delete", 2)
    house.looks()
    assert house.kinds() == {"lost": 2}
    assert house.account.seq == 2
    house.plays("lock")
    house.looks()
    assert house.kinds() == {"lost": 2, "locked": 1}
    other.close()


def keyframes(house: RememberingHouse) -> int:
    with house.moving.wired.services.database.reading() as session:
        return session.query(KeyframeRow).filter_by(account_id=house.account.id).count()


def test_a_keyframe_now_and_then(house: RememberingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "KEYFRAME_CHANGES", 5)
    for turn in range(4):
        house.plays("lock", 2)
        house.looks()
        if turn == 1:
            house.moving.restart()  # how many changes there were since is known from what is stored
    assert keyframes(house) == 2
    house.plays("lock")
    house.looks(7 * 86_400)
    assert keyframes(house) == 3
    found = house.at(house.now)
    assert found is not None
    assert list(found[1].deltas) == []
    house.knows_the_truth()


def damage(house: RememberingHouse) -> None:
    with house.moving.wired.services.database.transaction() as session:
        session.query(KeyframeRow).update({"body": b"\xff nonsense"})


def test_what_cannot_be_read_any_more_ends_no_memory(house: RememberingHouse) -> None:
    """A disk failed, or a newer program wrote it: it goes on from here, with a gap, and tells of no losses."""
    house.plays("lock")
    house.looks()
    before = house.account.seen
    damage(house)
    house.moving.restart()
    with pytest.raises(MemoryDamaged):
        house.at(house.now)
    house.plays("delete", 3)
    house.looks()
    assert house.kinds() == {"locked": 1}
    assert house.store.gaps(house.account.id, None, None) == [Gap(before, house.now)]
    house.knows_the_truth()
    with pytest.raises(MemoryDamaged):
        house.at(before)
    house.plays("delete")
    house.looks()
    assert house.kinds() == {"locked": 1, "lost": 1}


def test_without_definitions_events_are_remembered(house: RememberingHouse) -> None:
    definitions = house.moving.folder / "manifest"
    definitions.rename(house.moving.folder / "elsewhere")
    house.moving.restart()
    house.plays("delete")
    house.looks()
    (event,) = house.events()
    assert (event.kind, event.name, event.tier) == ("lost", f"Item {event.hash}", "unknown")
    house.knows_the_truth()


def test_without_definitions_nobody_grows_weaker(house: RememberingHouse) -> None:
    """Bungie's own number of a guardian is another measure than the best that they could wear."""
    before = house.store.figures(house.account.id, "power:", None, None)
    definitions, elsewhere = house.moving.folder / "manifest", house.moving.folder / "elsewhere"
    for here, there in ((definitions, elsewhere), (elsewhere, definitions)):
        here.rename(there)
        house.moving.restart()
        house.plays("lock")
        house.looks()
    assert house.kinds()["locked"] == 2
    assert house.store.figures(house.account.id, "power:", None, None) == before


def test_a_memory_that_begins_before_the_definitions_came(house: RememberingHouse) -> None:
    """As it does in a new house: nobody grows stronger by their coming."""
    strengths = {series: found[-1].value for series, found in house.store.figures(house.account.id, "power:", None, None).items()}
    definitions, elsewhere = house.moving.folder / "manifest", house.moving.folder / "elsewhere"
    with house.moving.wired.services.database.engine.begin() as connection:
        for table in reversed(schema.metadata().sorted_tables):
            if table.name.startswith("history"):
                connection.execute(table.delete())
    for here, there in ((definitions, elsewhere), (elsewhere, definitions)):
        here.rename(there)
        house.moving.restart()
        house.plays("lock")
        house.looks()
    assert house.kinds() == {"locked": 1}
    found = house.store.figures(house.account.id, "power:", None, None)
    assert {series: [each.value for each in figures] for series, figures in found.items()} == {
        series: [value] for series, value in strengths.items()
    }


def test_a_clock_that_was_turned_back(house: RememberingHouse) -> None:
    """Times never fall: what is seen then happened when it was last seen, at the earliest."""
    house.plays("lock")
    house.looks()
    last = house.account.seen
    house.moving.wired.clock._now -= timedelta(hours=3)
    house.plays("delete")
    house.moving.controls.advance(LOOK)
    house.looks(0)
    assert {event.at for event in house.events()} == {last}
    assert house.account.seen == last
    house.looks(4 * 3600)
    assert house.account.seen == house.now


def test_figures_are_written_when_they_change(house: RememberingHouse) -> None:
    house.plays("lock")
    house.looks()
    before = house.store.figures(house.account.id, "", None, None)
    assert {len(figures) for figures in before.values()} == {1}
    house.moving.restart()  # what was written down last is known from what is stored
    house.plays("delete", 3)
    house.looks()
    after = house.store.figures(house.account.id, "", None, None)
    full = before["vault"][0].value
    assert [figure.value for figure in after.pop("vault")] == [full, full - 3]
    assert {len(figures) for name, figures in after.items() if not name.startswith("power:")} == {1}
    assert sum(count for _, _, count in house.store.tallies(house.account.id, "out:", None, None)) == 3


def test_a_deleted_person_is_forgotten_also_in_memory(house: RememberingHouse) -> None:
    user, membership = house.user, house.membership
    snapshot = house.moving.wired.services.inventory.snapshot_of(user, membership)
    assert snapshot is not None
    house.moving.wired.services.accounts.data.erase(user)
    assert all(each.user_id != user.id for each in house.store.accounts())
    house.history.recording.accepted(user, membership, None, snapshot)  # somebody was just reading
    assert house.store.account(user.id, membership) is None
    with pytest.raises(NotFound):
        house.store.open(user.id, membership, house.now)
    gc.collect()
    assert not [key for key in house.history.recording._newest if key[0] == user.id]


def test_the_store_is_small(house: RememberingHouse) -> None:
    """A change of one item is some hundred bytes, and the whole state less than 60 an item."""
    house.plays("lock")
    house.looks()
    with house.moving.wired.services.database.reading() as session:
        (delta,) = [row.delta for row in session.query(ObservationRow).filter_by(account_id=house.account.id, seq=2)]
        (body,) = [row.body for row in session.query(KeyframeRow).filter_by(account_id=house.account.id)]
    found = house.at(house.now)
    assert found is not None
    assert len(delta) < 200
    assert len(body) < 60 * len(found[0].items)
    assert len(house.store.events(house.account.id, EventQuery())) == 1
