"""What the search field asks. Every method looks only at the given person's chosen account."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Protocol

import msgspec
from msgspec import UNSET, UnsetType

from vaultraider.domain.annotations import Tag
from vaultraider.domain.errors import InvalidInput, NotFound
from vaultraider.domain.item_csv import Row
from vaultraider.domain.people import User
from vaultraider.ports import Clock
from vaultraider.ports.searches import KeptSearch
from vaultraider.search.filters._filter import Filter, Format
from vaultraider.search.matcher import Matcher
from vaultraider.search.own_names import OwnNames
from vaultraider.search.query import parse
from vaultraider.search.reading import Reading, read
from vaultraider.search.sheets import Category, rows, tables
from vaultraider.search.suggest import Count, Kind, Suggester, Suggestion, is_whole
from vaultraider.search.tree import Problem
from vaultraider.search.vocabulary import Vocabulary, vocabulary
from vaultraider.search.world import World
from vaultraider.services.inventory import Answer
from vaultraider.services.searching.worlds import Accounts, Annotations, CustomStats, Profiles, WishLists, Worlds

COUNTED = 8
"""Of so many offers it is told how many items they would find."""
NO_TABLE = "None of these is a weapon, a piece of armour or a ghost, and only they go into a table."


class Answers(Profiles, Protocol):
    """The inventory, as far as searching needs it."""

    def answer(self, user: User) -> Answer: ...


class Tags(Annotations, Protocol):
    def tags(self, user: User) -> list[Tag]:
        """All that the person can give, their own among them."""


class Used(Protocol):
    def of(self, user_id: int) -> list[KeptSearch]:
        """Searches that the person saved, or used of late."""


class QueryProblem(msgspec.Struct, kw_only=True):
    """What is wrong with a query, and where. ``nearest``: what could have been meant, each to stand in the same place."""

    start: int
    length: int
    sentence: str
    nearest: tuple[str, ...]


class SearchAnswer(msgspec.Struct, kw_only=True):
    """What a query finds. ``ids`` in the profile's order; none for a query that is not ``valid``: ``problem`` says why, and
    where, in UTF-16 units of ``query``. In a valid one ``problem`` says how it may have been meant otherwise.

    ``profile``: the tag of the state in which it was looked for. ``canonical``: the same query in the one form in which it is
    kept. ``saveable``: it can be; ``remembered``: it is worth it once it was used. ``comment``: what stands in front in
    ``/* */``, its title.
    """

    query: str
    canonical: str
    valid: bool
    saveable: bool
    remembered: bool
    count: int
    total: int
    ids: list[str]
    profile: str
    comment: str | UnsetType = UNSET
    problem: QueryProblem | UnsetType = UNSET


class Offer(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What could be taken instead of what is typed. ``text``: the whole query then, with the caret at ``caret``. ``match``: what
    of ``shown`` fits what is typed, as (start, length). ``means``: a sentence. ``count``: how many items the whole would find.
    ``name``: of a saved search. ``hash``, ``item_kind``, ``tier``, ``icon``: of an item or a perk. Places are a browser's
    (UTF-16).
    """

    kind: Kind
    text: str
    caret: int
    shown: str
    match: tuple[tuple[int, int], ...] = ()
    means: str = ""
    count: int | UnsetType = UNSET
    hash: int | UnsetType = UNSET
    item_kind: str = ""
    tier: str = ""
    icon: str = ""
    name: str = ""


class FilterHelp(msgspec.Struct, kw_only=True):
    """What a filter says of itself. ``help``: a sentence, or one a value. ``count``: how many of one's own items the example
    finds. ``unanswerable``: why it is accepted and finds nothing. ``deprecated``: what to write instead."""

    keywords: tuple[str, ...]
    formats: tuple[Format, ...]
    help: str | dict[str, str]
    example: str | UnsetType = UNSET
    values: tuple[str, ...] | UnsetType = UNSET
    overloads: dict[str, float] | UnsetType = UNSET
    stat_names: tuple[str, ...] | UnsetType = UNSET
    deprecated: str | UnsetType = UNSET
    unanswerable: str | UnsetType = UNSET
    count: int | UnsetType = UNSET


class FamilyHelp(msgspec.Struct):
    name: str
    title: str
    filters: list[FilterHelp]


class Searching:
    """One for a process."""

    def __init__(
        self, *, worlds: Worlds, answers: Answers, tags: Tags, custom_stats: CustomStats, searches: Used, clock: Clock
    ) -> None:
        self._worlds = worlds
        self._answers = answers
        self._tags = tags
        self._custom_stats = custom_stats
        self._searches = searches
        self._clock = clock

    def search(self, user: User, text: str) -> SearchAnswer:
        """Raises what ``Inventory.answer`` raises; never for what stands in the query."""
        words = self._vocabulary(user)
        reading = read(text, words)
        state = self.state(user)
        world = self._worlds.of(user)
        found = Matcher(words).find(world, reading.query) if reading.valid else None
        return SearchAnswer(
            query=text,
            canonical=reading.canonical,
            valid=reading.valid,
            saveable=reading.saveable,
            remembered=reading.remembered,
            count=found.count if found is not None else 0,
            total=len(world.items),
            ids=found.ids if found is not None else [],
            profile=state,
            comment=reading.query.comment or UNSET,
            problem=_told(reading.problem) if reading.problem is not None else UNSET,
        )

    def offers(self, user: User, text: str, caret: int) -> list[Offer]:
        """What could complete a text with the caret at ``caret``, and what was searched before. Raises as ``search`` does."""
        words = self._vocabulary(user)
        world = self._worlds.of(user)
        count = _counter(words, world)
        found = _suggester(words).suggest(
            text, caret, source=OwnNames(world, words), searches=self._searches.of(user.id), now=self._clock.now(), count=count
        )
        return [_offer(each, world, count if place < COUNTED else None) for place, each in enumerate(found)]

    def counts(self, user: User, queries: Iterable[str]) -> dict[str, int]:
        """How many items each finds, by query; nothing of those that are not valid. Raises as ``search`` does."""
        count = _counter(self._vocabulary(user), self._worlds.of(user))
        return {query: found for query in queries if (found := count(query)) is not None}

    def read(self, user: User, text: str) -> Reading:
        """How a text is understood: the person's own tags and totals are words of it."""
        return read(text, self._vocabulary(user))

    def found(self, user: User, text: str) -> frozenset[str]:
        """The ids of what a query finds; none for one that is not valid."""
        words = self._vocabulary(user)
        reading = read(text, words)
        return frozenset(Matcher(words).find(self._worlds.of(user), reading.query).ids) if reading.valid else frozenset()

    def rows(self, user: User, category: Category, text: str) -> list[Row]:
        """Items of a category as rows of a spreadsheet; with a query only what it finds. Raises InvalidInput for one that is not
        valid."""
        return rows(self._worlds.of(user), category, self._asked(user, text) if text.strip() else None)

    def tables(self, user: User, text: str) -> dict[Category, list[Row]]:
        """The same of each category of which a query finds any. Raises InvalidInput; NotFound where it finds none."""
        return self.tables_of(user, self._asked(user, text))

    def tables_of(self, user: User, ids: Iterable[str]) -> dict[Category, list[Row]]:
        """Of these items, by the ids of the profile. What is not there, and what no table is made of, is passed over. Raises
        NotFound where nothing is left."""
        found = tables(self._worlds.of(user), frozenset(ids))
        if not found:
            raise NotFound(NO_TABLE)
        return found

    def _asked(self, user: User, text: str) -> frozenset[str]:
        reading = self.read(user, text)
        if not reading.valid:
            raise InvalidInput("q", reading.problem.sentence if reading.problem is not None else "The query cannot be read.")
        return self.found(user, text)

    def world(self, user: User) -> World:
        """What the person's queries are about; the same object until anything in it changes. Raises as ``search`` does."""
        return self._worlds.of(user)

    def state(self, user: User) -> str:
        """The tag of the profile's answer as it is now. Raises as ``search`` does."""
        return self._answers.answer(user).etag("identity").strip('"')

    def families(self, user: User, *, counted: bool = False) -> list[FamilyHelp]:
        """Every filter, by family. ``counted``: with how many of the person's items each example finds."""
        words = self._vocabulary(user)
        world = self._worlds.of(user) if counted else None
        return [
            FamilyHelp(family.name, family.title, [_help(each, words, world) for each in family.filters])
            for family in words.families
        ]

    def forget(self, user: User) -> None:
        """Drops what is in memory about a person."""
        self._worlds.forget(user)

    def _vocabulary(self, user: User) -> Vocabulary:
        stats = dict.fromkeys(stat.keyword for stat in self._custom_stats.of(user))
        return _with_own(tuple(tag.name for tag in self._tags.tags(user)), tuple(stats))


@functools.lru_cache(maxsize=64)
def _with_own(tags: tuple[str, ...], stats: tuple[str, ...]) -> Vocabulary:
    return vocabulary().also({"tag": tags}, stats)


@functools.lru_cache(maxsize=64)
def _suggester(words: Vocabulary) -> Suggester:
    return Suggester(words)


def _told(problem: Problem) -> QueryProblem:
    return QueryProblem(start=problem.start, length=problem.length, sentence=problem.sentence, nearest=problem.nearest)


def _counter(words: Vocabulary, world: World) -> Count:
    """What was counted once is known."""
    matcher = Matcher(words)

    @functools.cache
    def count(text: str) -> int | None:
        reading = read(text, words)
        return matcher.count(world, reading.query) if reading.valid else None

    return count


def _offer(each: Suggestion, world: World, count: Count | None) -> Offer:
    """With ``count`` its finds are counted, where it is a whole query."""
    found = count(each.text) if count is not None and is_whole(each) else None
    sort = {"item": "items", "perk": "plugs"}.get(each.kind, "")
    return Offer(
        **msgspec.structs.asdict(each) | {"hash": each.hash or UNSET},
        count=UNSET if found is None else found,
        icon=f"/icons/{sort}/{each.hash}?v={world.catalogue.key}" if sort and each.hash else "",
    )


def _help(each: Filter, words: Vocabulary, world: World | None) -> FilterHelp:
    return FilterHelp(
        keywords=each.keywords,
        formats=each.formats,
        help=dict(each.help) if isinstance(each.help, Mapping) else each.help,
        example=each.example or UNSET,
        values=each.values or UNSET,
        overloads=dict(each.overloads) or UNSET,
        stat_names=each.stat_names or UNSET,
        deprecated=each.deprecated or UNSET,
        unanswerable=each.unanswerable or UNSET,
        count=Matcher(words).count(world, parse(each.example)) if world is not None and each.example else UNSET,
    )


def build_searching(
    *,
    inventory: Answers,
    accounts: Accounts,
    annotations: Tags,
    wish_lists: WishLists,
    custom_stats: CustomStats,
    searches: Used,
    clock: Clock,
) -> Searching:
    """``annotations`` gives the same object for the same state, and so do ``wish_lists`` and ``custom_stats``."""
    worlds = Worlds(
        profiles=inventory, accounts=accounts, annotations=annotations, wish_lists=wish_lists, custom_stats=custom_stats
    )
    return Searching(
        worlds=worlds, answers=inventory, tags=annotations, custom_stats=custom_stats, searches=searches, clock=clock
    )
