"""What was asked and answered, newest last. Secrets are told apart by a short digest, never kept."""

from __future__ import annotations

import hashlib
from collections import deque
from typing import Any

import msgspec

KEEP = 20_000
_SECRET = ("token", "secret", "code", "authorization", "password")


class Entry(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One request. ``problem`` is set when a client's test should fail for it."""

    n: int
    at: str
    method: str
    path: str
    query: str = ""
    status: int = 0
    error_code: int | None = None
    user: str = ""
    bearer: str = ""
    user_agent: str = ""
    body: dict[str, Any] = {}
    faults: list[str] = []
    size: int = 0
    problem: str = ""


def fingerprint(secret: str) -> str:
    """Eight digits that tell two secrets apart."""
    return hashlib.sha256(secret.encode()).hexdigest()[:8] if secret else ""


def redacted(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: f"#{fingerprint(str(value))}" if any(word in name.lower() for word in _SECRET) else value
        for name, value in fields.items()
    }


class Journal:
    """Callers hold the simulator's lock."""

    def __init__(self) -> None:
        self.entries: deque[Entry] = deque(maxlen=KEEP)
        self.last = 0

    def write(self, entry: Entry) -> None:
        self.entries.append(entry)

    def next_number(self) -> int:
        self.last += 1
        return self.last

    def since(self, n: int) -> list[Entry]:
        return [entry for entry in self.entries if entry.n > n]

    def problems(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.problem]

    def clear(self) -> None:
        self.entries.clear()
