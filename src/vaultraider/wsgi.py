"""For production servers: ``granian --interface wsgi vaultraider.wsgi:application``.

With ``redis_url`` background work is left to ``vaultraider worker`` and ``vaultraider beat``; without, each process of the server
holds a small worker of its own: the jobs table decides who does what.
"""

from __future__ import annotations

import atexit
from typing import TYPE_CHECKING

from vaultraider.bootstrap import build_services
from vaultraider.database.schema import upgrade_when_there
from vaultraider.jobs._registry import introduce
from vaultraider.logs import set_up_logging
from vaultraider.settings import Settings, load_settings
from vaultraider.web.app import create_app

if TYPE_CHECKING:
    from flask import Flask


def make_application(settings: Settings | None = None) -> Flask:
    """The application over the settings of this environment, with everything that it needs running."""
    settings = settings or load_settings()
    set_up_logging(debug=settings.debug)
    services = build_services(settings)
    atexit.register(services.close)
    upgrade_when_there(services.database, before=services.backups.before_migration)
    introduce(services)
    if not settings.redis_url:
        from vaultraider.worker import Worker

        worker = Worker(services, threads=2)
        worker.start()
        # Servers give a process little time to end: what has not stopped by then goes back to the queue.
        atexit.register(worker.stop, finish=1.0, interrupt=1.0)
    services.board.start()
    return create_app(services, settings)


def __getattr__(name: str) -> Flask:
    """``application`` is made when a server asks for it, so that importing this file does nothing."""
    if name != "application":
        raise AttributeError(name)
    made = make_application()
    globals()[name] = made
    return made
