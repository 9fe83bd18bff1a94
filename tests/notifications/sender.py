"""A process that tells one person of one weekend and sends it by a webhook, to be killed at any moment.

Arguments: the data folder, the webhook's address. It prints "told" when it has told, and how the delivery ended.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from vaultraider.bootstrap import build_services
from vaultraider.database.schema import upgrade
from vaultraider.domain.notifications import Message
from vaultraider.jobs._registry import find_jobs
from vaultraider.settings import Settings
from vaultraider.worker import Worker

ENDS = ("sent", "unclear", "failed", "skipped")
JOBS = ("deliver_notifications", "resume_notifications")

if __name__ == "__main__":
    settings = Settings(data_dir=Path(sys.argv[1]), allow_private_targets=["127.0.0.1"])
    services = build_services(settings, holder="the only sender here")
    upgrade(services.database)
    user = services.accounts.users.welcome("17429800", "Marrow#4417", admin=True, now=services.clock.now())
    if not services.notifications.channels.all(user):
        given = {"address": sys.argv[2], "secret": "a secret of more than twenty-four letters"}
        services.notifications.channels.add(user, "webhook", "", given, enabled=True)
    message = Message(kind="xur-arrived", key="2026-11-20", title="Xûr is here", text="He brought things.", link="/xur")
    services.notifications.tell(user.id, message)
    print("told", flush=True)
    Worker(services, jobs={name: job for name, job in find_jobs().items() if name in JOBS}).start()
    while True:
        (told,) = services.notifications.latest(user, limit=10)
        states = [each.state for each in told.deliveries]
        if all(state in ENDS for state in states):
            print(*states, flush=True)
            break
        time.sleep(0.02)
