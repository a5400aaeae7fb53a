"""What a database says when it cannot go on, as sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree

from matcher.store.errors import StoreError
from matcher.store.places import VARIABLE, shown, without_secrets

_FULL = "The disk with {shown} is full. Make room and try again; what was kept before is still there."
_NOT_WRITABLE = (
    "The database {shown} cannot be written. See that you may write to the file and its folder, "
    f"or name another one with {VARIABLE}."
)
_DAMAGED = f"The database {{shown}} is damaged. Put a backup in its place, or name another with {VARIABLE}."
_SQLITE = {
    sqlite3.SQLITE_NOTADB: f"{{shown}} is not a database. Name another file with {VARIABLE}.",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_BUSY: "The database {shown} is being written to by others for too long. Try again.",
    sqlite3.SQLITE_LOCKED: "The database {shown} is being written to by others for too long. Try again.",
    sqlite3.SQLITE_READONLY: _NOT_WRITABLE,
    sqlite3.SQLITE_PERM: _NOT_WRITABLE,
    sqlite3.SQLITE_CANTOPEN: _NOT_WRITABLE,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: "The disk with {shown} cannot be read or written. Check it, and try again.",
}
"""By SQLite's number of the failure."""

_UNREACHABLE = (
    f"The database {{shown}} cannot be reached: {{reason}}. See that it runs, and that {VARIABLE} is right."
)
_IN_THE_WAY = "The database {shown} was busy with something that was in the way ({reason}). Try again."
_POSTGRESQL = {
    "08": _UNREACHABLE,
    "25006": f"The database {{shown}} can only be read ({{reason}}). Name another one with {VARIABLE}.",
    "40": _IN_THE_WAY,
    "42501": "The database {shown} does not allow this ({reason}). Give the user the right to make tables.",
    "53": "The database {shown} has no room left ({reason}). Make some and try again.",
    "55": _IN_THE_WAY,
    "57": "The database {shown} was stopped ({reason}). Try again.",
}
"""By the beginning of the SQL standard's number of the failure (SQLSTATE)."""


@contextmanager
def told(url: URL) -> Iterator[None]:
    """Turn what the database says into a sentence.

    What is a mistake of the program, a broken constraint for one, passes as it is.

    Raises
    ------
    StoreError
        When the database cannot be used as it is. The error that was behind it is not attached: it may
        hold a password.
    """
    try:
        yield
    except NoneFree:
        raise StoreError(f"The database {shown(url)} is busy. Try again.") from None
    except sqlite3.Error as error:
        _raise(error, url)
        raise
    except DBAPIError as error:
        _raise(error.orig, url)
        raise


def _raise(error: BaseException | None, url: URL) -> None:
    form = _sqlite(error) if isinstance(error, sqlite3.Error) else _postgresql(error)
    if form:
        reason = without_secrets(str(error).strip().split("\n", 1)[0].rstrip("."), url)
        raise StoreError(form.format(shown=shown(url), reason=reason)) from None


def _sqlite(error: sqlite3.Error) -> str | None:
    code = getattr(error, "sqlite_errorcode", None)  # ours have none: they are about damage
    if code is None and type(error) is sqlite3.DatabaseError:
        return _DAMAGED
    return None if code is None else _SQLITE.get(code & 0xFF)


def _postgresql(error: BaseException | None) -> str | None:
    from psycopg import InterfaceError, OperationalError

    state = getattr(error, "sqlstate", None) or ""
    for length in (5, 2):
        if state[:length] in _POSTGRESQL:
            return _POSTGRESQL[state[:length]]
    if not state and isinstance(error, OperationalError | InterfaceError):  # the line is dead or never was
        return _UNREACHABLE
    return None
