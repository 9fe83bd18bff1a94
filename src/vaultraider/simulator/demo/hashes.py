"""Hashes: the game's own structure (buckets, stats, classes ...) and our invented items, spread over all 32 bits."""

from __future__ import annotations

import hashlib
from functools import cache

FNV_START = 0x811C9DC5
FNV_PRIME = 0x01000193
KNOWN_BY_HEART = {"currency:Glimmer": 3159615086}
"""Items of the game that programs name by its own hash, so that ours must have it."""


@cache
def hash_of(key: str) -> int:
    """An invented hash: the same for the same key, anywhere in the unsigned 32-bit range, never one of the structure's."""
    if key in KNOWN_BY_HEART:
        return KNOWN_BY_HEART[key]
    salt = 0
    while True:
        found = int.from_bytes(hashlib.sha256(f"{key}#{salt}".encode()).digest()[:4], "big")
        if found > 1000:
            return found
        salt += 1


@cache
def identifier_hash(identifier: str) -> int:
    """How the game hashes its identifiers (32-bit FNV-1): ``plugCategoryHash`` from ``plugCategoryIdentifier``."""
    value = FNV_START
    for byte in identifier.encode():
        value = (value * FNV_PRIME) & 0xFFFFFFFF
        value ^= byte
    return value


def signed(unsigned: int) -> int:
    """As the manifest's SQLite keeps it."""
    return unsigned - 2**32 if unsigned >= 2**31 else unsigned
