"""The writes: TransferItem, PullFromPostmaster, EquipItem, EquipItems, SetLockState, SetTrackedState.

Bodies are read in requests.py; the rules stand in transfer_rules.py, equip_rules.py and lock_rules.py and know nothing of HTTP;
writing.py commits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultraider.simulator.equip_rules import equip_item, equip_items
from vaultraider.simulator.lock_rules import set_lock_state, set_tracked_state
from vaultraider.simulator.requests import (
    EquipManyRequest,
    ItemRequest,
    PullRequest,
    StateRequest,
    TransferRequest,
    read,
)
from vaultraider.simulator.routing import Route
from vaultraider.simulator.transfer_rules import pull_from_postmaster, transfer_item
from vaultraider.simulator.writing import write

if TYPE_CHECKING:
    from vaultraider.simulator.routing import Call, Handler

MOVE = "MoveEquipDestinyItems"
PAUSE = 0.1
"""``ThrottleSecondsBetweenActionPerUser`` of Bungie's OpenAPI, in seconds; tracking asks for one second."""


def transfer(call: Call) -> int:
    box, request = call.box, read(call.body, TransferRequest)
    code = box.knobs.nontransferrable
    write(call, request, lambda account: (0, [transfer_item(box.world, account, box.game, request, nontransferrable=code)]))
    return 0


def pull(call: Call) -> int:
    box, request = call.box, read(call.body, PullRequest)
    write(call, request, lambda account: (0, [pull_from_postmaster(box.world, account, box.game, request)]))
    return 0


def equip(call: Call) -> int:
    box, request = call.box, read(call.body, ItemRequest)
    write(call, request, lambda account: (0, [equip_item(box.world, account, box.game, request)]))
    return 0


def equip_many(call: Call) -> dict[str, Any]:
    """Success as a whole even where each item was refused: the rows tell."""
    box, request = call.box, read(call.body, EquipManyRequest)
    missing = box.knobs.equipitems_missing
    rows = write(call, request, lambda account: equip_items(box.world, account, box.game, request, missing=missing))
    return {"equipResults": [{"itemInstanceId": row.instance, "equipStatus": row.code} for row in rows]}


def lock(call: Call) -> int:
    box, request = call.box, read(call.body, StateRequest)
    write(call, request, lambda account: (set_lock_state(box.world, account, box.game, request), ()))
    return 0


def track(call: Call) -> int:
    box, request = call.box, read(call.body, StateRequest)
    write(call, request, lambda account: (set_tracked_state(box.world, account, box.game, request), ()))
    return 0


def _route(name: str, handler: Handler, *, pause: float = PAUSE, returns_int: bool = True) -> Route:
    return Route(
        method="POST",
        path=f"/Destiny2/Actions/Items/{name}/",
        handler=handler,
        scope=MOVE,
        throttle=pause,
        has_body=True,
        returns_int=returns_int,
    )


ROUTES = (
    _route("TransferItem", transfer),
    _route("PullFromPostmaster", pull),
    _route("EquipItem", equip),
    _route("EquipItems", equip_many, returns_int=False),
    _route("SetLockState", lock),
    _route("SetTrackedState", track, pause=1.0),
)
