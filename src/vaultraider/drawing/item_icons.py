"""Item icons: one small SVG per definition, drawn from its own data, 64 by 64.

Layers, from back to front:

    ground       gradient in the rarity's hue
    engraving    guilloche lines, chosen by the seed
    silhouette   put together from parts by kind; armour also by class
    core         the lit parts, in the element's colour
    frame        rarity by shape as well as by colour

What changes from copy to copy (power, lock, tag) belongs to the tile around the picture, not to the picture.
Nothing that is given in finds its way into the text but by choosing among things that stand here.
"""

from __future__ import annotations

from vaultraider.drawing.engraving import engraving
from vaultraider.drawing.palette import DARK, ELEMENTS, NO_ELEMENT, PLAIN_RARITY, RARITIES, Rarity
from vaultraider.drawing.shapes import Art
from vaultraider.drawing.silhouettes import TILT, silhouette

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'


def draw_item(
    kind: str,
    rarity: str,
    element: str | None,
    guardian_class: str | None,
    seed: int,
    *,
    classified: bool = False,
) -> str:
    """The icon of one definition as an SVG document of about 2 KB; the same input always gives the same text.

    ``kind`` is one of ``silhouettes.KINDS``; ``rarity``, ``element`` and ``guardian_class`` as in the API. What is not known
    is drawn plainly and never refused. ``seed`` is the definition's hash. ``classified``: Bungie tells nothing about it.
    """
    if classified:
        return _classified()
    hue = RARITIES.get(rarity, PLAIN_RARITY)
    glow = ELEMENTS.get(element or "", NO_ELEMENT)
    return "".join(
        [HEAD, _definitions(hue), _ground(hue, seed), _figure(kind, seed, guardian_class, glow), "</g>", _frame(hue), "</svg>"]
    )


def draw_silhouette(kind: str, guardian_class: str | None = None) -> str:
    """The bare shape of a kind in the text's colour, for menus and group labels."""
    art = silhouette(kind, 1, guardian_class)
    return f'{HEAD}<g{_tilt(kind)}><path fill="currentColor" d="{"".join(art.body)}"{_rule(art)}/></g></svg>'


def _definitions(hue: Rarity) -> str:
    return (
        f'<defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="{hue.top}"/><stop offset="1" stop-color="{hue.low}"/>'
        f'</linearGradient><linearGradient id="b" x2="0" y2="1"><stop stop-color="{hue.ink}"/>'
        f'<stop offset="1" stop-color="{hue.shade}"/></linearGradient>'
        f'<clipPath id="c"><path d="{hue.outline}"/></clipPath></defs>'
    )


def _ground(hue: Rarity, seed: int) -> str:
    lines = f'<path fill="none" stroke="{hue.line}" stroke-opacity=".2" stroke-width=".7" d="{engraving(seed)}"/>'
    return f'<g clip-path="url(#c)"><path fill="url(#g)" d="{hue.outline}"/>{lines}'


def _figure(kind: str, seed: int, guardian_class: str | None, glow: str) -> str:
    art = silhouette(kind, seed, guardian_class)
    body, dark, core, rule = "".join(art.body), "".join(art.dark), "".join(art.core), _rule(art)
    parts = [
        f'<path fill="#000" fill-opacity=".4" transform="translate(0 2)" d="{body}"{rule}/>',
        f'<path fill="url(#b)" d="{body}"{rule}/>',
    ]
    if dark:
        parts.append(f'<path fill="{DARK}" fill-opacity=".55" d="{dark}"/>')
    if core:
        parts.append(
            f'<path fill="{glow}" stroke="{DARK}" stroke-width="1.6" stroke-linejoin="round" paint-order="stroke" '
            f'fill-rule="evenodd" d="{core}"/>'
        )
    return f"<g{_tilt(kind)}>{''.join(parts)}</g>"


def _frame(hue: Rarity) -> str:
    frame = f'<path fill="none" stroke="{hue.line}" stroke-width="2" d="{hue.frame}"/>' if hue.frame else ""
    inner = f'<path fill="none" stroke="{hue.line}" stroke-opacity=".45" d="{hue.inner_line}"/>' if hue.inner_line else ""
    return frame + inner


def _tilt(kind: str) -> str:
    angle = TILT.get(kind, 0)
    return f' transform="rotate({angle} 32 32)"' if angle else ""


def _rule(art: Art) -> str:
    return ' fill-rule="evenodd"' if art.has_holes else ""


def _classified() -> str:
    """Something that Bungie does not describe: grey, hatched, a broken frame and a question mark."""
    hatch = "".join(f"M{x} 66L{x + 70} -4" for x in range(-70, 70, 8))
    return (
        f'{HEAD}<path fill="#24292c" d="M0 0H64V64H0Z"/><path stroke="#9aa3a7" stroke-opacity=".28" d="{hatch}"/>'
        '<path fill="none" stroke="#9aa3a7" stroke-width="2" stroke-dasharray="6 5" d="M1 1H63V63H1Z"/>'
        '<path fill="none" stroke="#f0f2f2" stroke-width="5" d="M23 24c0-12 18-12 18 0 0 8-9 8-9 15v2"/>'
        '<path fill="#f0f2f2" d="M29.4 46h5.2v5.2h-5.2z"/></svg>'
    )
