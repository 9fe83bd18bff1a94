"""The ``vaultraider`` command. Each file without an underscore is one command: it defines ``command``."""

from vaultraider.cli._registry import main

__all__ = ["main"]
