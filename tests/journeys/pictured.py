"""Transfers as the API tells them, in every state at once, and messages of each level: for pictures. Journeys make real ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from vaultraider.domain.notifications import Message

Told = dict[str, Any]

REASONS = {
    "wished": "This is what was asked for.",
    "room": "Makes room: it has the lowest power of what is not locked.",
    "one-exotic": "Only one exotic can be worn.",
}


MESSAGES = (
    Message(
        kind="manifest-updated",
        key="picture",
        title="New definitions: 12 items were added",
        text="12 items were added and 3 changed.",
        link="/system",
    ),
    Message(
        kind="transfer-failed",
        key="picture",
        title="Rookery could not be moved",
        text="Rookery stays with Ilse Varr: only a Hunter can wear it. Nothing was lost.",
        link="/journal",
        level="bad",
    ),
    Message(
        kind="postmaster-nearly-full",
        key="picture",
        title="Brannoch's postmaster is nearly full",
        text="19 of 21 places are taken. When it is full, each new item deletes the oldest one.",
        link="/vault",
        level="warn",
    ),
    Message(
        kind="xur-arrived",
        key="picture",
        title="Xûr is here until Tuesday",
        text="He has 6 exotics, 2 of which you do not own.",
        link="/xur",
        level="good",
        html="<h1>Xûr is here</h1>",
    ),
)
"""Of each level one, oldest first."""


def transfers(profile: Told) -> dict[str, Told]:
    """By what each is in: of real items of this profile, so that tiles are marked, too."""
    brannoch, ilse = (each["id"] for each in profile["characters"][:2])
    gear = [each for each in profile["items"] if each["store"] == "vault" and "power" in each]
    step = _steps(profile["definitions"])
    run = [
        *(step(each, "vault", ilse, state="done", settled="seen", begun=_ago(9), ended=_ago(6)) for each in gear[20:23]),
        step(gear[23], ilse, "vault", "room", state="done", begun=_ago(3), ended=_ago(2)),
        step(gear[24], "vault", ilse, state="running", begun=_ago(1)),
        step(gear[25], ilse, ilse, kind="equip"),
        step(gear[26], ilse, ilse, "one-exotic", kind="equip"),
    ]
    big = [
        step(each, "vault", brannoch, state="done" if n < 22 else "running" if n == 22 else "planned")
        for n, each in enumerate(gear[30:90])
    ]
    big += [step(each, brannoch, "vault", "room", state="done") for each in gear[90:98]]
    one = step(gear[27], "vault", brannoch, state="done")
    stack = "Tuning Fork stayed: your stack is full (11 of 11). Use or drop one, then retry. Nothing was lost."
    wrong = "Rookery stays with Ilse Varr: only a Hunter can wear it. Move it without putting it on."
    return {
        "running": _told(9, "Seven pieces to Ilse Varr", run, 4, 7, can=["cancel"], confirmed="pending"),
        "big": _told(8, "60 items to Brannoch", big, 30, 68, can=["cancel"], confirmed="pending"),
        "partly": _told(
            7,
            "Collect Brannoch's postmaster",
            run[:3],
            5,
            6,
            state="partly",
            can=["retry", "undo"],
            finished=_ago(60),
            sentence=f"5 of 6 items are out of the postmaster; 1 stayed: Tuning Fork. {stack}",
            refusals=[{"code": "unique-stack", "sentence": stack, "item": "1", "name": "Tuning Fork"}],
        ),
        "waiting": _told(
            6,
            "Meridian Lance on Brannoch",
            [step(gear[28], brannoch, brannoch, kind="equip")],
            0,
            1,
            state="waiting",
            can=["cancel"],
            sentence="Will try when possible. Brannoch is in an activity that forbids it.",
            expires=_ago(-3000),
        ),
        "checking": _told(
            5,
            "Anchorite to Brannoch",
            [step(gear[29], "vault", brannoch, state="running")],
            0,
            1,
            state="checking",
            can=["cancel"],
            sentence="Bungie.net's answer about Anchorite was unclear. Looking where it is before anything else is done.",
        ),
        "done": _ended(
            4,
            "4 items to the vault",
            [step(each, brannoch, "vault", state="done", settled="seen") for each in gear[:4]],
            asked_by="rule Keep places free",
            finished=_ago(600),
            sentence="4 items are in the vault.",
        ),
        "pending": _ended(10, "Sable Verdict to Brannoch", [one], confirmed="pending", sentence="Sable Verdict is on Brannoch."),
        "contradicted": _ended(3, "Old Quarrel to Odalys", [one], confirmed="contradicted", sentence="Old Quarrel is on Odalys."),
        "failed": _told(
            2,
            "Rookery on Odalys",
            [],
            0,
            0,
            state="failed",
            finished=_ago(40),
            sentence=wrong,
            refusals=[{"code": "wrong-class", "sentence": wrong, "item": "2", "name": "Rookery"}],
        ),
        "cancelled": _told(
            1,
            "12 items to the vault",
            run[:4],
            4,
            12,
            state="cancelled",
            can=["retry", "undo"],
            finished=_ago(90),
            sentence="Stopped. 4 of 12 items are in the vault; the rest stays where it is.",
        ),
        "expired": _told(
            0,
            "Anchorite on Brannoch",
            run[5:6],
            0,
            1,
            state="expired",
            can=["retry"],
            finished=_ago(90),
            sentence="Waited too long for Bungie.net. Nothing was moved.",
        ),
    }


def writes(profile: Told) -> list[Told]:
    """Forty lines of a journal, over three days."""
    brannoch = profile["characters"][0]["id"]
    gear = [each for each in profile["items"] if each["store"] == "vault" and "power" in each][20:60]
    step = _steps(profile["definitions"])
    names = {"vault": "the vault", brannoch: "Brannoch"}
    settled = ("seen", "seen", None, "contradicted", "unconfirmed")
    askers = ("page", "api", "rule Keep places free", "undo")
    found = []
    for n, item in enumerate(gear):
        way = (brannoch, "vault", "room") if n % 9 == 5 else ("vault", brannoch)
        one = step(item, *way, state="done", begun=_ago(300 + n * 5000), settled=settled[n % 5])
        if n % 7 == 3:
            one |= {"state": "refused", "sentence": "There is no room in the vault.", "settled": None}
        elif n % 6 == 2:
            one |= {"kind": "lock", "lock": n % 12 == 2}
        elif n % 6 == 4:
            one |= {"kind": "equip", "source": brannoch}
        told = {key: value for key, value in one.items() if value is not None}
        title = f"{told['items'][0]['name']} to Brannoch" if n % 2 else "60 items to the vault"
        found.append(
            {
                "id": str(1000 - n),
                "transfer": "9",
                "title": title,
                "asked_by": askers[n % 4],
                "step": told,
                "source_name": names[told["source"]],
                "target_name": names[told["target"]],
            }
        )
    return found


def _steps(definitions: Told) -> Callable[..., Told]:
    count = 0

    def step(item: Told, source: str, target: str, why: str = "wished", *, state: str = "planned", **more: Any) -> Told:
        nonlocal count
        count += 1
        name = definitions[str(item["hash"])]["name"]
        return {
            "n": count,
            "kind": "transfer",
            "items": [{"id": item["id"], "hash": item["hash"], "name": name}],
            "quantity": 1,
            "source": source,
            "target": target,
            "bucket": item["bucket"],
            "why": why,
            "reason": REASONS[why],
            "state": state,
            **more,
        }

    return step


def _ended(number: int, title: str, steps: list[Told], **more: Any) -> Told:
    return _told(number, title, steps, len(steps), len(steps), state="done", can=["undo"], **{"finished": _ago(20), **more})


def _told(number: int, title: str, steps: list[Told], done: int, total: int, **more: Any) -> Told:
    return {
        "id": str(number),
        "revision": 1,
        "state": "running",
        "kind": "move",
        "title": title,
        "asked_by": "page",
        "created": _ago(100 - number),
        "steps": steps,
        "refusals": [],
        "done": done,
        "total": total,
        "confirmed": "all",
        "can": [],
        **more,
    }


def _ago(seconds: float) -> str:
    return (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat(timespec="seconds").replace("+00:00", "Z")
