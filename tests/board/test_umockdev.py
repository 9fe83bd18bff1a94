"""Linux's converters under umockdev: a device of the test's own in the real place, /sys, through the system's own calls."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.board.converter import RAWS

SOURCE = Path(__file__).resolve().parents[2] / "src"
DEVICE = "/devices/pci0000:00/0000:00:15.1/spi/iio:device3"
DESCRIPTION = "\n".join(
    (
        f"P: {DEVICE}",
        "E: DEVTYPE=iio_device",
        "E: SUBSYSTEM=iio",
        r"A: name=adc108s102\n",
        *(rf"A: in_voltage{channel}_raw={raw}\n" for channel, raw in enumerate(RAWS)),
        r"A: in_voltage_scale=1.220703125\n",
        "",
    )
)
INSIDE = f"""
import json, os, sys
sys.path.insert(0, {str(SOURCE)!r})
from vaultraider.board.source import SourceError
from vaultraider.board.sources import open_source

def sentence(what):
    try:
        what()
    except SourceError as error:
        return type(error).__name__ + ": " + error.sentence

source = open_source("iio:adc108s102")
told = {{"channels": source.channels, "reference": source.reference, "read": [source.read(each) for each in source.channels]}}
device = os.environ["UMOCKDEV_DIR"] + "/sys{DEVICE}"
os.rename(device, device + ".unplugged")
told["gone"] = sentence(lambda: source.read(0))
told["missing"] = sentence(lambda: open_source("iio:adc108s102"))
os.rename(device + ".unplugged", device)
told["back"] = open_source("iio").read(5)
print(json.dumps(told))
"""


@pytest.mark.skipif(shutil.which("umockdev-run") is None, reason="umockdev is missing: apt-get install umockdev")
def test_a_device_in_sys_read_unplugged_and_back(tmp_path: Path) -> None:
    description = tmp_path / "converter.umockdev"
    description.write_text(DESCRIPTION, encoding="ascii")
    command = ["umockdev-run", "--device", str(description), "--", sys.executable, "-S", "-I", "-c", INSIDE]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["channels"], told["reference"]) == ([0, 1, 2, 3, 4, 5], 5.0)
    assert [raw for raw, _volts in told["read"]] == list(RAWS)
    assert [volts for _raw, volts in told["read"]] == pytest.approx([raw * 5 / 4096 for raw in RAWS])
    assert told["gone"].startswith("SourceMissing: adc108s102 is gone")
    assert told["missing"].startswith("SourceMissing: There is no converter named adc108s102; there is nothing.")
    assert told["back"][0] == RAWS[5]
