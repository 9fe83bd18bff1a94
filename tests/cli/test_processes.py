"""The commands that stay: they answer, they stop cleanly, they say what is in their way."""

from __future__ import annotations

import html
import json
import os
import re
import signal
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.cli.conftest import Process

from vaultraider.cli.demo import MARK
from vaultraider.simulator import API_KEY, CLIENT_ID, CLIENT_SECRET, Simulator
from vaultraider.simulator.demo.cast import MARROW

pytestmark = pytest.mark.processes

Start = Callable[..., Process]


def fetch(address: str, context: ssl.SSLContext | None = None) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=20, context=context) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()


def status(address: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(fetch(f"{address}/api/v1/status")[1])
    return found


def real_server(simulator: Simulator) -> dict[str, str]:
    return {
        "VAULTRAIDER_BUNGIE_WWW": simulator.url,
        "VAULTRAIDER_BUNGIE_STATS": simulator.url,
        "VAULTRAIDER_API_KEY": API_KEY,
        "VAULTRAIDER_CLIENT_ID": CLIENT_ID,
        "VAULTRAIDER_CLIENT_SECRET": CLIENT_SECRET,
    }


def test_the_demo_looks_at_nothing_real(start: Start, data_dir: Path) -> None:
    real = {"DATABASE_URL": "postgresql://real", "REDIS_URL": "redis://real", "VAULTRAIDER_API_KEY": "real", "PORT": "0"}
    demo = start("demo", env=real)
    address = demo.address()
    assert fetch(f"{address}/")[0] == 200
    assert json.loads(fetch(f"{address}/api/v1/session")[1])["demo"] is True
    demo.told("are active: installed")
    assert status(address)["manifest"]["state"] == "ready"
    assert demo.stop(signal.SIGINT) == 0
    assert "Traceback" not in demo.text
    assert [each.name for each in data_dir.iterdir()] == ["demo"]
    assert (data_dir / "demo" / MARK).exists()


def sign_in(browser: httpx2.Client, address: str) -> None:
    """As Marrow, by the pages of the demo. ``browser`` follows redirects."""
    token = browser.get(f"{address}/api/v1/session").json()["csrf_token"]
    consent = browser.post(f"{address}/sign-in", data={"csrf_token": token})
    form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', consent.text))
    approve = {name: html.unescape(value) for name, value in form.items()} | {"person": MARROW, "decision": "approve"}
    browser.post(str(consent.url.copy_with(query=None)), data=approve)
    assert browser.get(f"{address}/api/v1/session").json()["signed_in"] is True


def test_pages_that_listen_do_not_hold_up_the_end(start: Start) -> None:
    demo = start("demo", "--port", "0")
    address = demo.address()
    with httpx2.Client(follow_redirects=True, timeout=60) as browser, ExitStack() as streams:
        sign_in(browser, address)
        listening = [streams.enter_context(browser.stream("GET", f"{address}/api/v1/transfers/changes")) for _ in range(2)]
        heard = [each.iter_lines() for each in listening]
        assert [next(each) for each in heard] == ["retry: 3000"] * 2
        assert [next(filter(None, each)) for each in heard] == ["event: transfers"] * 2
        assert demo.stop(signal.SIGINT) == 0
        for each in heard:
            list(each)  # raises where a stream is cut before its proper end
    assert "Traceback" not in demo.text


def test_whoever_is_signed_in_to_the_demo_stays_so_over_a_restart(start: Start) -> None:
    demo = start("demo", "--port", "0")
    address = demo.address()
    with httpx2.Client(follow_redirects=True, timeout=30) as browser:
        sign_in(browser, address)
        demo.told("are active: installed")
        before = browser.get(f"{address}/api/v1/profile").json()
        assert [each.get("nickname") for each in before["characters"]] == ["Brannoch", "Ilse Varr", "Odalys"]
        assert demo.stop() == 0

        again = start("demo", "--port", address.rpartition(":")[2])
        assert again.address() == address
        assert browser.get(f"{address}/api/v1/session").json()["user"]["name"].startswith("Marrow")
        csrf = {"X-CSRFToken": browser.get(f"{address}/api/v1/session").json()["csrf_token"]}
        while True:  # Bungie is not asked more often than each five seconds
            asked = browser.post(f"{address}/api/v1/profile/refresh?forced=true", headers=csrf).raise_for_status().json()
            if "wait" not in asked:
                break
            time.sleep(min(asked["wait"], 1))
        after = browser.get(f"{address}/api/v1/profile").json()
        assert {each["id"] for each in after["items"]} == {each["id"] for each in before["items"]}
        assert asked["checked"] > before["read"], "Bungie in a box still knows the sign-in"
        assert again.stop() == 0

    fresh = start("demo", "--port", "0", "--fresh")
    assert fetch(f"{fresh.address()}/")[0] == 200
    fresh.told("The database has the newest tables")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGTERM")
def test_up_serves_works_and_stops_on_sigterm(start: Start, simulator: Simulator) -> None:
    up = start("up", "--port", "0", env=real_server(simulator))
    address = up.address()
    token = up.told("set-up token")
    assert f"{address}/setup" in token
    up.told("are active: installed")
    assert status(address)["manifest"]["state"] == "ready"
    assert up.stop(signal.SIGTERM) == 0
    assert "Traceback" not in up.text


def test_two_servers_do_not_share_a_folder_or_a_port(start: Start, simulator: Simulator, tmp_path: Path) -> None:
    first = start("up", "--port", "0", env=real_server(simulator))
    port = first.address().rpartition(":")[2]
    same_folder = start("up", "--port", "0", env=real_server(simulator))
    assert same_folder.ended() == 1
    assert "Another Vault Raider runs on" in same_folder.text
    same_port = start("up", "--port", port, "--data-dir", str(tmp_path / "other"), env=real_server(simulator))
    assert same_port.ended() == 1
    assert f"Port {port} on 127.0.0.1 is taken. Stop what uses it, or choose another with --port." in same_port.text
    assert "Traceback" not in same_folder.text + same_port.text
    assert first.stop() == 0


def test_up_over_https_with_the_certificate_of_init(start: Start, simulator: Simulator, data_dir: Path) -> None:
    assert start("init", "--yes", env=real_server(simulator)).ended() == 0
    up = start("up", "--port", "0", env=real_server(simulator))
    up.told("Ctrl-C stops it")
    address = up.told("It listens at").rpartition(" ")[2]
    trust = ssl.create_default_context(cafile=str(data_dir / "certificate.pem"))
    assert address.startswith("https://127.0.0.1:")
    assert fetch(f"{address}/", trust)[0] == 200
    assert up.stop() == 0


def test_web_serves_without_a_worker(start: Start, simulator: Simulator) -> None:
    web = start("web", "--port", "0", env=real_server(simulator))
    assert fetch(f"{web.address()}/healthz")[0] == 200
    assert web.stop() == 0


def test_the_simulator_by_itself(start: Start) -> None:
    bungie = start("simulator", "--port", "0")
    assert fetch(f"{bungie.address()}/__sim/")[0] == 200
    assert bungie.stop() == 0
    taken = start("simulator", "--clock", "yesterday")
    assert taken.ended() == 1
    assert "Traceback" not in taken.text
