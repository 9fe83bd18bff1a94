"""What people make of their items: tags and notes, wish lists, totals of stats, searches, and files in and out."""

from __future__ import annotations

from dataclasses import dataclass

from vaultraider.bootstrap.ground import Ground
from vaultraider.bootstrap.said import Said
from vaultraider.database.custom_stats import CustomStatRepository
from vaultraider.database.history import HistoryRepository
from vaultraider.database.imported_loadouts import ImportedLoadoutRepository
from vaultraider.database.searches import SearchRepository
from vaultraider.domain.wish_lists.limits import MOST_BYTES as LARGEST_WISH_LIST
from vaultraider.outbound import Doorway, OutboundClient
from vaultraider.outbound.documents import Documents
from vaultraider.services.accounts import Accounts
from vaultraider.services.annotations import Annotations, Curation, Exporting, Importing, Settling
from vaultraider.services.custom_stats import CustomStats
from vaultraider.services.inventory import Inventory
from vaultraider.services.organizing import Organizing
from vaultraider.services.organizing.coming import Coming
from vaultraider.services.searches import Searches
from vaultraider.services.searching import Searching, build_searching
from vaultraider.services.wish_lists import WishLists


@dataclass(frozen=True, kw_only=True)
class Curated:
    annotations: Annotations
    wish_lists: WishLists
    custom_stats: CustomStats
    searching: Searching
    searches: Searches
    files: Curation


def join_curation(ground: Ground, accounts: Accounts, inventory: Inventory, said: Said) -> Curated:
    """It hears from then on of each state that the inventory accepts, so that tags find their copies again."""
    clock = ground.clock
    settling = Settling(store=said.annotation_store, held=said.annotations, catalogue=inventory.catalogue, clock=clock)
    inventory.listen(settling)
    annotations = Annotations(
        store=said.annotation_store, held=said.annotations, accounts=accounts.destiny, inventory=inventory, clock=clock
    )
    wish_lists = join_wish_lists(ground, inventory, said)
    stat_store, search_store = CustomStatRepository(ground.database), SearchRepository(ground.database)
    custom_stats = CustomStats(store=stat_store, clock=clock)
    searching = build_searching(
        inventory=inventory,
        accounts=accounts.destiny,
        annotations=annotations,
        wish_lists=wish_lists,
        custom_stats=custom_stats,
        searches=search_store,
        clock=clock,
    )
    searches = Searches(store=search_store, read=searching.read, clock=clock)
    accounts.data.on_delete(custom_stats.forget)
    accounts.data.on_delete(searching.forget)
    loadouts = ImportedLoadoutRepository(ground.database)
    files = Curation(
        importing=Importing(
            annotations=annotations,
            settling=settling,
            searches=searches,
            stats=custom_stats,
            loadouts=loadouts,
            accounts=accounts.destiny,
            people=accounts.users,
            inventory=inventory,
            clock=clock,
        ),
        exporting=Exporting(
            store=said.annotation_store, searches=search_store, stats=stat_store, loadouts=loadouts, people=accounts.users
        ),
    )
    return Curated(
        annotations=annotations,
        wish_lists=wish_lists,
        custom_stats=custom_stats,
        searching=searching,
        searches=searches,
        files=files,
    )


def join_wish_lists(ground: Ground, inventory: Inventory, said: Said) -> WishLists:
    doorway = Doorway(ground.settings.allow_private_targets)
    return WishLists(
        store=said.wish_list_store,
        source=Documents(OutboundClient(doorway), largest=LARGEST_WISH_LIST),
        held=said.wishes,
        inventory=inventory,
        jobs=ground.jobs,
        clock=ground.clock,
    )


def join_organizing(ground: Ground, accounts: Accounts, searching: Searching) -> Organizing:
    coming = Coming(store=HistoryRepository(ground.database), accounts=accounts.destiny)
    organizing = Organizing(searched=searching, memory=coming)
    accounts.data.on_delete(coming.forget)
    accounts.data.on_delete(organizing.forget)
    return organizing
