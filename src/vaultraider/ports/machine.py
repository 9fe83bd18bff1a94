"""What this process takes of its machine."""

from __future__ import annotations

from typing import Literal, Protocol


class Machine(Protocol):
    def memory_bytes(self) -> int | None:
        """What this process holds in memory now; None where the system does not tell."""

    def disk_free_bytes(self) -> int | None:
        """Of the disk with the data folder; None when it cannot be asked."""

    def folder_bytes(self, name: str) -> int:
        """What a folder of the data folder holds, with all below it; 0 when it is not there."""


class DatabaseFigures(Protocol):
    @property
    def kind(self) -> Literal["sqlite", "postgresql"]: ...
    def size(self) -> int | None:
        """Bytes; None where it does not tell."""
