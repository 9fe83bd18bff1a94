"""The bell: Celery, knowing one task, whose message is the number of a row.

Without ``redis_url`` the messages lie in this process's memory (one process, no other server); with it, in Redis. In both a
message may be lost, doubled or late: the jobs table is the truth and the sweep rings again.
"""

from __future__ import annotations

import logging
import time
import uuid

from celery import Celery

logger = logging.getLogger(__name__)

TASK = "vaultraider.run_job"
LATER = 60.0
"""Seconds. What is due later is not held by the broker: the sweep looks each minute anyhow."""
PATIENCE = 5.0
"""Seconds without ringing after the broker did not answer: finding that out may take a while, and the sweep rings anyhow."""


def make_celery(redis_url: str = "") -> Celery:
    """A Celery application without tasks. ``worker.py`` gives it its one task; who only rings needs none."""
    app = Celery("vaultraider", set_as_current=False, broker=redis_url or "memory://localhost")
    app.conf.update(
        task_default_queue="vaultraider",
        task_ignore_result=True,
        task_serializer="json",
        accept_content=["json"],
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        worker_cancel_long_running_tasks_on_connection_loss=True,
        broker_connection_retry_on_startup=True,
        broker_connection_timeout=2,
        enable_utc=True,
    )
    if redis_url:
        # A message is a number of a row that only one worker can claim: redelivery is harmless, so it may be quick.
        options = {"visibility_timeout": 300, "unacked_restore_throttle": 1, "socket_timeout": 5, "socket_connect_timeout": 2}
        # Whoever rings does not wait for a broker that is away; the worker has its own patience, without end.
        options |= {"max_retries": 0, "interval_start": 0, "interval_step": 0}
        app.conf.update(broker_transport_options=options, broker_pool_limit=4, broker_connection_max_retries=None)
    else:
        # kombu's queues in memory belong to the process, not to the application: two of them must not hear each other's bells.
        # It looks into them once a second unless told otherwise.
        app.conf.update(task_default_queue=f"vaultraider-{uuid.uuid4()}", broker_transport_options={"polling_interval": 0.02})
    app.finalize()
    return app


class CeleryBell:
    """``ports.Bell``."""

    def __init__(self, app: Celery) -> None:
        self.app = app
        self._away = False
        self._again = 0.0

    def ring(self, job_id: int, *, after: float = 0.0) -> None:
        if after >= LATER or time.monotonic() < self._again:
            return
        try:
            self.app.send_task(TASK, (job_id,), countdown=after or None, retry=False)
        except Exception as error:  # whatever the broker's library raises, a lost ring loses nothing
            if not self._away:
                logger.warning("The task broker does not answer (%s). Work waits in the database.", type(error).__name__)
            self._away = True
            self._again = time.monotonic() + PATIENCE
        else:
            self._away = False
