"""All versions on this disk: installs them (``ports.ManifestStore``), hands out the active one (``ports.DefinitionsSource``)."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from vaultraider.domain.errors import DefinitionsMissing, ManifestRefused
from vaultraider.domain.manifest_changes import ItemChanges
from vaultraider.domain.manifest_update import checksum_of
from vaultraider.manifest.build import BuildReport, build
from vaultraider.manifest.compare import compare
from vaultraider.manifest.download import BrokenFile, Download, Limits, busters, verify
from vaultraider.manifest.folder import ManifestFolder, storage_errors, write_file
from vaultraider.manifest.store import StoredDefinitions
from vaultraider.ports import Clock, InstalledManifest, ManifestRef, ManifestSource, Progress

logger = logging.getLogger(__name__)

ROWS_KEPT = 0.9
"""A new manifest that has lost more than a tenth of a table's rows is not believed."""


class ManifestShelf:
    """One a process. Readers never wait for an installation, and nobody's failure touches the active version."""

    def __init__(self, root: Path, language: str, clock: Clock, limits: Limits | None = None) -> None:
        self._folder = ManifestFolder(root)
        self._language = language
        self._clock = clock
        self._limits = limits or Limits()
        self._open: dict[str, tuple[tuple[int, int, int], StoredDefinitions]] = {}
        self._pointers: dict[str, str] = {}
        """Their paths by language, as text: every request looks at one."""
        self._lock = threading.Lock()

    # -- reading --------------------------------------------------------------------------------------------------------

    def current(self, language: str | None = None) -> StoredDefinitions:
        """Pins one version: keep it for the whole of a request. Raises DefinitionsMissing."""
        language = language or self._language
        pointer = self._pointers.get(language)
        if pointer is None:
            pointer = self._pointers[language] = str(self._folder.pointer_path(language))
        try:
            mark = _mark(pointer)
        except OSError as error:
            raise DefinitionsMissing from error
        opened = self._open.get(language)
        if opened is not None and opened[0] == mark:
            return opened[1]
        with self._lock:
            return self._reopen(language)

    def _reopen(self, language: str) -> StoredDefinitions:
        for _ in range(3):  # Between the pointer and the file two installations may pass and the version be gone.
            try:
                mark = _mark(self._folder.pointer_path(language))
            except OSError as error:
                raise DefinitionsMissing from error
            opened = self._open.get(language)
            if opened is not None and opened[0] == mark:
                return opened[1]
            pointer = self._folder.pointer(language)
            about = self._folder.about(pointer.key) if pointer else None
            if pointer is None or about is None:
                continue
            try:
                found = StoredDefinitions(self._folder.definitions(pointer.key), self._folder.original(pointer.key), about)
            except (sqlite3.Error, TypeError, msgspec.DecodeError):
                continue
            self._open[language] = (mark, found)
            return found
        raise DefinitionsMissing

    # -- installing -----------------------------------------------------------------------------------------------------

    def active(self, language: str) -> InstalledManifest | None:
        pointer = self._folder.pointer(language)
        if pointer is None or not self._folder.definitions(pointer.key).exists():
            return None
        return self._folder.about(pointer.key)

    def install(self, ref: ManifestRef, source: ManifestSource, progress: Progress) -> InstalledManifest:
        """See ``ports.ManifestStore``."""
        installed = self._from_disk(ref, progress) or self._fetch(ref, source, progress)
        with storage_errors():
            self._folder.switch(ref.language, ref.key)
        progress("switch", 100, "The definitions are ready.")
        return installed

    def repair(self, language: str, progress: Progress) -> InstalledManifest | None:
        pointer = self._folder.pointer(language)
        about = self._folder.about(pointer.key) if pointer else None
        if about is None or not self._folder.original(about.ref.key).exists():
            return None
        try:
            return self._condense_again(about, progress)
        except ManifestRefused as error:
            logger.warning("Definitions %s on this disk: %s", about.ref.key, error.reason)
            return None

    def compare(self, before: str, after: str) -> ItemChanges | None:
        """See ``ports.ManifestStore``. It is a service to people: whatever is wrong with a file is no reason to fail."""
        files = [self._folder.definitions(key) for key in (before, after)]
        if not self._folder.known(before) or not self._folder.known(after) or not all(file.exists() for file in files):
            return None
        try:
            return compare(*files)
        except (sqlite3.Error, msgspec.DecodeError):
            logger.warning("Definitions %s and %s cannot be compared.", before, after, exc_info=True)
            return None

    def sizes(self) -> dict[str, int]:
        return self._folder.sizes()

    def collect(self) -> None:
        self._folder.collect()

    def _from_disk(self, ref: ManifestRef, progress: Progress) -> InstalledManifest | None:
        """A roll-back to what is still here; None when it is not, or not whole."""
        about = self._folder.about(ref.key)
        if about is None or about.ref.source != ref.source or about.ref.path != ref.path:
            return None
        original = self._folder.original(ref.key)
        if not original.exists():
            return None
        try:
            verify(original, checksum_of(ref.path))
            return self._condense_again(about, progress)
        except ManifestRefused as error:
            logger.warning("Definitions %s on this disk: %s; they are fetched again.", ref.key, error.reason)
            return None

    def _condense_again(self, about: InstalledManifest, progress: Progress) -> InstalledManifest:
        target = self._folder.definitions(about.ref.key)
        if target.exists():
            return about
        draft = target.with_name(target.name + ".tmp")
        with storage_errors():
            draft.unlink(missing_ok=True)
            try:
                build(self._folder.original(about.ref.key), draft, progress)
            except sqlite3.DatabaseError as error:
                raise ManifestRefused("damaged", "The definitions on this disk are damaged.") from error
            draft.replace(target)
        return about

    def _fetch(self, ref: ManifestRef, source: ManifestSource, progress: Progress) -> InstalledManifest:
        download = Download(source, self._clock, self._limits)
        broken: BrokenFile | None = None
        for buster in busters():
            try:
                return self._attempt(ref, download, buster, progress)
            except BrokenFile as error:
                logger.warning("Definitions %s: %s (%s)", ref.path, error.reason, "fetched again" if buster else "first try")
                broken = error
        if broken is None:
            raise AssertionError("There is always a first try.")
        raise broken

    def _attempt(self, ref: ManifestRef, download: Download, buster: str | None, progress: Progress) -> InstalledManifest:
        with self._folder.incoming() as incoming:
            archive, original = incoming / "download.zip", incoming / "original.sqlite3"
            fetched = download.fetch(ref.path, archive, buster, progress)
            unpacked = download.unzip(archive, original, progress)
            archive.unlink()
            target = incoming / self._folder.definitions(ref.key).name
            report = _build_checked(original, target, checksum_of(ref.path), progress)
            self._compare(ref, report)
            installed = InstalledManifest(
                ref=ref,
                installed=self._clock.now(),
                rows=report.rows,
                left_out=report.left_out,
                mended=report.mended,
                download_bytes=fetched,
                original_bytes=unpacked,
                store_bytes=target.stat().st_size,
            )
            write_file(incoming / "about.json", msgspec.json.encode(installed))
            self._folder.place(incoming, ref.key)
        return installed

    def _compare(self, ref: ManifestRef, report: BuildReport) -> None:
        """Against the active version of the same source and language only: another language has another number of rows."""
        active = self.active(ref.language)
        if active is None or active.ref.source != ref.source:
            return
        for table, count in report.rows.items():
            if count < active.rows.get(table, 0) * ROWS_KEPT:
                raise ManifestRefused(
                    "too-few-rows",
                    f"The new definitions have {count} rows in {table}; the ones in use have {active.rows[table]}.",
                )


def _build_checked(original: Path, target: Path, checksum: str | None, progress: Progress) -> BuildReport:
    """Builds while another thread verifies the file: both must agree that it is good."""
    with ThreadPoolExecutor(1, thread_name_prefix="manifest-verify") as pool:
        verified = pool.submit(verify, original, checksum)
        try:
            report = build(original, target, progress)
        except (ManifestRefused, sqlite3.DatabaseError) as error:
            verified.result()  # A file that is not the one meant explains everything else.
            if isinstance(error, ManifestRefused) or _is_storage(error):
                raise
            raise BrokenFile("damaged", "The new definitions cannot be read.") from error
        verified.result()
    return report


def _is_storage(error: sqlite3.Error) -> bool:
    return error.sqlite_errorcode in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)


def _mark(path: Path | str) -> tuple[int, int, int]:
    """Changes whenever the file is replaced."""
    found = os.stat(path)  # noqa: PTH116 - twice as fast as Path.stat, and once a request
    return (found.st_mtime_ns, found.st_ino, found.st_size)
