"""A worker of its own process, to be killed: says that it is ready, waits for a line that tells where to work, and works until
somebody kills it."""

from __future__ import annotations

import json
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
    services = build_services(settings_for(Path(given["folder"]), given["url"]), clock=clock)
    services.jobs._runner.heartbeat = HEARTBEAT
    Worker(services).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
