"""How transfers tell what became of them."""

from __future__ import annotations

from typing import Any

import pytest
from tests.services.transfers.records import equip, lock, piece, record, step, transfer

from vaultraider.domain.errors import BungieMaintenance, BungieRefusal, DefinitionsMissing, OperatorMistake, SignInEnded
from vaultraider.domain.transfers.plans import Refusal
from vaultraider.domain.transfers.wishes import Collect, MakeRoom, Move, SetLock, Wanted
from vaultraider.services.transfers import sentences

STORES = {"ilse": "Ilse Varr", "brannoch": "Brannoch"}


def move(*ids: str, to: str = "vault", equip: bool = False) -> Move:
    return Move(items=tuple(Wanted(id=piece(id).id, quantity=5 if id == "salt" else 0) for id in ids), to=to, equip=equip)


def no(id: str, sentence: str = "Third Bell stays: no room.", code: Any = "no-space") -> Refusal:
    return Refusal(code=code, sentence=sentence, item=id, name="Third Bell")


def went(id: str, to: str = "vault", **more: Any) -> Any:
    return step(transfer(id, "ilse", to, **more), "done")


ROWS: dict[str, tuple[Any, str, str]] = {
    "one": (record(wish=move("a"), steps=[went("a")]), "done", "Sable Verdict is in the vault."),
    "to a character": (
        record(wish=move("a", to="brannoch"), steps=[went("a", "brannoch")]),
        "done",
        "Sable Verdict is on Brannoch.",
    ),
    "worn": (
        record(wish=move("a", to="ilse", equip=True), steps=[step(equip("a", "ilse"), "done")]),
        "done",
        "Sable Verdict is worn by Ilse Varr.",
    ),
    "several, one of them there already": (
        record(wish=move("a", "b", "c"), steps=[went("a"), went("b")]),
        "done",
        "3 items are in the vault.",
    ),
    "so already": (record(wish=move("a")), "done", "This is so already."),
    "some stayed": (
        record(wish=move("a", "b"), steps=[went("a")], refusals=(no("b"),)),
        "partly",
        "1 of 2 items are in the vault; 1 stayed: Third Bell. Third Bell stays: no room.",
    ),
    "one stayed": (record(wish=move("b"), refusals=(no("b"),)), "failed", "Third Bell stays: no room."),
    "no such store": (
        record(wish=move("a"), refusals=(Refusal(code="no-such-store", sentence="There is no such store."),)),
        "failed",
        "There is no such store.",
    ),
    "locked": (
        record(wish=SetLock(items=("a",), state=True), steps=[step(lock("a", "vault", True), "done")]),
        "done",
        "Sable Verdict is locked.",
    ),
    "room": (
        record(wish=MakeRoom(store="ilse", bucket=1), steps=[went("a", wanted="", why="room", arrives=False)]),
        "done",
        "There is room on Ilse Varr.",
    ),
    "a postmaster": (
        record(wish=Collect(), steps=[went("a", "ilse", kind="pull"), went("b", "ilse", kind="pull")], refusals=(no("c"),)),
        "partly",
        "2 of 3 items are out of the postmaster; 1 stayed: Third Bell. Third Bell stays: no room.",
    ),
    "a stack in two parts": (
        record(wish=move("salt"), steps=[went("salt", quantity=3), went("salt", quantity=2)]),
        "done",
        "Ember salt is in the vault.",
    ),
    "part of a stack": (
        record(
            wish=move("salt"), steps=[went("salt", quantity=3)], refusals=(no("s-77-account-0", "No room for 2 Ember salt."),)
        ),
        "partly",
        "No room for 2 Ember salt.",
    ),
    "halfway": (
        record(wish=move("a", to="brannoch"), steps=[went("a", arrives=False, why="transit")], refusals=(no("a"),)),
        "failed",
        "Third Bell stays: no room.",
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_how_it_ended(name: str) -> None:
    ended, state, sentence = ROWS[name]
    assert sentences.outcome(ended) == state
    assert sentences.closing(ended, sentences.outcome(ended), STORES) == sentence


def test_stopped_and_waited_too_long() -> None:
    some = record(wish=move("a", "b"), steps=[went("a"), step(transfer("b", "ilse", "vault"), "planned")])
    assert sentences.closing(some, "cancelled", STORES) == "Stopped. 1 of 2 items are in the vault; the rest stays where it is."
    none = record(wish=move("a"), steps=[step(transfer("a", "ilse", "vault"), "planned")])
    why = sentences.waited_for(BungieMaintenance())
    assert sentences.closing(none, "expired", STORES, why) == "Waited too long for Bungie.net. Nothing was moved."


@pytest.mark.parametrize(
    "error",
    [BungieMaintenance(), SignInEnded(), OperatorMistake(), DefinitionsMissing(), BungieRefusal("Not here.", error_code=1671)],
)
def test_what_it_waits_for(error: Any) -> None:
    for sentence in (sentences.waiting(error), f"Waited too long{sentences.waited_for(error)}."):
        assert sentence[0].isupper() and sentence.endswith(".") and "  " not in sentence


def test_a_blocker_is_named() -> None:
    """What stays because something else is in its way says so."""
    refused = step(transfer("c", "ilse", "vault", wanted="a", why="room", arrives=False), "refused")
    known = record(wish=move("a"), steps=[step(transfer("a", "vault", "ilse"), "planned"), refused])
    [refusal] = sentences.given_up(known, refused, "This item cannot be transferred.", 1660)
    assert refusal.sentence == "Sable Verdict: Last Courtesy is in the way. This item cannot be transferred."


UNKNOWN = step(transfer("b", "ilse", "vault"), "unconfirmed")


def nobody_knows(id: str, name: str) -> Refusal:
    sentence = (
        f"Nobody knows whether {name} went: Bungie.net gave no clear answer for three minutes. Refresh and look where it is."
    )
    return Refusal(code="unconfirmed", sentence=sentence, item=id, name=name)


def test_what_nobody_knows_is_not_said_to_have_stayed() -> None:
    """Nor to have gone."""
    unclear = (nobody_knows("a", "Sable Verdict"), nobody_knows("b", "Third Bell"))
    steps = [step(transfer("a", "ilse", "vault"), "unconfirmed"), UNKNOWN]
    none = record(wish=move("a", "b"), steps=steps, refusals=unclear)
    told = "Nobody knows whether Sable Verdict and Third Bell went: refresh and look where they are."
    assert sentences.closing(none, sentences.outcome(none), STORES) == told
    some = record(wish=move("a", "b", "c"), steps=[*steps, went("c")], refusals=unclear)
    told = f"1 of 3 items are in the vault. {told}"
    assert sentences.closing(some, sentences.outcome(some), STORES) == told
    assert sentences.closing(some, "cancelled", STORES) == f"Stopped. {told}"
    mixed = record(
        wish=move("a", "b"), steps=[UNKNOWN], refusals=(nobody_knows("b", "Third Bell"), no("a", "Sable Verdict stays: no room."))
    )
    told = "Sable Verdict stays: no room. Nobody knows whether Third Bell went: refresh and look where it is."
    assert sentences.closing(mixed, sentences.outcome(mixed), STORES) == told
