"""The e-mail about Xûr: the letter's words put into its template, and pictures beside them, small enough to be sent to many."""

from __future__ import annotations

import functools
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from vaultraider.domain.notifications import KINDS, Message
from vaultraider.domain.notifications.xur import KIND, Letter, xur_arrived
from vaultraider.drawing.mark import draw_mark
from vaultraider.drawing.raster import small_png
from vaultraider.services.pictures import SVG, Illustration

if TYPE_CHECKING:
    from jinja2 import Template

logger = logging.getLogger(__name__)

TEMPLATES = Path(__file__).parent / "templates"
SIDE, MARK_SIDE = 96, 56
"""Twice of what they are shown at, for fine screens."""
HEAVIEST = 60_000
"""Bytes of all pictures. In an e-mail they weigh a third more; Gmail cuts what is over some 100 KB of text, and people pay by
the byte. What is over it is told without a picture."""
_MARK_COLOUR = "#0b6b5c"


class ItemPictures(Protocol):
    def item(self, hash: int, *, ask: bool) -> Illustration: ...


def compose(letter: Letter, pictures: ItemPictures, *, site: str) -> Message:
    """The message about a letter. ``site``: our public address, for links."""
    drawn = _pictures(letter, pictures)
    html = _template().render(
        letter=letter,
        drawn=frozenset(drawn),
        more_exotic=bool(letter.worth),
        site=site.rstrip("/"),
        host=urlsplit(site).netloc or "your server",
        kind=KINDS[KIND].title,
    )
    mark = small_png(draw_mark(_MARK_COLOUR).encode(), SVG, MARK_SIDE)
    return xur_arrived(letter, html=html, pictures={"mark": mark} | drawn)


def _pictures(letter: Letter, pictures: ItemPictures) -> dict[str, bytes]:
    """By the name that the letter gives them. Bungie's where they are here, else ours; what cannot be drawn is left out."""
    found: dict[str, bytes] = {}
    left = HEAVIEST
    for line in letter.lines:
        if line.picture in found:
            continue
        try:
            shown = pictures.item(line.hash, ask=True)
            png = small_png(shown.content, shown.media_type, SIDE)
        except ValueError as error:
            logger.info("There is no picture of %s in the letter: %s", line.hash, error)
            continue
        if len(png) <= left:
            left -= len(png)
            found[line.picture] = png
    return found


@functools.cache
def _template() -> Template:
    """Every value is escaped: names come from outside."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("letter.html.j2")
