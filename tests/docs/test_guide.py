"""The guides do what they say: their code is written, built, tested and opened in a browser, in a copy of the repository."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hatch_build import FrontEnd, find_node
from tests.docs import workshop
from tests.docs.guide import COMMANDS, LOOKED_AT, Block, blocks, put
from tests.meta.repository import ROOT

GUIDES = sorted((ROOT / "docs" / "guide").glob("*.md"))
FIRST_PAGE = ROOT / "docs" / "guide" / "your-first-page.md"
FILES = {"python": (".py",), "ts": (".ts",), "tsx": (".tsx",), "scss": (".scss",)}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_block_is_a_file_or_a_command_or_only_looked_at(guide: Path) -> None:
    for block in blocks(guide):
        where = f"line {block.line}"
        if block.language in (COMMANDS, LOOKED_AT):
            assert not block.file, where
        else:
            assert block.file.endswith(FILES[block.language]), where


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_file_that_is_named_is_there_or_is_written(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    written = {block.file for block in blocks(guide)}
    named = set(re.findall(r"`((?:src|frontend|tests|docs|benchmarks)/[\w./-]+\.\w+)`", text))
    assert {name for name in named - written if not (ROOT / name).exists()} == set()


def test_a_guide_is_read_as_it_is_meant(tmp_path: Path) -> None:
    guide = tmp_path / "guide.md"
    guide.write_text(
        "# Words\n\n**`a/b.py`**\n\n```python\nx = 1\n```\n\nThen:\n\n```sh\nmake types    # a remark\n\nmake front-end\n```\n\n"
        "**`a/b.py`**, before `x = 1`:\n\n```python\ny = 2\n```\n\n```text\n**`no.py`**\n```\n"
    )
    first, typed, inserted, shown = blocks(guide)
    assert first == Block(5, "python", "x = 1\n", "a/b.py")
    assert (typed.file, typed.commands) == ("", ["make types", "make front-end"])
    assert (shown.language, shown.file) == ("text", "")
    for block in (first, inserted):
        put(block, tmp_path)
    assert (tmp_path / "a" / "b.py").read_text() == "y = 2\nx = 1\n"


def test_a_step_that_fails_is_named_by_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "COPIED", ("frontend/package.json",))
    steps = [
        Block(7, "sh", ".venv/bin/python -c 'print(1)'\n"),
        Block(12, "sh", ".venv/bin/python -c 'raise SystemExit(\"lost\")'\n"),
    ]
    with pytest.raises(AssertionError, match=r"line 12, .venv/bin/python .*\n.*lost"):
        workshop.Workshop(tmp_path / "copy").follow(steps)


@pytest.mark.browser
@pytest.mark.processes
def test_following_the_guide_makes_the_page(tmp_path: Path) -> None:
    """The types are written, the front end is built, and the guide's own tests pass: over HTTP, of the words, in the browser."""
    front_end = FrontEnd()
    if not (front_end.folder / "node_modules").is_dir() or find_node(front_end.engines) is None:
        pytest.skip("The front end's packages are not installed: make setup")
    steps = blocks(FIRST_PAGE)
    assert [step for step in steps if step.commands], "a guide with nothing to type"
    workshop.Workshop(tmp_path / "copy").follow(steps)
