"""From a world and a wish to a plan: pure, and the same for the same world and wish. It never raises."""

from __future__ import annotations

from vaultraider.domain.transfers.clearing import plan_make_room
from vaultraider.domain.transfers.collecting import plan_collect
from vaultraider.domain.transfers.marks import plan_lock, plan_track
from vaultraider.domain.transfers.moves import plan_move
from vaultraider.domain.transfers.planner import Planner
from vaultraider.domain.transfers.plans import Plan
from vaultraider.domain.transfers.restoring import plan_restore
from vaultraider.domain.transfers.wishes import AnyWish, Collect, MakeRoom, Move, SetLock, SetTracked
from vaultraider.domain.transfers.world import World


def plan_transfer(world: World, wish: AnyWish) -> Plan:
    """The steps that fulfil a wish; what stays, with why and what would help; and what is so already."""
    planner = Planner(world)
    if isinstance(wish, Move):
        return plan_move(planner, wish)
    if isinstance(wish, Collect):
        return plan_collect(planner, wish)
    if isinstance(wish, SetLock):
        return plan_lock(planner, wish)
    if isinstance(wish, SetTracked):
        return plan_track(planner, wish)
    if isinstance(wish, MakeRoom):
        return plan_make_room(planner, wish)
    return plan_restore(planner, wish)
