"""Tags and notes on items."""

from __future__ import annotations

from flask import Blueprint
from msgspec import UnsetType

from vaultraider.api._annotation_types import (
    CHANGES,
    AnnotationsAnswer,
    AnnotationsBody,
    ChangedAnnotations,
    UndoBody,
    VersionList,
    VersionsQuery,
    told,
    told_change,
    told_tag,
    told_versions,
)
from vaultraider.api._pace import paced
from vaultraider.api._resource import current_user, route, services
from vaultraider.domain.errors import AccountNotFound, Conflict, DefinitionsMissing, NotFound, TooFast

blueprint = Blueprint("annotations", __name__)


@route(blueprint, "GET", "/annotations", summary="Tags and notes of the account", errors=(AccountNotFound,))
def all_annotations() -> AnnotationsAnswer:
    user = current_user()
    said = services().annotations
    return AnnotationsAnswer(
        annotations=told(said.of(user)), tags=[told_tag(each) for each in said.tags(user)], hashtags=said.hashtags(user)
    )


@route(
    blueprint,
    "POST",
    "/annotations",
    summary="Tags items, or notes something on them",
    errors=(NotFound, Conflict, TooFast, AccountNotFound, DefinitionsMissing),
)
@paced(CHANGES)
def annotate(body: AnnotationsBody) -> ChangedAnnotations:
    """All items or none. Those that are not there any more are passed over; 404 when none is there."""
    said = services().annotations.say(
        current_user(),
        body.items,
        tag=_or_none(body.tag),
        notes=_or_none(body.notes),
        add=_or_none(body.add),
        remove=_or_none(body.remove),
    )
    return told_change(said)


@route(
    blueprint,
    "POST",
    "/annotations/undo",
    summary="Undoes a change of tags and notes",
    errors=(NotFound, Conflict, TooFast, AccountNotFound),
)
@paced(CHANGES)
def undo_annotations(body: UndoBody) -> ChangedAnnotations:
    """All of it or nothing: 409 where something of it was changed since, and what. The undoing is a change that can be undone."""
    return told_change(services().annotations.undo(current_user(), body.change))


@route(
    blueprint,
    "GET",
    "/annotations/versions",
    summary="What was said of an item before",
    errors=(NotFound, AccountNotFound, DefinitionsMissing),
)
def annotation_versions(query: VersionsQuery) -> VersionList:
    """Newest first; the first one is what is said now."""
    return VersionList(told_versions(services().annotations.versions(current_user(), query.item)))


def _or_none(given: str | UnsetType) -> str | None:
    return given if isinstance(given, str) else None
