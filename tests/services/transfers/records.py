"""Transfers as the journal gives them, made by hand."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from msgspec.structs import replace
from tests.clocks import START

from vaultraider.domain.transfers.plans import Piece, Step
from vaultraider.domain.transfers.wishes import Restore
from vaultraider.ports import MembershipRef, StepRecord, StepState, TransferRecord

MARROW = MembershipRef(3, "4611686018467000101")
NAMES = {"a": "Sable Verdict", "b": "Third Bell", "c": "Last Courtesy", "d": "Tidewater Ode"}
HASHES = {"salt": 77, "core": 78}
_numbers = itertools.count(1)


def piece(id: str) -> Piece:
    """A named weapon; "salt" and "core" are stacks."""
    if id in HASHES:
        return Piece(id=f"s-{HASHES[id]}-account-0", hash=HASHES[id], name=f"Ember {id}")
    return Piece(id=id, hash=ord(id[0]), name=NAMES.get(id, id), instance=id)


def transfer(id: str, source: str, target: str, **more: Any) -> Step:
    given: dict[str, Any] = {"bucket": 1, "wanted": piece(id).id, "why": "wished", "arrives": True} | more
    return Step(
        kind=given.pop("kind", "transfer"),
        pieces=(piece(id),),
        source=source,
        target=target,
        character=source if target == "vault" else target,
        reason="",
        **given,
    )


def equip(*ids: str, off: str = "", **more: Any) -> Step:
    """The last id is who wears it."""
    *worn, wearer = ids
    given: dict[str, Any] = {"bucket": 1, "wanted": worn[0] if len(worn) == 1 else "", "why": "wished", "arrives": True} | more
    return Step(
        kind="equip" if len(worn) == 1 else "equip-all",
        pieces=tuple(piece(id) for id in worn),
        source=wearer,
        target=wearer,
        character=wearer,
        reason="",
        quantity=len(worn),
        replaces=tuple(piece(id) for id in off),
        **given,
    )


def lock(id: str, where: str, state: bool, **more: Any) -> Step:
    made = transfer(id, where, where, kind="lock", **more)
    return replace(made, state=state)


def step(what: Step, state: StepState, **more: Any) -> StepRecord:
    number = next(_numbers)
    given: dict[str, Any] = {"n": number, "round": 1} | more
    return StepRecord(id=number, step=what, state=state, **given)


def record(id: int = 1, *, steps: Sequence[StepRecord] = (), **more: Any) -> TransferRecord:
    given: dict[str, Any] = {
        "wish": Restore(),
        "state": "queued",
        "refusals": (),
        "not_before": START,
        "sentence": None,
        "cancelling": False,
    } | more
    return TransferRecord(
        id=id,
        user_id=1,
        membership=MARROW,
        revision=1,
        title="A transfer",
        asked_by="page",
        created=START,
        started=None,
        finished=None,
        expires=START + timedelta(hours=1),
        fence=1,
        attempts=1,
        round=1,
        steps=tuple(steps),
        **given,
    )
