"""What wish lists say of an item."""

from __future__ import annotations

from vaultraider.domain.wishes import Verdict
from vaultraider.search.filters._filter import Asked, Filter, Test
from vaultraider.search.filters._making import of_item
from vaultraider.search.folding import fold
from vaultraider.search.items import SearchItem
from vaultraider.search.world import World


def _judged(*, wanted: bool) -> Filter:
    def make(_asked: Asked, world: World) -> Test:
        ids = {id for id, verdict in world.verdicts.items() if verdict.wanted is wanted}
        return lambda item: item.id in ids

    if wanted:
        return Filter(
            keywords=("wishlist",),
            make=make,
            help="Rolls that one of your wish lists asks for.",
            example="is:wishlist -is:locked",
        )
    return Filter(
        keywords=("trashlist",),
        make=make,
        help="Rolls that one of your wish lists calls not worth keeping.",
        example="is:trashlist is:invault",
    )


def _noted(asked: Asked, world: World) -> Test:
    wanted = fold(asked.text)

    def says(verdict: Verdict | None) -> bool:
        return verdict is not None and wanted in fold(verdict.notes)

    return lambda item: says(world.verdicts.get(item.id))


def _is_wishable(item: SearchItem) -> bool:
    return item.blueprint.rolls and item.blueprint.is_weapon


def _unknown(_asked: Asked, world: World) -> Test:
    return lambda item: _is_wishable(item) and item.hash not in world.wishable


FILTERS = (
    _judged(wanted=True),
    _judged(wanted=False),
    Filter(
        keywords=("wishlistnotes",),
        formats=("freeform",),
        make=_noted,
        help="Rolls whose wish list says this about them.",
        example="wishlistnotes:pve",
    ),
    Filter(
        keywords=("wishlistunknown",),
        make=_unknown,
        help="Weapons with random rolls that no roll of your wish lists is for.",
        example="is:wishlistunknown is:legendary",
    ),
    Filter(
        keywords=("wishlistable",),
        make=of_item(_is_wishable),
        help="Weapons with random rolls: what wish lists are about.",
        example="is:wishlistable -is:wishlist",
    ),
)
