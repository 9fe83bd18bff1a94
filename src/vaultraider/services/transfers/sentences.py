"""What a transfer says of itself: what it waits for, why something stayed, how it ended. Pure; one plain sentence each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from vaultraider.domain.buckets import ACCOUNT_STORE, VAULT_STORE
from vaultraider.domain.errors import (
    BungieRefusal,
    BungieUnavailable,
    DefinitionsMissing,
    OperatorMistake,
    SignInEnded,
    VaultRaiderError,
)
from vaultraider.domain.transfers.plans import Piece, Refusal, Step
from vaultraider.domain.transfers.remaining import remaining
from vaultraider.domain.transfers.wishes import AnyWish, Collect, MakeRoom, Move, Restore, SetLock, SetTracked
from vaultraider.ports import StepRecord, TransferRecord, TransferState
from vaultraider.services.transfers import history
from vaultraider.services.transfers.evidence import Finding

NOT_DONE = "Bungie.net did not do it, and gave no reason. Try again later."
UNCLEAR = "Bungie.net's answer was unclear."
NEVER_SENT = "It was not done: the worker stopped in the middle, and it is planned anew."
SIGN_IN = "Sign in with Bungie again; this goes on by itself."
TROUBLE = "Something went wrong here. This is tried again by itself; the log tells more."
TROUBLE_LASTED = "Something went wrong here, again and again. What was done is in the journal; the log tells more."
ALREADY = "This is so already."
SHOWN = 3
"""How many items are named before the rest is counted."""

_ROWS = {
    1623: "it is not with this character any more. Refresh, then try again.",
    1638: "the character's level is too low for it.",
    1639: "this character cannot use it.",
    1640: "the character left an activity that locks equipment. Go to orbit, then try again.",
    1641: "another exotic of its kind is worn. Take that one off first.",
    1671: "not where the character is. Go to orbit or a social space, then try again.",
}


def waiting(error: VaultRaiderError) -> str:
    """What it waits for."""
    if isinstance(error, SignInEnded):
        return SIGN_IN
    if isinstance(error, DefinitionsMissing):
        return error.sentence
    if isinstance(error, OperatorMistake):
        return f"Waits for this server's owner. {error.sentence}"
    if isinstance(error, BungieUnavailable):
        return "Will try when possible: Bungie.net cannot do this just now."
    return f"Will try when possible. {error.sentence}"


def waited_for(error: VaultRaiderError) -> str:
    """What it waited for in vain."""
    if isinstance(error, SignInEnded):
        return " for a new sign-in with Bungie"
    if isinstance(error, OperatorMistake):
        return " for this server's owner"
    if isinstance(error, BungieUnavailable):
        return " for Bungie.net"
    return " for something that passes by itself" if not isinstance(error, BungieRefusal) else " for the activity to end"


def checking(step: Step, trouble: VaultRaiderError | None) -> str:
    """What is being found out. ``trouble``: why Bungie cannot be asked."""
    if isinstance(trouble, SignInEnded):
        return SIGN_IN
    what = pieces(step.pieces)
    if trouble is not None:
        return f"Bungie.net's answer about {what} was unclear, and it cannot be asked just now. This goes on by itself."
    return f"Bungie.net's answer about {what} was unclear. Looking where it is before anything else is done."


def looking_again() -> str:
    return "Bungie.net knows things otherwise than we saw them. Reading anew before going on."


def not_done(found: Finding) -> str:
    if found == "changed":
        return "Bungie.net's answer was unclear, and it is somewhere else by now. It was moved or dismantled in the game."
    return "Bungie.net's answer was unclear; it was not done."


def unconfirmed(step: Step) -> str:
    what = pieces(step.pieces)
    return f"Nobody knows whether {what} went: Bungie.net gave no clear answer for three minutes. Refresh and look where it is."


def refusal_of_row(code: int) -> str:
    """Why one of several equips was refused."""
    return f"It was not put on: {_ROWS.get(code, f'Bungie.net refused it ({code}).')}"


def given_up(record: TransferRecord, step: StepRecord, reason: str, code: int = 0) -> tuple[Refusal, ...]:
    """What stays because of a step that failed for good: an item of the wish each. ``reason``: a sentence."""
    found: list[Refusal] = []
    if step.step.why == "lock-again":
        return ()  # The item itself went.
    for id in history.served(step.step):
        name = name_of(record, id)
        blocker = step.step.piece.name
        because = reason if blocker == name else f"{blocker} is in the way. {reason}"
        found.append(
            Refusal(code="refused-by-bungie", sentence=f"{name}: {_small(because)}", item=id, name=name, error_code=code)
        )
    return tuple(found)


def refused_piece(piece: Piece, error: BungieRefusal) -> Refusal:
    """One of several that were put on in one call, which stays as it is."""
    sentence = f"{piece.name}: {_small(error.sentence)}"
    return Refusal(code="refused-by-bungie", sentence=sentence, item=piece.id, name=piece.name, error_code=error.error_code or 0)


def narrowed(step: Step, worn: Sequence[Piece]) -> Step:
    """An equip of which only these went."""
    ids = {piece.id for piece in worn}
    # What came off cannot be told piece by piece: the lists are in one order only where they are of one length.
    pairs = zip(step.pieces, step.replaces, strict=False) if len(step.pieces) == len(step.replaces) else ()
    return replace(step, pieces=tuple(worn), replaces=tuple(off for on, off in pairs if on.id in ids), quantity=len(worn))


def name_of(record: TransferRecord, id: str) -> str:
    """What an item is called in this transfer."""
    for each in record.steps:
        for piece in each.step.pieces:
            if piece.id == id:
                return piece.name
    return next((each.name for each in record.refusals if each.item == id and each.name), "The item")


def pieces(several: Sequence[Piece]) -> str:
    """ "Sable Verdict", "Sable Verdict and 3 more"."""
    return _listed([piece.name for piece in several])


class Tally(NamedTuple):
    """How far a wish came: ids of what is as wished, and what stayed with the sentence why (empty: it was not reached)."""

    total: int
    arrived: tuple[str, ...]
    stayed: Mapping[str, str]


def tally(record: TransferRecord, already: Collection[str] = ()) -> Tally:
    """Counts items of the wish. Of a postmaster, those that its plans found; room has no items. ``already``: what the last plan
    found to be as wished, whoever did it."""
    reasons = {_key(each.item): each.sentence for each in record.refusals if each.item}
    for_all = next((each.sentence for each in record.refusals if not each.item), None)
    if isinstance(record.wish, MakeRoom):
        return Tally(0, (), reasons if for_all is None else {**reasons, "": for_all})
    left = remaining(record.wish, history.done_steps(record))
    serving = dict.fromkeys(id for each in record.steps if each.step.why != "lock-again" for id in history.served(each.step))
    ids = _wished(record.wish) or tuple(dict.fromkeys((*serving, *(each.item for each in record.refusals if each.item))))
    arrived = {id for each in record.steps if _arrives(each) for id in history.served(each.step)}
    unfinished = {_key(id) for id in _wished(left) if _is_stack(id)} if left is not None else set()
    # A stack changes its id on the way, and goes in parts. Nothing had to be done for what no step is for and nobody refused.
    fine = {
        id
        for id in ids
        if (_is_stack(id) and id in serving and _key(id) not in unfinished and _key(id) not in reasons)
        or (id in arrived and not (_is_stack(id) and _key(id) in unfinished))
        or (id not in serving and _key(id) not in reasons and for_all is None)
        or (id in already and _key(id) not in reasons)
    }
    stayed = {id: reasons.get(_key(id), for_all or "") for id in ids if id not in fine}
    return Tally(len(ids), tuple(id for id in ids if id in fine), stayed)


def outcome(record: TransferRecord, already: Collection[str] = ()) -> TransferState:
    """How a transfer ends for which nothing more can be done."""
    count = tally(record, already)
    if not count.stayed and (count.total or not record.refusals):
        return "done"
    if isinstance(record.wish, MakeRoom):
        return "partly" if any(each.state == "done" for each in record.steps) else "failed"
    return "partly" if any(_arrives(each) for each in record.steps) or count.arrived else "failed"


def closing(
    record: TransferRecord, state: TransferState, stores: Mapping[str, str], why: str = "", already: Collection[str] = ()
) -> str:
    """How it ended. ``stores``: what characters are called. ``why``: " for ..." what it waited."""
    count = tally(record, already)
    if state == "done":
        return f"{_done(record, count, stores)}." if record.steps and any(s.state == "done" for s in record.steps) else ALREADY
    if state == "cancelled":
        return f"Stopped. {_so_far(record, count, stores)}"
    if state == "expired":
        return f"Waited too long{why}. {_so_far(record, count, stores)}"
    if len(record.refusals) == 1 and count.total <= 1:
        return record.refusals[0].sentence
    unknown, rest = _nobody_knows(record, count), _stayed(record, count, short=state != "failed")
    if state == "failed":
        return _joined(rest, unknown) or "This could not be done."
    done = _done(record, count, stores)
    return _joined(f"{done}; {rest}" if rest else f"{done}.", unknown)


def _so_far(record: TransferRecord, count: Tally, stores: Mapping[str, str]) -> str:
    if not any(each.state in ("done", "unconfirmed") for each in record.steps):
        return "Nothing was moved."
    unknown = _nobody_knows(record, count)
    if not count.arrived:
        return unknown or "It was under way; the journal tells where it is."
    done = _done(record, count, stores)
    return _joined(f"{done}; the rest stays where it is." if _certain(record, count) else f"{done}.", unknown)


def _certain(record: TransferRecord, count: Tally) -> dict[str, str]:
    """What stayed for certain, with the sentence why."""
    unknown = {_key(each.item) for each in record.refusals if each.code == "unconfirmed"}
    return {id: why for id, why in count.stayed.items() if _key(id) not in unknown}


def _nobody_knows(record: TransferRecord, count: Tally) -> str:
    certain = _certain(record, count)
    names = [name_of(record, id) for id in count.stayed if id not in certain]
    them = "they are" if len(names) > 1 else "it is"
    return f"Nobody knows whether {_listed(names)} went: refresh and look where {them}." if names else ""


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _done(record: TransferRecord, count: Tally, stores: Mapping[str, str]) -> str:
    who, plural = _subject(record, count)
    return f"{who} {_verb(record.wish, stores, plural)}"


def _subject(record: TransferRecord, count: Tally) -> tuple[str, bool]:
    if isinstance(record.wish, MakeRoom):
        return ("Some room was made" if count.stayed else "There is room"), False
    if count.total == 1 and count.arrived:
        return name_of(record, count.arrived[0]), False
    if count.stayed:
        return f"{len(count.arrived)} of {count.total} items", count.total != 1
    return f"{count.total} items", True


def _verb(wish: AnyWish, stores: Mapping[str, str], plural: bool) -> str:
    be = "are" if plural else "is"
    if isinstance(wish, SetLock):
        return f"{be} {'locked' if wish.state else 'unlocked'}"
    if isinstance(wish, SetTracked):
        return f"{be} followed" if wish.state else f"{be} not followed any more"
    if isinstance(wish, MakeRoom):
        return _place(wish.store, stores)
    if isinstance(wish, Restore):
        return f"{be} as before"
    if isinstance(wish, Collect):
        return f"{be} {_place(wish.to, stores)}" if wish.to else f"{be} out of the postmaster"
    return f"{be} {'worn by ' + stores.get(wish.to, 'the character') if wish.equip else _place(wish.to, stores)}"


def _place(store: str, stores: Mapping[str, str]) -> str:
    if store == VAULT_STORE:
        return "in the vault"
    if store == ACCOUNT_STORE:
        return "in the shared inventory"
    return f"on {stores.get(store, 'the character')}"


def _stayed(record: TransferRecord, count: Tally, *, short: bool = False) -> str:
    certain = _certain(record, count)
    names = [name_of(record, id) for id in certain]
    if short:
        because = f" {next(iter(certain.values()))}" if len(names) == 1 else ""
        return f"{len(names)} stayed: {_listed(names)}.{because}" if names else ""
    told = (each.sentence for each in record.refusals if each.code != "unconfirmed")
    reasons = list(dict.fromkeys([*filter(None, certain.values()), *told]))
    if len(reasons) == 1:
        return reasons[0]
    nothing = "Nothing went; " if len(certain) == len(count.stayed) else ""
    return f"{nothing}{len(names)} stayed: {_listed(names)}." if names else " ".join(reasons[:1])


def _arrives(each: StepRecord) -> bool:
    return each.state == "done" and each.step.arrives and each.settled != "contradicted"


def _wished(wish: AnyWish | None) -> tuple[str, ...]:
    if isinstance(wish, Move):
        return tuple(dict.fromkeys(each.id for each in wish.items))
    if isinstance(wish, SetLock | SetTracked):
        return tuple(dict.fromkeys(wish.items))
    if isinstance(wish, Restore):
        return tuple(dict.fromkeys((*(each.id for each in wish.placements), *(each.id for each in wish.locks))))
    return ()


def _is_stack(id: str) -> bool:
    return id.startswith("s-")


def _key(id: str) -> str:
    """What stays the same of an id: of a stack, its item."""
    return "-".join(id.split("-")[:2]) if _is_stack(id) else id


def _listed(names: Sequence[str]) -> str:
    shown = list(dict.fromkeys(names))
    if len(shown) > SHOWN + 1:
        return f"{', '.join(shown[:SHOWN])} and {len(shown) - SHOWN} more"
    if len(shown) > 1:
        return f"{', '.join(shown[:-1])} and {shown[-1]}"
    return shown[0] if shown else "the item"


_PLAIN = frozenset(
    ["The", "This", "There", "It", "Only", "Nothing", "Nobody", "No", "Waits", "Will", "Something", "Taking", "Sign"]
)


def _small(sentence: str) -> str:
    """To follow a colon; names stay as they are."""
    return sentence[:1].lower() + sentence[1:] if sentence.split(" ", 1)[0] in _PLAIN else sentence
