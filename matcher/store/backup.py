"""A copy of the database in one file, while it is in use."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import URL

from matcher.store.errors import StoreError
from matcher.store.failures import told
from matcher.store.places import shown
from matcher.store.sqlite_file import PATIENCE, check, make


def back_up(where: URL, target: Path) -> None:
    """Copy a database as it is at one moment, whoever writes to it meanwhile, into a file for its owner only.

    It is not brought up to date first: who is careful makes a backup before an update.

    Parameters
    ----------
    where
        The database; see :func:`matcher.store.places.place`.
    target
        A file that is not there yet. It has that name when it is whole.

    Raises
    ------
    StoreError
        When the database is not a file, is not there or is damaged, or when the copy cannot be written.
    """
    if where.get_backend_name() != "sqlite":
        raise StoreError(
            f"The database {shown(where)} is kept by PostgreSQL, which copies it with a command of its own, "
            "pg_dump."
        )
    source = Path(where.database or "")
    if not source.is_file():
        raise StoreError(f"There is no database {shown(where)}, so there is nothing to copy.")
    if target.exists():
        raise StoreError(f"“{target}” is there already and may be an older backup; name another file.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        make(unfinished)
        _copy(where, source, unfinished)
        unfinished.rename(target)
    except OSError as error:
        raise StoreError(f"“{target}” cannot be written: {error.strerror or error}.") from None
    finally:
        with suppress(OSError):
            unfinished.unlink()


def _copy(where: URL, source: Path, target: Path) -> None:
    existing = f"{source.absolute().as_uri()}?mode=rw"
    with (
        told(where),
        closing(sqlite3.connect(existing, uri=True, timeout=PATIENCE)) as original,
        closing(sqlite3.connect(target)) as copy,
    ):
        check(original)
        with told(URL.create("sqlite", database=str(target))):  # whatever fails now fails there
            original.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, whatever is done with it
