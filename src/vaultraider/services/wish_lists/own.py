"""The list that a person writes here, a roll at a time."""

from __future__ import annotations

from collections.abc import Sequence

from vaultraider.domain.errors import Conflict, InvalidInput
from vaultraider.domain.ledgers import plain
from vaultraider.domain.wish_lists import ANY_PERK, ParsedList, Roll
from vaultraider.domain.wish_lists.limits import LONGEST_NOTES, MOST_OWN_ROLLS, MOST_PERKS
from vaultraider.domain.wish_lists.rolls import written_list

TITLE = "My wish list"
_LARGEST_HASH = 2**32 - 1


def checked_roll(hash: int, perks: Sequence[int], notes: str, *, unwanted: bool) -> Roll:
    """Raises InvalidInput naming the field."""
    if not 0 < hash <= _LARGEST_HASH:
        raise InvalidInput("hash", "This is no item's hash.")
    if len(perks) > MOST_PERKS:
        raise InvalidInput("perks", f"A roll names at most {MOST_PERKS} perks.")
    if not all(0 < perk <= _LARGEST_HASH and perk != ANY_PERK for perk in perks):
        raise InvalidInput("perks", "One of these is no perk's hash.")
    return Roll(hash, tuple(dict.fromkeys(perks)), checked_notes(notes), unwanted=unwanted)


def checked_notes(notes: str) -> str:
    """Lines stay; what cannot be seen goes, and so does what would be another thing in a file."""
    lines = [plain(line, LONGEST_NOTES, "notes") for line in notes.splitlines()]
    text = "\n".join(lines).strip().replace("|", "/").replace("\\n", "\\ n")
    if len(text) > LONGEST_NOTES:
        raise InvalidInput("notes", f"Notes have at most {LONGEST_NOTES:,} characters; these have {len(text):,}.")
    return text


def with_roll(there: ParsedList, roll: Roll) -> tuple[Roll, ...]:
    """In place of one that names the same perks, whatever it thinks of them. Raises Conflict when there is no room.

    The earlier line counts, so it stands before those of the same item that ask for less: they would speak for all it means.
    """
    rolls = [each for each in there.rolls if _named(each) != _named(roll)]
    if len(rolls) >= MOST_OWN_ROLLS:
        raise Conflict(f"Your wish list holds {MOST_OWN_ROLLS:,} rolls. Take some out first.")
    perks = frozenset(roll.perks)
    wider = (place for place, each in enumerate(rolls) if each.item == roll.item and perks.issuperset(each.perks))
    place = next(wider, len(rolls))
    return (*rolls[:place], roll, *rolls[place:])


def without_roll(there: ParsedList, roll: Roll) -> tuple[Roll, ...] | None:
    """None where it has no such roll."""
    rolls = tuple(each for each in there.rolls if each.key != roll.key)
    return rolls if len(rolls) < len(there.rolls) else None


def text_of(rolls: Sequence[Roll]) -> bytes:
    return written_list(TITLE, rolls).encode("utf-8", "replace")


def _named(roll: Roll) -> tuple[int, frozenset[int]]:
    return roll.item, frozenset(roll.perks)
