"""The back ends: what they read, and what they say when they cannot."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.board.converter import RAWS, Converter

from vaultraider.board.source import AnalogSource, Places, Reading, SourceError, SourceFailed, SourceMissing, SourceUnknown
from vaultraider.board.sources import check, help_lines, kinds, open_source
from vaultraider.board.sources.replay import Replay, parse
from vaultraider.board.sources.simulated import USUAL, WAVES, Simulated


def opened(root: Path, spec: str = "iio") -> AnalogSource:
    return open_source(spec, Places(iio_root=str(root)))


def test_every_back_end_is_found_and_says_what_it_is() -> None:
    assert kinds() == ["iio", "mcp3008", "replay", "simulated"]
    assert [line.partition(":")[0] for line in help_lines()] == kinds()


@pytest.mark.parametrize("spec", ["", "_registry", "Iio", "iio2", ":iio", "../iio", "os", "x" * 5000])
def test_a_source_that_is_none_is_refused(spec: str) -> None:
    with pytest.raises(SourceUnknown, match="there are iio, mcp3008, replay, simulated"):
        check(spec)


# -- Linux's converters ------------------------------------------------------------------------------------------------


def test_six_inputs_of_a_converter(tmp_path: Path) -> None:
    Converter(tmp_path)
    source = opened(tmp_path)
    assert (source.name, source.channels, source.bits, source.reference) == ("adc108s102", (0, 1, 2, 3, 4, 5), 12, 5.0)
    assert [source.read(channel) for channel in source.channels] == [Reading(raw, raw * 5 / 4096) for raw in RAWS]


def test_a_device_is_found_by_its_name_and_not_by_its_number(tmp_path: Path) -> None:
    Converter(tmp_path, name="bmp280", number=0, raws=())
    Converter(tmp_path, name="mcp3008", number=10, raws=(10,))
    Converter(tmp_path, name="ads1115", number=9, raws=(9,))
    assert opened(tmp_path, "iio:mcp3008").read(0).raw == 10
    assert opened(tmp_path).name == "ads1115", "the first that has voltage inputs, counted and not spelt"
    with pytest.raises(SourceMissing, match=r"no converter named adc108s102; there is bmp280, ads1115, mcp3008"):
        opened(tmp_path, "iio:adc108s102")


SCALES = [
    # files, raw, volts, bits, reference
    ({"in_voltage_scale": "0.5"}, 1000, 0.5, 12, 2.048),
    ({"in_voltage_scale": "0.5", "in_voltage0_scale": "2"}, 1000, 2.0, 12, 8.192),
    ({"in_voltage_scale": "0.5", "in_voltage_offset": "-8"}, 1000, 0.496, 12, 2.048),
    ({"in_voltage_scale": "0.5", "in_voltage0_offset": "100", "in_voltage_offset": "-8"}, 1000, 0.55, 12, 2.048),
    ({"in_voltage_scale": "1", "scan_elements/in_voltage0_type": "le:u10/16>>2"}, 1000, 1.0, 10, 1.024),
    ({"in_voltage_scale": "0.1", "scan_elements/in_voltage0_type": "be:s16/16>>0"}, -1000, -0.1, 15, 3.2768),
    ({"in_voltage_scale": "1", "scan_elements/in_voltage0_type": "what is this"}, 1000, 1.0, 12, 4.096),
]


@pytest.mark.parametrize(("files", "raw", "volts", "bits", "reference"), SCALES)
def test_scale_offset_and_bits(
    tmp_path: Path, files: dict[str, str], raw: int, volts: float, bits: int, reference: float
) -> None:
    converter = Converter(tmp_path, raws=(raw,))
    (converter.folder / "in_voltage_scale").unlink()
    for file, text in files.items():
        converter.write(file, text)
    source = opened(tmp_path)
    assert source.read(0) == Reading(raw, pytest.approx(volts))
    assert (source.bits, source.reference) == (bits, pytest.approx(reference))


@pytest.mark.parametrize(("name", "bits"), [("mcp3008", 10), ("mcp3208", 12), ("mcp3301", 12), ("anything", 12)])
def test_bits_by_the_name_where_the_kernel_does_not_say(tmp_path: Path, name: str, bits: int) -> None:
    converter = Converter(tmp_path, name=name)
    converter.write("in_voltage_scale", str(3300 / (1 << bits)))
    source = opened(tmp_path)
    assert (source.bits, source.reference) == (bits, pytest.approx(3.3))
    converter.write("scan_elements/in_voltage0_type", "le:u9/16>>0")
    assert opened(tmp_path).bits == 9, "what the kernel says counts"


def test_no_sentence_names_a_place_of_this_machine(tmp_path: Path) -> None:
    converter = Converter(tmp_path)
    source = opened(tmp_path)
    converter.unplug()
    failures: list[Callable[[], object]] = [
        lambda: source.read(0),
        lambda: opened(tmp_path),
        lambda: opened(tmp_path / "nothing"),
        lambda: open_source(f"replay:{tmp_path}/nothing.csv"),
    ]
    for fail in failures:
        with pytest.raises(SourceError) as told:
            fail()
        assert str(tmp_path) not in told.value.sentence


def test_files_that_are_no_plain_inputs_are_left_alone(tmp_path: Path) -> None:
    converter = Converter(tmp_path, raws=(1, 2))
    for file in (
        "in_voltage0-voltage1_raw",
        "in_temp_raw",
        "in_voltage_raw",
        "out_voltage3_raw",
        "in_voltage7_raw_available",
        "in_voltage01_raw",
    ):
        converter.write(file, "5")
    assert opened(tmp_path).channels == (0, 1)


def test_a_device_that_goes_and_comes_back(tmp_path: Path) -> None:
    converter = Converter(tmp_path)
    source = opened(tmp_path)
    converter.unplug()
    with pytest.raises(SourceMissing, match="adc108s102 is gone"):
        source.read(0)
    with pytest.raises(SourceMissing, match="There is no converter with analogue inputs"):
        opened(tmp_path)
    converter.plug_in()
    assert opened(tmp_path).read(2).raw == 491


def test_a_kernel_without_converters_is_no_mystery(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match="shows no converters"):
        opened(tmp_path / "nothing")


@pytest.mark.parametrize("text", ["", "twelve", "1.5", "0x10", "1" * 5000, "\x00", "−5"])
def test_an_input_that_says_no_number(tmp_path: Path, text: str) -> None:
    converter = Converter(tmp_path)
    source = opened(tmp_path)
    (converter.folder / "in_voltage3_raw").write_text(text, encoding="utf-8")
    with pytest.raises(SourceFailed, match="no number for input 3"):
        source.read(3)
    assert source.read(2).raw == 491


def test_an_input_that_cannot_be_read_does_not_take_the_others_along(tmp_path: Path) -> None:
    converter = Converter(tmp_path)
    source = opened(tmp_path)
    converter.break_input(1)
    with pytest.raises(SourceFailed, match="Input 1 of adc108s102 cannot be read"):
        source.read(1)
    assert source.read(0).raw == 163
    with pytest.raises(SourceFailed, match="no input 6"):
        source.read(6)


@pytest.mark.parametrize("file", ["in_voltage_scale", "in_voltage2_offset"])
@pytest.mark.parametrize("text", ["loud", "nan", "inf", "-inf", "1e999", "1e300"])
def test_a_scale_that_is_no_number_is_told(tmp_path: Path, file: str, text: str) -> None:
    Converter(tmp_path).write(file, text)
    with pytest.raises(SourceFailed, match=f"no number in {file}"):
        opened(tmp_path)


# -- invented ----------------------------------------------------------------------------------------------------------


@given(st.floats(0, 1e7), st.sampled_from(sorted(WAVES)), st.integers(0, 5))
def test_simulated_readings_stay_within_the_converter(seconds: float, wave: str, channel: int) -> None:
    source = Simulated((WAVES[wave],) * 6, clock=lambda: seconds)
    raw, volts = source.read(channel)
    assert 0 <= raw < 1 << source.bits
    assert volts == pytest.approx(raw * source.reference / (1 << source.bits))


def test_the_usual_simulated_board_has_six_inputs_that_move() -> None:
    moment = [1000.0]
    source = Simulated(tuple(WAVES[name] for name in USUAL), clock=lambda: moment[0])
    first = [source.read(channel).raw for channel in source.channels]
    moment[0] += 1.0
    assert len(first) == 6
    assert [source.read(channel).raw for channel in source.channels] != first


@pytest.mark.parametrize("argument", ["square", "sine,,ramp", "sine," * 70 + "sine", " sine"])
def test_waves_that_are_none(argument: str) -> None:
    with pytest.raises(SourceUnknown, match="waves sine, ramp, noise"):
        open_source(f"simulated:{argument}")


# -- played again ------------------------------------------------------------------------------------------------------


def test_a_replay_holds_each_line_until_the_next_and_begins_anew() -> None:
    now = [50.0]
    source = Replay("day.csv", parse("# seconds, room, cellar\n10,1.0,2.0\n12, 1.5, \n14,2,2.5\n"), clock=lambda: now[0])
    seen = []
    for second in range(7):
        now[0] = 50.0 + second
        seen.append(source.read(0).volts)
    assert seen == [1.0, 1.0, 1.5, 1.5, 2.0, 2.0, 1.0]
    now[0] = 52.0
    with pytest.raises(SourceFailed, match="nothing for input 1"):
        source.read(1)
    assert source.read(0).raw == 1228


WRONG = [
    ("", "no readings"),
    ("# nothing\n\n", "no readings"),
    ("1\n", "Line 1 .* 1 to 64 inputs"),
    ("1,2\n1,3\n", "Line 2 .* later"),
    ("1,2\n2,3,4\n", "Line 2 .* as many"),
    ("seconds,volts\n", "Line 1 .* numbers"),
    ("1,nan\n", "numbers"),
    ("inf,1\n", "numbers"),
    ("0," + ",".join("1" * 65), "1 to 64 inputs"),
]


@pytest.mark.parametrize(("text", "why"), WRONG)
def test_a_file_that_holds_no_readings(text: str, why: str) -> None:
    with pytest.raises(SourceUnknown, match=why):
        parse(text)


@given(st.text(alphabet="0123456789.,-+e#\nnaif \t\r\x00é", max_size=200))
def test_whatever_a_file_holds_it_is_read_or_refused(text: str) -> None:
    try:
        source = Replay("any.csv", parse(text), clock=lambda: 0.0)
    except SourceUnknown:
        return
    for channel in source.channels:
        try:
            assert 0 <= source.read(channel).raw < 4096
        except SourceFailed:
            continue


def test_a_replay_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "readings.csv"
    with pytest.raises(SourceMissing, match="cannot be read"):
        open_source(f"replay:{file}")
    file.write_text("0,1.25\n", encoding="utf-8")
    assert open_source(f"replay:{file}").read(0) == Reading(1024, 1.25)
    with pytest.raises(SourceUnknown, match="needs a file"):
        open_source("replay")


def test_a_replay_of_what_never_ends_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceUnknown, match="no file with readings"):
        open_source(f"replay:{tmp_path}")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(SourceUnknown, match="no file with readings"):
            open_source(f"replay:{tmp_path}/pipe")


# -- MCP3008 -----------------------------------------------------------------------------------------------------------


class FakeGpiozero(SimpleNamespace):
    """What is used of the library: its chip, one object an input."""

    def __init__(self, trouble: dict[int, Exception] | None = None) -> None:
        self.open: list[Any] = []
        module = self

        class MCP3008:
            def __init__(self, *, channel: int, device: int) -> None:
                self.channel, self.device = channel, device
                if trouble and channel in trouble:
                    raise trouble[channel]
                module.open.append(self)

            @property
            def raw_value(self) -> int:
                if self not in module.open:
                    raise OSError("SPI device is closed")
                return 100 * self.channel + self.device

            def close(self) -> None:
                module.open.remove(self)

        super().__init__(MCP3008=MCP3008, open=self.open)


def test_an_mcp3008(monkeypatch: pytest.MonkeyPatch) -> None:
    library = FakeGpiozero()
    monkeypatch.setitem(sys.modules, "gpiozero", library)
    source = open_source("mcp3008:1")
    assert (source.channels, source.bits, source.reference) == (tuple(range(8)), 10, 3.3)
    assert source.read(5) == Reading(501, pytest.approx(501 * 3.3 / 1024))
    source.close()
    assert not library.open
    with pytest.raises(SourceMissing, match=r"does not answer .SPI device is closed."):
        source.read(5)


def test_an_mcp3008_that_cannot_be_opened_keeps_no_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    library = FakeGpiozero({4: RuntimeError("no SPI here\nsecond line")})
    monkeypatch.setitem(sys.modules, "gpiozero", library)
    with pytest.raises(SourceMissing, match=r"cannot be opened \(no SPI here\)"):
        open_source("mcp3008")
    assert not library.open


def test_without_the_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gpiozero", None)
    with pytest.raises(SourceMissing, match="pip install"):
        open_source("mcp3008")
    with pytest.raises(SourceError, match="chip-select"):
        open_source("mcp3008:9")
