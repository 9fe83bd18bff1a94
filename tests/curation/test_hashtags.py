"""Hashtags in notes: what was recorded of the field's reference, and what always holds."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from vaultraider.domain.hashtags import append_notes, collect_hashtags, hashtags_of, remove_notes

NOTES = st.text(alphabet="#abÄ -_,.\n🤯", max_size=30)


def test_what_was_recorded(shared_dir: Path) -> None:
    recorded = json.loads((shared_dir / "vectors" / "notes-hashtags.json").read_text())
    for case in recorded["extract"] + recorded["authoredExtract"]:
        assert hashtags_of(case["notes"]) == case["tags"], case
    for case in recorded["append"]:
        assert append_notes(case["original"], case["append"]) == case["result"], case
    for case in recorded["remove"]:
        assert remove_notes(case["original"], case["remove"]) == case["result"], case
    assert collect_hashtags(recorded["collect"]["notesByItem"]) == recorded["collect"]["expected"]


@given(NOTES, st.lists(st.sampled_from(["#pve", "#pvp", "#a-b", "#🤯"]), min_size=1, max_size=3, unique=True))
def test_what_is_added_is_there_once_and_can_go(notes: str, tags: list[str]) -> None:
    added = append_notes(notes, " ".join(tags))
    assert all(added.count(tag) >= 1 for tag in tags)
    assert append_notes(added, " ".join(tags)) == added
    assert not set(tags) & set(hashtags_of(remove_notes(added, " ".join(tags))))


@given(NOTES, NOTES)
def test_removing_never_cuts_a_hashtag(notes: str, what: str) -> None:
    before, after = hashtags_of(notes), hashtags_of(remove_notes(notes, what))
    # What stood behind a hashtag may come to it; what makes it one, a comma before it, may go.
    assert all(any(left.startswith(tag) for left in after) for tag in before) or "#" in what or "," in what
