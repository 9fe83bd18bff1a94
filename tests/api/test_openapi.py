"""The OpenAPI document is true: a program that knows nothing else finds no answer that it does not describe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)
from tests.people import MARROW, Browser, House, build_house

from vaultraider.api._problems import STATUS
from vaultraider.domain import errors

QUICK = settings(
    max_examples=8,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
OURS = {
    "session",
    "accounts",
    "preferences",
    "invitations",
    "account_data",
    "openapi",
    "transfers",
    "writes",
    "channels",
    "notification_choices",
    "notifications",
    "members",
    "jobs",
    "system",
    "manifest",
    "charts",
    "events",
    "diff",
    "history",
    "ledgers",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = build_house(tmp_path_factory.mktemp("house"))
    yield house
    house.services.close()


@pytest.fixture(scope="module")
def marrow(house: House) -> Browser:
    return house.signed_in(MARROW)


def document(house: House) -> dict[str, Any]:
    return house.browser().get("/api/v1/openapi.json").json


def test_every_route_of_the_api_is_in_the_document(house: House) -> None:
    told = {(path, method.upper()) for path, methods in document(house)["paths"].items() for method in methods}
    there = {
        (re.sub(r"<(?:int(?:\(.*\))?:)?(\w+)>", r"{\1}", rule.rule), method)
        for rule in house.app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert told == there


def test_operations_have_names_of_their_own_and_summaries(house: House) -> None:
    entries = [entry for methods in document(house)["paths"].values() for entry in methods.values()]
    names = [entry["operationId"] for entry in entries]
    assert len(set(names)) == len(names)
    assert all(entry["summary"] and entry["tags"] for entry in entries)


def test_every_reference_leads_somewhere(house: House) -> None:
    said = document(house)

    def walk(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            yield from [part["$ref"]] if isinstance(part.get("$ref"), str) else []
            for each in part.values():
                yield from walk(each)
        elif isinstance(part, list):
            for each in part:
                yield from walk(each)

    for reference in set(walk(said)):
        assert reference.removeprefix("#/components/schemas/") in said["components"]["schemas"]


def test_every_error_of_the_tree_has_a_status() -> None:
    def below(kind: type[errors.VaultRaiderError]) -> Iterator[type[errors.VaultRaiderError]]:
        yield kind
        for child in kind.__subclasses__():
            yield from below(child)

    for kind in below(errors.VaultRaiderError):
        assert any(each in STATUS for each in kind.__mro__)
    codes = [kind.code for kind in below(errors.VaultRaiderError) if kind.__module__ == errors.__name__]
    assert len(set(codes)) == len(codes)


def test_a_program_that_reads_the_document_finds_it_true(house: House, marrow: Browser) -> None:
    """Right and wrong requests made up from the document: every answer has a status and a shape that it names."""
    headers = {"X-CSRFToken": marrow.csrf(), "Cookie": f"vaultraider_session={marrow.cookie}"}
    said = document(house)
    ours = {path: methods for path, methods in said["paths"].items() if next(iter(methods.values()))["tags"][0] in OURS}
    del ours["/api/v1/sessions/end-all"]
    del ours["/api/v1/history/import"]  # takes lines of JSON, which the program cannot make up; tests/past/test_archive.py
    del ours["/api/v1/transfers/changes"]  # has no end while somebody listens; tests/web/test_changes_stream.py
    schema = schemathesis.openapi.from_dict(said | {"paths": ours})
    schema.app = house.app
    tried = []

    def check(case: schemathesis.Case) -> None:
        tried.append(case.method)
        case.call_and_validate(headers=headers, checks=CHECKS)

    for operation in schema.get_all_operations():
        for mode in schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE:
            try:
                strategy = operation.ok().as_strategy(generation_mode=mode)
                QUICK(given(strategy)(check))()
            except Unsatisfiable:
                continue  # nothing can be wrong about a request that takes nothing
    assert len(tried) > 50
