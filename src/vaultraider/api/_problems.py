"""One table from domain error to HTTP, and the document that carries a failure (RFC 9457, problem+json)."""

from __future__ import annotations

import math
import secrets
from http import HTTPStatus

import msgspec

from vaultraider.domain import errors

MEDIA_TYPE = "application/problem+json"

STATUS: dict[type[errors.VaultRaiderError], HTTPStatus] = {
    errors.InvalidInput: HTTPStatus.BAD_REQUEST,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.NotSignedIn: HTTPStatus.UNAUTHORIZED,
    errors.Forbidden: HTTPStatus.FORBIDDEN,
    errors.SignInEnded: HTTPStatus.UNAUTHORIZED,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.Busy: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.TooFast: HTTPStatus.TOO_MANY_REQUESTS,
    errors.StorageFull: HTTPStatus.INSUFFICIENT_STORAGE,
    errors.StorageReadOnly: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.DefinitionsMissing: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.AddressRefused: HTTPStatus.BAD_REQUEST,
    errors.AddressUnreachable: HTTPStatus.BAD_REQUEST,
    errors.BungieUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.AccountNotFound: HTTPStatus.NOT_FOUND,
    errors.ProfilePrivate: HTTPStatus.FORBIDDEN,
    errors.BungieRefusal: HTTPStatus.BAD_GATEWAY,
    errors.CredentialsRefused: HTTPStatus.UNAUTHORIZED,
    errors.BungieError: HTTPStatus.BAD_GATEWAY,
    errors.VaultRaiderError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""The nearest class in an error's ancestry decides."""

TITLES: dict[HTTPStatus, str] = {
    HTTPStatus.BAD_REQUEST: "This cannot be read",
    HTTPStatus.UNAUTHORIZED: "Sign in first",
    HTTPStatus.FORBIDDEN: "Not allowed",
    HTTPStatus.NOT_FOUND: "Not found",
    HTTPStatus.METHOD_NOT_ALLOWED: "Not possible here",
    HTTPStatus.CONFLICT: "Not as things are",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Too large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Send JSON",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many tries",
    HTTPStatus.INTERNAL_SERVER_ERROR: "This broke",
    HTTPStatus.BAD_GATEWAY: "Bungie.net refused",
    HTTPStatus.SERVICE_UNAVAILABLE: "Not available just now",
    HTTPStatus.INSUFFICIENT_STORAGE: "The disk is full",
}


class Problem(msgspec.Struct, kw_only=True):
    """What every failing request answers. ``detail`` says what happened and what to do; ``reference`` finds it in the log."""

    title: str
    status: int
    detail: str
    code: str
    reference: str
    type: str = "about:blank"
    field: str | msgspec.UnsetType = msgspec.UNSET
    retry_after: int | msgspec.UnsetType = msgspec.UNSET


def new_reference() -> str:
    """A short mark, shown to the person and written to the log: ``7c1f-20e4``."""
    mark = secrets.token_hex(4)
    return f"{mark[:4]}-{mark[4:]}"


def status_of(error: errors.VaultRaiderError | type[errors.VaultRaiderError]) -> HTTPStatus:
    """The HTTP status of an error: that of the nearest class in ``STATUS``."""
    kind = error if isinstance(error, type) else type(error)
    return next(STATUS[ancestor] for ancestor in kind.__mro__ if ancestor in STATUS)


def title_of(status: int) -> str:
    try:
        known = HTTPStatus(status)
    except ValueError:
        return "This did not work"
    return TITLES.get(known, known.phrase)


def problem_of(error: errors.VaultRaiderError, reference: str) -> Problem:
    """The document for a domain error."""
    status = status_of(error)
    seconds = error.retry_after if isinstance(error, errors.BungieUnavailable | errors.Busy | errors.TooFast) else None
    return Problem(
        title=title_of(status),
        status=status.value,
        detail=error.sentence,
        code=error.code,
        reference=reference,
        field=error.field if isinstance(error, errors.InvalidInput) else msgspec.UNSET,
        retry_after=msgspec.UNSET if seconds is None else max(1, math.ceil(seconds)),
    )
