"""What wish lists hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

WILDCARD = -69420
"""In place of an item's hash: any item. It has no counterpart for what is not wanted."""
ANY_PERK = 29505215
"""What one program writes where any perk of a column will do."""

RollKey = tuple[int, bool, bool, tuple[int, ...]]


class Roll(msgspec.Struct, frozen=True, gc=False):
    """``item``: hash of an item or of a category of items, or ``WILDCARD``. ``perks``: plug hashes as in the file, none twice.

    ``expert``: the item must have each of them and may have anything else; otherwise each of its columns must have one of
    them. ``unwanted``: rather not. ``title``, ``description``: what the file said of itself last before this line.
    """

    item: int
    perks: tuple[int, ...] = ()
    notes: str = ""
    expert: bool = True
    unwanted: bool = False
    title: str = ""
    description: str = ""

    @property
    def key(self) -> RollKey:
        """The same for two that say the same, whatever their notes are and in whichever order they name their perks."""
        return (self.item, self.expert, self.unwanted, tuple(sorted(self.perks)))


class WrongLine(msgspec.Struct, frozen=True):
    """``line``: as an editor counts them, from 1. ``text``: its beginning, to be shown. ``sentence``: why it says nothing."""

    line: int
    text: str
    sentence: str


class ParsedList(msgspec.Struct, frozen=True, kw_only=True):
    """``title``, ``description``: the file's first. ``rolls``: in its order, none twice; ``duplicates``: how many were left out
    for that. ``wrong_lines``: how many say nothing that we know, ``faults``: the first of them."""

    title: str = ""
    description: str = ""
    rolls: tuple[Roll, ...] = ()
    duplicates: int = 0
    wrong_lines: int = 0
    faults: tuple[WrongLine, ...] = ()

    @property
    def unwanted(self) -> int:
        """How many rolls say that something is not wanted."""
        return sum(roll.unwanted for roll in self.rolls)


class Listed(msgspec.Struct, frozen=True, gc=False):
    """``list``: which one it is of, from 0."""

    list: int
    roll: Roll


class Combined(msgspec.Struct, frozen=True):
    """Several lists as one. ``kept``, ``duplicates``: by list, how many rolls it adds, and how many it or an earlier one has
    already."""

    rolls: tuple[Listed, ...]
    kept: tuple[int, ...]
    duplicates: tuple[int, ...]


def combine(lists: Sequence[ParsedList]) -> Combined:
    """The earlier list wins."""
    seen: set[RollKey] = set()
    rolls: list[Listed] = []
    kept: list[int] = []
    for place, each in enumerate(lists):
        new = [roll for roll in each.rolls if roll.key not in seen]
        seen.update(roll.key for roll in new)
        rolls += [Listed(place, roll) for roll in new]
        kept.append(len(new))
    duplicates = tuple(len(each.rolls) - count + each.duplicates for each, count in zip(lists, kept, strict=True))
    return Combined(tuple(rolls), tuple(kept), duplicates)


def written(roll: Roll) -> str:
    """The line that says this. Raises nothing; notes are cut where the form has no room for what they hold."""
    item = -roll.item if roll.unwanted else roll.item
    perks = f"&perks={','.join(map(str, roll.perks))}" if roll.perks else ""
    notes = roll.notes.replace("\r", "").replace("\n", "\\n").replace("|", "/")
    return f"dimwishlist:item={item}{perks}" + (f"#notes:{notes}" if notes else "")


def written_list(title: str, rolls: Iterable[Roll]) -> str:
    """A whole file."""
    return "\n".join([f"title:{title}", "", *map(written, rolls), ""])
