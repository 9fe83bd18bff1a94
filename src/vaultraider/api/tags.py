"""Tags of a person's own, beside the five."""

from __future__ import annotations

from flask import Blueprint

from vaultraider.api._annotation_types import CHANGES, DroppedTag, TagAnswer, TagBody, TagQuery, told_tag
from vaultraider.api._pace import paced
from vaultraider.api._resource import current_user, route, services
from vaultraider.domain.errors import Conflict, NotFound, TooFast

blueprint = Blueprint("tags", __name__)


@route(blueprint, "PUT", "/tags", summary="Makes a tag of one's own, or gives it another label", errors=(Conflict, TooFast))
@paced(CHANGES)
def save_tag(body: TagBody) -> TagAnswer:
    """At most 20."""
    return told_tag(services().annotations.save_tag(current_user(), body.name, body.label))


@route(blueprint, "DELETE", "/tags", summary="Deletes a tag of one's own", errors=(NotFound, TooFast))
@paced(CHANGES)
def delete_tag(query: TagQuery) -> DroppedTag:
    """Off every item of every account; their notes stay. The five cannot go."""
    return DroppedTag(changed=services().annotations.drop_tag(current_user(), query.name))
