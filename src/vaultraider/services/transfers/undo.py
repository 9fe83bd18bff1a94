"""Taking a transfer back: what the journal says was done, turned into a wish for how it was before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vaultraider.domain.transfers.plans import Piece, Step
from vaultraider.domain.transfers.wishes import POSTMASTER, LockChange, Placement, Restore


@dataclass
class _Path:
    """One instance: where it was at first, and where it was left."""

    piece: Piece
    was: tuple[str, bool]
    left: tuple[str, bool]


def restore_of(steps: Iterable[Step]) -> Restore:
    """The wish that takes ``steps`` back: what was done, in that order.

    Each item once, from where it was at first to where it was left; what ended where it began is not named. Stacks have no
    identity: of them, how many of a kind went from where to where.
    """
    paths: dict[str, _Path] = {}
    amounts: dict[int, dict[str, int]] = {}
    stacks: dict[int, Piece] = {}
    locks: dict[tuple[str, bool], tuple[bool, bool]] = {}
    for step in steps:
        if step.kind in ("lock", "track"):
            _remember_lock(locks, step)
        elif step.piece.instance:
            _remember_path(paths, step)
        else:
            stacks.setdefault(step.piece.hash, step.piece)
            flow = amounts.setdefault(step.piece.hash, {})
            source = _source(step)
            flow[source] = flow.get(source, 0) - step.quantity
            flow[step.target] = flow.get(step.target, 0) + step.quantity
    placements = [_placement(path) for path in paths.values() if path.was != path.left]
    for hash, flow in amounts.items():
        placements.extend(_flows(stacks[hash], flow))
    changed = [LockChange(id, was, tracking) for (id, tracking), (was, now) in locks.items() if was != now]
    return Restore(placements=tuple(placements), locks=tuple(changed))


def _remember_lock(locks: dict[tuple[str, bool], tuple[bool, bool]], step: Step) -> None:
    key = (step.piece.id, step.kind == "track")
    state = bool(step.state)
    # One that sets what Bungie may have lost on the way ("lock-again") changes nothing in the player's eyes.
    was = state if step.why == "lock-again" else not state
    locks[key] = (locks[key][0] if key in locks else was, state)


def _remember_path(paths: dict[str, _Path], step: Step) -> None:
    worn = step.kind in ("equip", "equip-all")
    for piece in step.pieces:
        _go(paths, piece, (_source(step), False), (step.target, worn))
    for piece in step.replaces if worn else ():
        _go(paths, piece, (step.source, True), (step.target, False))


def _source(step: Step) -> str:
    """Nothing goes back into a postmaster: that it came from there is told as such."""
    return POSTMASTER if step.kind == "pull" else step.source


def _go(paths: dict[str, _Path], piece: Piece, was: tuple[str, bool], left: tuple[str, bool]) -> None:
    path = paths.get(piece.id)
    if path is None:
        paths[piece.id] = _Path(piece, was, left)
    else:
        path.left = left


def _placement(path: _Path) -> Placement:
    piece = path.piece
    return Placement(
        id=piece.id, hash=piece.hash, was=path.was[0], left=path.left[0], was_equipped=path.was[1], instance=piece.instance
    )


def _flows(piece: Piece, flow: dict[str, int]) -> list[Placement]:
    """Pairs the stores that lost some with those that got some."""
    lost = [(store, -amount) for store, amount in flow.items() if amount < 0]
    got = [(store, amount) for store, amount in flow.items() if amount > 0]
    found = []
    while lost and got:
        (was, less), (left, more) = lost.pop(), got.pop()
        amount = min(less, more)
        found.append(Placement(id=piece.id, hash=piece.hash, was=was, left=left, quantity=amount))
        if less > amount:
            lost.append((was, less - amount))
        if more > amount:
            got.append((left, more - amount))
    return found
