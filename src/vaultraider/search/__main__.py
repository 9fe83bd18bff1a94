"""``python -m vaultraider.search``: writes the document about the query language to the standard output."""

from __future__ import annotations

import sys

from vaultraider.search.guide import guide
from vaultraider.search.vocabulary import vocabulary

if __name__ == "__main__":
    sys.stdout.buffer.write(guide(vocabulary()).encode())
