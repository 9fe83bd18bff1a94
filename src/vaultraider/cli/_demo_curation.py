"""What the demo's first person has said already: tags, notes, saved searches and wish lists, so that each has something to show.

All of it goes through the services, as if done by hand, right after the account was read for the first time; once in the life of
a demo's folder. Whatever a visitor changes, stays changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from vaultraider.bootstrap import Services
from vaultraider.domain.errors import DefinitionsMissing
from vaultraider.domain.people import User
from vaultraider.domain.snapshot import ProfileSnapshot
from vaultraider.domain.wish_lists import Roll
from vaultraider.domain.wish_lists.rolls import written_list
from vaultraider.keys import write_private
from vaultraider.ports import MembershipRef
from vaultraider.search.items import SearchItem

MARK = "curated"
"""The file that says it was done in this folder."""


class Picked(NamedTuple):
    """``says`` of at most ``most`` of the items that ``query`` finds."""

    says: str
    query: str
    most: int


TAGS = (
    Picked("favorite", "is:weapon is:exotic is:equipped", 3),
    Picked("favorite", "is:weapon is:legendary tier:5 is:masterwork", 8),
    Picked("favorite", "is:armor is:exotic is:masterwork", 4),
    Picked("junk", "dupe:statlower is:invault -is:locked -is:exotic tier:<=2", 14),
    Picked("junk", "is:weapon is:legendary tier:<=2 is:dupe is:invault -is:locked -is:crafted", 10),
    Picked("infuse", "is:infusionfodder is:invault -is:locked tier:<=3", 9),
    Picked("archive", "is:armor2.0 is:invault", 6),
    Picked("archive", "is:weapon is:legendary is:invault season:<=13", 4),
    Picked("keep", "is:weapon is:legendary tier:>=4", 16),
    Picked("keep", "is:armor is:legendary tier:5", 12),
)
"""Of several that fit an item the first counts."""

NOTES = (
    Picked("Opens every strike with this. #pve #addclear", "is:weapon is:exotic is:equipped", 1),
    Picked("Duels at mid range. #pvp", "is:handcannon tag:favorite or is:handcannon tag:keep", 2),
    Picked("Boss damage, with the heavy finder on. #raid #dps", "is:power is:weapon (tag:favorite or tag:keep)", 3),
    Picked("Until a better roll drops. #pve", "is:weapon is:energy tag:keep", 2),
    Picked("Melee build for the hard strikes. #build #gm", "is:armor is:exotic tag:favorite", 2),
    Picked("Raise the grenade build with it. #build", "is:armor is:legendary tag:keep", 3),
    Picked("Goes into the next good piece of its slot.", "is:armor tag:infuse", 1),
)

SEARCHES = (
    ("Armour to let go", "dupe:statlower -is:locked -is:exotic -(tag:keep or tag:favorite)"),
    ("Wished for and not locked", "is:wishlist -is:locked"),
    ("Good enough to masterwork", "is:weapon is:legendary tier:>=4 -is:masterwork"),
    ("For the raid", "notes:#raid"),
)

WISHED = (
    Picked("Reloads before they look up.", "is:weapon is:legendary is:equipped is:wishlistable", 2),
    Picked("Kept for clearing rooms. #pve", "is:weapon is:legendary tag:favorite is:wishlistable", 4),
    Picked("One shot less to most things.", "is:weapon is:legendary is:invault tag:keep is:wishlistable", 4),
)
UNWANTED = (Picked("Two perks that wait for each other.", "is:weapon is:legendary is:invault tag:junk is:wishlistable", 4),)
"""What the person's own list says."""

UPLOADED = "The harbour's picks"
"""The list of a friend, as a file."""
PICKS = (
    Picked("Harbour watch: for long days.", "is:weapon is:legendary is:invault tag:none is:wishlistable", 12),
    Picked("Harbour watch: the one to carry.", "is:weapon is:legendary -is:invault is:wishlistable", 4),
)


class Curated:
    """Fits ``ports.SnapshotListener``: waits for the first look at the demo's account."""

    def __init__(self, services: Services, owner: User, folder: Path) -> None:
        self._services = services
        self._owner = owner
        self._mark = folder / MARK

    def accepted(self, user: User, membership: MembershipRef, before: ProfileSnapshot | None, after: ProfileSnapshot) -> None:
        if user.id == self._owner.id and not self._mark.exists():
            try:
                self._services.inventory.catalogue()
            except DefinitionsMissing:
                return  # Nothing can be chosen yet; the next look is a minute away.
            # Before the work: half of it is better than all of it over what a visitor did.
            write_private(self._mark, "Tags, notes, searches and wish lists of the demo were made.\n")
            curate(self._services, user)


def curate(services: Services, user: User) -> None:
    """Raises what the services raise; what was made until then stays."""
    for picked in TAGS:
        _say(services, user, picked, tag=True)
    for picked in NOTES:
        _say(services, user, picked, tag=False)
    for name, query in SEARCHES:
        services.searches.save(user, query, name=name)
    own = [
        *_rolls(services, user, WISHED, unwanted=False),
        *_rolls(services, user, UNWANTED, unwanted=True),
    ]
    picks = _rolls(services, user, PICKS, unwanted=False)
    for roll in own:
        services.wish_lists.add_own_roll(user, roll.item, list(roll.perks), roll.notes, unwanted=roll.unwanted)
    if picks:
        services.wish_lists.add_text(user, UPLOADED, written_list(UPLOADED, picks).encode())


def _say(services: Services, user: User, picked: Picked, *, tag: bool) -> None:
    """A tag only on what has none, and notes only where there are none."""
    free = "tag:none" if tag else "-is:hasnotes"
    chosen = [item.id for item in _chosen(services, user, f"({picked.query}) {free}", picked.most)]
    if chosen and tag:
        services.annotations.say(user, chosen, tag=picked.says)
    elif chosen:
        services.annotations.say(user, chosen, notes=picked.says)


def _rolls(services: Services, user: User, table: Sequence[Picked], *, unwanted: bool) -> list[Roll]:
    """The traits that each of the chosen has."""
    return [
        Roll(item.hash, tuple([trait.hash for trait in item.traits]), picked.says, unwanted=unwanted)
        for picked in table
        for item in _chosen(services, user, picked.query, picked.most)
        if item.traits
    ]


def _chosen(services: Services, user: User, query: str, count: int) -> Sequence[SearchItem]:
    """From all over what is found, so that no slot has them all."""
    ids = services.searching.found(user, query)
    found = [item for item in services.searching.world(user).items if item.id in ids and item.is_copy]
    step = max(len(found) // count, 1)
    return found[::step][:count]
