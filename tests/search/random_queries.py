"""Queries that nobody would write, made from a seed: grown by the grammar, put together from pieces, and real ones damaged."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.search.query_texts import PIECES

from vaultraider.search.expansion import expansions
from vaultraider.search.vocabulary import Vocabulary

REAL = (
    "is:weapon -is:exotic -tag:keep stat:range:>40",
    "(is:hunter power:>=540) or (is:warlock power:>=560)",
    "is:armor basestat:total:>=60 -is:inloadout not:masterwork",
    "/* random rolls to look at */ is:patternunlocked -is:crafted is:weapon",
    "is:blue is:weapon or is:armor not:maxpower",
    'perkname:"kill clip" perkname:outlaw is:handcannon',
    "dupe:setbonus+statlower -tag:favorite",
    "is:classitem ((is:dupelower -is:modded) or is:sunset)",
    "-is:equipped is:haspower is:incurrentchar",
    "season:>=arrivals (kills:pve:>100 or kills:>500) notes:#pve",
    "stat:health+melee&grenade:>30 tunedstat:primary",
    "“smart quotes” ‘and others’ name:'Ager's",
    "not forgotten or not (is:shotgun and source:raid)",
    "is:weapon (foundry:veist or foundry:suros) -is:dupe count:>2 memento:any",
)
_FREE = ("a", "kill", "the last word", "exotic", "éte", "#pve", "🤯", "수집가", "x" * 60)
_DAMAGE = (
    '"', "'", "(", ")", "-", " ", "/*", "*/", ":", "+", "&", "\\", "\0", "\u202e", "🤯", "\ud800", " or ", " and ", "not ",
    "İ", "<=",
)  # fmt: skip


class Queries:
    """Endlessly many, the same for the same seed."""

    def __init__(self, seed: int, vocabulary: Vocabulary) -> None:
        self._random = random.Random(seed)
        self._leaves = [
            word for each in vocabulary.filters() for word in expansions(each) if not word.endswith((":", "<", ">", "="))
        ]
        self._names = [*vocabulary.valued, "is", "not", "foo"]

    def __iter__(self) -> Iterator[str]:
        makers = (self._grown, self._grown, self._pieces, self._damaged, self._damaged, self._long)
        while True:
            yield self._random.choice(makers)()

    def _grown(self, depth: int = 0) -> str:
        choose = self._random
        if depth > 4 or choose.random() < 0.35:
            return self._leaf()
        kind = choose.randrange(4)
        if kind == 0:
            return choose.choice(("-", "not ", "- ")) + self._grown(depth + 1)
        if kind == 1:
            return f"({self._grown(depth + 1)})"
        between = choose.choice((" ", " and ", " or "))
        return between.join(self._grown(depth + 1) for _ in range(choose.randint(2, 4)))

    def _leaf(self) -> str:
        choose = self._random
        kind = choose.random()
        if kind < 0.6:
            return choose.choice(self._leaves)
        if kind < 0.8:
            return choose.choice((*_FREE, f'"{choose.choice(_FREE)}"'))
        return f"{choose.choice(self._names)}:{choose.choice((*_FREE, '>=5', 'a:<3', 'x+y', '5'))}"

    def _pieces(self) -> str:
        return "".join(self._random.choice(PIECES) for _ in range(self._random.randint(0, 14)))

    def _damaged(self) -> str:
        choose = self._random
        text = choose.choice((*REAL, self._grown()))
        for _ in range(choose.randint(1, 4)):
            at, other = sorted((choose.randint(0, len(text)), choose.randint(0, len(text))))
            how = choose.randrange(4)
            if how == 0:
                text = text[:at] + choose.choice(_DAMAGE) + text[at:]
            elif how == 1:
                text = text[:at] + text[min(other, at + 6) :]
            elif how == 2:
                text = text[:at] + text[at:other][:40] + text[at:]
            else:
                text = text[:at]
        return text

    def _long(self) -> str:
        """Up to what can be saved, and now and then beyond what is read."""
        choose = self._random
        if choose.random() < 0.9:
            return self._damaged()
        piece = choose.choice((*PIECES, self._leaf(), f"({self._leaf()} or "))
        most = choose.choice((300, 2048, 2048, 20_000))
        return (piece + choose.choice(("", " "))) * (most // (len(piece) + 1))
