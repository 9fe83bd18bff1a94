"""The document about the query language, made of what the filters say of themselves: ``docs/search.md``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from vaultraider.search.filters._filter import Filter, Format
from vaultraider.search.query import DEEPEST
from vaultraider.search.vocabulary import Family, Vocabulary

LESSONS: tuple[tuple[str, str], ...] = (
    ("sunshot", "A word alone: what has it in its name, type, description, notes or perks, at the beginning of a word."),
    ('"hard light"', "Words in quotes belong together. Accents and capitals make no difference."),
    ("is:weapon is:exotic", "Filters side by side: what fits both."),
    ("is:helmet or is:gauntlets", "“or” between them: what fits either."),
    ("-is:locked", "A minus sign, “not” with a space, or “not:” in place of “is:” turns a filter round."),
    ("is:arc (is:sword or is:bow)", "Brackets hold together what belongs together."),
    ("power:>=500 season:<splicer", "Ranges: =, <, <=, > and >=, with a number or a word that stands for one."),
    ("stat:health+class:>=40", "Stats of armour can be added with + and averaged with &."),
    (
        "/* for raids */ is:wishlist",
        "What stands between /* and */ is a remark: at the beginning the title of a saved search.",
    ),
)
"""Queries to learn by, and what they show."""

IN_PART: tuple[tuple[str, str], ...] = (
    (
        "season",
        "Bungie marks weapons, armour and most of what is collected with a season. What carries no mark, names no season and "
        "comes from no place that was new in one matches none. `current` is the season of this version of Vault Raider.",
    ),
    (
        "source",
        "Bungie tells the source in a sentence. Those up to summer 2025 are known by their number in any language; later ones "
        "are recognised by their English sentence, so that definitions in another language do not have them.",
    ),
    ("breaker", "What the season's artifact adds is not counted: the game does not say which of its mods are on."),
    ("foundry", "Weapons of the first years that name no foundry are known from a list of ours."),
    (
        "patternunlocked",
        "Patterns are asked for once an hour, apart from the vault. Until Bungie has told of them it matches nothing.",
    ),
    ("adept", "In definitions that are older than Bungie's own mark it is read off the English name."),
)
"""Filters that know less than they could, by keyword."""

INTRODUCTION = f"""# Searching

The search field, the page's address (`?q=`) and the API understand the same language. It is the one of Destiny Item Manager, so
that searches saved there go on working.

White space binds loosest, then `or`, then `and`: `a b or c` is *a and (b or c)*, while `a and b or c` is *(a and b) or c*.
Everything is compared in lower case. A search may have 2,048 characters to be saved, and brackets up to {DEEPEST} deep. One that
cannot be understood finds nothing and says where it fails.

`python -m vaultraider.search > docs/search.md` writes this document from the filters themselves; a test sees that it is current.
"""
_FORMS: Mapping[Format, str] = {
    "simple": "is:{0}",
    "query": "{0}:value",
    "multiquery": "{0}:one+other",
    "freeform": "{0}:words",
    "range": "{0}:>=number",
    "stat": "{0}:name:>=number",
}


def guide(vocabulary: Vocabulary) -> str:
    """The whole document, in Markdown."""
    answered = [family for family in vocabulary.families if any(map(_is_current, family.filters))]
    every = list(vocabulary.filters())
    parts = [
        INTRODUCTION,
        _section("In nine searches", _lessons()),
        "## Filters\n",
        *[_section(family.title, _entries(family), level=3) for family in answered],
        _section("What is answered in part", [f"- `{keyword}`: {sentence}" for keyword, sentence in IN_PART]),
        _section("What has no answer", _unanswerable(every), before="These are accepted and match nothing.\n\n"),
        _section("What has another name now", _deprecated(every), before="These are accepted and never suggested.\n\n"),
    ]
    return "\n".join(parts)


def _is_current(filter: Filter) -> bool:
    return not filter.unanswerable and not filter.deprecated


def _section(title: str, lines: Iterable[str], *, level: int = 2, before: str = "") -> str:
    return f"{'#' * level} {title}\n\n{before}" + "".join([f"{line}\n" for line in lines])


def _lessons() -> Iterator[str]:
    for query, shows in LESSONS:
        yield f"- `{query}`: {shows}"


def _entries(family: Family) -> Iterator[str]:
    for filter in family.filters:
        if _is_current(filter):
            yield from _entry(filter)


def _entry(filter: Filter) -> Iterator[str]:
    help = filter.help
    general = help if isinstance(help, str) else help.get(filter.keywords[0], "")
    written = _written(filter)
    example = f"Such as `{filter.example}`." if filter.example and filter.example not in written else ""
    yield f"- {_listed(written)}: {' '.join(_present([general, example]))}"
    if not isinstance(help, str):
        yield from _by_value(filter, help)
    else:
        yield from _more("Values", filter.values)
    yield from _more("Words for numbers", [f"{word} ({number:g})" for word, number in filter.overloads.items()])
    yield from _more("Names of stats", [name for name in filter.stat_names if name not in filter.values])


def _present(texts: Iterable[str]) -> list[str]:
    """Those that are not empty."""
    return [text for text in texts if text]


def _written(filter: Filter) -> list[str]:
    """Each keyword in each form. Of the many words of one list only the first form is told."""
    formats = [format for format in filter.formats if format != "simple"]
    found = [f"is:{keyword}" for keyword in filter.keywords] if "simple" in filter.formats else []
    return found + [_FORMS[format].format(keyword) for keyword in filter.keywords for format in formats]


def _by_value(filter: Filter, help: Mapping[str, str]) -> Iterator[str]:
    """One line for each sentence, with the values it is about."""
    words = filter.values or filter.keywords
    sentences: dict[str, list[str]] = {}
    for word in words:
        sentence = help.get(word, "")
        if sentence:
            sentences.setdefault(sentence, []).append(f"{filter.keywords[0]}:{word}" if filter.values else f"is:{word}")
    for sentence, uses in sentences.items():
        yield f"  - {_listed(uses)}: {sentence}"
    yield from _more("Values", [word for word in filter.values if word not in help])


def _more(what: str, words: Iterable[str]) -> Iterator[str]:
    listed = ", ".join(words)
    if listed:
        yield f"  - {what}: {listed}."


def _listed(queries: Iterable[str]) -> str:
    return ", ".join([f"`{query}`" for query in queries])


def _unanswerable(filters: Sequence[Filter]) -> Iterator[str]:
    """Whole filters, and single values that share their reason."""
    reasons = {filter.unanswerable for filter in filters if filter.unanswerable}
    for filter in filters:
        if filter.unanswerable:
            yield f"- {_listed(_written(filter))}: {filter.unanswerable}"
        elif not isinstance(filter.help, str):
            for value, sentence in filter.help.items():
                if sentence in reasons:
                    yield f"- `{filter.keywords[0]}:{value}`: {sentence}"


def _deprecated(filters: Iterable[Filter]) -> Iterator[str]:
    for filter in filters:
        if filter.deprecated:
            yield f"- {_listed(_written(filter))}: write `{filter.deprecated}`."
