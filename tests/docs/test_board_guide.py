"""The guide to the board says what there is: its commands and settings are taken, its words stand on the page."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.docs.guide import blocks
from tests.meta.repository import ROOT

from vaultraider.board import command as bare
from vaultraider.board.sources import check
from vaultraider.cli.board import command
from vaultraider.settings import load_settings

GUIDE = ROOT / "docs" / "guide" / "board.md"
COMMANDS = [line for block in blocks(GUIDE) for line in block.commands]
SETTINGS = re.findall(r"^(VAULTRAIDER_\w+)=(\S+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
WORDS = re.findall(r"^\| ([A-Z][\w ]+?) \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_is_taken_as_it_is_written(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wishes: list[bare.Wish] = []

    def run(wish: bare.Wish) -> int:
        wishes.append(wish)
        return 0

    monkeypatch.setattr(bare, "run", run)
    words = shlex.split(line)
    if words[:2] == ["vaultraider", "board"]:
        result = CliRunner().invoke(command, words[2:])
        assert result.exit_code == 0, result.output
    else:
        assert words[:3] == ["python", "-m", "vaultraider.board"]
        assert bare.main(words[3:]) == 0
    (wish,) = wishes
    check(wish.source)
    assert str(wish.port) in line or wish.port == bare.PORT


@pytest.mark.parametrize(("name", "value"), SETTINGS)
def test_a_setting_is_taken(name: str, value: str, tmp_path: Path) -> None:
    settings = load_settings(environ={name: value, "VAULTRAIDER_DATA_DIR": str(tmp_path)})
    assert settings.board == value


def test_its_words_stand_on_the_page() -> None:
    assert {"Live", "Missing", "Stuck", "Not live"} < set(WORDS)
    messages = (ROOT / "frontend" / "src" / "board" / "messages.ts").read_text(encoding="utf-8")
    assert [word for word in WORDS if f'"{word}"' not in messages and not word.startswith("Every ")] == []
