"""What is told when Xûr has come: a letter to one person, and its plain twin, which the other channels show.

Only what is known is said: how many copies somebody owns is, whether they ever owned one is not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, tzinfo

import msgspec

from vaultraider.domain.items import WEAPON_KINDS
from vaultraider.domain.notifications.message import Message
from vaultraider.domain.profile_parts import GuardianClass
from vaultraider.domain.wares import Price, Ware
from vaultraider.domain.xur import Visit
from vaultraider.domain.xur_shelves import ARMOUR, EXOTIC, WEAPONS, Shelf, shelf_of

KIND = "xur-arrived"
NAME_LENGTH = 60
"""The game's longest names are half of it."""
WORTH = 4
"""So many of what a person lacks are shown first."""
TRAITS = 2
_WEAPONS = frozenset(WEAPON_KINDS.values())
_COINS = {"Strange Coin": ("Strange Coins", "coins")}
"""What a number of them is called, whole and short. Other names are taken as they are, in whatever language."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One ware. ``kind``: of a weapon, what it is; ``unit``: of the price, where one short word says it; ``note``: what stands
    out."""

    hash: int
    name: str
    kind: str
    about: str
    price: str
    unit: str
    note: str = ""

    @property
    def picture(self) -> str:
        """Its name in the message."""
        return f"item-{self.hash}"

    @property
    def short(self) -> str:
        """In a list: "Kite Season, Sniper Rifle, 17"."""
        return ", ".join(part for part in (self.name, self.kind, self.price) if part)


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is said, in words. ``lists``: what is told without pictures, as (title, lines)."""

    weekend: date
    title: str
    day: str
    until: str
    place: str
    purse: str
    worth: tuple[Line, ...]
    exotic: tuple[Line, ...]
    lists: tuple[tuple[str, tuple[Line, ...]], ...]
    wares: int

    @property
    def lines(self) -> tuple[Line, ...]:
        """Those with pictures."""
        return (*self.worth, *self.exotic)

    @property
    def preheader(self) -> str:
        """What a list of e-mails shows beside the subject."""
        names = _listed([line.name for line in self.worth or self.exotic][:3])
        said = f"{names}: you own none." if self.worth else f"{names}." if names else ""
        return f"{said} He leaves {self.until}.".strip()


def xur_arrived(letter: Letter, *, html: str = "", pictures: dict[str, bytes] | None = None) -> Message:
    """Once a person and weekend."""
    return Message(
        kind=KIND,
        key=letter.weekend.isoformat(),
        title=letter.title,
        text=_text(letter),
        link="/xur",
        level="good",
        html=html,
        pictures=pictures or {},
    )


def xur_letter(
    shelves: Sequence[Shelf], visit: Visit, *, place: str = "", zone: tzinfo | None = None, guardian: GuardianClass | None = None
) -> Letter:
    """``shelves``: the wares as they are to this person. ``zone``: where they are, if that is known; else times are in UTC.
    ``guardian``: whose armour it is that is for one class alone."""
    wares = [ware for shelf in shelves for ware in shelf.wares]
    worth = [ware for ware in wares if ware.copies == 0 and shelf_of(ware) in (EXOTIC, WEAPONS)][:WORTH]
    rest = [(shelf.name, [ware for ware in shelf.wares if all(ware is not each for each in worth)]) for shelf in shelves]
    until = _moment(visit.until, zone)
    return Letter(
        weekend=visit.weekend,
        title=f"Xûr is here until {until}",
        day=_day(visit.since, zone, with_year=True),
        until=until,
        place=plain(place),
        purse=_purse(wares),
        worth=tuple(_line(ware, "You own none.") for ware in worth),
        exotic=tuple(_line(ware) for name, listed in rest if name == EXOTIC for ware in listed),
        lists=tuple(
            (_list_title(name, guardian), tuple(_line(ware) for ware in listed))
            for name, listed in rest
            if name != EXOTIC and listed
        ),
        wares=len(wares),
    )


def plain(text: str) -> str:
    """A name from outside without what cannot be seen (it turns lines round, or hides), and not endless."""
    seen = "".join(sign if not unicodedata.category(sign).startswith(("C", "Z")) else " " for sign in text)
    name = " ".join(seen.split())
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1].rstrip() + "…"


def counted(quantity: int, name: str) -> str:
    """ "41 Strange Coins"; "3 × Exotic Cipher" where the word for several is not known."""
    if name in _COINS and quantity != 1:
        return f"{quantity} {_COINS[name][0]}"
    return f"{quantity} {name}" if quantity == 1 else f"{quantity} × {name}"


def _line(ware: Ware, note: str = "") -> Line:
    first = ware.prices[0] if len(ware.prices) == 1 else None
    short = first is not None and first.name in _COINS and first.quantity != 1
    return Line(
        hash=ware.hash,
        name=plain(ware.facts.name) + (f" × {ware.quantity}" if isinstance(ware.quantity, int) else ""),
        kind=plain(ware.facts.type) if ware.facts.kind in _WEAPONS else "",
        about=_about(ware, own=not note),
        price=str(first.quantity) if first is not None and short else _prices(ware.prices),
        unit=_COINS[first.name][1] if first is not None and short else "",
        note=note,
    )


def _prices(prices: Iterable[Price]) -> str:
    return ", ".join(counted(price.quantity, plain(price.name)) for price in prices)


def _about(ware: Ware, *, own: bool) -> str:
    """ "Shotgun, strand · Slip the Net, Second Bell · you own 2"."""
    facts = ware.facts
    kind = [part for part in (plain(facts.type), facts.element or "", (facts.guardian or "").capitalize()) if part]
    said = [", ".join(kind), _roll(ware)]
    if own and isinstance(ware.copies, int):
        said.append(f"you own {ware.copies}" if ware.copies else "you own none")
    return " · ".join(part for part in said if part)


def _roll(ware: Ware) -> str:
    if ware.roll == "unknown":
        return "roll unknown"
    if ware.roll != "known" or not isinstance(ware.perks, list):
        return ""
    if ware.facts.kind in _WEAPONS:
        columns = [column.perks for column in ware.perks if column.perks]
        traits = [perks for perks in columns if perks[0].type in ("Trait", "Enhanced Trait")] or columns[3:]
        return ", ".join(plain(perk.name) for perks in traits[:TRAITS] for perk in perks)
    names = [plain(column.perks[0].name) for column in ware.perks[:1] if column.perks]
    total = next((stat.value for stat in ware.stats if stat.name == "Total"), None) if isinstance(ware.stats, list) else None
    return ", ".join([*names, *([f"total {total}"] if total is not None else [])])


def _purse(wares: Sequence[Ware]) -> str:
    """What the person has of what the wares cost, and what it is enough for; empty where nobody knows."""
    owned = {price.name: price.owned for ware in wares for price in ware.prices if isinstance(price.owned, int)}
    told = [counted(quantity, plain(name)) for name, quantity in owned.items()]
    if not told:
        return ""
    dear = [ware.prices[0] for ware in wares if shelf_of(ware) == EXOTIC and len(ware.prices) == 1]
    if len(owned) != 1 or not dear:
        return f"You have {_listed(told)}."
    enough = next(iter(owned.values())) // max(1, *(price.quantity for price in dear))
    pieces = {0: "too few for any of the exotic gear", 1: "enough for one piece of exotic gear"}
    if not enough and any(price.quantity <= (price.owned or 0) for price in dear):
        return f"You have {told[0]}."
    return f"You have {told[0]}, {pieces.get(enough, f'enough for {enough} pieces of exotic gear')}."


def _list_title(name: str, guardian: GuardianClass | None) -> str:
    return f"{name} for {guardian.capitalize()}s" if name == ARMOUR and guardian else name


def _text(letter: Letter) -> str:
    where = f"{letter.place}, until" if letter.place else "He stays until"
    paragraphs = [f"{where} {letter.until}. {letter.purse}".strip()]
    if letter.worth:
        paragraphs.append("You own none of these:\n" + _rows(letter.worth))
    if letter.exotic:
        paragraphs.append("Exotic gear:\n" + _rows(letter.exotic))
    paragraphs += [
        f"{title}: " + "; ".join(f"{line.short} {line.unit}".strip() for line in lines) for title, lines in letter.lists
    ]
    return "\n\n".join(paragraphs)


def _rows(lines: Iterable[Line]) -> str:
    return "\n".join(f"- {line.name}: {line.about}, {_cost(line)}" for line in lines)


def _cost(line: Line) -> str:
    return f"{line.price} {line.unit}".strip()


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _moment(moment: datetime, zone: tzinfo | None) -> str:
    """ "Tuesday 24 Nov, 18:00" where the person is; UTC says so."""
    local = moment.astimezone(zone or UTC)
    named = "" if zone is not None and str(zone) != "UTC" else " UTC"
    return f"{_day(moment, zone)}, {local:%H:%M}{named}"


def _day(moment: datetime, zone: tzinfo | None, *, with_year: bool = False) -> str:
    local = moment.astimezone(zone or UTC)
    year = f" {local.year}" if with_year else ""
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}{year}"


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
