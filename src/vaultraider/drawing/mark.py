"""Our sign: a vault's wheel. The pages have the same as a file of their own (web/templates/_mark.svg)."""

from __future__ import annotations

SPOKE = "M14.600 1h2.800v4h-2.800z"
RING = (
    "M16 4.500a11.500 11.500 0 1 1 0 23 11.500 11.500 0 0 1 0-23Zm0 2.400a9.100 9.100 0 1 0 0 18.200 9.100 9.100 0 0 0 0-18.200Z"
)
GEM = "m16 9.200 6.800 6.800-6.800 6.800L9.200 16Zm0 4.300L13.500 16l2.500 2.500 2.500-2.500Z"


def draw_mark(colour: str) -> str:
    """An SVG document, 32 by 32, on nothing."""
    spokes = "".join(f'<path transform="rotate({angle} 16 16)" d="{SPOKE}"/>' for angle in range(0, 360, 60))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="{colour}">{spokes}'
        f'<path fill-rule="evenodd" d="{RING}"/><path fill-rule="evenodd" d="{GEM}"/></svg>'
    )
