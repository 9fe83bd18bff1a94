"""Words: names, descriptions, perks, and what you wrote."""

from __future__ import annotations

from vaultraider.domain.annotations import NOTHING, TAGS
from vaultraider.search.filters._filter import Asked, Filter, Test
from vaultraider.search.folding import fold
from vaultraider.search.known import Known
from vaultraider.search.texts import in_notes, texts_of
from vaultraider.search.world import World

UNTAGGED = "none"


def _perk(asked: Asked, world: World) -> Test:
    return Known(world, texts_of(world).in_perks(asked.text))


def _keyword(asked: Asked, world: World) -> Test:
    return Known(world, texts_of(world).anywhere(asked.text) | in_notes(world, asked.text))


def _perk_name(asked: Asked, world: World) -> Test:
    texts = texts_of(world)
    exact = asked.keyword == "exactperk"
    return Known(world, texts.with_perk_called(asked.text) if exact else texts.in_perk_names(asked.text))


def _name(asked: Asked, world: World) -> Test:
    texts = texts_of(world)
    return Known(world, texts.called(asked.text) if asked.keyword == "exactname" else texts.in_names(asked.text))


def _description(asked: Asked, world: World) -> Test:
    return Known(world, texts_of(world).in_descriptions(asked.text))


def _notes(asked: Asked, world: World) -> Test:
    wanted = fold(asked.text)
    keys = {key for key, said in world.annotations.items() if said.notes and wanted in fold(said.notes)}
    return lambda item: item.key in keys


def _tag(asked: Asked, world: World) -> Test:
    wanted = "" if asked.text == UNTAGGED else asked.text
    said = world.annotations
    return lambda item: said.get(item.key, NOTHING).tag == wanted


def _is_tagged(_asked: Asked, world: World) -> Test:
    keys = {key for key, said in world.annotations.items() if said.tag}
    return lambda item: item.key in keys


def _has_notes(_asked: Asked, world: World) -> Test:
    keys = {key for key, said in world.annotations.items() if said.notes}
    return lambda item: item.key in keys


def _id(asked: Asked, _world: World) -> Test:
    wanted = asked.text
    return lambda item: item.id == wanted


def _hash(asked: Asked, _world: World) -> Test:
    wanted = asked.text
    return lambda item: str(item.hash) == wanted


def _item_names(world: World) -> tuple[str, ...]:
    return tuple(sorted({item.blueprint.title for item in world.items if item.blueprint.title}))


def _perk_names(world: World) -> tuple[str, ...]:
    return tuple(texts_of(world).perk_names())


FILTERS = (
    Filter(
        keywords=("name", "exactname"),
        formats=("freeform",),
        make=_name,
        help="Items with this in their name; with “exactname” those of just this name.",
        example="name:hand",
        hints=_item_names,
    ),
    Filter(
        keywords=("notes",),
        formats=("freeform",),
        make=_notes,
        help="Items with this in your notes.",
        example="notes:#pve",
    ),
    Filter(
        keywords=("description",),
        formats=("freeform",),
        make=_description,
        help="Items with this in their description.",
        example="description:left",
    ),
    Filter(
        keywords=("perk",),
        formats=("freeform",),
        make=_perk,
        help="Items with a perk whose name or description has a word that begins like this.",
        example="perk:reload",
        hints=_perk_names,
    ),
    Filter(
        keywords=("perkname", "exactperk"),
        formats=("freeform",),
        make=_perk_name,
        help="Items with a perk whose name has a word that begins like this; with “exactperk” one of just this name.",
        example="perkname:outlaw",
        hints=_perk_names,
    ),
    Filter(
        keywords=("keyword",),
        formats=("freeform",),
        make=_keyword,
        help="Items with a word that begins like this in name, type, description, perks or notes: what a free word means.",
        example="keyword:arc",
    ),
    Filter(
        keywords=("tagged",),
        make=_is_tagged,
        help="Items that have a tag.",
        example="is:tagged",
    ),
    Filter(
        keywords=("tag",),
        formats=("query",),
        make=_tag,
        values=(UNTAGGED, *TAGS),
        help="Items with this tag, or with none.",
        example="tag:junk",
    ),
    Filter(
        keywords=("hasnotes",),
        make=_has_notes,
        help="Items that you wrote notes on.",
        example="is:hasnotes",
    ),
    Filter(
        keywords=("id",),
        formats=("freeform",),
        make=_id,
        help="The one copy with this id.",
        example="id:6917529000000000001",
    ),
    Filter(
        keywords=("hash",),
        formats=("freeform",),
        make=_hash,
        help="Every copy of the item with this hash.",
        example="hash:1234567890",
    ),
)
