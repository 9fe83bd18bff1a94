"""Triumphs (component 900): the patterns of weapons, and a title. A real account has some four thousand."""

from __future__ import annotations

from vaultraider.simulator.item_details import progress
from vaultraider.simulator.view import Json, View

REDEEMED, NOT_COMPLETED, TITLE_CAN_BE_WORN = 1, 4, 64
"""DestinyRecordState"""


def profile_records(view: View) -> Json:
    records = {str(record): _counted(view, record, done) for record, done in view.account.patterns.items()}
    for one in view.account.characters:
        if one.title:
            state = REDEEMED | TITLE_CAN_BE_WORN
            records[str(one.title)] = {"state": state, "objectives": [], "intervalsRedeemedCount": 0}
    return {"score": 0, "activeScore": 0, "legacyScore": 0, "lifetimeScore": 0, "records": records}


def _counted(view: View, record: int, done: int) -> Json:
    row = view.lookup("DestinyRecordDefinition", record) or {}
    objectives = [progress(view, objective, done) for objective in row.get("objectiveHashes", ())]
    complete = all(objective["complete"] for objective in objectives)
    return {"state": 0 if complete else NOT_COMPLETED, "objectives": objectives, "intervalsRedeemedCount": 0}
