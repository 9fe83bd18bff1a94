"""Workers and beats as processes of their own: what they refuse, where they take their place, and what is seen of their work."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from tests import redis_server
from tests.cli.conftest import Run
from tests.clocks import START

from vaultraider.cli import _apart
from vaultraider.cli._folder_lock import place_in
from vaultraider.cli.jobs import line_of
from vaultraider.ports import JobRecord
from vaultraider.settings import SettingsError

WITH_REDIS = {"REDIS_URL": "redis://127.0.0.1:9/0"}


@pytest.mark.parametrize("kind", ["worker", "beat"])
def test_without_redis_it_says_what_to_do(run: Run, data_dir: Path, kind: str) -> None:
    result = run(kind)
    assert result.exit_code == 1
    assert result.stderr == (
        f"Error: A {kind} of its own needs a Redis server between it and the others, and there is no redis_url. "
        "Set REDIS_URL for all of them, or run `vaultraider up`, which needs none.\n"
    )
    assert not data_dir.exists()


@pytest.mark.parametrize("kind", ["worker", "beat"])
def test_without_an_application_it_says_what_to_run(run: Run, data_dir: Path, kind: str) -> None:
    result = run(kind, env=WITH_REDIS)
    assert (result.exit_code, "vaultraider init" in result.stderr) == (1, True)
    assert not data_dir.exists()


def test_without_the_client_it_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_apart.importlib.util, "find_spec", lambda _name: None)
    assert "pip install 'vaultraider[redis]'" in run("worker", env=WITH_REDIS).stderr


def test_each_has_a_place_and_a_new_one_takes_the_first_that_is_free(tmp_path: Path) -> None:
    with place_in(tmp_path, "worker") as first:
        with place_in(tmp_path, "worker") as second, place_in(tmp_path, "beat") as beat:
            assert (first, second, beat) == (1, 2, 1)
        with place_in(tmp_path, "worker") as again:
            assert again == 2
    with place_in(tmp_path, "worker") as free:
        assert free == 1


def test_places_end_somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultraider.cli._folder_lock.PLACES", 1)
    with (
        place_in(tmp_path, "worker"),
        pytest.raises(SettingsError, match="another with --data-dir"),
        place_in(tmp_path, "worker"),
    ):
        raise AssertionError


# -- what the doctor says of Redis ------------------------------------------------------------------------------------------


def redis_check(result: Result) -> tuple[str, str]:
    [found] = [each for each in json.loads(result.stdout)["checks"] if each["name"] == "redis"]
    return found["state"], found["sentence"]


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[redis_server.Redis]:
    """A server that wants a password."""
    with redis_server.server(tmp_path, "--requirepass", "hush-hush") as redis:
        yield redis


@pytest.mark.parametrize(
    ("address", "state", "told"),
    [
        ("redis://:hush-hush@127.0.0.1:{port}/3", "good", "Connected to 127.0.0.1:{port}, database 3."),
        ("redis://:hush-hush@127.0.0.1:{port}", "good", "Connected to 127.0.0.1:{port}, database 0."),
        ("redis://default:hush-hush@127.0.0.1:{port}/15", "good", "database 15."),
        ("redis://:hush-wrong@127.0.0.1:{port}/3", "bad", "invalid username-password pair"),
        ("redis://127.0.0.1:{port}/3", "bad", "Authentication required"),
        ("redis://:hush-hush@127.0.0.1:{port}/99", "bad", "DB index is out of range"),
        ("redis://:hush-hush@127.0.0.1:9/3", "bad", "127.0.0.1:9, database 3: it cannot be used"),
    ],
)
def test_the_doctor_pings_redis(run: Run, guarded: redis_server.Redis, address: str, state: str, told: str) -> None:
    result = run("doctor", "--json", env={"REDIS_URL": address.format(port=guarded.port)})
    found = redis_check(result)
    assert found[0] == state
    assert told.format(port=guarded.port) in found[1]
    assert "hush" not in result.output


@pytest.mark.parametrize(
    "address",
    [
        "redis://:hush@127.0.0.1:many/3",
        "redis://:hush@127.0.0.1/x",
        "redis://:hu/hush@127.0.0.1/3",
        "redis://:hu#hush@127.0.0.1/3",
    ],
)
@pytest.mark.parametrize("command", ["doctor", "worker"])
def test_an_address_that_cannot_be_one_is_not_waited_for(run: Run, address: str, command: str) -> None:
    result = run(command, env={"REDIS_URL": address})
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: The setting redis_url is wrong: it is redis://")
    assert "hu" not in result.output.replace("What is", "")


# -- what is seen of work ---------------------------------------------------------------------------------------------------


def record(**changes: object) -> JobRecord:
    values = dict.fromkeys(JobRecord.__struct_fields__) | {
        "id": 7, "kind": "update_manifest", "arguments": {}, "asked_by": "schedule", "attempts": 1, "fence": 1, "asked": START,
        "not_before": START,
    }  # fmt: skip
    return JobRecord(**values | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"state": "queued"}, ["queued", "schedule"]),
        ({"state": "queued", "started": START, "reason": "Waits."}, ["queued", "schedule", "Waits."]),
        (
            {"state": "running", "started": START, "percent": 41.7, "sentence": "Fetching."},
            ["running", "schedule", "90.0 s", "42 % Fetching."],
        ),
        (
            {"state": "done", "started": START, "finished": START + timedelta(seconds=2.5), "sentence": "Building.",
             "result": {"sentence": "These are the newest definitions."}},
            ["done", "schedule", "2.5 s", "These are the newest definitions."],
        ),
        (
            {"state": "failed", "started": START, "finished": START + timedelta(seconds=1), "reason": "Bungie is down."},
            ["failed", "schedule", "1.0 s", "Bungie is down."],
        ),
    ],
)  # fmt: skip
def test_a_line_tells_who_asked_how_it_ended_and_how_long_it_took(changes: dict[str, object], told: list[str]) -> None:
    line = line_of(record(**changes), START + timedelta(seconds=90))
    parts = [each for each in line.split("  ") if each]
    assert [each.strip() for each in parts] == ["7", f"{START:%Y-%m-%d %H:%M}", told[0], "update_manifest", *told[1:]]
