"""Faults that strike requests: each rule is a match, an action and a count. What an action does stands in its stage.

Stages, in the order of the pipeline: ``edge`` (before Bungie sees the request), ``token`` (the token endpoint),
``gate`` (throttles, switched-off systems), ``before`` (the player acts), ``domain`` (instead of the endpoint), ``data`` (inside
a profile), ``vendor`` (who sells what), ``content`` (manifest files), ``wire`` (how the answer goes out). For writes also
``hop`` (instead of a second hop), ``late`` (a write that is answered first and done afterwards), ``bleed``, ``phantom`` and
``visible`` (oddities of a write that is done), ``hop-done`` and ``done`` (the answer after it was done), ``after`` (the player
acts).
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

import msgspec

from vaultraider.simulator.answers import PAGES
from vaultraider.simulator.clock import parse_iso

if TYPE_CHECKING:
    from vaultraider.simulator.routing import Call

_ACTIONS: dict[str, tuple[str, str]] = {
    "latency": ("edge", "waits `seconds` (`on`: wall or virtual) before answering"),
    "hang": ("edge", "says nothing for `seconds` (60), then closes"),
    "reset": ("edge", "resets the connection without an answer"),
    "mangle_bearer": ("edge", "treats the bearer as unreadable: 401 HTML"),
    "refresh_500": ("token", "token endpoint: 500 HTML"),
    "refresh_400_unknown": ("token", "token endpoint: 400 with a description nobody knows"),
    "token_error": ("token", "token endpoint: 400 with `error` and `description`, or with `envelope` the numeric code"),
    "system_disabled": ("gate", "code 5; the token endpoint says 400 SystemDisabled"),
    "linked_profiles_all_errored": ("data", "LinkedProfiles succeeds with every profile in profilesWithErrors"),
    "throttle_ip": ("gate", "code 51 with ThrottleSeconds (`seconds`, else the knob) and MaximumRequestsPerSecond"),
    "throttle_user": ("gate", "code 36"),
    "throttle_game": ("gate", "code 1672"),
    "error": ("domain", "code `code`, status `http`, MessageData `data`"),
    "external_mutation": ("before", "the player does `deed` just before the request, or with `when`: after"),
    "midway": ("hop", "the second hop from character to character fails with `code` (1642)"),
    "false_1623": ("hop-done", "the second hop is done, and answered with `code` (1623)"),
    "commit_then_fail": ("done", "the write is done, and answered with `code` (1618) or an HTML `page`"),
    "commit_then_hang": ("done", "the write is done, then nothing is said for `seconds` (60), then the connection resets"),
    "fail_then_commit": ("late", "answers `code` (1618) or an HTML `page`, and does the write `seconds` (1) later"),
    "lock_bleed": ("bleed", "what moves takes over the lock of a twin that stays"),
    "phantom_equip": ("phantom", "says that it is worn, and changes nothing"),
    "slow_visibility": ("visible", "profiles show the write only after `ms` (2000), under fresh stamps"),
    "time_travel": ("data", "a profile minted before the last one"),
    "drop_component": ("data", "leaves `component` (a response key such as profileInventory) out"),
    "privacy_without_data": ("data", "`component` answers privacy 2 without data"),
    "empty_items": ("data", "`component` answers data with no items"),
    "disabled_component": ("data", "`component` answers disabled"),
    "dates_before_stock": ("vendor", "for `seconds` (300) after a reset, new dates over the old stock"),
    "xur_absent": ("vendor", "Xûr is not there, whatever the clock says"),
    "wrong_items": ("vendor", "Xûr has another vendor's wares"),
    "path_404": ("content", "content file: 404, cached for the same address until removed; an address with a query is fresh"),
    "truncated": ("content", "content file: closes at half; with `honest` the length tells the half"),
    "bad_zip": ("content", "content file: bytes broken in the middle"),
    "wrong_md5": ("content", "content file: whole, but not what its name says"),
    "html_instead": ("content", "content file: 200 with HTML"),
    "huge": ("content", "content file: promises `bytes` (64 GiB) and goes on sending"),
    "slow": ("content", "content file: pieces of `piece` bytes with `seconds` between"),
    "slow_body": ("wire", "pieces of `piece` bytes with `seconds` between"),
    "truncate": ("wire", "closes after `bytes`, or half"),
} | dict.fromkeys(PAGES, ("edge", "an HTML page instead of an answer"))
CATALOGUE: dict[str, str] = {name: text for name, (_, text) in _ACTIONS.items()}


class Match(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Which requests. Everything that is given must fit."""

    method: str = ""
    path: str = ""
    """Regular expression, searched in the path with its query."""
    user: str = ""
    """bungie.net id of who is signed in."""
    body: dict[str, Any] = {}
    nth: int = 0
    """Only the nth request that fits the rest."""
    every: int = 0
    """Only each so-manieth."""
    after: str = ""
    """Only from this moment of the simulator's clock."""
    probability: float = 1.0


class Rule(msgspec.Struct, kw_only=True):
    """A fault in force. ``count``: how often it strikes before it is gone, None for ever."""

    id: int = 0
    action: str
    match: Match = msgspec.field(default_factory=Match)
    count: int | None = None
    params: dict[str, Any] = {}
    seen: int = 0
    fired: int = 0


def stage_of(rule: Rule) -> str:
    stage = _ACTIONS[rule.action][0]
    return "after" if stage == "before" and rule.params.get("when") == "after" else stage


class FaultError(ValueError):
    """The rule makes no sense; the message says why."""


class Faults:
    """The rules in force. Callers hold the simulator's lock."""

    def __init__(self, seed: int) -> None:
        self.rules: list[Rule] = []
        self._random = random.Random(f"faults:{seed}")
        self._last = 0

    def add(self, action: str, match: Match | None = None, count: int | None = None, **params: Any) -> Rule:
        """Raises FaultError for an unknown action or a bad pattern."""
        if action not in _ACTIONS:
            raise FaultError(f"There is no fault named {action}.")
        match = match or Match()
        try:
            re.compile(match.path)
            if match.after:
                parse_iso(match.after)
        except (re.error, ValueError) as error:
            raise FaultError(f"The match cannot be read: {error}") from error
        self._last += 1
        rule = Rule(id=self._last, action=action, match=match, count=count, params=params)
        self.rules.append(rule)
        return rule

    def remove(self, rule_id: int) -> bool:
        before = len(self.rules)
        self.rules = [rule for rule in self.rules if rule.id != rule_id]
        return len(self.rules) < before

    def clear(self) -> None:
        self.rules = []

    def strike(self, call: Call, stage: str) -> list[Rule]:
        struck: list[Rule] = []
        with call.box.lock:
            for rule in list(self.rules):
                if stage_of(rule) == stage and self._strikes(rule, call):
                    rule.fired += 1
                    struck.append(rule)
                    if rule.count is not None and rule.fired >= rule.count:
                        self.rules.remove(rule)
        call.fired.extend(struck)
        return struck

    def _strikes(self, rule: Rule, call: Call) -> bool:
        match = rule.match
        if match.method and match.method.upper() != call.request.method:
            return False
        if match.path and not re.search(match.path, call.request.full_path.rstrip("?"), re.IGNORECASE):
            return False
        if match.user and match.user != call.person:
            return False
        if any(str(call.body.get(name)) != str(value) for name, value in match.body.items()):
            return False
        if match.after and call.box.clock.now() < parse_iso(match.after):
            return False
        rule.seen += 1
        if match.nth and rule.seen != match.nth:
            return False
        if match.every and rule.seen % match.every:
            return False
        return match.probability >= 1.0 or self._random.random() < match.probability
