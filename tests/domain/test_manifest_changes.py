"""What differs between two versions: counted, named within bounds, told in words."""

from __future__ import annotations

import pytest

from vaultraider.domain.definitions import ItemDefinition
from vaultraider.domain.manifest_changes import NAMED, Change, Counts, gathered, in_words, kind_of


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (Counts(), "No item changed."),
        (Counts(added=1), "1 item was added."),
        (Counts(added=12), "12 items were added."),
        (Counts(unclassified=2), "2 items were unclassified."),
        (Counts(added=12, changed=3), "12 items were added and 3 changed."),
        (Counts(changed=1, removed=2), "1 item was changed and 2 removed."),
        (Counts(1200, 35000, 1, 4), "1,200 items were added, 35,000 changed, 1 removed and 4 unclassified."),
    ],
)
def test_in_words(counts: Counts, words: str) -> None:
    assert in_words(counts) == words


def item(hash: int, name: str = "", **more: object) -> ItemDefinition:
    return ItemDefinition(hash, name, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (item(1, "Classified", redacted=True), item(1, "Emberwake"), "unclassified"),
        (item(1, "Emberwake"), item(1, "Classified", redacted=True), "changed"),
        (item(1, "Classified", redacted=True), item(1, "Secret", redacted=True), "changed"),
        (item(1, "Emberwake"), item(1, "Emberwake II"), "changed"),
    ],
)
def test_what_was_classified_and_is_not_is_told_apart(before: ItemDefinition, after: ItemDefinition, kind: Change) -> None:
    assert kind_of(before, after) == kind


def test_all_are_counted_and_the_most_telling_are_named() -> None:
    """Names first, then what has a rarity: a dummy without a name is the first to be left out."""
    many = [("added", item(number, "" if number % 2 else f"Thing {number:05}")) for number in range(3 * NAMED)]
    told = gathered([*many, ("added", item(9_999, "Zephyr", tier_type=6)), ("removed", item(7, "Gone", icon="/x.jpg"))])  # type: ignore[list-item]
    assert told.counts == Counts(added=3 * NAMED + 1, removed=1)
    named = told.items["added"]
    assert len(named) == NAMED
    assert named[0].name == "Zephyr"
    assert [each.name for each in named[1:]] == [f"Thing {number:05}" for number in range(0, 2 * NAMED, 2)][: NAMED - 1]


def test_a_picture_has_our_address_and_what_is_gone_has_none() -> None:
    pictured = {"icon": "/common/destiny2_content/icons/x.jpg"}
    told = gathered([("added", item(5, "A", **pictured)), ("removed", item(6, "B", **pictured)), ("changed", item(7, "C"))])
    assert told.items["added"][0].icon == "/icons/items/5"
    assert not told.items["removed"][0].icon
    assert not told.items["changed"][0].icon
