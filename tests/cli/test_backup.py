"""``vaultraider backup`` and ``restore``: from one data folder into another, and what they say."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.simulator.controls import Controls
from tests.wired import WiredHouse, build_wired, settings_for

from vaultraider.bootstrap import build_services
from vaultraider.domain.errors import SignInEnded


@pytest.fixture
def house(data_dir: Path, simulator_control: Controls) -> Iterator[WiredHouse]:
    """A house in use: Marrow is signed in, and has named a guardian."""
    house = build_wired(data_dir, simulator_control)
    house.update_definitions()
    browser = house.signed_in("Marrow")
    assert browser.client.get("/api/v1/profile").status_code == 200
    yield house
    house.services.close()


def moved(run: Run, data_dir: Path, file: Path, other: Path, *options: str) -> str:
    """What was told on the way into another folder."""
    made = run("backup", str(file), *options)
    assert made.exit_code == 0, made.output
    back = run("restore", str(file), "--data-dir", str(other))
    assert back.exit_code == 0, back.output
    return str(made.output + back.output)


def test_into_another_folder_without_secrets(run: Run, house: WiredHouse, data_dir: Path, tmp_path: Path) -> None:
    told = moved(run, data_dir, tmp_path / "a.backup", tmp_path / "other")
    assert "not in it" in told and "signs in with Bungie once more" in told
    services = build_services(settings_for(tmp_path / "other", house.settings.bungie_www))
    [marrow] = services.accounts.users.all()
    assert (marrow.name, marrow.sign_in) == ("Marrow#4417", "ended")
    with pytest.raises(SignInEnded):
        services.accounts.credentials.access_token(marrow)
    assert (tmp_path / "other" / "encryption.key").read_text() != (data_dir / "encryption.key").read_text()
    services.close()


def test_into_another_folder_with_secrets(run: Run, house: WiredHouse, data_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    told = moved(run, data_dir, file, tmp_path / "other", "--with-secrets")
    assert "in everybody's name" in told and "once more" not in told
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    services = build_services(settings_for(tmp_path / "other", house.settings.bungie_www))
    [marrow] = services.accounts.users.all()
    kept = house.services.accounts.credentials.access_token(house.user())
    assert services.accounts.credentials.access_token(marrow) == kept
    services.close()


def test_without_a_name_it_goes_into_the_folder_of_backups(run: Run, house: WiredHouse, data_dir: Path) -> None:
    told = json.loads(run("backup", "--json").output)
    assert Path(told["file"]).parent == data_dir / "backups"
    assert told["about"]["rows"]["users"] == 1


def test_where_nothing_ran_there_is_nothing_to_back_up(run: Run, tmp_path: Path) -> None:
    told = run("backup")
    assert told.exit_code == 1 and "has not run there" in told.output


def test_it_is_not_mixed_into_a_folder_in_use(run: Run, house: WiredHouse, tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    run("backup", str(file))
    told = run("restore", str(file))
    assert told.exit_code == 1 and "not mixed with them" in told.output and "--data-dir" in told.output


def test_what_is_no_backup_is_a_sentence(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(b"PK\x03\x04")
    told = run("restore", str(file))
    assert told.exit_code == 1 and "not a whole backup" in told.output and "Traceback" not in told.output
