"""The whole state as one JSON document, to be put aside and laid back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from vaultraider.simulator.clock import ClockState
from vaultraider.simulator.content import Edition
from vaultraider.simulator.credentials import Issued
from vaultraider.simulator.faults import Rule
from vaultraider.simulator.knobs import Knobs
from vaultraider.simulator.world import World

if TYPE_CHECKING:
    from vaultraider.simulator.box import Box


class Snapshot(msgspec.Struct, kw_only=True):
    seed: int
    clock: ClockState
    knobs: Knobs
    world: World
    issued: Issued
    faults: list[Rule]
    editions: list[Edition]
    current_edition: int
    flap_every: int


def take(box: Box) -> bytes:
    with box.lock:
        return msgspec.json.encode(
            Snapshot(
                seed=box.seed,
                clock=box.clock.state(),
                knobs=box.knobs,
                world=box.world,
                issued=box.credentials.issued,
                faults=box.faults.rules,
                editions=box.editions.known,
                current_edition=box.editions.current,
                flap_every=box.editions.flap_every,
            )
        )


def lay_back(box: Box, data: bytes) -> dict[str, Any]:
    """Raises msgspec.MsgspecError for anything that is no snapshot; then nothing was changed."""
    kept = msgspec.json.decode(data, type=Snapshot)
    with box.lock:
        box.reset(kept.seed)
        box.clock.restore(kept.clock)
        box.knobs = kept.knobs
        box.world = kept.world
        box.credentials.issued = kept.issued
        box.faults.rules = kept.faults
        box.editions.known = kept.editions
        box.editions.current = kept.current_edition
        box.editions.flap_every = kept.flap_every
        return {"revision": box.world.revision}
