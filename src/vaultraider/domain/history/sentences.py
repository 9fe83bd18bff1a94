"""What happened, in one plain sentence without a full stop: "Sable Verdict moved to the vault from Brannoch"."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from vaultraider.domain.buckets import ACCOUNT_STORE, VAULT_STORE
from vaultraider.domain.history.events import Event, EventKind

StoreName = Callable[[str], str]
"""What a store is called within a sentence: "the vault", "Brannoch"."""

LONGEST_NAME = 120
NAMED = 2
"""Of several items so many are named."""
_JOINERS = frozenset("\u200c\u200d")
"""Of the invisible characters only these two belong into names: they shape scripts and emoji."""


def sentence(event: Event, store_name: StoreName) -> str:
    """Never raises, whatever ``before`` and ``after`` hold: they may have come from a file."""
    return plain(_SENTENCES[event.kind](_Told(event, store_name)))


def plain(text: str) -> str:
    """Without what cannot be seen, or turns the direction of what follows."""
    return "".join(sign for sign in text if unicodedata.category(sign)[0] != "C" or sign in _JOINERS).strip()


def place_words(store: str, place: str, store_name: StoreName) -> str:
    """ "the vault", "Brannoch", "Brannoch, equipped", "the postmaster of Brannoch"."""
    name = store_name(store)
    if place == "postmaster":
        return f"the postmaster of {name}"
    return f"{name}, equipped" if place == "equipped" else name


class _Told:
    """An event as its sentence needs it."""

    def __init__(self, event: Event, store_name: StoreName) -> None:
        self.event = event
        self.before, self.after = event.before, event.after
        self._store_name = store_name

    @property
    def name(self) -> str:
        return shortened(self.event.name) or "Something"

    @property
    def amount(self) -> str:
        quantity = self.event.quantity
        return f"{quantity:,} {self.name}" if quantity > 1 else self.name

    @property
    def guardian(self) -> str:
        return self._store_name(self.event.character)

    @property
    def be(self) -> str:
        return "are" if self.event.quantity > 1 else "is"

    def store(self, side: Mapping[str, Any]) -> str:
        """What the store of one side is called; "" where it is not told."""
        store = side.get("store")
        return self._store_name(store) if isinstance(store, str) and store else ""

    def where(self, side: Mapping[str, Any]) -> str:
        """ "in the vault", "on Brannoch", "in the postmaster of Brannoch"; "" where it is not told."""
        store, name = side.get("store"), self.store(side)
        if not name:
            return ""
        if side.get("place") == "postmaster":
            return f"in the postmaster of {name}"
        return f"in {name}" if store in (VAULT_STORE, ACCOUNT_STORE) else f"on {name}"


def shortened(name: Any) -> str:
    """A name of a length that fits into a line; "" for what is none."""
    text = plain(name) if isinstance(name, str) else ""
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"


def _acquired(told: _Told) -> str:
    return f"{_with_power(told.amount, told.after)} found{_after(' ', told.where(told.after))}"


def _lost(told: _Told) -> str:
    return f"{_with_power(told.amount, told.before)} {told.be} gone{_after(', last ', told.where(told.before))}"


def _moved(told: _Told) -> str:
    before, after = told.store(told.before), told.store(told.after)
    if told.before.get("store") == told.after.get("store"):
        return f"{told.amount} taken off by {after}" if after else f"{told.amount} moved"
    return f"{told.amount} moved{_after(' to ', after)}{_after(' from ', before)}"


def _equipped(told: _Told) -> str:
    worn_by = told.store(told.after) or told.guardian
    return f"{told.name} equipped by {worn_by}{_after(', in place of ', shortened(told.before.get('name')))}"


def _stack(told: _Told) -> str:
    return _from_to(told.name, told.before.get("quantity"), told.after.get("quantity"))


def _power(told: _Told) -> str:
    return _from_to(f"{told.name}, power", told.before.get("power"), told.after.get("power"))


def _perk(told: _Told) -> str:
    before, after = shortened(told.before.get("name")), shortened(told.after.get("name"))
    if before and after:
        return f"{told.name}: {after} in place of {before}"
    return f"{told.name}: {after} put in" if after else f"{told.name}: {before} taken out" if before else f"{told.name} changed"


def _locked(told: _Told) -> str:
    return f"{told.name} {'locked' if told.after.get('locked') else 'unlocked'}"


def _tracked(told: _Told) -> str:
    return f"{told.name} {'followed' if told.after.get('tracked') else 'not followed any more'}"


def _crafted(told: _Told) -> str:
    return f"{told.name} {'shaped' if told.after.get('crafted') else 'not shaped any more'}"


def _masterwork(told: _Told) -> str:
    old, new = told.before.get("energy"), told.after.get("energy")
    energy = _from_to(f"{told.name}, energy", old, new) if old != new else ""
    if told.before.get("masterwork") == told.after.get("masterwork"):
        return energy or f"{told.name} changed"
    done = "masterworked" if told.after.get("masterwork") else "not masterworked any more"
    return f"{energy}, {done}" if energy else f"{told.name} {done}"


def _postmaster_in(told: _Told) -> str:
    owner = told.store(told.after) or told.guardian
    return f"{told.amount} came to the postmaster of {owner}{_after(' from ', told.store(told.before))}"


def _postmaster_out(told: _Told) -> str:
    owner, target = told.store(told.before) or told.guardian, told.store(told.after)
    moved = f" to {target}" if target and told.after.get("store") != told.before.get("store") else ""
    return f"{told.amount} collected from the postmaster of {owner}{moved}"


def _currency(told: _Told) -> str:
    return _from_to(told.name, told.before.get("amount"), told.after.get("amount"))


def _loadout(told: _Told) -> str:
    """What is in it by name, where that differs; else whether it was made, cleared, or looks otherwise."""
    index = told.after.get("index", told.before.get("index"))
    which = f"{f'Loadout {index + 1}' if isinstance(index, int) else 'A loadout'} of {told.guardian}"
    had, has = told.before.get("items"), told.after.get("items")
    if had and has:
        new, old = _listed(told.after.get("names")), _listed(told.before.get("names"))
        if new:
            return f"{which}: {new} in place of {old}" if old else f"{which}: {new} put in"
        if old:
            return f"{which}: {old} taken out"
        return f"{which}: its mods changed" if told.after.get("changed") == "mods" else f"{which} changed"
    return f"{which} {'saved' if has else 'cleared' if had else 'changed'}"


def _listed(names: Any) -> str:
    """ "Sable Verdict and 2 more"."""
    found = [name for name in map(shortened, names) if name] if isinstance(names, list | tuple) else []
    if len(found) > NAMED:
        return f"{', '.join(found[:NAMED])} and {len(found) - NAMED} more"
    return " and ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)


def _created(told: _Told) -> str:
    return f"{told.name} created, a new guardian"


def _deleted(told: _Told) -> str:
    return f"{told.name} deleted, a guardian of yours"


def _with_power(name: str, side: Mapping[str, Any]) -> str:
    power = side.get("power")
    return f"{name}, {power}," if _is_amount(power) and power else name


def _from_to(name: str, before: Any, after: Any) -> str:
    """ "Ember Salt 12 to 45"; what is not known is left out."""
    if _is_amount(before) and _is_amount(after):
        return f"{name} {before:,} to {after:,}"
    return f"{name} now {after:,}" if _is_amount(after) else f"{name} changed"


def _is_amount(value: Any) -> bool:
    return isinstance(value, int) and 0 <= value < 2**63


def _after(words: str, what: str) -> str:
    return f"{words}{what}" if what else ""


_SENTENCES: dict[EventKind, Callable[[_Told], str]] = {
    "acquired": _acquired,
    "lost": _lost,
    "moved": _moved,
    "equipped": _equipped,
    "stack": _stack,
    "power": _power,
    "perk": _perk,
    "locked": _locked,
    "masterwork": _masterwork,
    "crafted": _crafted,
    "tracked": _tracked,
    "postmaster-in": _postmaster_in,
    "postmaster-out": _postmaster_out,
    "currency": _currency,
    "loadout": _loadout,
    "character-created": _created,
    "character-deleted": _deleted,
}
