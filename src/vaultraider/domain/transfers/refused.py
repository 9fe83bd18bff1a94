"""How planning gives an item up."""

from __future__ import annotations

from vaultraider.domain.transfers.plans import Refusal, RefusalCode
from vaultraider.domain.transfers.world import Thing


class Refused(Exception):
    """Raised inside planning, never out of it: this cannot be. ``sentence`` names the item, the reason and what would help."""

    def __init__(self, code: RefusalCode, sentence: str) -> None:
        super().__init__(sentence)
        self.code: RefusalCode = code
        self.sentence = sentence

    def of(self, thing: Thing | None, id: str) -> Refusal:
        """``id``: as the wish names it."""
        return Refusal(code=self.code, sentence=self.sentence, item=id, name=thing.name if thing is not None else "")


class NotNow(Refused):
    """Not without disturbing something: it is tried again when that is allowed.

    Always a new one: an exception that is raised again keeps every frame of each time, and the whole world with it.
    """

    def __init__(self) -> None:
        super().__init__("no-space", "")
