"""What stands in the repository, and what never does."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator

import pytest
from tests.meta.repository import ROOT, modules, texts, tracked

LONGEST_MODULE = 600
"""Lines. About 100 is what we aim for; a module over this holds two things."""
LONG_MODULE = 400
VAGUE = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "stuff", "tools", "lib", "functions"}
GENERATED = ("frontend/src/api/schema", "frontend/package-lock.json", "requirements/")

POSIX_MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty", "curses", "readline"}
POSIX_NAMES = {
    "os": {
        "chown", "chroot", "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getpgid", "getuid",
        "initgroups", "killpg", "mkfifo", "nice", "openpty", "pread", "pwrite", "sched_getaffinity", "setgid", "setpgid",
        "setsid", "setuid", "statvfs", "sysconf", "uname", "wait3", "wait4", "O_DIRECTORY", "O_NOFOLLOW",
    },
    "signal": {"SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGUSR1", "SIGUSR2", "alarm", "pause"},
    "socket": {"AF_UNIX", "AF_NETLINK"},
    "time": {"tzset"},
}  # fmt: skip


def python_files() -> list[str]:
    return [name for name in tracked() if name.endswith(".py")]


def test_no_file_has_a_vague_name() -> None:
    assert not [name for name in tracked() if re.split(r"[./]", name.rsplit("/", 1)[-1].lower())[0].strip("_") in VAGUE]


def test_no_module_is_too_long() -> None:
    lengths = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in python_files()}
    long = sorted(((lines, name) for name, lines in lengths.items() if lines > LONG_MODULE), reverse=True)
    print("\nModules over", LONG_MODULE, "lines, perhaps two things in one room:", *long, sep="\n  ")
    assert not [entry for entry in long if entry[0] > LONGEST_MODULE]


def test_every_module_says_what_it_is() -> None:
    assert not [name for name, tree in modules() if not ast.get_docstring(tree) and (ROOT / name).stat().st_size]


def found(pattern: str, *, within: tuple[str, ...] = ("",), but: tuple[str, ...] = ()) -> list[str]:
    compiled = re.compile(pattern)
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts()
        if name.startswith(within) and not name.startswith(but)
        for number, line in enumerate(text.splitlines(), 1)
        if compiled.search(line)
    ]


def test_nothing_is_left_to_do() -> None:
    words = "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"))
    assert not found(rf"\b({words})\b", within=("src/", "frontend/src/", "benchmarks/", "hatch_build.py"), but=GENERATED)


def test_every_excuse_names_what_it_excuses() -> None:
    assert not found(r"#\s*(noqa|type:\s*ignore)\s*($|[^:\[\s])", within=("src/", "benchmarks/", "tests/"), but=("tests/meta/",))


def test_no_path_of_a_machine() -> None:
    assert not found(r"(^|[^A-Za-z.\w])/(work|farm|root|home/[a-z]+|Users/[a-z]+)/[a-z]", but=("tests/meta/",))


def test_no_address_of_a_package_registry() -> None:
    """The locks must hold behind any mirror, so nothing names where packages come from."""
    hosts = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "yarn" + "pkg.com", "debian" + ".org")
    assert not found("|".join(re.escape(host) for host in hosts))


def test_the_npm_lock_names_no_host() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert not [name for name, package in packages.items() if "resolved" in package]
    assert not [name for name, package in packages.items() if not package.get("integrity") and not package.get("inBundle")]


@pytest.mark.parametrize("lock", ["runtime", "dev", "build", "node"])
def test_a_python_lock_has_a_hash_for_everything_and_no_host(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    requirements = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"(?m)^\s*#.*\n", "", text).strip())
    assert len(requirements) >= 1
    for requirement in requirements:
        assert re.match(r"[A-Za-z0-9._\[\]-]+==\S+", requirement), requirement[:60]
        assert "--hash=sha256:" in requirement, requirement[:60]


def test_the_licence_is_there_and_named() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert 'license = "MIT"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_no_picture_of_the_game_and_nothing_large() -> None:
    pictures = [name for name in tracked() if re.search(r"\.(png|jpe?g|gif|webp|ico)$", name)]
    ours = ("src/vaultraider/web/static/", "docs/images/")
    assert not [name for name in pictures if not name.startswith(ours)]
    assert not [name for name in tracked() if (ROOT / name).stat().st_size > 2 * 2**20]


def posix_only(tree: ast.Module) -> Iterator[str]:
    """What a Windows machine lacks and no guard surrounds: imports at the top, names wherever they stand unguarded."""
    parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}

    def guarded(node: ast.AST) -> bool:
        above: ast.AST | None = node
        while above is not None:
            if isinstance(above, ast.If | ast.IfExp) and re.search(r"hasattr|os\.name|sys\.platform", ast.unparse(above.test)):
                return True
            if isinstance(above, ast.Try) and any(
                re.search("ImportError|AttributeError", ast.unparse(handler.type)) for handler in above.handlers if handler.type
            ):
                return True
            above = parents.get(above)
        return False

    for node in ast.walk(tree):
        names: set[str] = set()
        if isinstance(node, ast.Import):
            names = {alias.name.split(".")[0] for alias in node.names} & POSIX_MODULES
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {node.module.split(".")[0]} & POSIX_MODULES
            names |= {alias.name for alias in node.names} & POSIX_NAMES.get(node.module, set())
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names = {node.attr} & POSIX_NAMES.get(node.value.id, set())
        if names and not guarded(node):
            yield f"line {getattr(node, 'lineno', 0)}: {', '.join(sorted(names))}"


def test_what_is_shipped_imports_nothing_that_windows_lacks() -> None:
    """Linux is what we run; macOS and Windows are kept possible."""
    assert not [f"{name} {problem}" for name, tree in modules() for problem in posix_only(tree)]


@pytest.mark.parametrize(
    ("code", "is_refused"),
    [
        ("import fcntl", True),
        ("from resource import getrusage", True),
        ("from os import fork", True),
        ("import os\nos.fork()", True),
        ("import signal\nsignal.signal(signal.SIGHUP, f)", True),
        ("import os\nif hasattr(os, 'fork'):\n    os.fork()", False),
        ("try:\n    import fcntl\nexcept ImportError:\n    fcntl = None", False),
        ("import os\nx = os.getuid() if os.name != 'nt' else 0", False),
        ("import signal\nsignal.SIGTERM", False),
        ("def f():\n    import pwd", True),
    ],
)
def test_the_check_for_posix_finds_it(code: str, is_refused: bool) -> None:
    assert bool(list(posix_only(ast.parse(code)))) is is_refused
