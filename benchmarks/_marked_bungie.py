"""Bungie in a box whose words tell the version of the definitions they are from: every item's name begins with "V<number> "."""

from __future__ import annotations

from vaultraider.cli.simulator import command
from vaultraider.simulator.content import DemoContent, Edition, Tables
from vaultraider.simulator.demo.book import ITEMS

_plain = DemoContent.tables


def _marked(self: DemoContent, edition: Edition, language: str) -> Tables:
    found = _plain(self, edition, language)
    return found | {ITEMS: {hash: _with_mark(row, f"V{edition.number} ") for hash, row in found[ITEMS].items()}}


def _with_mark(row: dict[str, object], mark: str) -> dict[str, object]:
    words = row.get("displayProperties")
    if not isinstance(words, dict) or not words.get("name"):
        return row
    return row | {"displayProperties": words | {"name": mark + str(words["name"])}}


if __name__ == "__main__":
    DemoContent.tables = _marked  # type: ignore[method-assign]
    command()
