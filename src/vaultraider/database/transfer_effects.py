"""What lies over an account's profile: done steps, until Bungie has spoken of them. Each change moves the account's mark."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from vaultraider.database.transfer_rows import EffectMarkRow, TransferStepRow
from vaultraider.ports import Settled


def lay(session: Session, step: TransferStepRow) -> None:
    """The step was done just now."""
    mark = _moved(session, step)
    mark.laid += 1
    step.laid = True
    step.done_order = mark.mark


def take_off(session: Session, step: TransferStepRow) -> None:
    """It was not done after all."""
    mark = _moved(session, step)
    mark.laid -= 1
    step.laid = False


def lift(session: Session, step: TransferStepRow, settled: Settled) -> None:
    """Bungie has spoken; or has not in time, and the step only gets its flag."""
    step.settled = settled
    if settled == "unconfirmed":
        _moved(session, step)
    else:
        take_off(session, step)


def _moved(session: Session, step: TransferStepRow) -> EffectMarkRow:
    """The account's mark, locked and moved on by one."""
    key = (step.user_id, step.membership_type, step.membership_id)
    mark = session.get(EffectMarkRow, key, with_for_update=True)
    if mark is None:
        try:
            with session.begin_nested():
                session.add(EffectMarkRow(user_id=key[0], membership_type=key[1], membership_id=key[2], mark=0, laid=0))
        except IntegrityError:
            pass  # Another process wrote it first.
        mark = session.get_one(EffectMarkRow, key, with_for_update=True)
    mark.mark += 1
    return mark
