"""Finds the items that differ between two stores of ours: one pass over both, side by side, a block of rows at a time.

Ours and not Bungie's are compared: Bungie numbers its rows anew with each version, so that nearly all of its rows differ when a
single item is added. Equal bytes are an equal item; only what differs is decoded.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from vaultraider.domain.definitions import ItemDefinition
from vaultraider.domain.manifest_changes import Change, ItemChanges, gathered, kind_of
from vaultraider.manifest.build import open_readonly
from vaultraider.manifest.tables import ITEMS

_Block = tuple[list[int], list[msgspec.Raw]]
_split = msgspec.msgpack.Decoder(_Block).decode
_item = msgspec.msgpack.Decoder(ItemDefinition).decode


def compare(before: Path, after: Path) -> ItemChanges:
    """Two files of the same format. Raises sqlite3.Error or msgspec.DecodeError when one is missing or damaged."""
    with closing(open_readonly(before)) as old, closing(open_readonly(after)) as new:
        return gathered(_differences(_rows(old), _rows(new)))


def _differences(
    old: Iterator[tuple[int, msgspec.Raw]], new: Iterator[tuple[int, msgspec.Raw]]
) -> Iterator[tuple[Change, ItemDefinition]]:
    """Both come in the order of their ids."""
    was, now = next(old, None), next(new, None)
    while was is not None or now is not None:
        if now is None or (was is not None and was[0] < now[0]):
            if was is not None:
                yield "removed", _item(was[1])
            was = next(old, None)
        elif was is None or now[0] < was[0]:
            yield "added", _item(now[1])
            now = next(new, None)
        else:
            if bytes(was[1]) != bytes(now[1]):
                before, after = _item(was[1]), _item(now[1])
                yield kind_of(before, after), after
            was, now = next(old, None), next(new, None)


def _rows(connection: sqlite3.Connection) -> Iterator[tuple[int, msgspec.Raw]]:
    for (block,) in connection.execute(f"SELECT rows FROM {ITEMS.name} ORDER BY id"):  # noqa: S608 - our own names
        ids, rows = _split(block)
        yield from zip(ids, rows, strict=True)
