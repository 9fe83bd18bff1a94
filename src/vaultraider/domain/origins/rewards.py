"""What a bounty or a quest pays that raises one's power: Bungie names it by engrams and stand-ins among its rewards.

The facts are those of Destiny Item Manager's d2-additional-info (MIT).
"""

from __future__ import annotations

from vaultraider.domain.definitions import ItemDefinition

PINNACLE = frozenset({73143230})
POWERFUL = PINNACLE | {
    66825403, 226330008, 506041342, 646467119, 782362349, 914894006, 993006552, 1204101093, 2223145359, 2246571627, 2484791497,
    2646629159, 3114385605, 3114385606, 3114385607, 3308857600, 3529617614, 3879752304,
}  # fmt: skip
"""Prime, luminous and legendary engrams, powerful gear of three tiers, and pinnacle gear, which is powerful all the more."""


def pays_powerful(item: ItemDefinition) -> bool:
    return not POWERFUL.isdisjoint(item.rewards)


def pays_pinnacle(item: ItemDefinition) -> bool:
    return not PINNACLE.isdisjoint(item.rewards)
