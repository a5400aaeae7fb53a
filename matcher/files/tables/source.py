"""Where a table comes from: a path, bytes, an open file, pasted text, or a table that was read already."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Protocol
from unicodedata import category

from matcher.files.tables.choices import NOTHING_CHOSEN, Choices
from matcher.files.tables.columns import header_words
from matcher.files.tables.decoding import CODE_PAGES, decode
from matcher.files.tables.grid import MOST_BYTES, Grid, TooMuchError
from matcher.files.tables.layout import lay_out
from matcher.files.tables.pasted import read_text
from matcher.files.tables.table import Table
from matcher.files.tables.workbook import read_workbook
from matcher.people.errors import InputError, Problem


class Readable(Protocol):
    """An open file, such as one that was uploaded."""

    def read(self) -> bytes | str: ...


Contents = str | os.PathLike[str] | bytes | Readable
"""A path, in which a sheet may be named (``staff.xlsx#Teams``); bytes; an open file; or text, which is a
``str`` with a line break in it."""

Source = Contents | Table
"""What is read; a table is taken as it is."""

SHEET = re.compile(r"(.+\.xls[xm])#([^\r\n]+)", re.IGNORECASE)
"""A workbook's path, and the sheet to read."""

WORKBOOK = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

PICTURE = "a picture; type the table into a spreadsheet and save it as CSV UTF-8"
COMPRESSED = "a compressed file; unpack it"
NOT_TABLES = (
    (b"%PDF", "a PDF; export the table as CSV"),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF89a", PICTURE),
    (b"GIF87a", PICTURE),
    (b"BM", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"RIFF", PICTURE),
    (b"\x1f\x8b", COMPRESSED),
    (b"BZh", COMPRESSED),
    (b"\xfd7zXZ", COMPRESSED),
    (b"7z\xbc\xaf", COMPRESSED),
    (b"Rar!", COMPRESSED),
    (b"PK", COMPRESSED),
    (b"SQLite format 3", "a database; export the table as CSV"),
    (b"{\\rtf", "a formatted document; copy the table into a spreadsheet"),
)
"""First bytes of files that are no tables, and what to do with them, whatever they are called."""

NO_TEXT_TABLES = (
    (re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"])"), "JSON; use the table as CSV"),
    (
        re.compile(r"\s*<(?:!doctype|html|head|body|table|\?xml|svg|!--)", re.IGNORECASE),
        "a web page or XML; copy the table from it into a spreadsheet and save it as CSV UTF-8",
    ),
)
"""The same for texts."""


def read_table(
    source: Source,
    name: str | None = None,
    choices: Choices = NOTHING_CHOSEN,
    *,
    encoding: str | None = None,
    words: Collection[str] | None = None,
) -> Table:
    """Return what a file says: its header, and the rows below it that are somebody's.

    Parameters
    ----------
    source
        See :data:`Source`.
    name
        What to call the file in messages, if not by its own name.
    choices
        What somebody chose instead of what would be guessed.
    encoding
        Python's name of the encoding, for whoever has no other choice to make.
    words
        Headers that are known to us, in the form of :func:`matcher.files.tables.columns.plain`; a roster's
        when not given.

    Raises
    ------
    InputError
        When there is no such file, or no table in it.
    """
    if isinstance(source, Table):
        return source
    if encoding:
        choices = replace(choices, encoding=encoding)
    words = header_words() if words is None else words
    return lay_out(read_grid(source, name, choices, words=words), choices, words)


def read_grid(
    source: Contents,
    name: str | None = None,
    choices: Choices = NOTHING_CHOSEN,
    *,
    words: Collection[str] | None = None,
) -> Grid:
    """Return what a file says, cell by cell; the parameters are those of :func:`read_table`.

    Raises
    ------
    InputError
        When there is no such file, or no table in it.
    """
    source, choices = with_sheet(source, choices)
    contents, own_name = contents_of(source)
    file = name or own_name
    words = header_words() if words is None else words
    if len(contents) > MOST_BYTES:
        message = (
            f"The file is larger than {MOST_BYTES // 2**20} MB; bring the columns and rows that are needed."
        )
        raise InputError(Problem(message, file))
    try:
        if isinstance(contents, str):
            text = contents.removeprefix("\ufeff").encode("utf-8", "replace").decode()
            return _read_text(text, file, choices, words)  # lone surrogates, which cannot be stored, are gone
        if contents.startswith(WORKBOOK):
            return read_workbook(contents, file, words, choices.sheet)
        _check_first_bytes(contents, file)
        decoded = decode(contents, file, choices.encoding)
        if _unprintable(decoded.text):
            raise InputError(
                Problem("This is not a table but binary data; save the table as CSV UTF-8.", file)
            )
        grid = replace(_read_text(decoded.text, file, choices, words), encoding=decoded.encoding)
    except TooMuchError as error:
        raise InputError(Problem(str(error), file)) from None
    if not decoded.guessed:
        return grid
    note = (
        f"{file}: The encoding was guessed: {CODE_PAGES[decoded.encoding]}. "
        "If letters look wrong, save the file as CSV UTF-8."
    )
    return replace(grid, notes=(note, *grid.notes))


def _read_text(text: str, file: str, choices: Choices, words: Collection[str]) -> Grid:
    for beginning, what in NO_TEXT_TABLES:
        if beginning.match(text):
            raise InputError(Problem(f"This is {what}, and try again.", file))
    return read_text(text, file, words, choices.delimiter)


def _check_first_bytes(contents: bytes, file: str) -> None:
    """Check that a file is none of those that are known not to be tables."""
    if contents.startswith(OLD_OFFICE):
        what = "an old Excel workbook (.xls) or another old Office file; save the sheet as .xlsx or CSV UTF-8"
        if "EncryptedPackage".encode("utf-16-le") in contents:
            what = "locked with a password; open it in a spreadsheet, remove the password, save it"
        raise InputError(Problem(f"This is {what}, and try again.", file))
    binary = b"\0" in contents[:1000] or not contents[:1000].isascii()
    for first, what in NOT_TABLES:
        # letters could begin a text too; then nothing beside them is binary
        if contents.startswith(first) and (binary or not first.isalnum()):
            raise InputError(Problem(f"This is {what}, and try again.", file))


def with_sheet(source: Contents, choices: Choices) -> tuple[Contents, Choices]:
    """Return a path without the sheet that it names, and the choices with it.

    A file that is really called so, and a sheet that was chosen otherwise, come first.
    """
    named = SHEET.fullmatch(os.fspath(source)) if isinstance(source, str | os.PathLike) else None
    if named is None or choices.sheet or os.path.exists(named[0]):
        return source, choices
    return named[1], replace(choices, sheet=named[2])


def contents_of(source: Contents) -> tuple[bytes | str, str]:
    """Return what a source holds, and what it is called."""
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
    """Return whether a text is full of control characters; zeros alone are no reason to refuse it."""
    sample = text[:10_000].replace("\0", "")
    return sum(category(c) == "Cc" and not c.isspace() for c in sample) * 50 > len(sample) > 0
