"""Several messages as one."""

from __future__ import annotations

import pytest

from vaultraider.domain.notifications import Message
from vaultraider.domain.notifications.message import Level
from vaultraider.domain.notifications.together import MOST, TITLE, together


def message(title: str, level: Level = "info") -> Message:
    return Message(kind="transfer-failed", key=title, title=title, text=f"About {title}.", level=level)


def test_one_is_itself() -> None:
    only = message("Xûr is here")
    assert together([only], "k") is only


@pytest.mark.parametrize(
    ("titles", "title"),
    [
        (["a", "b"], "2 messages: a, b"),
        (["a", "a", "b"], "3 messages: a, b"),
        (["x" * 40, "y" * 40, "z"], f"3 messages: {'x' * 40} and 2 more"),
        (["x" * 79, "y"], "2 messages"),
    ],
)
def test_titles(titles: list[str], title: str) -> None:
    made = together([message(each) for each in titles], "k")
    assert made.title == title
    assert len(made.title) <= TITLE


def test_the_worst_decides_how_it_looks() -> None:
    assert together([message("a", "good"), message("b", "bad"), message("c")], "k").level == "bad"


def test_all_of_the_text_and_where_the_rest_is() -> None:
    made = together([message(f"n{number}") for number in range(MOST + 3)], "k")
    assert made.text.startswith("n0\nAbout n0.\n\nn1\n")
    assert made.text.endswith("And 3 more: they are on the page.")
    assert (made.kind, made.key, made.link) == ("digest", "k", "/notifications")
