"""The worker: Celery with one task, ``run_job``, which calls one plain function; and a beat that reads the jobs table.

``Worker`` holds both, or one of them, in threads of this process. Beside the web server it makes the whole of Vault Raider one
process; alone, with ``redis_url``, it is one of many. The code that runs is the same.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from celery import Celery
from celery.beat import Scheduler
from celery.beat import Service as BeatService
from celery.concurrency.thread import TaskPool
from celery.worker import WorkController

from vaultraider.bell import TASK
from vaultraider.bootstrap import Services
from vaultraider.database.engine import is_away
from vaultraider.jobs._job import Job
from vaultraider.jobs._registry import find_jobs, perform, schedules

logger = logging.getLogger(__name__)

TICK = 1.0
"""Seconds between two looks of the beat. It cannot be woken, so this is also how long stopping may wait for it."""
ENDING = 10.0
"""Seconds for a thread to end. Celery's loop looks up from its queue each two seconds only."""
RESTART = 5.0
"""Seconds before a part that died is started again."""


class TableScheduler(Scheduler):  # type: ignore[misc]  # celery is untyped
    """Celery's beat over the jobs table: schedules stand beside the jobs, turns in the database, and it sends no task itself."""

    def __init__(self, services: Services, jobs: Mapping[str, Job], *args: Any, **kwargs: Any) -> None:
        self._services = services
        self._schedules = schedules(jobs, services.settings)
        self._away = False
        super().__init__(*args, **kwargs)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        try:
            seconds = min(TICK, self._services.jobs.tick(self._schedules))
        except Exception as error:  # a database that is away for a moment must not end the beat
            if not is_away(error):
                logger.exception("The schedule could not be read; the next look is in a second.")
            elif not self._away:
                logger.warning("The database is away; the schedule goes on when it is back.")
            self._away = is_away(error)
            return TICK
        if self._away:
            logger.info("The database is back.")
            self._away = False
        return seconds


class CalmAcknowledgement(logging.Filter):
    """Celery calls it critical, with a traceback, when the broker goes away before a message is acknowledged.

    Here that is weather: the message comes again, and finds its row claimed.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if str(record.msg).startswith("Couldn't ack"):
            record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
            record.msg = (
                "The task broker went away before it heard that a message had come. It may ring again, which harms nothing."
            )
            record.args, record.exc_info, record.exc_text = (), None, None
        return True


CALM_ACKNOWLEDGEMENT = CalmAcknowledgement()


class Threads(TaskPool):  # type: ignore[misc]  # celery is untyped
    """Celery's pool of threads, each of which knows whose it is.

    Celery looks the task up in the application that is current for the thread, and in an embedded worker there is none: it
    would make an empty one and lose the message without a word.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.executor = ThreadPoolExecutor(self.limit, thread_name_prefix="job", initializer=self.app.set_current)


class Worker:
    """Worker and beat in threads of this process. ``stop`` may be called from any thread, once.

    ``work``, ``beat``: whether to be a worker, a beat, or both. ``threads``: how much is done at once.
    """

    def __init__(
        self,
        services: Services,
        *,
        threads: int = 4,
        work: bool = True,
        beat: bool = True,
        jobs: Mapping[str, Job] | None = None,
    ) -> None:
        self._services = services
        self._threads = threads
        self._jobs = find_jobs() if jobs is None else jobs
        self._app: Celery = services.bell.app
        self._stopping = threading.Event()
        self._ready = threading.Event()
        self._controller: WorkController | None = None
        self._beat: BeatService | None = None
        parts = [("worker", self._work, work), ("beat", self._tick, beat)]
        self._parts = [(name, part) for name, part, wanted in parts if wanted]
        self._running: list[threading.Thread] = []
        register_task(self._app, services, self._jobs)
        logging.getLogger("celery.worker.request").addFilter(CALM_ACKNOWLEDGEMENT)

    def start(self) -> None:
        """Gives back what an earlier process of this kind left behind, then starts the threads."""
        self._services.jobs.sweep(starting=True, patient=True)
        for name, part in self._parts:
            thread = threading.Thread(target=self._keep, args=(name, part), name=name, daemon=True)
            thread.start()
            self._running.append(thread)

    def wait_ready(self, seconds: float) -> bool:
        """Whether the worker listens within ``seconds``."""
        return self._ready.wait(seconds)

    def stop(self, *, finish: float = 10.0, interrupt: float = 5.0) -> bool:
        """Lets running work end or go back to the queue (``JobService.stop``), then ends the threads. Whether all ended."""
        self._stopping.set()
        ended = self._services.jobs.stop(finish=finish, interrupt=interrupt)
        if self._beat is not None:
            self._beat.stop()
        if self._controller is not None:
            stopper = threading.Thread(target=self._controller.stop, name="worker-stop", daemon=True)
            stopper.start()
            stopper.join(ENDING)
        for thread in self._running:
            thread.join(ENDING)
        return ended and not any(thread.is_alive() for thread in self._running)

    def _keep(self, name: str, part: Callable[[], None]) -> None:
        """Runs a part until we stop; one that dies is started again."""
        while not self._stopping.is_set():
            try:
                part()
            except BaseException:  # Celery ends itself by SystemExit, of which nobody hears in a thread
                if not self._stopping.is_set():
                    logger.exception("The %s died.", name)
            if not self._stopping.is_set():
                logger.warning("The %s ended by itself and is started again.", name)
                self._stopping.wait(RESTART)

    def _work(self) -> None:
        self._controller = WorkController(
            app=self._app,
            hostname=f"vaultraider-{os.getpid()}@{socket.gethostname()}",
            pool_cls=Threads,
            concurrency=self._threads,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
            ready_callback=lambda _consumer: self._ready.set(),
        )
        if not self._stopping.is_set():
            self._controller.start()

    def _tick(self) -> None:
        self._beat = BeatService(self._app, max_interval=TICK, scheduler_cls=partial(TableScheduler, self._services, self._jobs))
        if not self._stopping.is_set():
            self._beat.start()


def register_task(app: Celery, services: Services, jobs: Mapping[str, Job]) -> None:
    """Gives ``app`` its one task, and no other application of this process. What Celery knows of a job is its number."""

    @app.task(name=TASK, shared=False, ignore_result=True)  # type: ignore[untyped-decorator]  # celery is untyped
    def run_job(job_id: int) -> None:
        try:
            perform(services, jobs, job_id)
        except Exception as error:
            if not is_away(error):
                raise
            # The row says how far it is, and the sweep rings for it again.
            logger.warning("The database is away; work %s is looked at when it is back.", job_id)
