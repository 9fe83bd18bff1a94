"""Bungie's pictures on our disk: each is fetched once, kept under a name made from its path, and served when Bungie is down.

A page asks for hundreds at once, so nothing waits long here: what is not on the disk is put in line for a few background
threads, and the caller goes on without it unless the line is short. One file per picture, written beside and moved into place.
When the folder grows over its size, what has not been looked at for longest goes.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import queue
import threading
from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from vaultraider.domain.errors import BungieUnavailable, NotFound, VaultRaiderError
from vaultraider.domain.pictures import is_picture_path, picture_type
from vaultraider.ports import Clock, Picture, PictureSource

logger = logging.getLogger(__name__)

LARGEST_FOLDER = 512 * 2**20
"""Bytes. A vault's pictures are about 10 MB, the whole game's about 400."""
LONGEST_LINE = 2000
THREADS = 4
ABSENT_FOR = timedelta(days=1)
"""How long a path that Bungie does not have is not asked for again."""
PAUSE = timedelta(seconds=30)
"""How long nobody asks after Bungie could not answer, unless it said how long."""
REMEMBERED_ABSENCES = 4096
LOOKED_AT_EVERY = timedelta(days=1).total_seconds()


class PictureFolder:
    """Fits the port ``PictureCache``. Safe in many threads and many processes."""

    def __init__(
        self,
        folder: Path,
        source: PictureSource,
        clock: Clock,
        *,
        largest: int = LARGEST_FOLDER,
        longest_line: int = LONGEST_LINE,
    ) -> None:
        self._folder = folder
        self._source = source
        self._clock = clock
        self._largest = largest
        self._longest_line = longest_line
        self._lock = threading.Lock()
        self._line: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._waiting: dict[str, threading.Event] = {}
        self._absent: OrderedDict[str, datetime] = OrderedDict()
        self._paused_until: datetime | None = None
        self._threads: list[threading.Thread] = []
        self._size: int | None = None
        self._closed = False

    def find(self, path: str) -> Picture | None:
        """The picture from the disk, or None."""
        if not is_picture_path(path):
            return None
        file = self._file(path)
        try:
            content = file.read_bytes()
            self._note_look(file)
        except OSError:
            return None
        media_type = picture_type(content)
        return Picture(content=content, media_type=media_type) if media_type else None

    def fetch(self, path: str, *, wait: float) -> Picture | None:
        """From the disk, else puts it in line and waits ``wait`` seconds at most; None when it is not there by then."""
        found = self.find(path)
        if found is not None or not is_picture_path(path):
            return found
        arrived = self._queue(path)
        if arrived is None:
            return None
        arrived.wait(wait)
        return self.find(path)

    def close(self) -> None:
        """Nothing new is fetched; what is being fetched just now may still arrive."""
        with self._lock:
            self._closed = True
            threads = len(self._threads)
            self._release_all()
        for _ in range(threads):
            self._line.put(None)

    def _release_all(self) -> None:
        for arrived in self._waiting.values():
            arrived.set()
        self._waiting.clear()

    def _queue(self, path: str) -> threading.Event | None:
        """Told when the picture is there or is known not to come; None when it is not asked for, or not worth waiting for."""
        with self._lock:
            if self._closed or self._is_absent(path) or self._is_paused():
                return None
            arrived = self._waiting.get(path)
            if arrived is None:
                if len(self._waiting) >= self._longest_line:
                    return None
                arrived = self._waiting[path] = threading.Event()
                self._line.put(path)
                self._start_threads()
            return arrived if len(self._waiting) <= THREADS else None

    def _is_absent(self, path: str) -> bool:
        until = self._absent.get(path)
        return until is not None and until > self._clock.now()

    def _is_paused(self) -> bool:
        return self._paused_until is not None and self._paused_until > self._clock.now()

    def _start_threads(self) -> None:
        # Only once there is work: a server that forks its workers does so before.
        while len(self._threads) < min(THREADS, len(self._waiting)):
            thread = threading.Thread(target=self._work, name=f"pictures-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _work(self) -> None:
        while (path := self._line.get()) is not None:
            try:
                self._bring(path)
            except Exception:
                # A thread that dies would leave its place in the line empty for good.
                logger.exception("A picture could not be brought")
            finally:
                with self._lock:
                    arrived = self._waiting.pop(path, None)
                if arrived is not None:
                    arrived.set()

    def _bring(self, path: str) -> None:
        with self._lock:
            if self._closed or self._is_paused():
                return
        if self._file(path).exists():
            # It arrived between somebody's look at the disk and their place in line, or another process brought it.
            return
        try:
            picture = self._source.picture(path)
        except NotFound:
            self._remember_absence(path)
        except BungieUnavailable as error:
            self._pause(error)
        except VaultRaiderError as error:
            logger.info("Bungie.net does not give a picture: %s", error)
            self._remember_absence(path)
        else:
            self._keep(path, picture)

    def _remember_absence(self, path: str) -> None:
        with self._lock:
            self._absent[path] = self._clock.now() + ABSENT_FOR
            self._absent.move_to_end(path)
            while len(self._absent) > REMEMBERED_ABSENCES:
                self._absent.popitem(last=False)

    def _pause(self, error: BungieUnavailable) -> None:
        pause = timedelta(seconds=error.retry_after) if error.retry_after else PAUSE
        with self._lock:
            self._paused_until = self._clock.now() + pause

    def _keep(self, path: str, picture: Picture) -> None:
        if picture_type(picture.content) is None:
            # Whatever the source promises: what is no picture would be asked for again at each look.
            self._remember_absence(path)
            return
        file = self._file(path)
        beside = file.with_name(f"{file.name}.{uuid4().hex}.part")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(picture.content)
            beside.replace(file)
        except OSError as error:
            # A full disk: pages do without. The pause keeps us from fetching what cannot be kept.
            logger.warning("A picture cannot be kept: %s", error.strerror)
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            with self._lock:
                self._paused_until = self._clock.now() + PAUSE
            return
        self._grow(len(picture.content))

    def _grow(self, by: int) -> None:
        with self._lock:
            self._size = sum(size for _, size, _ in self._files()) if self._size is None else self._size + by
            if self._size > self._largest:
                self._size = self._evict()

    def _evict(self) -> int:
        """Deletes what was not looked at for longest, down to nine tenths; returns the bytes that are left."""
        files = sorted(self._files())
        size = sum(bytes_ for _, bytes_, _ in files)
        for _, bytes_, file in files:
            if size <= self._largest * 0.9:
                break
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)
                size -= bytes_
        return size

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """(last look, bytes, file) of all there is, left-overs of a killed process included."""
        for file in self._folder.glob("??/*"):
            with contextlib.suppress(OSError):
                found = file.stat()
                yield found.st_mtime, found.st_size, file

    def _note_look(self, file: Path) -> None:
        now = self._clock.now().timestamp()
        if now - file.stat().st_mtime > LOOKED_AT_EVERY:
            os.utime(file, (now, now))

    def _file(self, path: str) -> Path:
        # The path comes from outside: it never becomes part of a file's name.
        name = hashlib.sha256(path.encode()).hexdigest()
        return self._folder / name[:2] / name
