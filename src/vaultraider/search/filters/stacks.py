"""How many there are in a stack."""

from __future__ import annotations

from vaultraider.search.filters._filter import Asked, Filter, Test
from vaultraider.search.filters._making import of_item
from vaultraider.search.items import SearchItem
from vaultraider.search.world import World


def _most(item: SearchItem) -> int:
    return item.definition.max_stack if item.definition is not None and not item.is_copy else 1


def _many(asked: Asked, _world: World) -> Test:
    wanted = asked.range
    return lambda item: wanted is not None and wanted.holds(item.quantity)


FILTERS = (
    Filter(
        keywords=("stack",),
        formats=("range",),
        make=_many,
        help="How many there are in the stack.",
        example="stack:>=50",
    ),
    Filter(
        keywords=("stackable",),
        make=of_item(lambda item: _most(item) > 1),
        help="What lies in stacks.",
        example="is:stackable",
    ),
    Filter(
        keywords=("stackfull",),
        make=of_item(lambda item: _most(item) > 1 and item.quantity >= _most(item)),
        help="Stacks that hold as many as they can.",
        example="is:stackfull",
    ),
)
