"""Where an item is, and whether it can go elsewhere."""

from __future__ import annotations

from msgspec import UNSET

from vaultraider.domain.buckets import VAULT_STORE
from vaultraider.search.filters._filter import Asked, Filter, Test
from vaultraider.search.filters._making import of_item
from vaultraider.search.world import World

LEFT, MIDDLE, RIGHT = "inleftchar", "inmiddlechar", "inrightchar"


def _with_character(asked: Asked, world: World) -> Test:
    """As the page sets them side by side: the one played last stands left; of two, the other stands right."""
    ids = [character.id for character in world.profile.characters]
    places = {LEFT: ids[:1], MIDDLE: ids[1:2] if len(ids) > 2 else [], RIGHT: ids[-1:] if len(ids) > 1 else []}
    wanted = places[asked.keyword]
    return lambda item: item.store in wanted


def _with_current_character(_asked: Asked, world: World) -> Test:
    wanted = [character.id for character in world.profile.characters if character.current]
    return lambda item: item.store in wanted


FILTERS = (
    Filter(
        keywords=("invault",),
        make=of_item(lambda item: item.store == VAULT_STORE),
        help="Items in the vault.",
        example="is:invault is:exotic",
    ),
    Filter(
        keywords=(LEFT, MIDDLE, RIGHT),
        make=_with_character,
        help="Items of the guardian who stands left, in the middle or right. The one played last stands left.",
        example="is:inleftchar -is:equipped",
    ),
    Filter(
        keywords=("incurrentchar",),
        make=_with_current_character,
        help="Items of the guardian played last.",
        example="is:incurrentchar is:weapon",
    ),
    Filter(
        keywords=("equipped",),
        make=of_item(lambda item: item.place == "equipped"),
        help="What guardians have on.",
        example="is:equipped is:armor",
    ),
    Filter(
        keywords=("postmaster", "inpostmaster"),
        make=of_item(lambda item: item.place == "postmaster"),
        help="What waits at the postmaster.",
        example="is:postmaster",
    ),
    Filter(
        keywords=("transferable", "movable"),
        make=of_item(lambda item: item.item.stuck in (UNSET, "equipped")),
        help="What can be moved between guardians and the vault. What is equipped counts: it is taken off first.",
        example="is:movable is:incurrentchar",
    ),
)
