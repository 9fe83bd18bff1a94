"""From a world and a wish to a plan: pure, and the same for the same world and wish. It never raises."""

from __future__ import annotations

from vaultraider.domain.transfers.moves import plan_move
from vaultraider.domain.transfers.planner import Planner
from vaultraider.domain.transfers.plans import Plan
from vaultraider.domain.transfers.wishes import AnyWish, Move
from vaultraider.domain.transfers.world import World


def plan_transfer(world: World, wish: AnyWish) -> Plan:
    """The steps that fulfil a wish; what stays, with why and what would help; and what is so already."""
    planner = Planner(world)
    if isinstance(wish, Move):
        return plan_move(planner, wish)
    return Plan(title="Nothing to do")
