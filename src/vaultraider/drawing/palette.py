"""Colours of the pictures: the only place with them. The interface's own colours are in the front end's tokens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rarity:
    top: str
    """Ground, upper left."""
    low: str
    """Ground, lower right."""
    line: str
    """Frame and engraving."""
    ink: str
    """Silhouette, lit side."""
    shade: str
    """Silhouette, far side."""
    outline: str = "M0 0H64V64H0Z"
    frame: str = ""
    """Rarity is told by the frame's shape as well as by its colour."""
    inner_line: str = ""


RARITIES = {
    "exotic": Rarity(
        *("#5a4817", "#2a220c", "#dab650", "#f8edcd", "#c9b582"),
        outline="M12 0H64V52L52 64H0V12Z",
        frame="M12.6 1H63V51.6L51.4 63H1V12.4Z",
        inner_line="M14 4.5H59.5V50L50 59.5H4.5V14Z",
    ),
    "legendary": Rarity("#413763", "#211c36", "#8777bd", "#ebe7f6", "#b0a7cd", frame="M1 1H63V63H1Z"),
    "rare": Rarity(
        *("#2b4766", "#17263a", "#6f9fd4", "#e8f1fb", "#a5bdd8"),
        frame="M1 17V1H17M47 1H63V17M63 47V63H47M17 63H1V47",
    ),
    "uncommon": Rarity("#2c4c37", "#17281d", "#6fae7e", "#e8f5ea", "#a6c9ae", frame="M1 48V63H63V48"),
    "common": Rarity("#43494d", "#24292c", "#9aa3a7", "#f0f2f2", "#b7bec1"),
}
PLAIN_RARITY = RARITIES["common"]

ELEMENTS = {
    "kinetic": "#dfe6e8",
    "arc": "#7cc8fa",
    "solar": "#ff9a5c",
    "void": "#c09cff",
    "stasis": "#7f9cff",
    "strand": "#72e08f",
}
NO_ELEMENT = "#dfe6e8"

DARK = "#14171a"
"""Recesses, and the line round the core that keeps it readable on any ground."""
