"""The encryption key: made once, closed to others, rotated."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from vaultraider.keys import (
    KEY_FILE,
    add_key,
    encryption_keys,
    keep_newest,
    open_to_others,
    prepare_data_dir,
    read_or_make,
    write_private,
)
from vaultraider.settings import Settings, SettingsError


def test_the_first_start_makes_a_key_and_the_second_keeps_it(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new" / "data")
    prepare_data_dir(settings.data_dir)
    keys = encryption_keys(settings)
    assert encryption_keys(settings) == keys
    assert [len(each) for each in keys] == [44]
    if os.name == "posix":
        assert settings.data_dir.stat().st_mode & 0o777 == 0o700
        assert (settings.data_dir / KEY_FILE).stat().st_mode & 0o777 == 0o600
        assert not open_to_others(settings.data_dir / KEY_FILE)


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    start = threading.Barrier(8)
    found: list[list[str]] = []

    def one() -> None:
        start.wait()
        found.append(read_or_make(tmp_path / KEY_FILE))

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({tuple(each) for each in found}) == 1
    assert [each.name for each in tmp_path.iterdir()] == [KEY_FILE]


def test_keys_of_the_settings_come_first_and_no_file_is_made(tmp_path: Path) -> None:
    key = Fernet.generate_key().decode()
    assert encryption_keys(Settings(data_dir=tmp_path, encryption_keys=[key])) == [key]
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(SettingsError) as caught:
        encryption_keys(Settings(data_dir=tmp_path, encryption_keys=["hush"]))
    assert "hush" not in str(caught.value)


def test_rotation(tmp_path: Path) -> None:
    file = tmp_path / KEY_FILE
    [old] = read_or_make(file)
    new = add_key(file)[0]
    assert read_or_make(file) == [new, old]
    keep_newest(file)
    assert read_or_make(file) == [new]


def test_a_private_file_is_whole_or_not_there(tmp_path: Path) -> None:
    write_private(tmp_path / "x", "one")
    write_private(tmp_path / "x", "two", replace=False)
    assert (tmp_path / "x").read_text() == "one"
    write_private(tmp_path / "x", "three")
    assert (tmp_path / "x").read_text() == "three"
    assert [each.name for each in tmp_path.iterdir()] == ["x"]


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps its own lists of rights")
def test_a_file_that_others_can_read_is_noticed(tmp_path: Path) -> None:
    write_private(tmp_path / "x", "one")
    (tmp_path / "x").chmod(0o640)
    assert open_to_others(tmp_path / "x")


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be made"):
        prepare_data_dir(tmp_path / "file" / "data")
