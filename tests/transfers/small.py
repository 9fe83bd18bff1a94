"""A small world in which everything is nearly full: so that moves meet each other, and a thousand of them take minutes."""

from __future__ import annotations

import copy
from typing import Any

from vaultraider.simulator import Simulator
from vaultraider.simulator.content import Database, DemoContent, Edition, Tables
from vaultraider.simulator.editions import Editions
from vaultraider.simulator.game import BUCKET_TABLE, Game
from vaultraider.simulator.knobs import Knobs
from vaultraider.simulator.sources import DemoSource
from vaultraider.simulator.world import POSTMASTER, VAULT, Account, Item, World

VAULT_SLOTS = 60
IN_VAULT = 52
KINETIC, ENERGY, HELMET, CHEST = 1498876634, 2465295065, 3448274439, 14239492
SLOTS = {KINETIC: 10, ENERGY: 7, HELMET: 10, CHEST: 5}
"""Buckets that stay filled, and how far; of the others each guardian keeps what is worn."""
IN_POSTMASTER = 6
PEOPLE = ("Marrow",)


class SmallContent(DemoContent):
    """The demo's definitions, with a vault of sixty."""

    _names: dict[tuple[str, ...], str] = {}
    _databases: dict[tuple[str, ...], Database] = {}
    _zips: dict[str, bytes] = {}

    def tables(self, edition: Edition, language: str) -> Tables:
        found = super().tables(edition, language)
        vault = found[BUCKET_TABLE][VAULT] | {"itemCount": VAULT_SLOTS}
        return found | {BUCKET_TABLE: found[BUCKET_TABLE] | {VAULT: vault}}


class SmallSource(DemoSource):
    def editions(self, knobs: Knobs) -> Editions:
        return Editions(SmallContent(knobs.extra_items))

    def lookup(self, table: str, hash: int) -> dict[str, Any] | None:
        found = super().lookup(table, hash)
        return found | {"itemCount": VAULT_SLOTS} if found and table == BUCKET_TABLE and hash == VAULT else found

    def world(self, seed: int, now: float) -> World:
        world = copy.deepcopy(super().world(seed, now))
        for account in world.accounts:
            account.items = kept(account, self.game)
        return world


def kept(account: Account, game: Game) -> list[Item]:
    """What is worn, some of what is carried, a vault that is nearly full with what would fit there, some of each postmaster."""
    counts: dict[tuple[str, int], int] = {}
    found = []
    for item in sorted(account.items, key=lambda each: not each.equipped):
        slot = game.kind(item.hash).bucket
        limit = {VAULT: IN_VAULT if not item.id or slot in SLOTS else 0, POSTMASTER: IN_POSTMASTER}.get(item.bucket)
        if limit is None:
            limit = SLOTS.get(item.bucket, 0 if item.id else 12)
        here = (item.owner, item.bucket)
        if item.equipped or counts.get(here, 0) < limit:
            counts[here] = counts.get(here, 0) + 1
            found.append(item)
    return found


def make_small(simulator: Simulator) -> None:
    """Before it starts."""
    box = simulator.box
    box.source = SmallSource()
    box.game = box.source.game
    box.reset()
