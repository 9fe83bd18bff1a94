"""`vaultraider doctor` and the settings, where there is a board; and the demo's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.board.converter import Converter

from vaultraider.board import command as bare
from vaultraider.cli import main
from vaultraider.cli._checks import Finding, examine
from vaultraider.cli.demo import demo_settings
from vaultraider.settings import SettingsError, load_settings


def of_the_board(data_dir: Path, **board: str) -> list[Finding]:
    environment = {f"VAULTRAIDER_{name.upper()}": value for name, value in board.items()}
    settings = load_settings(environ=environment, data_dir=data_dir)
    return [each for each in examine(settings, data_dir / "settings.toml") if each.name == "board"]


def test_the_doctor_tells_what_the_board_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultraider.cli._checks._clock", lambda _settings: iter(()))
    converter = Converter(tmp_path / "iio")
    where = {"board": "iio:adc108s102", "board_iio_root": str(converter.root)}
    [found] = of_the_board(tmp_path, **where)
    assert found.state == "good"
    assert found.sentence.startswith("adc108s102: 6 inputs, 12 bits, 5.00 V. They read 0: 0.20 V, 1: 0.40 V,")
    converter.break_input(1)
    [found] = of_the_board(tmp_path, **where)
    assert (found.state, "Input 1 of adc108s102 cannot be read" in found.sentence) == ("notice", True)
    converter.unplug()
    [found] = of_the_board(tmp_path, **where)
    assert (found.state, found.sentence.endswith(f"Looked for in {converter.root}.")) == ("notice", True)
    [found] = of_the_board(tmp_path, board="simulated:square")
    assert found.state == "bad"
    assert of_the_board(tmp_path) == []


def test_the_doctor_lists_the_back_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vaultraider.cli._checks.examine", lambda *_arguments: iter(()))
    result = CliRunner().invoke(main, ["doctor", "--json", "--data-dir", str(tmp_path)])
    assert json.loads(result.output)["found"]["board/sources"] == ["iio", "mcp3008", "replay", "simulated"]


WRONG = [
    ("board", "i2c", "there are iio"),
    ("board_rate", "0", "from 1 to 50"),
    ("board_rate", "51", "from 1 to 50"),
    ("board_rate", "fast", "board_rate is wrong"),
    ("board_streams", "0", "from 1 to"),
    ("board_quiet", "-1", "from 0 to"),
    ("board_public", "perhaps", "board_public is wrong"),
]


@pytest.mark.parametrize(("name", "value", "why"), WRONG, ids=[f"{name}={value}" for name, value, _why in WRONG])
def test_a_setting_that_cannot_be_meant_is_named(tmp_path: Path, name: str, value: str, why: str) -> None:
    with pytest.raises(SettingsError, match=why):
        load_settings(environ={f"VAULTRAIDER_{name.upper()}": value}, data_dir=tmp_path)


def test_the_demo_has_a_board_whatever_the_environment_says(tmp_path: Path) -> None:
    assert demo_settings(tmp_path, {"VAULTRAIDER_BOARD": "iio"}).board == "simulated"


def test_both_ways_to_the_bare_server_take_the_same_wishes(monkeypatch: pytest.MonkeyPatch) -> None:
    wishes: list[bare.Wish] = []
    monkeypatch.setattr(bare, "run", lambda wish: wishes.append(wish) or 3)
    given = [
        "--ip", "192.168.1.177", "--port", "81", "--mac", "DE:AD:BE:EF:FE:ED", "--interface", "eth1", "--serve-anyway",
        "--source", "mcp3008:1", "--iio-root", "/elsewhere",
    ]  # fmt: skip
    assert CliRunner().invoke(main, ["board", *given]).exit_code == 3
    assert bare.main(given) == 3
    assert CliRunner().invoke(main, ["board"]).exit_code == bare.main([])
    assert wishes[0] == wishes[1] == bare.Wish("192.168.1.177", 81, "DE:AD:BE:EF:FE:ED", "eth1", True, "mcp3008:1", "/elsewhere")
    assert wishes[2] == wishes[3] == bare.Wish()
