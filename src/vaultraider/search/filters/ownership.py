"""Yours, or a vendor's."""

from __future__ import annotations

from vaultraider.search.filters._filter import Filter
from vaultraider.search.filters._making import matches_nothing, of_item

FILTERS = (
    Filter(
        keywords=("ininventory",),
        make=of_item(lambda _item: True),
        help="What you own at least once. Of your own vault that is everything.",
        example="is:ininventory",
    ),
    Filter(
        keywords=("vendor",),
        make=matches_nothing,
        help="What a vendor sells.",
        example="is:vendor",
        unanswerable="A search goes over what you own; what vendors sell is not part of it.",
    ),
)
