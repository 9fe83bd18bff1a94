"""Each night: forgets what is older than the owner keeps (by default nothing ever is), and what interrupted imports left."""

from __future__ import annotations

from typing import Any

import msgspec

from vaultraider.jobs._job import Daily, Job, JobHandle, Services, Settings


def run(services: Services, handle: JobHandle) -> dict[str, Any]:
    done: dict[str, Any] = msgspec.to_builtins(services.history.forgetting.run(handle.check))
    return done


def schedule(_settings: Settings) -> Daily:
    return Daily(4, 30, jitter=1800)


JOB = Job(title="Forget what is older than is kept", run=run, schedule=schedule, exclusive="thin-history")
