"""What bounties and quests pay."""

from __future__ import annotations

from vaultraider.domain.origins.rewards import pays_pinnacle, pays_powerful
from vaultraider.search.blueprints import Blueprint
from vaultraider.search.filters._by_definition import by_definition
from vaultraider.search.filters._filter import Filter


def _powerful(blueprint: Blueprint) -> bool:
    return blueprint.definition is not None and pays_powerful(blueprint.definition)


def _pinnacle(blueprint: Blueprint) -> bool:
    return blueprint.definition is not None and pays_pinnacle(blueprint.definition)


FILTERS = (
    Filter(
        keywords=("powerfulreward",),
        make=by_definition("powerfulreward", _powerful),
        help="Bounties and quests that pay powerful or pinnacle gear.",
        example="is:powerfulreward",
    ),
    Filter(
        keywords=("pinnaclereward",),
        make=by_definition("pinnaclereward", _pinnacle),
        help="Bounties and quests that pay pinnacle gear.",
        example="is:pinnaclereward",
    ),
)
