"""Carries out the open transfers of one account, alone; it asks for itself again while something waits or is unconfirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultraider.jobs._job import Job, JobHandle, Services
from vaultraider.ports import MembershipRef


def run(services: Services, handle: JobHandle) -> dict[str, Any]:
    given = handle.arguments
    again = services.transfers.carry_out(int(given["user"]), MembershipRef(int(given["type"]), str(given["id"])), handle)
    return {"result": "done"} if again is None else {"result": "later", "seconds": round(again)}


def account(arguments: Mapping[str, Any]) -> str:
    """Two movers of one account would plan on each other's half-done work."""
    return f"transfers-{arguments.get('type')}-{arguments.get('id')}"


JOB = Job(title="Carry out transfers", run=run, exclusive=account, by_hand=False)
