"""What our done steps should have made of each item: one chain of deeds for its place, one for its lock, one for its tracking.

Only the end of a chain is ever laid over or judged. Its earlier links tell whether an old answer could show that end by chance:
after "to the vault, and back", an answer from before both shows what we want to see, and proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from vaultraider.domain.transfers.plans import Step

Aspect = Literal["place", "lock", "track"]
ASPECTS: dict[str, Aspect] = {"transfer": "place", "pull": "place", "equip": "place", "equip-all": "place"}
ASPECTS |= {"lock": "lock", "track": "track"}
NO_INSTANCE = frozenset({"", "0"})


class OwnEffect(Protocol):
    """A step that was done, and when its call ended, by our clock."""

    @property
    def step_id(self) -> int: ...
    @property
    def step(self) -> Step: ...
    @property
    def at(self) -> datetime: ...


class Stand(NamedTuple):
    """Where an item is. ``worn`` None: on that character, worn or not."""

    store: str
    worn: bool | None = False
    postmaster: bool = False


class Deed(NamedTuple):
    """What one effect did to one instance: how it was before, how it is after. For locks and tracking: the flag."""

    number: int
    """Its effect's position among all."""
    effect: OwnEffect
    instance: str
    aspect: Aspect
    before: Stand | bool
    after: Stand | bool

    @property
    def at(self) -> datetime:
        return self.effect.at

    @property
    def slot(self) -> int:
        """The slot where it was put on; 0 where the step does not say."""
        step = self.effect.step
        return step.bucket if len(step.pieces) == 1 else 0


class Chain(NamedTuple):
    """All deeds on one aspect of one instance, in order."""

    deeds: tuple[Deed, ...]

    @property
    def last(self) -> Deed:
        return self.deeds[-1]

    @property
    def is_ambiguous(self) -> bool:
        """An answer from before the last deed could look as one from after it."""
        return len(self.deeds) > 1 and self.last.after in {self.deeds[0].before, *(deed.after for deed in self.deeds[:-1])}


def is_of_stacks(step: Step) -> bool:
    return step.kind in ("transfer", "pull") and bool(step.pieces) and step.piece.instance in NO_INSTANCE


def chains_of(effects: Sequence[OwnEffect]) -> list[Chain]:
    """The chains of all instances that the effects name; those whose last deed is oldest first. Stacks are left out."""
    found: dict[tuple[str, Aspect], list[Deed]] = {}
    for number, effect in enumerate(effects):
        for deed in _deeds(number, effect):
            found.setdefault((deed.instance, deed.aspect), []).append(deed)
    return sorted((Chain(tuple(deeds)) for deeds in found.values()), key=lambda chain: chain.last.number)


def _deeds(number: int, effect: OwnEffect) -> Iterable[Deed]:
    step = effect.step
    aspect = ASPECTS.get(step.kind)
    before: Stand | bool
    after: Stand | bool
    if aspect is None or (aspect != "place" and step.state is None):
        return
    if aspect == "place":
        worn = step.kind in ("equip", "equip-all")
        before, after = Stand(step.source, False, step.from_postmaster or step.kind == "pull"), Stand(step.target, worn)
    else:
        before, after = not step.state, bool(step.state)
    for piece in step.pieces:
        if piece.instance not in NO_INSTANCE:
            yield Deed(number, effect, piece.instance, aspect, before, after)
