"""Evenings that go wrong in known ways: each scenario is some faults and moments together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from vaultraider.simulator.clock import iso
from vaultraider.simulator.faults import Match
from vaultraider.simulator.moments import happen

if TYPE_CHECKING:
    from vaultraider.simulator.box import Box

SATURDAY = 5


def tuesday_maintenance(box: Box) -> None:
    """Destiny and the token endpoint are off, and a red alert says so."""
    happen(box, "systems", {"off": ["Destiny2", "token"]})
    alert = {
        "AlertKey": "D2-Maintenance",
        "AlertHtml": 'Destiny 2 is <b>offline</b> for maintenance. <a href="https://help.example/">More</a>',
        "AlertTimestamp": iso(box.clock.now()),
        "AlertLink": "https://help.example/maintenance",
        "AlertLevel": 3,
        "AlertType": 0,
    }
    happen(box, "alerts", {"alerts": [alert]})


def xur_weekend(box: Box) -> None:
    """The clock goes on to the next Saturday noon, UTC."""
    now = datetime.fromtimestamp(box.clock.now(), UTC)
    days = (SATURDAY - now.weekday()) % 7 or 7
    box.clock.set((now + timedelta(days=days)).replace(hour=12, minute=0, second=0, microsecond=0).timestamp())


def vault_full(box: Box) -> None:
    """Marrow's vault is filled to the last place with more of what lies there."""
    happen(box, "external_mutation", {"account": "Marrow", "deed": "fill", "to": "vault"})


def flaky_evening(box: Box) -> None:
    """Some requests fail in each of the usual ways."""
    for action, chance, params in (
        ("html_503", 0.06, {}),
        ("cf_522", 0.04, {}),
        ("truncate", 0.04, {}),
        ("error", 0.05, {"code": 1618}),
        ("throttle_ip", 0.04, {"seconds": 1}),
        ("reset", 0.03, {}),
    ):
        box.faults.add(action, Match(probability=chance), None, **params)


def revoked_user(box: Box) -> None:
    """Marrow took the permission back."""
    happen(box, "revoke_grant", {"person": "Marrow"})


def manifest_bump(box: Box) -> None:
    """A patch: a new manifest whose files are missing at first for plain addresses."""
    happen(box, "bump", {})
    box.faults.add("path_404", Match(path="/common/destiny2_content/"), 1)


def in_activity(box: Box) -> None:
    """The guardian last played is in an activity that locks equipment."""
    happen(box, "where", {"where": "activity", "locked": True})


SCENARIOS: dict[str, Any] = {
    "tuesday-maintenance": tuesday_maintenance,
    "xur-weekend": xur_weekend,
    "vault-full": vault_full,
    "flaky-evening": flaky_evening,
    "revoked-user": revoked_user,
    "manifest-bump": manifest_bump,
    "in-activity": in_activity,
}
