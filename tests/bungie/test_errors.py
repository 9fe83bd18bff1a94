"""What each of Bungie's numbers means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vaultraider.bungie._errors import MEANINGS, REFUSED_BEFORE_EXECUTION, THROTTLES, TRANSIENT, failure, plain
from vaultraider.domain import errors

CLASSES = {
    errors.BungieMaintenance: [5],
    errors.BungieThrottled: [31, 35, 36, 37, 51, 54, 55, 56, 57, 1672],
    errors.BungieUnavailable: [27, 38, 42, 1618, 1626, 1643, 1651, 1652, 1688],
    errors.PlayerCanFix: [1634, 1635, 1640, 1641, 1642, 1648, 1656, 1659, 1666, 1671, 1673, 1674],
    errors.StaleRequest: [3, 7, 8, 9, 18, 25, 26, 30, 1619, 1620, 1622, 1623, 1627, 1632, 1660, 1663],
    errors.CredentialsRefused: [22, 99, 2111, 2115, 2123, 2124],
    errors.OperatorMistake: [2101, 2102, 2103, 2105, 2107, 2108],
    errors.AccountNotFound: [1601],
    errors.ProfilePrivate: [1665],
    errors.BungieRefusal: [2, 12, 20, 1645, 1675, 123456],
}


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind, codes in CLASSES.items() for code in codes])
def test_classes(kind: type[errors.BungieError], code: int) -> None:
    error = failure(code, status="Whatever")
    assert type(error) is kind
    assert (error.error_code, error.status) == (code, "Whatever")


def test_what_slows_us_holds_what_was_recorded(shared_dir: Path) -> None:
    recorded = json.loads((shared_dir / "vectors" / "http-client.json").read_bytes())["throttleBackoff"]["throttleCodes"]
    assert set(recorded) <= THROTTLES
    assert THROTTLES - set(recorded) == {31, 51}
    assert REFUSED_BEFORE_EXECUTION <= THROTTLES
    assert not TRANSIENT & THROTTLES


CATEGORY: dict[str, type[errors.BungieError] | tuple[type[errors.BungieError], ...]] = {
    "BungieService.Maintenance": errors.BungieMaintenance,
    "BungieService.NotLoggedIn": errors.CredentialsRefused,
    "BungieService.Throttled": errors.BungieThrottled,
    "BungieService.VendorNotFound": errors.StaleRequest,
    "BungieService.DestinyItemUnequippable": errors.PlayerCanFix,
    "BungieService.DestinyLegacyPlatform": errors.AccountNotFound,
    "BungieService.DestinyCannotPerformActionAtThisLocation": errors.PlayerCanFix,
}


def test_codes_agree_with_the_recorded_categories(shared_dir: Path) -> None:
    recorded: dict[str, list[str]] = json.loads((shared_dir / "vectors" / "http-client.json").read_bytes())["errorCategories"]
    for category, kind in CATEGORY.items():
        for row in recorded[category]:
            number, name = row.split()
            assert isinstance(failure(int(number), status=name), kind), row


def test_every_code_of_bungies_has_a_sentence(shared_dir: Path) -> None:
    document: Any = json.loads((shared_dir / "reference" / "bungie-openapi.json").read_bytes())
    rows = document["components"]["schemas"]["Exceptions.PlatformErrorCodes"]["x-enum-values"]
    known = {int(row["numericValue"]): row["identifier"] for row in rows}
    assert set(MEANINGS) <= set(known)
    for number, name in known.items():
        error = failure(number, status=name, message="The thing said no.")
        assert error.sentence[0].isupper() and error.sentence[-1] in ".…"
        assert len(error.sentence) < 260


def test_an_unknown_refusal_is_told_in_bungies_words() -> None:
    assert failure(1675, message="You cannot afford this.").sentence == "Bungie.net refused this: You cannot afford this."
    assert "NoWay" in failure(99999, status="NoWay").sentence


@pytest.mark.parametrize("status", ["<b>", "a b", "", "x" * 81, "tok-secret"])
def test_a_name_that_is_none_is_not_kept(status: str) -> None:
    assert failure(1623, status=status, hide=("tok-secret",)).status is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  two \r\n lines\t\x00here ", "two lines here"),
        ("bidi \u202e override \u2066x", "bidi override x"),
        ("my secret-1 is secret-1", "my … is …"),
        ("x" * 500, "x" * 199 + "…"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_strangers_text_becomes_one_short_line(text: str | None, shown: str) -> None:
    assert plain(text, ("secret-1", "")) == shown
