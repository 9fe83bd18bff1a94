"""Looking up the perks that lists name: together, however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vaultraider.domain.wish_lists.siblings import Siblings

KEPT = 12_000


class FewInMemory:
    """Definitions of nothing, which keep so many look-ups in memory and count the others."""

    def __init__(self) -> None:
        self.memory: dict[int, None] = {}
        self.alone = 0

    def preload(self, hashes: Iterable[int]) -> None:
        self.memory = dict.fromkeys(list(hashes)[:KEPT])

    def item(self, hash: int) -> None:
        self.alone += hash not in self.memory


def test_perks_are_looked_up_together_however_many_a_list_names() -> None:
    definitions: Any = FewInMemory()
    Siblings(range(1, 50_000), definitions)
    assert definitions.alone == 0
