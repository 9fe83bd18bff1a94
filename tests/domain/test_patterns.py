"""Patterns: read off the triumphs that count them, whatever else these say."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.domain.accounts import READ, account, encode, instance_id, thing
from tests.domain.memory_definitions import MemoryDefinitions

from vaultraider.domain.definitions import PATTERN_TOAST, ItemDefinition, NamedDefinition
from vaultraider.domain.errors import BungieGarbled
from vaultraider.domain.patterns import pattern_of, read_patterns, resonant
from vaultraider.domain.snapshot import Pattern, read_snapshot

OAR, LAMP, TITLE = 11, 12, 13


def record(state: Any = 4, *objectives: tuple[int, int]) -> dict[str, Any]:
    told = [{"objectiveHash": 1, "progress": done, "completionValue": needed} for done, needed in objectives]
    return {"state": state, "objectives": told, "intervalsRedeemedCount": 0}


def answer(records: Any, **part: Any) -> bytes:
    return msgspec.json.encode({"profileRecords": {"data": {"records": records}, "privacy": 1} | part})


@pytest.mark.parametrize(
    ("said", "pattern"),
    [
        (record(4, (3, 5)), Pattern(3, 5, False)),
        (record(4, (0, 2)), Pattern(0, 2, False)),
        (record(0, (5, 5)), Pattern(5, 5, True)),
        (record(1, (5, 5)), Pattern(5, 5, True)),
        (record(67, (5, 5)), Pattern(5, 5, True)),
        (record(20, (1, 5)), Pattern(1, 5, False)),
        # More than was needed, and several things to do.
        (record(0, (9, 5)), Pattern(5, 5, True)),
        (record(4, (1, 2), (3, 3)), Pattern(4, 5, False)),
        (record(0), Pattern(0, 0, True)),
        # What does not fit is left out: nothing is unlocked on that evidence.
        (record("x", (3, 5)), Pattern(3, 5, False)),
        ({"objectives": 7}, Pattern(0, 0, False)),
        (7, Pattern(0, 0, False)),
    ],
)
def test_a_record_tells_how_far_it_is(said: Any, pattern: Pattern) -> None:
    assert read_patterns(answer({str(OAR): said, str(TITLE): record(65)}), [OAR, LAMP]) == {OAR: pattern}


@pytest.mark.parametrize(
    "said",
    [
        b"{}",
        b'{"profileRecords":{"privacy":2}}',
        b'{"profileRecords":{"disabled":true}}',
        b'{"profileRecords":{"privacy":1}}',
        b'{"profileRecords":null}',
    ],
)
def test_where_nothing_is_said_nothing_is_known(said: bytes) -> None:
    """Which is not the same as that there are none."""
    assert read_patterns(said, [OAR]) is None
    assert read_patterns(answer({}), [OAR]) == {}


@pytest.mark.parametrize("said", [b"", b"[]", b"<html>", b'{"profileRecords":7}', b"[" * 100_000])
def test_what_is_no_answer_is_told(said: bytes) -> None:
    with pytest.raises(BungieGarbled):
        read_patterns(said, [OAR])


def test_a_weapon_is_found_by_its_name() -> None:
    definitions = MemoryDefinitions({"Record": {OAR: NamedDefinition(OAR, "Oar", value=PATTERN_TOAST)}})
    snapshot = read_snapshot(encode(account()), READ)
    known = msgspec.structs.replace(
        snapshot, body=msgspec.structs.replace(snapshot.body, patterns={OAR: Pattern(5, 5, True), LAMP: Pattern(1, 5, False)})
    )
    shaped = ItemDefinition(1, "Oar", recipe=7)
    assert pattern_of(known, shaped, definitions) == Pattern(5, 5, True)
    assert pattern_of(snapshot, shaped, definitions) is None
    # One of the same name that cannot be shaped, another name, and none at all.
    assert pattern_of(known, ItemDefinition(2, "Oar"), definitions) is None
    assert pattern_of(known, ItemDefinition(3, "Lamp", recipe=8), definitions) is None
    assert pattern_of(known, None, definitions) is None


def test_they_are_kept_with_the_state() -> None:
    snapshot = read_snapshot(encode(account()), READ)
    body = msgspec.structs.replace(snapshot.body, patterns={OAR: Pattern(3, 5, False)}, patterns_asked=READ)
    again = read_snapshot(msgspec.structs.replace(snapshot, body=body).encode(), READ)
    assert (again.body.patterns, again.body.patterns_asked) == ({OAR: Pattern(3, 5, False)}, READ)


def test_what_a_pattern_can_be_extracted_from() -> None:
    body = account()
    body["profileInventory"]["data"]["items"] += [thing(1, 5001, state=17), thing(1, 5002, state=1), thing(2, state=16)]
    assert resonant(read_snapshot(encode(body), READ)) == {instance_id(5001)}
