"""Text files that come in: whatever spreadsheets and editors write."""

from __future__ import annotations

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
"""How a file may begin, and its encoding then."""
_DELIMITERS = ",;\t"


def marked_encoding(file: bytes) -> str | None:
    """What its first bytes say of it; None where they say nothing, as most files'."""
    return next((encoding for begin, encoding in _MARKS.items() if file.startswith(begin)), None)


def decoded(file: bytes) -> str | None:
    """Its text, or None for what is none."""
    mark = marked_encoding(file)
    # Without a mark it is UTF-8, or what spreadsheets on Windows write where they are not asked for UTF-8.
    for encoding in (mark,) if mark else ("utf-8", "cp1252"):
        try:
            text = file.decode(encoding)
        except UnicodeError:
            continue
        return None if "\0" in text else text
    return None


def delimiter_of(table: str) -> str:
    """Comma, semicolon or tab: what stands most often in the first line that is not empty."""
    begin = next((line for line in table.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=begin.count)
