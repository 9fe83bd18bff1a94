"""``python -m vaultraider`` and the ``vaultraider`` command."""

from vaultraider.cli import main

if __name__ == "__main__":
    main()
