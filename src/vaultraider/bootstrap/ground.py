"""What everything stands on: settings, keys, the clock, the database, the jobs and the way to Bungie."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass, field
from uuid import uuid4

from vaultraider.bell import CeleryBell, make_celery
from vaultraider.bungie import Bungie, build_bungie
from vaultraider.clock import SystemClock
from vaultraider.database.engine import Database
from vaultraider.database.jobs import Jobs
from vaultraider.database.leases import DatabaseLeases
from vaultraider.database.throttle import DatabaseThrottle
from vaultraider.keys import encryption_keys, prepare_data_dir
from vaultraider.ports import Clock
from vaultraider.services.jobs import JobService
from vaultraider.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Ground:
    """``keys``: the newest first. ``throttle``: the pace at which all processes together ask Bungie."""

    settings: Settings
    keys: list[str] = field(repr=False)
    clock: Clock
    database: Database
    leases: DatabaseLeases
    throttle: DatabaseThrottle
    bell: CeleryBell
    jobs: JobService
    bungie: Bungie


def lay_ground(settings: Settings, *, clock: Clock | None, holder: str | None) -> Ground:
    """Makes the data folder and the key where there are none. Raises SettingsError; see ``build_services``."""
    prepare_data_dir(settings.data_dir)
    keys = encryption_keys(settings)
    clock = clock or SystemClock()
    database = Database(settings.database)
    leases = DatabaseLeases(database, clock)
    throttle = DatabaseThrottle(database, clock)
    bell = CeleryBell(make_celery(settings.redis_url))
    holder = holder or f"{socket.gethostname()} {os.getpid()} {uuid4().hex[:8]}"
    return Ground(
        settings=settings,
        keys=keys,
        clock=clock,
        database=database,
        leases=leases,
        throttle=throttle,
        bell=bell,
        jobs=JobService(Jobs(database), bell, clock, leases, holder=holder),
        bungie=build_bungie(
            www=settings.bungie_www,
            stats=settings.bungie_stats,
            api_key=settings.api_key,
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            redirect_url=settings.redirect_url,
            contact=settings.contact,
            throttle=throttle,
            clock=clock,
        ),
    )
