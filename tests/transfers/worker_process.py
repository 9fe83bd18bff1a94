"""A worker of its own process, to be killed: says that it is ready, waits for a line that tells where to work, and works until
somebody kills it. ``look_every``: so many real seconds pass, more or less, between two looks for work that another process asked
for."""

from __future__ import annotations

import json
import random
import sys
import threading
from datetime import datetime
from pathlib import Path

from tests.clocks import FastClock
from tests.wired import settings_for

from vaultraider.bootstrap import build_services
from vaultraider.worker import Worker

HEARTBEAT = 0.1
"""Real seconds: the hurried clock makes seconds of them."""


def main() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    given = json.loads(sys.stdin.readline())
    clock = FastClock(given["began"], datetime.fromisoformat(given["start"]), given["rate"])
    settings = settings_for(Path(given["folder"]), given["url"], database_url=given.get("database_url", ""))
    services = build_services(settings, clock=clock)
    services.jobs._runner.heartbeat = HEARTBEAT
    Worker(services).start()
    never = threading.Event()
    if "look_every" not in given:  # else the schedule's own minute is enough
        never.wait()
    while not never.wait(random.uniform(0, 2 * given["look_every"])):  # by chance: nobody is always the first
        services.jobs.sweep()


if __name__ == "__main__":
    main()
