"""What a player says of an item: a tag and notes.

They hang on the copy where there is one, else on the item as such: two stacks of a consumable, or two shaders, are the same.
"""

from __future__ import annotations

import msgspec

TAGS = ("favorite", "keep", "infuse", "junk", "archive")
"""As DIM has them, in the order of its keys 1 to 5. A person may add their own."""
LONGEST_NOTES = 1024


class Annotation(msgspec.Struct, frozen=True, omit_defaults=True):
    """``tag``: one of ``TAGS`` or one of the person's own, or "". ``notes``: up to ``LONGEST_NOTES`` characters."""

    tag: str = ""
    notes: str = ""


NOTHING = Annotation()


def annotation_key(hash: int, instance: str) -> str:
    """Of a copy its instance id, of anything else ``h-<hash>``."""
    return instance or f"h-{hash}"
