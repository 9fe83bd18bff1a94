"""What a player says of an item: a tag and notes.

They hang on the copy where there is one, else on the item as such: two stacks of a consumable, or two shaders, are the same.
"""

from __future__ import annotations

import re
import unicodedata

import msgspec

from vaultraider.domain.errors import InvalidInput

TAGS = ("favorite", "keep", "infuse", "junk", "archive")
"""As DIM has them, in the order of its keys 1 to 5. A person may add their own."""
LONGEST_NOTES = 1024
MOST_TAGS = 20
"""Of a person's own."""
LONGEST_LABEL = 32
_RESERVED = frozenset((*TAGS, "none", "any"))
_TAG = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
_KEY = re.compile("[0-9]{1,20}|h-[0-9]{1,10}")
_JOINERS = frozenset("\u200c\u200d")
"""Of the invisible characters these two belong into text: they shape scripts and emoji."""
_FLAGS = range(0xE0020, 0xE0080)
"""And these draw some flags."""


class Annotation(msgspec.Struct, frozen=True, omit_defaults=True):
    """``tag``: one of ``TAGS`` or one of the person's own, or "". ``notes``: up to ``LONGEST_NOTES`` characters."""

    tag: str = ""
    notes: str = ""


NOTHING = Annotation()


class Tag(msgspec.Struct, frozen=True):
    """``name``: as it stands in queries (``tag:name``)."""

    name: str
    label: str


FIELD_TAGS = tuple(Tag(name, name.capitalize()) for name in TAGS)


def annotation_key(hash: int, instance: str) -> str:
    """Of a copy its instance id, of anything else ``h-<hash>``."""
    return instance or f"h-{hash}"


def is_key(text: str) -> bool:
    return _KEY.fullmatch(text) is not None


def is_tag_name(text: str) -> bool:
    """Whether a tag of one's own could be named so."""
    return _TAG.fullmatch(text) is not None


def is_of_copy(key: str) -> bool:
    return not key.startswith("h-")


def checked_notes(text: str) -> str:
    """Without what cannot be seen; line breaks stay. Raises InvalidInput, naming ``notes``, when they are too long."""
    if len(text) > 16 * LONGEST_NOTES:
        raise InvalidInput("notes", f"Notes have at most {LONGEST_NOTES:,} characters. Shorten them.")
    notes = "".join(sign for sign in text.replace("\r\n", "\n").replace("\t", " ") if not _is_hidden(sign)).strip()
    if len(notes) > LONGEST_NOTES:
        raise InvalidInput("notes", f"Notes have at most {LONGEST_NOTES:,} characters; these have {len(notes):,}. Shorten them.")
    return notes


def checked_tag_name(name: str) -> str:
    """For a tag of one's own. Raises InvalidInput, naming ``name``."""
    if name in _RESERVED:
        raise InvalidInput("name", f"There is a tag named {name} already. Choose another name.")
    if not is_tag_name(name):
        raise InvalidInput("name", "A tag's name has up to 32 small letters, digits, - and _, and begins with a letter or digit.")
    return name


def checked_label(text: str) -> str:
    """What is shown for a tag. Raises InvalidInput, naming ``label``."""
    label = " ".join("".join(sign for sign in text if sign.isspace() or not _is_hidden(sign)).split())
    if not 0 < len(label) <= LONGEST_LABEL:
        raise InvalidInput("label", f"Give the tag a label of at most {LONGEST_LABEL} characters.")
    return label


def _is_hidden(sign: str) -> bool:
    """Control and format characters, those that turn the direction of the text above all, and halves of characters. The
    game's own signs stand among the private ones and can be seen."""
    if sign == "\n" or sign in _JOINERS or ord(sign) in _FLAGS:
        return False
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs")
