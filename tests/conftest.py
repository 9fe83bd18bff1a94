"""What every test may ask for."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from tests.simulator.controls import Controls

from vaultraider.simulator import Simulator

REPOSITORY = Path(__file__).resolve().parent.parent
TEST_DATA = "VAULTRAIDER_TEST_DATA"
REQUIRE_SERVICES = "VAULTRAIDER_REQUIRE_SERVICES"
"""Where this is set (in CI) everything has been installed: a test that skips itself all the same is a failure."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A shared machine may stand still for seconds in the middle of anything. In CI alone a failed test gets one more try, and
    the summary names it; on a developer's machine nothing is tried twice, so that what is unsteady is felt and mended."""
    if os.environ.get(REQUIRE_SERVICES):
        for item in items:
            item.add_marker(pytest.mark.flaky(reruns=1))


class _Failures:
    """Names each test that fails as it fails: half an hour is long to wait for the summary."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self._terminal = terminal

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._terminal.write_line(f"\nfailed: {report.nodeid} ({report.when})")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get(REQUIRE_SERVICES) and isinstance(terminal, pytest.TerminalReporter):
        config.pluginmanager.register(_Failures(terminal))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and os.environ.get(REQUIRE_SERVICES) and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{REQUIRE_SERVICES} is set, so nothing may be skipped. {reason}"
    return report


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """A command sets up the log of its process, which in a test is everybody's: a quiet one would hide the next test's lines."""
    root = logging.getLogger()
    handlers, levels = list(root.handlers), {each: each.level for each in (root, *_loggers())}
    yield
    root.handlers[:] = handlers
    for each in (root, *_loggers()):
        each.setLevel(levels.get(each, logging.NOTSET))


def _loggers() -> list[logging.Logger]:
    return [each for each in logging.Logger.manager.loggerDict.values() if isinstance(each, logging.Logger)]


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_kept_of_closed_databases() -> Iterator[None]:
    """SQLAlchemy's mappers keep the statements that they compiled for each engine: a process of ours has one, a test run
    thousands. Kept for all of them they are hundreds of megabytes in the end."""
    yield
    if "vaultraider.database.engine" in sys.modules:
        from vaultraider.database.engine import Base

        for mapper in Base.registry.mappers:
            vars(mapper).pop("_compiled_cache", None)


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Real responses and recorded behaviour, kept outside the repository; skips where they are absent."""
    folder = Path(os.environ.get(TEST_DATA) or REPOSITORY.parent / "shared")
    if not (folder / "data" / "real").is_dir():
        pytest.skip(f"No real data at the folder named by {TEST_DATA}")
    return folder


@pytest.fixture(scope="session")
def simulator_server() -> Iterator[Simulator]:
    """One Bungie.net in a box for the whole run; ask for ``simulator`` instead."""
    with Simulator() as running:
        yield running


@pytest.fixture
def simulator(simulator_server: Simulator) -> Iterator[Simulator]:
    """Bungie.net in a box as on its first day, on the wall's clock; a request for a path that it lacks fails the test."""
    Controls(simulator_server).first_day()
    yield simulator_server
    problems = [f"{entry.method} {entry.path}: {entry.problem}" for entry in simulator_server.box.journal.problems()]
    assert not problems, problems


@pytest.fixture(scope="session")
def definitions(simulator_server: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's definitions, installed once a process: ``build_wired(..., definitions=definitions)`` gives a house its copy."""
    from tests.wired import install_definitions  # The whole product, which most tests do without.

    return install_definitions(tmp_path_factory.mktemp("definitions"), Controls(simulator_server))


@pytest.fixture
def simulator_control(simulator: Simulator) -> Controls:
    """The control room's levers, in Python: faults, clock, sign-ins, the truth."""
    return Controls(simulator)
