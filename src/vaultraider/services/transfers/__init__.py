"""Moving, equipping, locking: wishes become transfers in a journal, and a job carries them out.

transfers   what the doors call          mover      an account's transfers, in order (order)
carrying    one transfer, round by round steps      the steps of one plan, each sent once (sending)
looking     steps with an unknown end    settling   until Bungie's profile shows what was done
history     what earlier rounds teach    undo       how it was before
news        what its person is told of
"""

from __future__ import annotations

from vaultraider.ports import Clock, ItemActions, TransferStore
from vaultraider.ports.annotations import AnnotationsOf
from vaultraider.services.transfers.carrying import Carrying
from vaultraider.services.transfers.looking import Inventory, Looking
from vaultraider.services.transfers.mover import Mover
from vaultraider.services.transfers.news import News, Teller
from vaultraider.services.transfers.sending import Credentials, Sending
from vaultraider.services.transfers.settling import Settling
from vaultraider.services.transfers.steps import Performing
from vaultraider.services.transfers.transfers import Accounts, Jobs, People, Transfers
from vaultraider.services.transfers.watching import Changes, Watch
from vaultraider.services.transfers.worlds import Preferences, Worlds

__all__ = ["Transfers", "Watch", "build_transfers"]


def build_transfers(
    *,
    store: TransferStore,
    actions: ItemActions,
    credentials: Credentials,
    inventory: Inventory,
    preferences: Preferences,
    accounts: Accounts,
    people: People,
    jobs: Jobs,
    teller: Teller,
    clock: Clock,
    annotations: AnnotationsOf | None = None,
) -> Transfers:
    """Joins the parts."""
    changes = Changes()
    news = News(store, teller, people, clock)
    worlds = Worlds(inventory, store, preferences, clock, annotations)
    looking = Looking(inventory, clock)
    settling = Settling(inventory, store, changes, clock)
    performing = Performing(sending=Sending(actions, credentials, clock), looking=looking, settling=settling, inventory=inventory)
    carrying = Carrying(worlds=worlds, inventory=inventory, looking=looking, performing=performing, clock=clock)
    return Transfers(
        store=store,
        worlds=worlds,
        mover=Mover(store=store, carrying=carrying, settling=settling, changes=changes, news=news, clock=clock),
        accounts=accounts,
        people=people,
        jobs=jobs,
        changes=changes,
        news=news,
        clock=clock,
    )
