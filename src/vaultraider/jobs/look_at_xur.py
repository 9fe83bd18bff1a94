"""Reads what Xûr offers to one person, through their guardian of one class: somebody looks at the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vaultraider.domain.errors import DefinitionsMissing
from vaultraider.jobs._job import Job, JobHandle, Services


def run(services: Services, handle: JobHandle) -> dict[str, Any]:
    handle.check()
    given = handle.arguments
    try:
        return {"result": services.xur.look_for(int(given["user"]), str(given["class"]))}
    except DefinitionsMissing as error:
        return {"result": "waiting", "sentence": error.sentence}


def person(arguments: Mapping[str, Any]) -> str:
    return f"xur-{arguments.get('user')}"


JOB = Job(title="Look at Xûr's wares for somebody", run=run, exclusive=person, by_hand=False)
