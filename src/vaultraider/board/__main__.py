"""``python -m vaultraider.board``: the bare server, where nothing but Python is installed."""

from __future__ import annotations

import sys

from vaultraider.board.command import main

if __name__ == "__main__":
    sys.exit(main())
