"""The tables of this folder: a word, a colon and hashes; what does not fit on one line goes on indented on the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Table = Mapping[str, tuple[int, ...]]


def read_table(text: str) -> Table:
    """Hashes by word, in the order of the table."""
    found: dict[str, tuple[int, ...]] = {}
    word = ""
    for line in text.strip().splitlines():
        if not line.startswith(" "):
            word, _, line = line.partition(":")
        found[word] = found.get(word, ()) + tuple([int(hash) for hash in line.split()])
    return found


def by_hash(table: Table) -> dict[int, frozenset[str]]:
    """The words under which each hash stands."""
    found: dict[int, set[str]] = {}
    for word, hashes in table.items():
        for hash in hashes:
            found.setdefault(hash, set()).add(word)
    return {hash: frozenset(words) for hash, words in found.items()}


def closed(parts: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Of each part the wholes it belongs to, and those that these belong to in turn. ``parts``: of a whole its parts."""
    found: dict[str, set[str]] = {}
    for whole, its in parts.items():
        for part in its:
            found.setdefault(part, set()).add(whole)
    for wholes in found.values():
        waiting = list(wholes)
        while waiting:
            above = found.get(waiting.pop(), set()) - wholes
            wholes |= above
            waiting += above
    return {part: frozenset(wholes) for part, wholes in found.items()}
