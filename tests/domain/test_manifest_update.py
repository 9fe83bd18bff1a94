"""When to follow Bungie's index, on invented and on real ones."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from vaultraider.domain.errors import BungieGarbled
from vaultraider.domain.manifest_update import (
    LONGEST_RETRY,
    ManifestIndex,
    changes,
    checksum_of,
    decide,
    key_of,
    read_index,
    retry_at,
)

NOW = datetime(2026, 11, 17, 17, 0, tzinfo=UTC)
MD5 = "28da9fe4aca0ff6db850035430bba728"


@pytest.mark.parametrize(
    ("offered", "active", "earlier", "candidate", "minutes", "decision"),
    [
        ("en-a", None, [], "", 0, "new"),
        ("en-a", "en-a", ["en-a"], "", 0, "same"),
        ("en-b", "en-a", ["en-a"], "", 0, "new"),
        ("en-a", "en-b", ["en-a", "en-b"], "", 0, "candidate"),
        ("en-a", "en-b", ["en-a", "en-b"], "en-a", 5, "candidate"),
        ("en-a", "en-b", ["en-a", "en-b"], "en-a", 9.99, "candidate"),
        ("en-a", "en-b", ["en-a", "en-b"], "en-a", 10, "roll-back"),
        ("en-a", "en-b", ["en-a", "en-b"], "en-c", 60, "candidate"),
        ("en-b", "en-b", ["en-a", "en-b"], "en-a", 60, "same"),
        # Ours was lost (a new disk): anything will do, at once.
        ("en-a", None, ["en-a", "en-b"], "", 0, "new"),
    ],
)
def test_decisions(offered: str, active: str | None, earlier: list[str], candidate: str, minutes: float, decision: str) -> None:
    since = NOW - timedelta(minutes=minutes) if candidate else None
    assert (
        decide(offered, active=active, earlier=frozenset(earlier), candidate=candidate, candidate_since=since, now=NOW)
        == decision
    )


def test_version_and_paths_are_told_apart() -> None:
    before = ManifestIndex("1", {"en": "/a", "fr": "/b"})
    assert changes(before, ManifestIndex("2", {"en": "/a", "fr": "/b"})) == changes_of(True)
    assert changes(before, ManifestIndex("1", {"en": "/c", "fr": "/b"})) == changes_of(False, "en")
    assert changes(before, ManifestIndex("2", {"en": "/c", "de": "/d"})) == changes_of(True, "de", "en", "fr")
    assert changes(before, before) == changes_of(False)


def changes_of(version: bool, *languages: str) -> object:
    return type(changes(ManifestIndex("", {}), ManifestIndex("", {})))(version, languages)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"null",
        b"[]",
        b"{}",
        b'{"version": 7}',
        b'{"version": "1", "mobileWorldContentPaths": {}}',
        b'{"mobileWorldContentPaths": {"en": null}}',
        b'{"mobileWorldContentPaths": {"en": "https://elsewhere.example/x.content"}}',
        b'{"mobileWorldContentPaths": {"en": "//elsewhere.example/x.content"}}',
        b'{"mobileWorldContentPaths": {"en": "/common/../../secret"}}',
        b'{"mobileWorldContentPaths": {"../en": "/common/x.content"}}',
        b'{"mobileWorldContentPaths": {"en": "/common/x?y=z"}}',
    ],
)
def test_an_index_that_is_none(body: bytes) -> None:
    with pytest.raises(BungieGarbled):
        read_index(body)


def test_what_can_be_read_of_an_index_is_enough() -> None:
    body = b'{"mobileWorldContentPaths": {"en": "/common/x.content", "zz/": "/y", "es-mx": "/common/z.content"}, "more": 1}'
    assert read_index(body) == ManifestIndex("", {"en": "/common/x.content", "es-mx": "/common/z.content"})


def test_keys_are_fit_for_folders_and_addresses() -> None:
    assert key_of("en", f"/common/destiny2_content/sqlite/en/world_sql_content_{MD5}.content") == f"en-{MD5}"
    assert key_of("de", f"/common/destiny2_content/sqlite/en/world_sql_content_{MD5}.content") == f"de-{MD5}"
    other = key_of("pt-br", "/common/destiny2_content/sqlite/renamed.zip")
    assert other.startswith("pt-br-") and other.removeprefix("pt-br-").isalnum()
    assert checksum_of("/common/world_sql_content_28DA.content") is None


def test_what_fails_again_and_again_is_asked_for_less_and_less() -> None:
    waits = [retry_at(NOW, times) - NOW for times in range(1, 40)]
    assert waits == sorted(waits)
    assert waits[0] < timedelta(minutes=5)
    assert waits[-1] == LONGEST_RETRY


def test_three_years_of_real_indexes(shared_dir: Path) -> None:
    files = sorted((shared_dir / "data" / "real" / "manifest-index").glob("*.json.gz"))
    assert len(files) == 54
    before = ManifestIndex("", {})
    active: str | None = None
    earlier: set[str] = set()
    seen: list[tuple[str, bool, int]] = []
    for file in files:
        response = msgspec.json.decode(gzip.decompress(file.read_bytes()), type=dict[str, msgspec.Raw])["Response"]
        index = read_index(bytes(response))
        changed = changes(before, index)
        key = key_of("en", index.paths["en"])
        decision = decide(key, active=active, earlier=frozenset(earlier), candidate="", candidate_since=None, now=NOW)
        again = decide(key, active=key, earlier=frozenset(earlier), candidate="", candidate_since=None, now=NOW)
        back = decide(active or "", active=key, earlier=frozenset(earlier), candidate="", candidate_since=None, now=NOW)
        assert again == "same"
        assert back == ("candidate" if active else "new")
        assert checksum_of(index.paths["en"])
        seen.append((decision, changed.version, len(changed.languages)))
        before, active = index, key
        earlier.add(key)
    # Each of these was a new game version with new files in all thirteen languages, and none came back.
    assert seen == [("new", True, 13)] * 54
