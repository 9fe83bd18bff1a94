"""The application for production servers."""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from vaultraider import wsgi
from vaultraider.settings import Settings


@pytest.fixture
def ended_at_exit(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is put off until the process ends is done when the test ends."""
    kept: list[tuple[object, tuple[object, ...], dict[str, object]]] = []
    monkeypatch.setattr(wsgi.atexit, "register", lambda call, *args, **options: kept.append((call, args, options)))
    yield
    for call, args, options in reversed(kept):
        call(*args, **options)  # type: ignore[operator]
    assert not [thread for thread in threading.enumerate() if thread.name in ("worker", "beat")]


@pytest.mark.usefixtures("ended_at_exit")
def test_it_makes_its_tables_answers_and_works(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, bungie_www="http://127.0.0.1:9", bungie_stats="http://127.0.0.1:9")
    application = wsgi.make_application(settings)
    assert application.test_client().get("/healthz").status_code == 200
    assert {"worker", "beat"} <= {thread.name for thread in threading.enumerate()}


@pytest.mark.usefixtures("ended_at_exit")
def test_with_redis_workers_run_apart(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    wsgi.make_application(Settings(data_dir=tmp_path, redis_url="redis://127.0.0.1:9/0"))
    # Servers of other tests may begin a thread in between: only ours count.
    started = {thread.name for thread in threading.enumerate() if thread not in before}
    assert not started & {"worker", "beat"}


def test_importing_it_does_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VAULTRAIDER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delitem(sys.modules, "vaultraider.wsgi")
    importlib.import_module("vaultraider.wsgi")
    assert not (tmp_path / "data").exists()
