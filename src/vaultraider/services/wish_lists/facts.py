"""What is kept of a text beside itself."""

from __future__ import annotations

import hashlib

from vaultraider.domain.ledgers import plain
from vaultraider.domain.wish_lists import ParsedList
from vaultraider.ports.wish_lists import Facts

TITLE = 200
DESCRIPTION = 2000


def digest_of(text: bytes) -> str:
    return hashlib.blake2b(text, digest_size=16).hexdigest()


def facts_of(text: bytes, parsed: ParsedList) -> Facts:
    trash = parsed.unwanted
    return Facts(
        digest=digest_of(text),
        size=len(text),
        title=_shown(parsed.title, TITLE),
        description=_shown(parsed.description, DESCRIPTION),
        rolls=len(parsed.rolls) - trash,
        trash=trash,
        duplicates=parsed.duplicates,
        wrong_lines=parsed.wrong_lines,
    )


def _shown(text: str, most: int) -> str:
    """Somebody else wrote it: on one line, without what cannot be seen."""
    return plain(text, len(text), "title")[:most].strip()
