"""A backup as a stream: gzipped lines of JSON, one after the other, never more than one in memory.

    {"backup": 1, "program": "0.1.0", "revision": "0007", "made": ..., "why": "nightly", "secrets": false, ...}
    {"table": "users", "columns": ["id", ...], "last": 17}
    [1, "17429800", ...]                              a row; times as ISO text, bytes in base64
    {"keys": [...]}                                   only where secrets were asked for
    {"end": {"rows": {"users": 1, ...}, "lines": 4, "sha256": "..."}}

There is no name of a file in it, so nothing can be written anywhere but into tables. Whoever reads one believes nothing: lines
have a largest length, the whole has one in proportion to the file, and the end must fit what was read.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Annotated, Any, BinaryIO

import msgspec

from vaultraider.domain.errors import BackupBroken, BackupTooNew

FORMAT = 1
LEVEL = 5
"""Of compression: half the time of the usual 6, and two per cent more bytes."""
LONGEST_LINE = 64 * 2**20
"""Bytes of one row. A profile takes under one million."""
USUAL_SIZE = 256 * 2**20
LARGEST_RATIO = 200
"""Beyond ``USUAL_SIZE`` unpacked bytes, so many for each byte of the file: our own rows pack thirty to one at best."""

Value = str | int | float | bool | None


class Header(msgspec.Struct, frozen=True, kw_only=True):
    backup: int
    program: str
    revision: str
    made: datetime
    why: str
    secrets: bool
    database: str


class TableStart(msgspec.Struct, frozen=True, kw_only=True):
    """``last``: the highest number that the table ever gave; None where nobody counts. After the highest there is no next."""

    table: str
    columns: list[str]
    last: Annotated[int, msgspec.Meta(ge=0, lt=2**31 - 1)] | None = None


class Keys(msgspec.Struct, frozen=True):
    keys: list[str]


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    rows: dict[str, int]
    left_out: dict[str, int]
    lines: int
    sha256: str


class End(msgspec.Struct, frozen=True):
    end: Totals


class BackupWriter:
    """Writes the lines into ``out``, which stays open. ``end`` must be called for a whole backup."""

    def __init__(self, out: BinaryIO, header: Header) -> None:
        self._gzip = gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=out, mtime=header.made.timestamp())
        self._encoder = msgspec.json.Encoder()
        self._sum = hashlib.sha256()
        self._lines = 0
        self._table = ""
        self.rows: Counter[str] = Counter()
        self._line(header)

    def table(self, start: TableStart) -> None:
        self._table = start.table
        self.rows[start.table] = 0
        self._line(start)

    def row(self, values: Sequence[Any]) -> None:
        self._line(values)
        self.rows[self._table] += 1

    def keys(self, keys: Sequence[str]) -> None:
        self._line(Keys(list(keys)))

    def end(self, left_out: dict[str, int]) -> None:
        totals = Totals(rows=dict(self.rows), left_out=left_out, lines=self._lines, sha256=self._sum.hexdigest())
        self._gzip.write(self._encoder.encode(End(totals)) + b"\n")
        self._gzip.close()

    def _line(self, what: Any) -> None:
        line = self._encoder.encode(what) + b"\n"
        self._sum.update(line)
        self._gzip.write(line)
        self._lines += 1


class BackupReader:
    """Reads a backup from its beginning to its end, once: ``header``, then ``lines``, after which ``totals`` is known.

    Raises BackupBroken, or BackupTooNew for a form that this program does not know.
    """

    def __init__(self, file: Path) -> None:
        self._size = file.stat().st_size
        self._file = file.open("rb")
        self._gzip = gzip.GzipFile(fileobj=self._file, mode="rb")
        self._sum = hashlib.sha256()
        self._lines = self._bytes = 0
        self._rows = msgspec.json.Decoder(list[Value])
        self._starts = msgspec.json.Decoder(TableStart)
        self._keys = msgspec.json.Decoder(Keys)
        self.totals: Totals | None = None
        try:
            self.header = self._header()
        except BaseException:
            self.close()
            raise

    def lines(self) -> Iterator[TableStart | Keys | list[Value]]:
        """Everything between header and end. What was read counts only once this has come to its end without raising."""
        table = ""
        rows: Counter[str] = Counter()
        while True:
            line = self._line()
            if line.startswith(b'{"end":'):
                break
            self._count(line)
            if line.startswith(b"["):
                rows[table] += 1
                yield self._decoded(self._rows, line)
            elif line.startswith(b'{"table":'):
                start: TableStart = self._decoded(self._starts, line)
                table = start.table
                if table in rows:
                    raise BackupBroken
                rows[table] = 0
                yield start
            else:
                yield self._decoded(self._keys, line)
        end: End = self._decoded(msgspec.json.Decoder(End), line)
        told = end.end
        if self._read(1) or (told.sha256, told.lines, told.rows) != (self._sum.hexdigest(), self._lines, dict(rows)):
            raise BackupBroken
        self.totals = told

    def close(self) -> None:
        self._gzip.close()
        self._file.close()

    def __enter__(self) -> BackupReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _header(self) -> Header:
        line = self._line()
        self._count(line)
        form = self._decoded(msgspec.json.Decoder(dict[str, Value]), line).get("backup")
        if isinstance(form, int) and form > FORMAT:
            raise BackupTooNew
        header: Header = self._decoded(msgspec.json.Decoder(Header), line)
        if header.backup != FORMAT or header.made.tzinfo is None:
            raise BackupBroken
        return header

    def _count(self, line: bytes) -> None:
        self._sum.update(line)
        self._lines += 1

    def _line(self) -> bytes:
        line = self._read(LONGEST_LINE)
        self._bytes += len(line)
        if not line.endswith(b"\n") or (self._bytes > USUAL_SIZE and self._bytes > self._size * LARGEST_RATIO):
            raise BackupBroken
        return line

    def _read(self, most: int) -> bytes:
        try:
            return self._gzip.readline(most)
        except (OSError, EOFError, zlib.error) as error:
            raise BackupBroken from error

    def _decoded(self, decoder: Any, line: bytes) -> Any:
        try:
            return decoder.decode(line)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            raise BackupBroken from error
