"""A perk that was enhanced has a hash of its own. Lists name the plain one, the enhanced one or both, and mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from vaultraider.domain.definitions import Definitions

_ENHANCED_TIER = 3
"""DestinyTierType of enhanced perks; plain ones have 2 or, in old rows, 5."""
_AFFIX = re.compile(r"^Enhanced | Enhanced$")
_AT_ONCE = 2_000
"""Perks that are looked up together, as many as all lists that are about name: some lists name a million that there are not, and
the definitions keep only so many in memory."""
_NO_PERKS = frozenset({"build_perk", "shader", "hologram"})
"""Categories that are written like those of a weapon's perks: there, "Enhanced" is another perk altogether."""


class _Kind(NamedTuple):
    """``perk``: what both siblings have in common."""

    perk: tuple[str, str]
    enhanced: bool


class Siblings:
    """``perks``: those that lists name; of others nobody asks."""

    def __init__(self, perks: Iterable[int], definitions: Definitions | None) -> None:
        self._definitions = definitions
        self._by_kind: dict[_Kind, list[int]] = {}
        self._found: dict[int, tuple[int, ...]] = {}
        self._alone: set[int] = set()
        """Those known to have none: most of them."""
        if definitions is not None:
            named = sorted(perks)
            for start in range(0, len(named), _AT_ONCE):
                some = named[start : start + _AT_ONCE]
                definitions.preload(some)
                for perk in some:
                    kind = self._kind(perk)
                    if kind is not None:
                        self._by_kind.setdefault(kind, []).append(perk)

    def of(self, plug: int) -> tuple[int, ...]:
        """Of a plain perk the enhanced ones that lists name, of an enhanced one the plain ones."""
        if plug in self._alone:
            return ()
        found = self._found.get(plug)
        if found is None:
            kind = self._kind(plug)
            found = tuple(self._by_kind.get(_Kind(kind.perk, not kind.enhanced), ())) if kind is not None else ()
            if found:
                self._found[plug] = found
            else:
                self._alone.add(plug)
        return found

    def with_siblings(self, plugs: Iterable[int]) -> frozenset[int]:
        has = frozenset(plugs)
        not_alone = has - self._alone
        return has.union(*map(self.of, not_alone)) if not_alone else has

    def _kind(self, hash: int) -> _Kind | None:
        row = self._definitions.item(hash) if self._definitions is not None else None
        if row is None or row.plug is None or "." in row.plug.category or row.plug.category in _NO_PERKS or not row.name:
            return None
        enhanced = row.tier_type == _ENHANCED_TIER or row.type_name.startswith("Enhanced ")
        name = _AFFIX.sub("", row.name) if enhanced else row.name
        return _Kind((row.plug.category, name.casefold()), enhanced)
