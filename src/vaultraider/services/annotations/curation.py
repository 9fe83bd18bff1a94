"""Carrying tags, notes and searches in and out."""

from __future__ import annotations

from dataclasses import dataclass

from vaultraider.services.annotations.exporting import Exporting
from vaultraider.services.annotations.importing import Importing


@dataclass(frozen=True, kw_only=True)
class Curation:
    """Made by bootstrap, once a process."""

    importing: Importing
    exporting: Exporting
