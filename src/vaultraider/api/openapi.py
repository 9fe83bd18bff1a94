"""GET /api/v1/openapi.json: what this server answers, as OpenAPI 3.1, made from the routes themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from itertools import chain
from typing import Any

import flask
import msgspec
from flask import Blueprint, Flask, Response, current_app

import vaultraider
from vaultraider.api import _problems
from vaultraider.api._resource import OPERATION, Operation, route
from vaultraider.domain.errors import Forbidden, InvalidInput, NotFound, NotSignedIn, VaultRaiderError

blueprint = Blueprint("openapi", __name__)

_ARGUMENT = re.compile(r"<(?:(?P<converter>\w+)(?:\([^)]*\))?:)?(?P<name>\w+)>")
_REFERENCE = "#/components/schemas/{name}"


@route(blueprint, "GET", "/openapi.json", summary="This document", answer=dict[str, Any], public=True)
def openapi() -> Response:
    """The OpenAPI 3.1 document of every route under /api/v1."""
    response = flask.Response(msgspec.json.encode(document(current_app)), mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return response


def document(app: Flask) -> dict[str, Any]:
    """The document of every declared route of ``app``, in the order of their paths."""
    found = sorted(_operations(app), key=lambda each: (each[0], each[1]))
    types = [kind for _, _, operation in found for kind in _types(operation)]
    schemas, components = msgspec.json.schema_components([*types, _problems.Problem], ref_template=_REFERENCE)
    schema_of = dict(zip(map(repr, types), schemas, strict=False))
    paths: dict[str, dict[str, Any]] = {}
    for path, method, operation in found:
        paths.setdefault(path, {})[method.lower()] = _entry(path, operation, schema_of, components)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Vault Raider",
            "version": vaultraider.__version__,
            "description": "Unsafe methods need the header X-CSRFToken with the token of GET /api/v1/session.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "vaultraider_session"}},
        },
    }


def _operations(app: Flask) -> Iterator[tuple[str, str, Operation]]:
    for rule in app.url_map.iter_rules():
        operation = getattr(app.view_functions.get(rule.endpoint), OPERATION, None)
        if isinstance(operation, Operation):
            path = _ARGUMENT.sub(lambda match: "{" + match["name"] + "}", rule.rule)
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield path, method, operation


def _types(operation: Operation) -> Iterator[Any]:
    for kind in (operation.body, operation.query, operation.headers, operation.answer):
        if kind is not None:
            yield kind
    yield from chain.from_iterable(operation.also.values())
    yield from operation.path.values()


def _entry(path: str, operation: Operation, schema_of: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = {"summary": operation.summary, "tags": [operation.tag], "operationId": operation.name}
    if operation.description:
        entry["description"] = operation.description
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": schema_of[repr(operation.path[name])]}
        for name in re.findall(r"{(\w+)}", path)
    ]
    for place, kind in (("query", operation.query), ("header", operation.headers)):
        if kind is not None:
            schema = components[schema_of[repr(kind)]["$ref"].rsplit("/", 1)[1]]
            parameters += [
                {"name": name, "in": place, "required": name in schema.get("required", ()), "schema": property_}
                for name, property_ in schema["properties"].items()
            ]
    if parameters:
        entry["parameters"] = parameters
    if operation.body is not None:
        entry["requestBody"] = {"required": True, "content": _content("application/json", schema_of[repr(operation.body)])}
    elif operation.takes:
        kinds = [_content(kind, {"type": "string"}) for kind in operation.takes.split()]
        entry["requestBody"] = {"required": True, "content": {name: shape for kind in kinds for name, shape in kind.items()}}
    if not operation.public:
        entry["security"] = [{"session": []}]
    entry["responses"] = _responses(operation, schema_of)
    return entry


def _responses(operation: Operation, schema_of: dict[str, Any]) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    for status, answers in {operation.status: (operation.answer,), **operation.also}.items():
        shapes = [schema_of[repr(answer)] for answer in answers if answer is not None]
        responses[str(status)] = {"description": HTTPStatus(status).phrase}
        if shapes:
            shape = shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
            responses[str(status)]["content"] = _content(operation.media_type, shape)
    problem = _content(_problems.MEDIA_TYPE, {"$ref": _REFERENCE.format(name="Problem")})
    for failure, titles in sorted(_failures(operation).items()):
        responses[str(failure.value)] = {"description": "; ".join(titles), "content": problem}
    responses["default"] = {"description": "Any other failure", "content": problem}
    return responses


def _failures(operation: Operation) -> dict[HTTPStatus, list[str]]:
    kinds: list[type[VaultRaiderError]] = list(operation.errors)
    kinds += [] if operation.public else [NotSignedIn]
    kinds += [Forbidden] if operation.admin else []
    kinds += [InvalidInput] if any((operation.body, operation.query, operation.headers, operation.takes)) else []
    kinds += [NotFound] if operation.path else []
    found: dict[HTTPStatus, list[str]] = {}
    for kind in dict.fromkeys(kinds):
        titles = found.setdefault(_problems.status_of(kind), [])
        titles.append(kind.code)
    return found


def _content(media_type: str, schema: Any) -> dict[str, Any]:
    return {media_type: {"schema": schema}}
