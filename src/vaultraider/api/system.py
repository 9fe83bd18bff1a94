"""How the server itself does, and to make a backup now. For those who run it."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from vaultraider.api._pace import paced
from vaultraider.api._resource import current_user, route, services
from vaultraider.domain.errors import TooFast
from vaultraider.services.system import BACKUP_JOB, SystemReport

blueprint = Blueprint("system", __name__)

BACKUPS = "10 per minute"


class AskedBackup(msgspec.Struct):
    """``job``: the number of the work, as GET /api/v1/jobs/runs tells it."""

    job: str


@route(blueprint, "GET", "/system", summary="Memory, storage, database, backups", admin=True)
def get_system() -> SystemReport:
    return services().system.report()


@route(blueprint, "POST", "/backups", summary="Makes a backup now", admin=True, status=202, errors=(TooFast,))
@paced(BACKUPS)
def make_backup() -> AskedBackup:
    """To go back to one is a command: `vaultraider restore`."""
    return AskedBackup(str(services().jobs.ask(BACKUP_JOB, asked_by=f"user {current_user().id}").id))
