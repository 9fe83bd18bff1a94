"""What is said of items, kept in memory: people's tags and notes, and the verdicts of their wish lists.

It comes before the inventory, which lays it over what Bungie says; those who change it (``curation``) come after.
"""

from __future__ import annotations

from dataclasses import dataclass

from vaultraider.bootstrap.ground import Ground
from vaultraider.database.annotations import AnnotationRepository
from vaultraider.database.wish_lists import WishListRepository
from vaultraider.services.accounts import Accounts
from vaultraider.services.annotations import HeldAnnotations
from vaultraider.services.wish_lists import HeldWishes


@dataclass(frozen=True, kw_only=True)
class Said:
    annotation_store: AnnotationRepository
    annotations: HeldAnnotations
    wish_list_store: WishListRepository
    wishes: HeldWishes


def hold_what_is_said(ground: Ground, accounts: Accounts) -> Said:
    annotation_store = AnnotationRepository(ground.database)
    wish_list_store = WishListRepository(ground.database)
    said = Said(
        annotation_store=annotation_store,
        annotations=HeldAnnotations(annotation_store, ground.clock),
        wish_list_store=wish_list_store,
        wishes=HeldWishes(wish_list_store, ground.clock),
    )
    accounts.data.on_delete(said.annotations.forget)
    accounts.data.on_delete(said.wishes.forget)
    return said
