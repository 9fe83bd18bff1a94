"""What things are called when something happens to them. An event keeps the name of its day."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.details import is_masterwork
from vaultraider.domain.items import TIERS, kind_of, name_of
from vaultraider.domain.profile_parts import Kind, Tier

LONGEST = 100


class Named(NamedTuple):
    name: str
    tier: Tier = "unknown"
    kind: Kind = "unknown"


class NamedPlug(NamedTuple):
    """``label``: what sort of thing it is ("Barrel"), or "". ``masterwork``: a masterwork puts it in."""

    name: str
    label: str = ""
    masterwork: bool = False


class Names(Protocol):
    """Never raises: what is not known is called by its hash."""

    def item(self, hash: int) -> Named: ...
    def plug(self, hash: int) -> NamedPlug: ...
    def race(self, hash: int) -> str:
        """Or ""."""


class HashNames:
    """While there are no definitions."""

    def item(self, hash: int) -> Named:
        return Named(f"Item {hash}")

    def plug(self, hash: int) -> NamedPlug:
        return NamedPlug(f"Plug {hash}" if hash else "")

    def race(self, hash: int) -> str:
        return ""


class CatalogueNames(HashNames):
    """By today's definitions; what they lack, by its hash."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def item(self, hash: int) -> Named:
        row = self._catalogue.item(hash).definition
        if row is None:
            return super().item(hash)
        return Named(clean(name_of(row)), TIERS.get(row.tier_type, "unknown"), kind_of(row))

    def plug(self, hash: int) -> NamedPlug:
        row = self._catalogue.definitions.item(hash) if hash else None
        if row is None:
            return super().plug(hash)
        name = clean(row.name.strip() or row.type_name)
        return NamedPlug(name or super().plug(hash).name, clean(row.type_name), is_masterwork(row))

    def race(self, hash: int) -> str:
        row = self._catalogue.definitions.named("Race", hash)
        return clean(row.name) if row is not None else ""


def clean(text: str) -> str:
    """On one line, visible, and no longer than a name is: it is stored for ever and shown in many places."""
    return "".join(each if each.isprintable() else " " for each in text[: LONGEST * 2]).strip()[:LONGEST]
