"""The files that run Vault Raider elsewhere: Procfile, compose.yaml, Dockerfile, units of systemd, the start script of Windows.

Each is checked as far as can be without the machine it is for; the Procfile is run.
"""

from __future__ import annotations

import configparser
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml
from tests import redis_server
from tests.cli.conftest import clean_environment

from vaultraider.cli._one_process import free_port
from vaultraider.cli._registry import command_names
from vaultraider.settings import PREFIX, Settings
from vaultraider.simulator import API_KEY, CLIENT_ID, CLIENT_SECRET, Simulator

ROOT = Path(__file__).resolve().parents[2]
UNITS = sorted((ROOT / "deploy").glob("*.service"))
PARTS = {"web", "worker", "beat"}
SERVICE_KEYS = {
    "build", "image", "restart", "stop_grace_period", "env_file", "environment", "volumes", "depends_on", "command", "ports",
    "healthcheck",
}  # fmt: skip
HEALTH_KEYS = {"test", "interval", "timeout", "start_period", "retries"}
DURATION = re.compile(r"(\d+(ms|s|m|h))+")


def procfile() -> dict[str, str]:
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    return {name: command.strip() for name, _, command in (line.partition(":") for line in lines)}


def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_the_procfile_names_the_parts() -> None:
    assert procfile() == {part: f"vaultraider {part}" for part in PARTS}
    assert set(command_names()) >= PARTS


@pytest.mark.processes
@pytest.mark.skipif(os.name != "posix", reason="ended by a signal that Windows lacks")
def test_a_runner_of_procfiles_runs_it(tmp_path: Path) -> None:
    port = free_port("127.0.0.1")
    binaries = Path(sys.executable).parent
    with redis_server.server(tmp_path) as redis, Simulator() as bungie:
        environment = clean_environment(tmp_path / "data") | {
            "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
            "REDIS_URL": redis.url,
            "VAULTRAIDER_PORT": str(port),
            "VAULTRAIDER_BUNGIE_WWW": bungie.url,
            "VAULTRAIDER_BUNGIE_STATS": bungie.url,
            "VAULTRAIDER_API_KEY": API_KEY,
            "VAULTRAIDER_CLIENT_ID": CLIENT_ID,
            "VAULTRAIDER_CLIENT_SECRET": CLIENT_SECRET,
        }
        command = [binaries / "honcho", "--no-colour", "-f", ROOT / "Procfile", "-e", os.devnull, "start"]
        runner = subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert runner.stdout is not None
        told: list[str] = []
        try:
            wanted = {"web server is at", "worker 1 is at work", "beat 1 is at work", "are active: installed"}
            for line in runner.stdout:
                told.append(line)
                wanted = {each for each in wanted if each not in line}
                if not wanted:
                    break
            assert not wanted, "".join(told)
            assert httpx2.get(f"http://127.0.0.1:{port}/readyz", timeout=20).status_code == 200
        finally:
            runner.send_signal(signal.SIGTERM)
            told += runner.stdout.readlines()
            runner.wait(30)
            runner.stdout.close()
    assert sum("Stopping. Running work" in line for line in told) == len(PARTS), "".join(told)
    assert "Traceback" not in "".join(told)


def test_the_services_of_compose_have_the_shape_of_services() -> None:
    found = compose()
    assert {key for key in found if not key.startswith("x-")} == {"name", "services", "volumes"}
    assert set(found["services"]) == PARTS | {"redis", "postgres"}
    for name, service in found["services"].items():
        assert set(service) <= SERVICE_KEYS, name
        assert "image" in service
        assert all(isinstance(value, str) for value in service["environment"].values()) if "environment" in service else True
        assert DURATION.fullmatch(service.get("stop_grace_period", "1s"))
        for key, value in service.get("healthcheck", {"test": ["CMD"]}).items():
            assert key in HEALTH_KEYS
            assert value[0] in ("CMD", "CMD-SHELL") if key == "test" else DURATION.fullmatch(value)
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in found["volumes"], volume
        for other, when in service.get("depends_on", {}).items():
            assert when == {"condition": "service_healthy"}
            assert "healthcheck" in found["services"][other]


def test_the_parts_of_compose_share_what_they_must() -> None:
    services = compose()["services"]
    for part in PARTS:
        assert services[part]["command"] == part
        assert services[part]["volumes"] == services["web"]["volumes"]
        assert services[part]["environment"] == services["web"]["environment"]
    ours = services["web"]["environment"]
    names = {PREFIX + name.upper() for name in Settings.__struct_fields__} | {"DATABASE_URL", "REDIS_URL"}
    assert set(ours) <= names
    assert ours["REDIS_URL"].startswith("redis://redis:") and "@postgres/" in ours["DATABASE_URL"]
    assert services["web"]["ports"] == [f"127.0.0.1:{ours['VAULTRAIDER_PORT']}:{ours['VAULTRAIDER_PORT']}"]
    assert not [name for name in PARTS - {"web"} if "ports" in services[name]]
    assert not {"ports"} & (set(services["redis"]) | set(services["postgres"])), "nobody outside has business with them"


def test_no_image_comes_from_a_named_host() -> None:
    images = [service["image"] for service in compose()["services"].values()]
    images += re.findall(r"(?m)^FROM (\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    assert images and not [image for image in images if "/" in image]


def test_the_dockerfile_takes_what_is_there() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")}
    assert all((ROOT / name).exists() for name in allowed)
    for source in re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", text):
        for name in source.split():
            assert name == "." or ((ROOT / name).exists() and name.partition("/")[0] in allowed)
    assert re.search(r"(?m)^USER (?!root)\w+$", text)
    needed = {"hatch_build.py", "pyproject.toml", "README.md", "LICENSE", "src", "frontend", "requirements"}
    assert needed <= allowed, "the build needs them"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_runs_a_command_that_exists(unit: Path) -> None:
    parser = configparser.RawConfigParser(strict=False, comment_prefixes=("#",), inline_comment_prefixes=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(unit, encoding="utf-8")
    assert parser.sections() == ["Unit", "Service", "Install"]
    command = parser["Service"]["ExecStart"].split()
    assert command[0].endswith("/bin/vaultraider")
    assert command[1] == "%i" if "@" in unit.name else command[1] in command_names()
    assert int(parser["Service"]["TimeoutStopSec"]) >= 40, "running work needs its time"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_finds_nothing_wrong_with_a_unit(unit: Path, tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        return  # a bare machine lacks it, and what can be read was checked above
    program = tmp_path / "vaultraider"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    copy = tmp_path / unit.name.replace("@", "@worker")
    copy.write_text(unit.read_text(encoding="utf-8").replace("/opt/vaultraider/bin/vaultraider", str(program)))
    (tmp_path / "sysinit.target").write_text("[Unit]\n")
    done = subprocess.run([analyze, "verify", copy], capture_output=True, text=True, check=False)
    ours = [line for line in (done.stdout + done.stderr).splitlines() if "not found" not in line]
    assert ours == []


def test_the_start_script_of_windows_is_sound() -> None:
    text = (ROOT / "deploy" / "vaultraider.cmd").read_bytes().decode("ascii")
    assert text.count("\r\n") == text.count("\n"), "cmd.exe loses its labels in files of another system"
    labels = set(re.findall(r"(?m)^:(\w+)\r?$", text))
    assert set(re.findall(r"goto (\w+)", text)) <= labels
    assert {"init", "up"} <= set(command_names())
    assert re.findall(r'(?m)^"%PROGRAM%" (\w+)', text) == ["init"] and 'set "COMMAND=up"' in text
