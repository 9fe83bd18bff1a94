"""The rest of the world, by Apprise: an address of its own kind for each of some hundred services (https://appriseit.com)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from vaultraider.channels._answers import settle
from vaultraider.channels._apprise_box import Errand, ErrandLevel, Outcome
from vaultraider.channels._apprise_schemas import ALLOWED, REFUSED
from vaultraider.channels._channel import Channel, Out, Values
from vaultraider.channels._text import fit, one_line, plain
from vaultraider.domain.errors import AddressRefused, ChannelRefused, ChannelUnavailable, InvalidInput
from vaultraider.domain.notifications import Level, Message
from vaultraider.outbound import Answer
from vaultraider.ports import ChannelForm, FormField, Sent

_SCHEMA = re.compile(r"([a-z0-9_]{1,24})://\S+", re.ASCII)
_STARTING = 5.0
"""Seconds that a process may take beside its errand, on a busy machine."""
_ROOM = threading.BoundedSemaphore(2)
"""How many such processes at once: each takes some 50 MB."""
_LEVELS: dict[Level, ErrandLevel] = {"info": "info", "good": "success", "warn": "warning", "bad": "failure"}
_PASSED_ON = ("SYSTEMROOT", "REQUESTS_CA_BUNDLE", "LANG", "LC_ALL")
"""Of our environment. No proxy, no home with other programs' passwords, none of our own settings."""


def form(out: Out) -> ChannelForm:
    return ChannelForm(
        kind="apprise",
        title="Another service",
        help="Telegram, Pushover, Gotify, Matrix, Signal and a hundred more, by an address as Apprise has them.",
        icon="dots",
        fields=(
            FormField(
                name="address",
                label="Apprise address",
                kind="secret",
                help="How it is made for each service stands at appriseit.com/services.",
                placeholder="tgram://bottoken/ChatID",
            ),
        ),
    )


def schema_of(address: str) -> str:
    """Raises InvalidInput for one that is not for here, saying why."""
    found = _SCHEMA.fullmatch(address)
    schema = found[1] if found else ""
    if schema in ALLOWED:
        return schema
    if schema in REFUSED:
        raise InvalidInput("address", f"{schema}:// cannot be used here. {REFUSED[schema]}")
    raise InvalidInput("address", "This is not an address of Apprise's. They begin with the name of the service, as tgram://.")


def check(out: Out, given: Values) -> dict[str, Any]:
    address = given["address"]
    outcome = _run(out, Errand(address=address, schema=schema_of(address), only_check=True, allow_private=_allowed(out)))
    if outcome.trouble == "option":
        raise InvalidInput("address", f"The option {outcome.sentence[:40]} cannot be used here. Leave it out.")
    if not outcome.done:
        raise InvalidInput(
            "address", outcome.sentence or "Apprise cannot read this address. Compare it with appriseit.com/services."
        )
    return {"address": address}


def label(settings: Values) -> str:
    return f"{settings['address'].partition('://')[0]}://…"


def send(out: Out, settings: Values, message: Message) -> Sent:
    errand = Errand(
        address=settings["address"],
        schema=schema_of(settings["address"]),
        title=fit(one_line(message.title), 200),
        text=f"{plain(message.text)}\n\n{out.link(message)}".strip(),
        level=_LEVELS[message.level],
        allow_private=_allowed(out),
    )
    outcome = _run(out, errand)
    if outcome.done:
        return Sent("The service took it.")
    if outcome.trouble == "answer":
        headers = {"retry-after": outcome.retry_after} if outcome.retry_after else {}
        answer = Answer(status=outcome.status, headers=headers, body=b"", is_whole=True, url="")
        settle(answer, "The service", out.clock.now())
    if outcome.trouble == "refused":
        raise AddressRefused(outcome.sentence)
    if outcome.trouble == "silence":
        raise ChannelUnavailable(outcome.sentence or "The service did not take it. We try again.", maybe_sent=outcome.maybe_sent)
    raise ChannelRefused("Apprise cannot use this address any more. Make a new one, and put it into the channel's settings.")


def _allowed(out: Out) -> tuple[str, ...]:
    return out.client.doorway.allow_private


def _run(out: Out, errand: Errand) -> Outcome:
    """In a process of its own, which ends when its time is over. What it was given is read from its input, never its command."""
    if not _ROOM.acquire(timeout=out.client.seconds):
        return Outcome(done=False, trouble="silence", sentence="Too much is being sent by Apprise just now. We try again.")
    try:
        return _in_a_process(errand, out.client.seconds + _STARTING)
    finally:
        _ROOM.release()


def _in_a_process(errand: Errand, seconds: float) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="vaultraider-", ignore_cleanup_errors=True) as home:
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment |= {"HOME": home, "USERPROFILE": home, "PYTHONPATH": os.pathsep.join(_code())}
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-B", "-m", "vaultraider.channels._apprise_box"],
                input=msgspec.json.encode(errand),
                capture_output=True,
                timeout=seconds,
                env=environment,
                cwd=home,
                check=True,
            )
            return msgspec.json.decode(done.stdout, type=Outcome)
        except subprocess.TimeoutExpired:
            return Outcome(done=False, trouble="silence", sentence="The service does not answer in time.", maybe_sent=True)
        except (subprocess.CalledProcessError, msgspec.DecodeError):
            return Outcome(done=False, trouble="silence", sentence="Sending by Apprise broke off. We try again.", maybe_sent=True)


def _code() -> list[str]:
    """Where our code and Apprise's lie, and no other folder: what it finds there it may read."""
    found = (find_spec(name) for name in ("vaultraider", "apprise", "msgspec"))
    return list(dict.fromkeys(str(Path(spec.origin).parent.parent) for spec in found if spec and spec.origin))


CHANNEL = Channel(form=form, check=check, label=label, send=send)
