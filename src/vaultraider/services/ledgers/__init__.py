"""Ledgers: what a person earns and spends of each currency, and of whatever else they keep a book of."""

from __future__ import annotations

from vaultraider.services.ledgers.ledgers import Ledgers, ShownYear, TakenIn
from vaultraider.services.ledgers.showing import ShownLedger

__all__ = ["Ledgers", "ShownLedger", "ShownYear", "TakenIn"]
