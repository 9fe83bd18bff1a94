"""Emblems and banners for guardians whose own cannot be had: seeded rosettes in one hue."""

from __future__ import annotations

from random import Random

from vaultraider.drawing.engraving import rosette

SVG = '<svg xmlns="http://www.w3.org/2000/svg"'
# Centred on 0 0: a lozenge, a ring, a shield.
DEVICES = (
    "M0-16 11 0 0 16-11 0ZM0-8-5.5 0 0 8 5.5 0Z",
    "M0-15A15 15 0 1 1 0 15 15 15 0 0 1 0-15ZM0-8A8 8 0 1 0 0 8 8 8 0 0 0 0-8Z",
    "M-13-13H13V3L0 15-13 3ZM-6-7V0L0 7 6 0V-7Z",
)


def draw_emblem(seed: int) -> str:
    """A square emblem, 64 by 64, as an SVG document; the seed (the definition's hash) gives hue, lines and device."""
    hue, rng = _hue(seed), Random(seed)
    lobes, phase = rng.randrange(6, 11), rng.uniform(0, 6)
    device = rng.choice(DEVICES)
    lines = "".join(rosette(32, 32, radius, lobes, 0.16, phase + radius / 9) for radius in range(12, 44, 4))
    return (
        f'{SVG} viewBox="0 0 64 64"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl({hue} 42% 36%)"/>'
        f'<stop offset="1" stop-color="hsl({hue} 46% 17%)"/></linearGradient></defs><path fill="url(#g)" d="M0 0H64V64H0Z"/>'
        f'<path fill="none" stroke="hsl({hue} 60% 82%)" stroke-opacity=".3" stroke-width=".8" d="{lines}"/>'
        f'<path transform="translate(32 32) scale(1.15)" fill="hsl({hue} 60% 92%)" fill-rule="evenodd" d="{device}"/></svg>'
    )


def draw_banner(seed: int) -> str:
    """The strip behind a guardian's head, 400 by 80, as an SVG document; calm on its left, where the name stands."""
    hue, rng = _hue(seed), Random(seed + 1)
    lobes, phase = rng.randrange(7, 12), rng.uniform(0, 6)
    lines = "".join(rosette(300, 40, radius, lobes, 0.2, phase + radius / 14) for radius in range(24, 190, 14))
    return (
        f'{SVG} viewBox="0 0 400 80" preserveAspectRatio="xMaxYMid slice"><defs><linearGradient id="g" x2="1">'
        f'<stop stop-color="hsl({hue} 40% 14%)"/><stop offset="1" stop-color="hsl({hue} 42% 34%)"/></linearGradient></defs>'
        f'<path fill="url(#g)" d="M0 0H400V80H0Z"/>'
        f'<path fill="none" stroke="hsl({hue} 60% 80%)" stroke-opacity=".34" stroke-width=".9" d="{lines}"/></svg>'
    )


def _hue(seed: int) -> int:
    """Degrees on the colour wheel; neighbouring seeds land far apart."""
    return seed * 137 % 360
