"""One file = one back end: it has ``HELP`` and ``open_source(argument, places)``. Found by looking into this folder."""

from vaultraider.board.sources._registry import check, help_lines, kinds, open_source

__all__ = ["check", "help_lines", "kinds", "open_source"]
