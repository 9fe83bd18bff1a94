"""What kinds of work there are, for those who show or begin it. The jobs themselves stand above this floor."""

from __future__ import annotations

from dataclasses import dataclass

from vaultraider.services.jobs.schedules import Schedule


@dataclass(frozen=True, kw_only=True)
class JobKind:
    """One file of ``jobs/``. ``by_hand``: a person may ask for it, as it needs no arguments."""

    name: str
    title: str
    schedule: Schedule | None = None
    by_hand: bool = True
