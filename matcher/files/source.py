"""Where a table comes from: a path, bytes, an open file, or pasted text."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from matcher.files.decoding import CODE_PAGES, decode
from matcher.files.delimited import read_delimited
from matcher.files.table import Table
from matcher.people.errors import InputError, Problem


class Readable(Protocol):
    """An open file, such as one that was uploaded."""

    def read(self) -> bytes | str: ...


Source = str | os.PathLike[str] | bytes | Readable
"""A path; bytes; an open file; or text, which is a ``str`` with a line break in it."""

NOT_TABLES = (
    (b"PK\x03\x04", "an Excel workbook or another zip file; save the sheet as CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; save the sheet as CSV UTF-8"),
    (b"%PDF", "a PDF; export the table as CSV"),
    (b"\x89PNG", "a picture; type the table into a spreadsheet and save it as CSV UTF-8"),
    (b"\xff\xd8\xff", "a picture; type the table into a spreadsheet and save it as CSV UTF-8"),
    (b"\x1f\x8b", "a compressed file; unpack it"),
    (b"{", "JSON; use the table as CSV"),
)
"""First bytes of files that are no tables, and what to do with them, whatever they are called."""


def read_table(source: Source, name: str | None = None, encoding: str | None = None) -> Table:
    """Return what a file says.

    Parameters
    ----------
    source
        See :data:`Source`.
    name
        What to call the file in messages, if not by its own name.
    encoding
        Python's name of the encoding, when somebody has chosen it; otherwise it is found out.

    Raises
    ------
    InputError
        When there is no such file, or no table in it.
    """
    contents, own_name = _contents(source)
    file = name or own_name
    if isinstance(contents, str):
        return read_delimited(contents.removeprefix("\ufeff"), file)
    for first, what in NOT_TABLES:
        if contents.startswith(first):
            raise InputError(Problem(f"This is {what}, and try again.", file))
    decoded = decode(contents, file, encoding)
    if _unprintable(decoded.text):
        raise InputError(Problem("This is not a text file; save the table as CSV UTF-8.", file))
    table = replace(read_delimited(decoded.text, file), encoding=decoded.encoding)
    if not decoded.guessed:
        return table
    note = (
        f"{file}: The encoding was guessed: {CODE_PAGES[decoded.encoding]}. "
        "If letters look wrong, save the file as CSV UTF-8."
    )
    return replace(table, notes=(*table.notes, note))


def _contents(source: Source) -> tuple[bytes | str, str]:
    if isinstance(source, bytes):
        return source, "the file"
    if isinstance(source, str) and ("\n" in source or "\r" in source):
        return source, "the pasted text"
    if isinstance(source, str | os.PathLike):
        return _read(Path(source)), Path(source).name
    return source.read(), Path(str(getattr(source, "name", "the file"))).name


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"There is no file “{path}”; check its name and folder.") from None
    except IsADirectoryError:
        raise InputError(f"“{path}” is a folder; name the file in it.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"“{path}” cannot be read: {reason}.") from None


def _unprintable(text: str) -> bool:
    """Return whether a tenth of the text are control characters; zeros alone are no reason to refuse."""
    sample = text[:10_000].replace("\0", "")
    return sum(not (c.isprintable() or c.isspace()) for c in sample) * 10 > len(sample) > 0
