"""``make soak``: what is tried for as long as it takes. The first word of ARGS says what; without one it is moves."""

from __future__ import annotations

import importlib
import sys

SUBJECTS = {"moves": "tests.transfers.soak", "queries": "tests.search.soak"}


def main() -> None:
    arguments = sys.argv[1:]
    subject = arguments.pop(0) if arguments and arguments[0] in SUBJECTS else "moves"
    importlib.import_module(SUBJECTS[subject]).soak(arguments, prog_name=f"python -m tests.soak {subject}")


if __name__ == "__main__":
    main()
