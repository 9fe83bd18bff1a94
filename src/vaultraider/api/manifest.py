"""The game's definitions: versions, a running update, what changed between two, and to look for new ones now."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint

from vaultraider.api._pace import paced
from vaultraider.api._resource import current_user, route, services
from vaultraider.domain.errors import NotFound, TooFast
from vaultraider.services.manifest_overview import Differences, ManifestOverview
from vaultraider.services.status import UPDATE_JOB

blueprint = Blueprint("manifest", __name__)

UPDATES = "10 per minute"
COMPARISONS = "60 per minute"

Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]{1,64}(?!\n)$")]


class Asked(msgspec.Struct):
    """``job``: the number of the work, as GET /api/v1/jobs/runs tells it."""

    job: str


class Pair(msgspec.Struct):
    """Keys of versions."""

    begin: Key = msgspec.field(name="from")
    end: Key = msgspec.field(name="to")


@route(blueprint, "GET", "/manifest", summary="The game's definitions: versions, updates, when next")
def get_manifest() -> ManifestOverview:
    return services().manifest_overviews.overview()


@route(
    blueprint,
    "GET",
    "/manifest/changes",
    summary="Which items differ between two versions",
    errors=(NotFound, TooFast),
)
@paced(COMPARISONS)
def manifest_changes(query: Pair) -> Differences:
    return services().manifest_overviews.differences(query.begin, query.end)


@route(
    blueprint,
    "POST",
    "/manifest/update",
    summary="Looks for new definitions now",
    admin=True,
    status=202,
    errors=(TooFast,),
)
@paced(UPDATES)
def update_manifest() -> Asked:
    """What failed before is tried again at once, and an earlier version that Bungie offers again is followed at once."""
    return Asked(ask_for_update())


def ask_for_update() -> str:
    """Queues an update in the name of who is signed in; the number of the work."""
    return str(services().jobs.ask(UPDATE_JOB, {"insist": True}, asked_by=f"user {current_user().id}").id)
