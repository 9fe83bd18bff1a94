"""Pictures drawn from nothing but definitions: item icons, emblems, banners. Pure functions from data to SVG text."""

from __future__ import annotations

from vaultraider.drawing.emblems import draw_banner, draw_emblem
from vaultraider.drawing.item_icons import draw_item, draw_silhouette
from vaultraider.drawing.silhouettes import KINDS

__all__ = ["KINDS", "draw_banner", "draw_emblem", "draw_item", "draw_silhouette"]
