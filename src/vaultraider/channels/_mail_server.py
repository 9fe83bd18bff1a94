"""A server that takes our e-mail: the owner's, for everybody, or a person's own. And how one is handed over."""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from typing import Any, Literal

import msgspec

from vaultraider.channels._text import fit, one_line
from vaultraider.domain.errors import AddressUnreachable, ChannelError, ChannelRefused, ChannelUnavailable
from vaultraider.outbound import OutboundClient
from vaultraider.outbound.addresses import MAIL_PORTS
from vaultraider.outbound.doorway import shown

Security = Literal["starttls", "tls", "none"]
_ALL_OF_IT = 1.5
"""What one e-mail may take, as a multiple of the time for one answer: mail servers let those wait whom they do not know."""


class MailServer(msgspec.Struct, frozen=True, kw_only=True):
    """``sender``: whom the messages are from. ``is_owners``: it may stand in the server's own network, on any port, and speak
    without TLS."""

    host: str
    port: int
    security: Security
    sender: str
    user: str = ""
    password: str = ""
    is_owners: bool = False

    def __repr__(self) -> str:
        return f"MailServer({self.host}:{self.port})"


def hand_over(server: MailServer, mail: EmailMessage, to: str, client: OutboundClient, *, we: str) -> str:
    """Gives the e-mail to the server, once. Returns its answer, for the log. ``we``: the name by which we greet it.

    Raises ChannelRefused or ChannelUnavailable, with ``maybe_sent`` when the e-mail was under way as the line broke, and
    AddressRefused for a person's server that is not public.
    """
    name, under_way = shown(server.host), False
    trouble: ChannelError
    try:
        with _conversation(server, client, we) as talk:
            _settle(name, *talk.mail(server.sender))
            _settle(name, *talk.rcpt(to))
            under_way = True
            code, answer = talk.data(mail.as_bytes())
            _settle(name, code, answer)
            return _words(answer)
    except AddressUnreachable as error:
        trouble = ChannelUnavailable(error.sentence)
    except smtplib.SMTPAuthenticationError as error:
        trouble = _meaning(name, error.smtp_code, b"", "does not accept the user or the password. Look at both.")
    except smtplib.SMTPResponseException as error:
        trouble = _meaning(name, error.smtp_code, error.smtp_error)
    except (smtplib.SMTPNotSupportedError, UnicodeError):
        trouble = ChannelRefused(f"{name} does not offer what is set, a login or STARTTLS. Look at port and security.")
    except ssl.SSLCertVerificationError:
        trouble = ChannelRefused(f"The certificate of {name} is not one that this server believes. Nothing was sent.")
    except ssl.SSLError:
        trouble = ChannelRefused(f"No safe connection to {name} came about. Look at port and security.")
    except (smtplib.SMTPException, OSError):
        trouble = ChannelUnavailable(f"{name} broke off, or did not answer in time. We try again.", maybe_sent=under_way)
    raise trouble


@contextmanager
def _conversation(server: MailServer, client: OutboundClient, we: str) -> Iterator[smtplib.SMTP]:
    """Greeted, secured and logged in. It ends after its time, however slowly the other side goes on."""
    until = time.monotonic() + _ALL_OF_IT * client.seconds
    talk = _Talk(server, client, until, we)
    ending = threading.Timer(max(0.0, until - time.monotonic()), talk.cut)
    ending.daemon = True
    ending.start()
    try:
        talk.connect(server.host, server.port)
        talk.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            talk.starttls(context=client.tls)
        if server.user:
            talk.login(server.user, server.password)
        yield talk
        with suppress(smtplib.SMTPException, OSError):
            talk.quit()
    finally:
        ending.cancel()
        talk.close()


class _Talk(smtplib.SMTP):
    """SMTP over a connection to the address that was checked; the owner's own server is not asked where it stands."""

    def __init__(self, server: MailServer, client: OutboundClient, until: float, we: str) -> None:
        self._server = server
        self._client = client
        self._until = until
        super().__init__(local_hostname=we, timeout=client.seconds)
        self._host = server.host

    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> tuple[int, bytes]:
        answer = super().connect(host, port, source_address)
        if answer[0] != 220:
            raise smtplib.SMTPConnectError(*answer)
        return answer

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        if self._server.is_owners:
            connected = socket.create_connection((host, port), self._client.seconds)
        else:
            connected = self._client.doorway.connect(host, port, until=self._until, usual=MAIL_PORTS)
        connected.settimeout(self._client.seconds)
        if self._server.security == "tls":
            return self._client.tls.wrap_socket(connected, server_hostname=host)
        return connected

    def cut(self) -> None:
        connected = self.sock
        if connected is not None:
            with suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)


def _settle(name: str, code: int, answer: bytes) -> None:
    if not 200 <= code < 300:
        raise smtplib.SMTPResponseException(code, answer)


def _meaning(name: str, code: int, answer: bytes | str, words: str = "") -> ChannelError:
    said = f"{name} {words}" if words else f"{name} does not take the e-mail: {code} {_words(answer)}".rstrip()
    return ChannelUnavailable(said) if 400 <= code < 500 or code < 0 else ChannelRefused(said)


def _words(answer: bytes | str) -> str:
    text = answer if isinstance(answer, str) else answer.decode("utf-8", "replace")
    return fit(one_line(text), 120)
