"""What is told about a person's account: Bungie wants them to sign in again, a place is nearly full."""

from __future__ import annotations

from datetime import datetime

from vaultraider.domain.fullness import Place
from vaultraider.domain.notifications.message import Message


def sign_in_lapsed(signed_in: datetime) -> Message:
    """``signed_in``: when the sign-in began that has lapsed. Each is told once."""
    return Message(
        kind="sign-in-lapsed",
        key=signed_in.isoformat(timespec="seconds"),
        title="Sign in with Bungie again",
        text=(
            "Bungie no longer accepts the sign-in, so nothing new can be read and nothing can be moved.\n"
            "Nothing was lost: open Vault Raider and sign in with Bungie again, and all goes on."
        ),
        level="bad",
    )


def nearly_full(place: Place, began: datetime, *, key: str, guardian: str = "", account: str = "") -> Message:
    """``key``: names the place among all of the person's. ``guardian``: whose postmaster; ``account``: if several."""
    made = _postmaster(place, guardian) if place.kind == "postmaster" else _vault(place)
    return Message(
        kind=f"{place.kind}-nearly-full",
        key=f"{key} {began.isoformat(timespec='seconds')}",
        title=made[0],
        text=made[1] + (f"\nThis is the account {account}." if account else ""),
        link=f"/characters/{place.holder}" if place.holder else "/vault",
        level="warn",
    )


def _postmaster(place: Place, guardian: str) -> tuple[str, str]:
    whose = guardian or "a guardian"
    free = max(0, place.capacity - place.used)
    left = f"There is room for {free} more." if free else "It is full."
    return (
        f"Postmaster of {whose}: {place.used} of {place.capacity}",
        f"The postmaster of {whose} holds {place.used} of {place.capacity} items. {left}\n"
        "When it is full, each new item deletes the oldest one.",
    )


def _vault(place: Place) -> tuple[str, str]:
    free = max(0, place.capacity - place.used)
    left = f"There is room for {free} more." if free else "Nothing more fits in."
    return (
        f"Vault nearly full: {place.used} of {place.capacity}",
        f"{place.used} of the vault's {place.capacity} places are taken. {left}",
    )
