"""Where world and definitions come from when nothing was captured: the demo."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from vaultraider.simulator.components import build
from vaultraider.simulator.content import DemoContent
from vaultraider.simulator.demo.book import ITEMS
from vaultraider.simulator.demo.cast import demo_world
from vaultraider.simulator.demo.tables import catalogue
from vaultraider.simulator.editions import Editions
from vaultraider.simulator.game import Game
from vaultraider.simulator.knobs import Knobs
from vaultraider.simulator.pictures import Placeholder
from vaultraider.simulator.view import View
from vaultraider.simulator.world import Account, World


class DemoSource:
    """Fits box.Source."""

    @cached_property
    def game(self) -> Game:
        return Game(self.lookup, self.secret)

    def world(self, seed: int, now: float) -> World:
        return demo_world(seed, now)

    def editions(self, knobs: Knobs) -> Editions:
        return Editions(DemoContent(knobs.extra_items))

    def definition(self, item_hash: int) -> dict[str, Any] | None:
        return self.lookup(ITEMS, item_hash)

    def lookup(self, table: str, hash: int) -> dict[str, Any] | None:
        return catalogue().book.tables.get(table, {}).get(hash)

    def secret(self, item_hash: int) -> dict[str, Any] | None:
        return catalogue().things.secret.get(item_hash)

    def components(self, world: World, account: Account, wanted: frozenset[int], *, private: bool, now: float) -> dict[str, Any]:
        return build(View(world=world, account=account, private=private, now=now, lookup=self.lookup, game=self.game), wanted)

    def stamps(self) -> bool:
        return True

    def missing(self) -> frozenset[int]:
        return frozenset(catalogue().things.missing)

    def placeholder(self, path: str) -> Placeholder | None:
        """Avatars and platform logos exist too, all small."""
        return Placeholder(90, 90) if path.startswith("/img/") else catalogue().book.pictures.get(path)
