"""A process with a worker, to be killed in the middle of its work. Arguments: the data folder."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from vaultraider.bootstrap import Services, build_services
from vaultraider.database.schema import upgrade
from vaultraider.jobs._job import Job, JobHandle
from vaultraider.settings import Settings
from vaultraider.worker import Worker


def count(_services: Services, handle: JobHandle) -> dict[str, int]:
    handle.report("counting")
    if handle.attempt == 1:
        print("in the middle", flush=True)
        time.sleep(60)
    return {"attempt": handle.attempt}


if __name__ == "__main__":
    services = build_services(Settings(data_dir=Path(sys.argv[1])), holder="the only worker here")
    upgrade(services.database)
    Worker(services, jobs={"count": Job(title="Count", run=count)}).start()
    services.jobs.ask("count", asked_by="me")
    while True:
        newest = services.jobs.latest()[0]
        if newest.state == "done":
            print(newest.result, flush=True)
            sys.exit()
        time.sleep(0.02)
