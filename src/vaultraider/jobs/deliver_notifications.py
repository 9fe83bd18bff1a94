"""Sends what is due by one channel, alone; it asks for itself again while something waits there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultraider.jobs._job import Job, JobHandle, Services


def run(services: Services, handle: JobHandle) -> dict[str, Any]:
    again = services.notifications.deliver(int(handle.arguments["channel"]), handle)
    return {"result": "done"} if again is None else {"result": "later", "seconds": round(again)}


def channel(arguments: Mapping[str, Any]) -> str:
    """Two at once would each send what is due."""
    return f"channel-{arguments.get('channel')}"


JOB = Job(title="Send notifications", run=run, exclusive=channel, by_hand=False)
