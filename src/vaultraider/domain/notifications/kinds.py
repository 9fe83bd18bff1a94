"""The kinds of events that can be told. A person chooses for each: at once, in the daily digest, or not at all."""

from __future__ import annotations

from typing import Literal

import msgspec

Timing = Literal["at-once", "digest", "off"]
Audience = Literal["everybody", "admins"]


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """``title`` and ``help`` stand in the settings. ``usual``: as it is until the person chooses.

    ``audience``: what is about the server is for those who run it.
    """

    name: str
    title: str
    help: str
    usual: Timing = "at-once"
    audience: Audience = "everybody"


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(name="xur-arrived", title="Xûr is here", help="When he comes, with what he brought. Once a visit."),
        Kind(
            name="postmaster-nearly-full",
            title="Postmaster nearly full",
            help="When a guardian has little room left there.",
        ),
        Kind(name="vault-nearly-full", title="Vault nearly full", help="When few places are free in the vault."),
        Kind(name="sign-in-lapsed", title="Sign-in lapsed", help="When Bungie wants you to sign in again. Told once."),
        Kind(name="transfer-failed", title="A move failed", help="When something could not be moved, or only in part."),
        Kind(name="transfer-waiting", title="A move waits", help="When a move waits for Bungie, or for an activity to end."),
        Kind(name="transfer-ended", title="A move ended", help="When a move that had to wait is done.", usual="off"),
        Kind(
            name="bungie-maintenance",
            title="Bungie's maintenance",
            help="When it begins, and when it is over.",
        ),
        Kind(
            name="manifest-updated",
            title="New definitions",
            help="When the game's definitions were brought up to date.",
            usual="digest",
            audience="admins",
        ),
        Kind(
            name="manifest-failed",
            title="Definitions not updated",
            help="When new definitions could not be fetched or were refused. Told once for each version.",
            audience="admins",
        ),
        Kind(
            name="board",
            title="Board",
            help="When an input of the board crosses a level. Told once, until it has come back.",
            audience="admins",
        ),
    )
}
"""By name, in the order of the settings."""
