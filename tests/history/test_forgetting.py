"""How long the past is kept: for ever, unless the server's owner says otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.history.remembering import RememberingHouse
from tests.wired import settings_for

from vaultraider.bootstrap import Services, build_services
from vaultraider.jobs._registry import find_jobs, introduce, perform
from vaultraider.jobs.thin_history import JOB
from vaultraider.ports import JobRecord
from vaultraider.services.history import recording
from vaultraider.services.jobs import Daily
from vaultraider.settings import SettingsError, load_settings

DAY = 86_400.0


def keeping(house: RememberingHouse, days: int) -> Services:
    settings = settings_for(house.moving.folder, house.moving.controls.simulator.url, history_days=days)
    services = build_services(settings, clock=house.moving.wired.clock)
    introduce(services)
    return services


def thin(services: Services) -> JobRecord:
    asked = services.jobs.ask("thin_history", asked_by="schedule")
    done = perform(services, find_jobs(), asked.id)
    assert done is not None
    assert done.state == "done", done
    return done


@pytest.fixture
def lived(house: RememberingHouse, monkeypatch: pytest.MonkeyPatch) -> RememberingHouse:
    """Ten days, with a change and a whole state a day."""
    monkeypatch.setattr(recording, "KEYFRAME_CHANGES", 1)
    for _ in range(10):
        house.plays("lock")
        house.looks(DAY)
    return house


def test_by_default_nothing_is_forgotten(lived: RememberingHouse) -> None:
    services = keeping(lived, 0)
    assert thin(services).result == {"accounts": 0, "observations": 0, "sentence": "The past is kept for ever."}
    assert len(lived.events()) == 10
    services.close()


def test_what_is_older_goes_each_night(lived: RememberingHouse) -> None:
    services = keeping(lived, 4)
    assert isinstance(JOB.scheduled(services.settings), Daily)
    kept = lived.at(lived.now - timedelta(days=4))
    done = thin(services)
    assert done.result is not None
    assert done.result["sentence"] == "The last 4 days are kept. Older observations forgotten: 6."
    lived.history.moments.forget()
    assert lived.at(lived.now - timedelta(days=4)) == kept
    assert lived.at(lived.now - timedelta(days=5)) is None
    assert len(lived.events()) == 5
    assert lived.account.first == lived.now - timedelta(days=4)
    lived.knows_the_truth()
    assert thin(services).result["sentence"] == "The last 4 days are kept. Nothing is older."
    lived.plays("lock")
    lived.looks(DAY)
    assert len(lived.events()) == 6
    services.close()


@pytest.mark.parametrize("days", ["-1", "40000", "many"])
def test_a_number_of_days(days: str) -> None:
    with pytest.raises(SettingsError, match="history_days"):
        load_settings(environ={"VAULTRAIDER_HISTORY_DAYS": days}, read_file=False)
