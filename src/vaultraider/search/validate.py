"""Whether a query can be answered: each filter is known and takes its value. If not, where it fails and what could be meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from vaultraider.search.asking import knows_stat, meant_by
from vaultraider.search.canonical import quoted
from vaultraider.search.filters._filter import Filter
from vaultraider.search.nearest import MOST, nearest
from vaultraider.search.query import parse
from vaultraider.search.ranges import range_of
from vaultraider.search.tree import Leaf, Problem, Query
from vaultraider.search.vocabulary import Vocabulary

_SHOWN = 40


def check(query: Query, vocabulary: Vocabulary) -> Problem | None:
    """The first problem from the left, or None for a query that can be answered."""
    if query.problem is not None:
        return query.problem
    for leaf in query.leaves():
        if meant_by(leaf, vocabulary) is None:
            return _Complaint(leaf, query.text, vocabulary).problem()
    return None


class _Complaint:
    def __init__(self, leaf: Leaf, text: str, vocabulary: Vocabulary) -> None:
        units = text.encode("utf-16-le", "surrogatepass")
        typed = units[2 * leaf.start : 2 * leaf.end].decode("utf-16-le", "surrogatepass").lower()
        self.leaf = leaf
        self.vocabulary = vocabulary
        self.prefix = "not" if leaf.name == "is" and typed.startswith("not:") else leaf.name
        self.value = leaf.value

    def problem(self) -> Problem:
        if self.leaf.name == "is":
            return self._of_a_state()
        known = self.vocabulary.valued.get(self.leaf.name)
        return self._of_a_name() if known is None else self._of_a_value(known)

    def _of_a_state(self) -> Problem:
        """After ``is:`` or ``not:``."""
        valued = self.vocabulary.valued.get(self.value)
        if valued is not None:
            return self._says(
                f"“{_short(self.value)}” needs a value, such as {valued.example or self.value + ':'}.", self._begun(valued)
            )
        simple = nearest(self.value, _current(self.vocabulary.simple))
        others = [f"{name}:{value}" for name, value in self._values_like(self.value)]
        return self._says(
            f"There is no filter “{self.prefix}:{_short(self.value)}”.", [*(f"{self.prefix}:{word}" for word in simple), *others]
        )

    def _of_a_name(self) -> Problem:
        """Of ``name:value`` nobody knows the name."""
        name, value = self.leaf.name, quoted(self.value)
        meant = [f"is:{each}" for each in (self.value, name) if each in self.vocabulary.simple]
        meant += [f"{word}:{value}" for word in nearest(name, ["is", "not", *_current(self.vocabulary.valued)])]
        words = quoted(f"{name}:{self.value}")
        meant.append(words if words.startswith(('"', "'")) else f'"{words}"')
        return self._says(f"There is no filter “{_short(name)}:”.", meant)

    def _of_a_value(self, known: Filter) -> Problem:
        name, shown = self.leaf.name, _short(self.value)
        if not self.value:
            return self._says("Nothing stands between these quotes.", ())
        if "stat" in known.formats and ":" in self.value:
            return self._of_a_stat(known)
        if "stat" in known.formats and "range" not in known.formats:
            stats = nearest(self.value, known.stat_names)
            sentence = f"“{name}:” needs a stat and a number, such as {known.example or name + ':total:>=60'}."
            return self._says(sentence, [f"{name}:{stat}:>=10" for stat in stats])
        if "multiquery" in known.formats:
            return self._of_a_sum(known)
        if "range" in known.formats:
            return self._of_a_range(known)
        several = self.value.replace("|", ",").split(",")
        if len(several) > 1 and set(several) <= set(known.values):
            either = " or ".join(f"{name}:{value}" for value in several[:20])
            return self._says(f"“{name}:” takes one value. “or” stands between several.", [f"({either})"])
        sentence = f"“{shown}” is not among the values of “{name}:”."
        return self._says(sentence, [f"{name}:{each}" for each in nearest(self.value, known.values)])

    def _of_a_range(self, known: Filter) -> Problem:
        name, word = self.leaf.name, self.value.lstrip("<>=")
        sign = self.value[: len(self.value) - len(word)]
        meant = [f"{name}:{sign}{each}" for each in nearest(word, known.overloads) if range_of(sign + each, known.overloads)]
        meant += [f"{name}:{each}" for each in nearest(word, known.values)]
        words = " or one of its words" if known.overloads or known.values else ""
        return self._says(f"“{name}:” takes a number{words}, such as {known.example or name + ':>=10'}.", meant)

    def _of_a_stat(self, known: Filter) -> Problem:
        stat, _, rest = self.value.partition(":")
        name = self.leaf.name
        if not knows_stat(known, stat):
            *first, last = stat.replace("&", "+").split("+")
            before = stat[: len(stat) - len(last)] if all(knows_stat(known, each) for each in first) else ""
            stats = nearest(last, known.stat_names)
            return self._says(f"“{_short(stat)}” is no stat of “{name}:”.", [f"{name}:{before}{each}:{rest}" for each in stats])
        if range_of(rest, known.overloads) is None:
            return self._says(f"“{name}:{_short(stat)}:” needs a number after it, such as >=10.", [f"{name}:{stat}:>=10"])
        return self._says(f"“{name}:” does not take this.", [])

    def _of_a_sum(self, known: Filter) -> Problem:
        name, values = self.leaf.name, self.value.split("+")
        wrong = next(value for value in values if value not in known.values)
        meant = nearest(wrong, known.values)
        sentence = f"“{_short(wrong)}” is not among the values of “{name}:”." if wrong else f"A value is missing in “{name}:”."
        right = [value for value in values if value in known.values]
        sums = ["+".join((*right, each)) for each in meant] or (["+".join(right)] if right else [])
        return self._says(sentence, [f"{name}:{each}" for each in sums])

    def _values_like(self, word: str) -> list[tuple[str, str]]:
        """Of all filters with listed values those that list just this."""
        valued = _current(self.vocabulary.valued)
        return [(name, word) for name in valued if word in self.vocabulary.valued[name].values][:2]

    def _begun(self, known: Filter) -> list[str]:
        values = known.values or tuple(known.overloads)
        return [f"{self.value}:{value}" for value in values[:3]]

    def _says(self, sentence: str, meant: Iterable[str]) -> Problem:
        """Only with what would be right: some of it is put together from parts."""
        right = (each for each in dict.fromkeys(meant) if self._is_right(each))
        return Problem(self.leaf.start, self.leaf.length, sentence, tuple(islice(right, MOST)))

    def _is_right(self, text: str) -> bool:
        query = parse(text)
        return query.problem is None and all(meant_by(leaf, self.vocabulary) for leaf in query.leaves())


def _current(known: Mapping[str, Filter]) -> list[str]:
    """Without what is only accepted because it used to be."""
    return [keyword for keyword, each in known.items() if not each.deprecated]


def _short(word: str) -> str:
    return word if len(word) <= _SHOWN else word[: _SHOWN - 1] + "…"
