"""What a restored database must not go on with as if no time had passed."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from vaultraider.database.jobs import JobRow
from vaultraider.database.leases import LeaseRow
from vaultraider.database.notifications import DeliveryRow
from vaultraider.database.tokens import TokenRow
from vaultraider.database.transfer_rows import TransferRow
from vaultraider.database.users import UserRow
from vaultraider.ports import ENDED, OPEN

REASON = "A backup was restored; this is not begun anew."


def settle(connection: Connection, *, secrets: bool) -> None:
    """Work that waited then is not done now: somebody's wish of last week may be the opposite of today's."""
    waiting = update(JobRow).where(JobRow.state.in_(("queued", "running")))
    connection.execute(waiting.values(state="cancelled", reason=REASON, finished=JobRow.asked))
    connection.execute(update(LeaseRow).values(holder=None, expires=None))
    # Not ended at once: a call that was under way then is first looked for in the profile, as after every cancelling.
    connection.execute(update(TransferRow).where(TransferRow.state.not_in(ENDED)).values(cancelling=True))
    told = update(DeliveryRow).values(sentence=REASON)
    connection.execute(told.where(DeliveryRow.state.in_(OPEN)).values(state="skipped"))
    connection.execute(told.where(DeliveryRow.state == "sending").values(state="unclear"))
    if not secrets:
        connection.execute(update(UserRow).where(UserRow.id.not_in(select(TokenRow.user_id))).values(sign_in="ended"))
