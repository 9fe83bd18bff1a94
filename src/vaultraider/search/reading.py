"""A text, read and judged: what the search field, the list of searches and everything else that takes queries begin with."""

from __future__ import annotations

import msgspec

from vaultraider.search.canonical import canonical
from vaultraider.search.query import parse
from vaultraider.search.tree import Leaf, Nothing, Or, Problem, Query
from vaultraider.search.validate import check
from vaultraider.search.vocabulary import Vocabulary

LONGEST_SAVED = 2048
"""UTF-16 units of the canonical form, as in Destiny Item Manager."""


class Reading(msgspec.Struct, frozen=True):
    """``canonical``: of what cannot be answered, the text itself. ``problem``: why not; of a valid query, what may be meant
    otherwise. ``saveable``: long enough and short enough to be kept. ``remembered``: worth being kept by itself once used."""

    query: Query
    canonical: str
    valid: bool
    problem: Problem | None
    saveable: bool
    remembered: bool


def read(text: str, vocabulary: Vocabulary) -> Reading:
    """Never raises."""
    query = parse(text)
    problem = check(query, vocabulary)
    if problem is not None:
        return Reading(query, text, valid=False, problem=problem, saveable=False, remembered=False)
    written = canonical(query)
    saveable = 0 < len(written.encode("utf-16-le")) // 2 <= LONGEST_SAVED and not isinstance(query.tree, Nothing)
    return Reading(
        query, written, valid=True, problem=query.doubt, saveable=saveable, remembered=saveable and not _passing(query)
    )


def _passing(query: Query) -> bool:
    """One word, which is typed again sooner than it is found, or a list of copies, which other programs make."""
    tree = query.tree
    if isinstance(tree, Leaf):
        return tree.name == "keyword"
    return isinstance(tree, Or) and all(isinstance(each, Leaf) and each.name == "id" for each in tree.operands)
