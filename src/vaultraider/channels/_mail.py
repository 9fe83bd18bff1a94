"""One message as e-mail: multipart/alternative of text and, where there is one, multipart/related of HTML and its pictures."""

from __future__ import annotations

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from vaultraider.channels._text import fit, one_line, plain
from vaultraider.domain.notifications import Message

_SUBJECT = 200
_PNG = b"\x89PNG\r\n\x1a\n"
_CID = re.compile(r"cid:([A-Za-z0-9._-]{1,80})")


def compose(message: Message, *, sender: str, to: str, now: datetime, delivery: str, site: str, link: str) -> EmailMessage:
    """The whole e-mail, in ASCII however it is written (quoted-printable, base64): every mail server takes that.

    ``sender`` and ``to``: bare addresses, checked. ``delivery`` makes the Message-ID: a second try of the same news has the
    same one, so that mail programs can tell. Pictures that the HTML does not name stay behind.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address("Vault Raider", addr_spec=sender)
    mail["To"] = Address(addr_spec=to)
    mail["Subject"] = fit(one_line(message.title), _SUBJECT)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{delivery}@{urlsplit(site).hostname or 'vaultraider.invalid'}>"
    # Nobody's out-of-office note answers this; where to stop it is said in the way mail programs make a button of.
    mail["Auto-Submitted"] = "auto-generated"
    mail["List-Unsubscribe"] = f"<{site}/settings>"
    text = f"{plain(message.text)}\n\n{link}\n\n-- \nVault Raider. Which news come here is set at {site}/settings\n"
    mail.set_content(text, cte="quoted-printable")
    if message.html:
        _add_html(mail, message)
    return mail


def _add_html(mail: EmailMessage, message: Message) -> None:
    mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    html = mail.get_payload(1)
    if not isinstance(html, EmailMessage):
        raise TypeError("An alternative is a part of its own.")
    named = dict.fromkeys(_CID.findall(message.html))
    for name in named:
        picture = message.pictures.get(name, b"")
        if picture.startswith(_PNG):
            html.add_related(picture, "image", "png", cid=f"<{name}>", disposition="inline", filename=f"{name}.png")
