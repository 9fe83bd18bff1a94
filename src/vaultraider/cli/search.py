"""``vaultraider search``: what a query finds among a person's items, as the page would say it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from vaultraider.cli._options import json_option, read_settings, settings_options
from vaultraider.cli._people import one_person, person_option

if TYPE_CHECKING:
    from vaultraider.domain.item_csv import Row
    from vaultraider.search.items import SearchItem
    from vaultraider.search.world import World
    from vaultraider.services.searching.searching import QueryProblem


class Found(msgspec.Struct, omit_defaults=True):
    """One item that was found. ``store``: a guardian's name, Vault or Account."""

    id: str
    hash: int
    name: str
    type: str
    rarity: str
    store: str
    place: str
    quantity: int = 1
    power: int = 0
    element: str = ""
    tier: int = 0
    locked: bool = False
    tag: str = ""
    notes: str = ""


class Answer(msgspec.Struct):
    """``canonical``: the query in the one form in which it is kept. ``total``: how many items there are."""

    query: str
    canonical: str
    count: int
    total: int
    items: list[Found]


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("query", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, for spreadsheets.")
@person_option
@settings_options
@json_option
def command(
    query: Sequence[str],
    as_csv: bool,
    person: str,
    data_dir: Path | None,
    settings_file: Path | None,
    debug: bool,
    as_json: bool,
) -> None:
    """Search a person's items with QUERY, in the language of the search field.

    Put it into single quotes, so that the shell leaves it as it is: vaultraider search 'is:weapon name:"sable verdict"'.
    It answers from the state that was read last, and asks Bungie only where there is none yet.
    """
    from vaultraider.cli._open import opened

    if as_csv and as_json:
        raise click.UsageError("Choose one of --csv and --json.")
    with opened(read_settings(data_dir=data_dir, settings_file=settings_file, debug=debug, quiet=True)) as services:
        user = one_person(services, person)
        found = services.searching.search(user, _text(query))
        if not found.valid:
            raise click.BadParameter(wrong(found.query, found.problem or None), param_hint="QUERY")
        world = services.searching.world(user)
        items = {item.id: item for item in world.items}
        told = [told_of(items[id], world) for id in found.ids if id in items]
    if found.problem:
        click.echo(wrong(found.query, found.problem), err=True)
    if as_json:
        answer = Answer(found.query, found.canonical, len(told), found.total, told)
        click.echo(msgspec.json.encode(answer).decode())
    elif as_csv:
        click.echo(table(told))
    else:
        for line in lines(told):
            click.echo(line)
        click.echo(f"{len(told):,} of {found.total:,}")


def _text(words: Sequence[str]) -> str:
    """As typed; bytes that are no text, which a terminal can send, become question marks."""
    return " ".join(words).encode("utf-8", "replace").decode()


def told_of(item: SearchItem, world: World) -> Found:
    from vaultraider.domain.annotations import NOTHING

    said = world.annotations.get(item.key, NOTHING)
    return Found(
        id=item.id,
        hash=item.hash,
        name=item.blueprint.title or f"Item {item.hash}",
        type=item.blueprint.type_name,
        rarity=item.blueprint.rarity,
        store=_owner(item.store, world),
        place=item.place,
        quantity=item.quantity,
        power=item.power,
        element=item.element,
        tier=item.gear_tier,
        locked=item.is_locked,
        tag=said.tag,
        notes=said.notes,
    )


def _owner(store: str, world: World) -> str:
    for each in world.profile.characters:
        if each.id == store:
            return each.nickname if isinstance(each.nickname, str) else each.class_name
    return store.capitalize()


def lines(found: Sequence[Found]) -> list[str]:
    """A table for the terminal, as wide as its longest words."""
    rows = [[_plain(cell) for cell in _cells(each)] for each in found]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _cells(each: Found) -> tuple[str, ...]:
    where = each.store if each.place in ("vault", "inventory") else f"{each.store}, {each.place}"
    number = str(each.power) if each.power else f"×{each.quantity}" if each.quantity > 1 else ""
    marks = " ".join(word for word in ("locked" if each.locked else "", each.tag) if word)
    return each.name, each.type, each.rarity, number, where, marks, each.id


def table(found: Sequence[Found]) -> str:
    """Safe to open in a spreadsheet; ids are in quotes, or it would round them."""
    from vaultraider.domain.item_csv import to_csv

    return to_csv([_row(each) for each in found])


def _row(each: Found) -> Row:
    return {
        "Name": each.name,
        "Hash": each.hash,
        "Id": f'"{each.id}"',
        "Type": each.type,
        "Rarity": each.rarity,
        "Tier": each.tier or None,
        "Element": each.element,
        "Power": each.power or None,
        "Quantity": each.quantity,
        "Owner": each.store,
        "Place": each.place,
        "Locked": each.locked,
        "Tag": each.tag,
        "Notes": each.notes,
    }


def wrong(text: str, problem: QueryProblem | None) -> str:
    """The reason, the query with a mark under what it is about, and what may be meant."""
    if problem is None:
        return "The query cannot be read."
    units = text.encode("utf-16-le", "surrogatepass")
    before = units[: problem.start * 2].decode("utf-16-le", "replace")
    about = units[problem.start * 2 : (problem.start + problem.length) * 2].decode("utf-16-le", "replace")
    said = [problem.sentence, "", f"  {_plain(text)}", f"  {' ' * len(before)}{'^' * max(1, len(about))}"]
    if problem.nearest:
        said += ["", f"Perhaps: {', '.join(problem.nearest)}"]
    return "\n".join(said)


def _plain(text: str) -> str:
    """Without what a terminal would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
