"""How who is signed in likes the page."""

from __future__ import annotations

from flask import Blueprint

from vaultraider.api._resource import current_user, route, services
from vaultraider.services.accounts.preferences import Preferences

blueprint = Blueprint("preferences", __name__)


@route(blueprint, "GET", "/preferences", summary="The person's preferences")
def preferences() -> Preferences:
    return services().accounts.preferences.of(current_user())


@route(blueprint, "PUT", "/preferences", summary="Replaces the preferences")
def save_preferences(body: Preferences) -> Preferences:
    """Whatever is not given goes back to how it was in the beginning."""
    return services().accounts.preferences.save(current_user(), body)
