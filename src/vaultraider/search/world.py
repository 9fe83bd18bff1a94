"""Everything that a query can be about: one person's items as they are now, and what they and their wish lists say of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar, cast

from vaultraider.domain.annotations import Annotation
from vaultraider.domain.custom_stats import CustomStat
from vaultraider.domain.profile import Profile
from vaultraider.domain.wishes import Verdict
from vaultraider.search.items import SearchItem, search_items

T = TypeVar("T")


class World:
    """It never changes: another profile, tag or wish list makes another one. ``previous`` only makes that faster.

    ``annotations``: by ``annotation_key``. ``verdicts``: by item id; ``wishable``: hashes that any roll of a wish list names.
    ``loadouts``: the names of a person's own loadouts by item id. ``custom_stats``: totals of armour stats of the person's own.
    """

    def __init__(
        self,
        profile: Profile,
        *,
        annotations: Mapping[str, Annotation] | None = None,
        verdicts: Mapping[str, Verdict] | None = None,
        wishable: frozenset[int] = frozenset(),
        loadouts: Mapping[str, tuple[str, ...]] | None = None,
        custom_stats: tuple[CustomStat, ...] = (),
        previous: World | None = None,
    ) -> None:
        self.profile = profile
        self.catalogue = profile.catalogue
        self.annotations: Mapping[str, Annotation] = annotations or {}
        self.verdicts: Mapping[str, Verdict] = verdicts or {}
        self.wishable = wishable
        self.loadouts: Mapping[str, tuple[str, ...]] = loadouts or {}
        self.custom_stats = custom_stats
        self.items: list[SearchItem] = search_items(profile, previous.items if previous is not None else ())
        self._worked_out: dict[Hashable, Any] = {}
        same = previous is not None and self.items == previous.items
        self._of_items: dict[Hashable, Any] = previous._of_items if previous is not None and same else {}

    def once(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What several filters, or several uses of one, need of the whole: worked out when it is first asked for."""
        if key not in self._worked_out:
            self._worked_out[key] = work_out()
        return cast(T, self._worked_out[key])

    def once_of_items(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """The same of what hangs on the items alone: it holds on when only tags, wish lists, loadouts or totals of
        one's own change. What hangs on those too must have them in its key."""
        if key not in self._of_items:
            self._of_items[key] = work_out()
        return cast(T, self._of_items[key])
