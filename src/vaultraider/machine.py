"""What this process takes of its machine: ``ports.Machine``."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path


class ThisMachine:
    """``data_dir``: the folder that is measured."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir

    def memory_bytes(self) -> int | None:
        """Linux tells what is held now, macOS what was held at most, as good for its owner; Windows tells Python neither."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
            return pages * _page_size()
        if sys.platform == "darwin":
            import resource

            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return None

    def disk_free_bytes(self) -> int | None:
        with contextlib.suppress(OSError):
            return shutil.disk_usage(self._data_dir).free
        return None

    def folder_bytes(self, name: str) -> int:
        return _bytes_below(self._data_dir / name)


def _page_size() -> int:
    return int(os.sysconf("SC_PAGE_SIZE")) if hasattr(os, "sysconf") else 4096


def _bytes_below(folder: Path) -> int:
    """What vanishes while we look counts as nothing."""
    total = 0
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    total += _bytes_below(Path(entry.path))
                else:
                    total += entry.stat(follow_symlinks=False).st_size
    return total
