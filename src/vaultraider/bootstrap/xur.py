"""Xûr: his stock, asked of Bungie through whoever is signed in, and the letters about it."""

from __future__ import annotations

from vaultraider.bootstrap.definitions import Defined
from vaultraider.bootstrap.ground import Ground
from vaultraider.database.vendor_stocks import VendorStocks
from vaultraider.services.accounts import Accounts
from vaultraider.services.inventory import Inventory
from vaultraider.services.notifications import Notifications
from vaultraider.services.xur import XurService, build_xur


def join_xur(
    ground: Ground, accounts: Accounts, definitions: Defined, inventory: Inventory, notifications: Notifications
) -> XurService:
    return build_xur(
        source=ground.bungie.vendors,
        credentials=accounts.credentials,
        people=accounts.users,
        accounts=accounts.destiny,
        inventory=inventory,
        record=VendorStocks(ground.database),
        definitions=definitions.shelf,
        pictures=definitions.pictures,
        teller=notifications,
        zone_of=lambda user_id: notifications.choices.of(user_id).zone,
        site=ground.settings.site,
        jobs=ground.jobs,
        clock=ground.clock,
    )
