"""A mail server on this machine: takes e-mail, or fails at the step that it is told to."""

from __future__ import annotations

import base64
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from types import TracebackType
from typing import Self


@dataclass
class Delivered:
    """``sender`` and ``to`` are the envelope's."""

    sender: str
    to: list[str]
    raw: bytes
    secure: bool
    login: tuple[str, str] | None

    @property
    def mail(self) -> EmailMessage:
        mail = message_from_bytes(self.raw, policy=SMTP)
        assert isinstance(mail, EmailMessage)
        return mail


@dataclass
class Line:
    """One connection, as far as it has come."""

    sender: str = ""
    to: list[str] = field(default_factory=list)
    secure: bool = False
    login: tuple[str, str] | None = None


class MailStub:
    """``answers``: by step ("greeting", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "end"), what is said instead of yes;
    "" closes the line, "hang" says nothing. ``said`` holds every line that came."""

    def __init__(
        self, answers: dict[str, str] | None = None, *, tls: ssl.SSLContext | None = None, from_the_start: bool = False
    ) -> None:
        self.answers = answers or {}
        self.delivered: list[Delivered] = []
        self.said: list[str] = []
        self._tls = tls
        self._from_the_start = from_the_start
        self._leaving = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._leaving.set()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self) -> None:
        while not self._leaving.is_set():
            try:
                connected, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connected,), daemon=True).start()

    def _talk(self, connected: socket.socket) -> None:
        line = Line()
        try:
            if self._from_the_start and self._tls:
                connected, line.secure = self._tls.wrap_socket(connected, server_side=True), True
            self._converse(connected, line)
        except (OSError, EOFError, ConnectionError):
            pass
        finally:
            connected.close()

    def _converse(self, connected: socket.socket, line: Line) -> None:
        lines = connected.makefile("rb")

        def say(step: str, usual: str) -> bool:
            answer = self.answers.get(step, usual)
            if answer == "hang":
                self._leaving.wait(30)
            if answer in ("", "hang"):
                raise EOFError
            connected.sendall(answer.encode() + b"\r\n")
            return answer[:1] in "23"

        say("greeting", "220 mail.example ESMTP")
        while True:
            text = lines.readline().decode().rstrip("\r\n")
            if not text:
                raise EOFError
            self.said.append(text)
            verb = text.split(" ")[0].upper()
            if verb == "EHLO":
                offers = ["250-mail.example", "250-SIZE 10000000"]
                offers += ["250-STARTTLS"] if self._tls and not line.secure else []
                say("EHLO", "\r\n".join([*offers, "250 AUTH PLAIN"]))
            elif verb == "STARTTLS" and say("STARTTLS", "220 go on") and self._tls:
                connected, line.secure = self._tls.wrap_socket(connected, server_side=True), True
                lines = connected.makefile("rb")
            elif verb == "AUTH":
                _, user, password = base64.b64decode(text.split(" ")[2]).decode().split("\0")
                line.login = (user, password)
                say("AUTH", "235 welcome")
            elif verb == "MAIL":
                line.sender = text.partition("<")[2].partition(">")[0]
                say("MAIL", "250 ok")
            elif verb == "RCPT":
                line.to.append(text.partition("<")[2].partition(">")[0])
                say("RCPT", "250 ok")
            elif verb == "DATA" and say("DATA", "354 go on"):
                self._take(lines.readline, line)
                say("end", "250 queued as 4711")
            elif verb == "QUIT":
                say("QUIT", "221 bye")
                return

    def _take(self, readline: object, line: Line) -> None:
        assert callable(readline)
        parts: list[bytes] = []
        while (part := readline()) != b".\r\n":
            if not part:
                raise EOFError
            parts.append(part[1:] if part.startswith(b"..") else part)
        self.delivered.append(Delivered(line.sender, line.to, b"".join(parts), line.secure, line.login))
