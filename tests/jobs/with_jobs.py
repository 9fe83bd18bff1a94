"""The `vaultraider` command with one more job, dropped in from the folder that the environment names."""

from __future__ import annotations

import os

import vaultraider.jobs
from vaultraider.cli import main

FOLDER = "TEST_JOBS"

if __name__ == "__main__":
    vaultraider.jobs.__path__.append(os.environ[FOLDER])
    main()
