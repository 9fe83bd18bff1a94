"""The direction of imports, and what a drop-in folder promises."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import click
import pytest
from flask import Blueprint
from tests.meta.repository import ROOT, drop_ins

from vaultraider.bungie._endpoint import Endpoint
from vaultraider.channels._channel import Channel
from vaultraider.channels._registry import find_channels
from vaultraider.cli._registry import command_names
from vaultraider.jobs._job import Job
from vaultraider.web.app import resources


def test_imports_point_down_the_stairs() -> None:
    """The contracts stand in pyproject.toml."""
    lint_imports = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", drop_ins("api"))
def test_a_file_of_the_api_is_one_resource(name: str) -> None:
    module = importlib.import_module(f"vaultraider.api.{name}")
    assert isinstance(module.blueprint, Blueprint)
    assert module.blueprint.deferred_functions, "a resource without a route"
    assert module.__doc__


def test_every_blueprint_is_found() -> None:
    found = {module.__name__ for module in resources()}
    assert {f"vaultraider.api.{name}" for name in drop_ins("api")} <= found
    names = [module.blueprint.name for module in resources()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", drop_ins("jobs"))
def test_a_file_of_the_jobs_is_one_job(name: str) -> None:
    module = importlib.import_module(f"vaultraider.jobs.{name}")
    assert isinstance(module.JOB, Job)
    assert module.__doc__


@pytest.mark.parametrize("name", drop_ins("channels"))
def test_a_file_of_the_channels_is_one_kind_of_channel(name: str) -> None:
    module = importlib.import_module(f"vaultraider.channels.{name}")
    assert isinstance(module.CHANNEL, Channel)
    assert module.__doc__
    assert name in find_channels()


@pytest.mark.parametrize("name", drop_ins("cli"))
def test_a_file_of_the_command_line_is_one_command(name: str) -> None:
    module = importlib.import_module(f"vaultraider.cli.{name}")
    assert isinstance(module.command, click.Command)
    assert module.command.help
    assert name in command_names()


@pytest.mark.parametrize("name", drop_ins("bungie"))
def test_an_area_of_bungie_has_its_endpoints_and_its_twin(name: str) -> None:
    """What the client can ask, the simulator answers, in a file of the same name."""
    module = importlib.import_module(f"vaultraider.bungie.{name}")
    assert all(isinstance(endpoint, Endpoint) for endpoint in module.ENDPOINTS)
    assert (ROOT / "src" / "vaultraider" / "simulator" / f"{name}.py").is_file()
    assert module.__doc__


@pytest.mark.parametrize("benchmark", [path.stem for path in (ROOT / "benchmarks").glob("*.py") if not path.stem.startswith("_")])
def test_a_file_of_the_benchmarks_can_be_run(benchmark: str) -> None:
    assert callable(importlib.import_module(f"benchmarks.{benchmark}").run)
