"""How an SQLite file is made, kept from other people's eyes, checked and used."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

PATIENCE = 10
"""Seconds that a transaction waits for another one to end, or for a server to answer."""

OWNER_ONLY = 0o600


def make(path: Path) -> None:
    """Make an empty file that only its owner can read, before anything is written to it.

    Raises
    ------
    OSError
        When it cannot be made; ``FileExistsError`` when there is one.
    """
    # An existing one is not touched: closing it would drop the locks that this process has on it.
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY))
    path.chmod(OWNER_ONLY)  # whatever the process takes away from new files


def keep_private(path: Path) -> None:
    """Take a file of ours, and what SQLite keeps beside it, out of other people's sight."""
    for each in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        with suppress(FileNotFoundError, PermissionError):  # one of another owner is theirs to protect
            if each.stat().st_mode & 0o077:
                each.chmod(OWNER_ONLY)


def prepare(raw: Any, _record: object) -> None:
    """Set what holds for one connection."""
    raw.isolation_level = None  # transactions begin where we say so, not where the driver guesses
    # Together with the log, NORMAL means: what was saved outlives a program that is killed at any moment.
    # A power failure can take the last saves back, each as a whole, and leaves the file sound.
    raw.execute("PRAGMA synchronous = NORMAL")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten


def check(raw: sqlite3.Connection) -> None:
    """Read the whole file once.

    Raises
    ------
    sqlite3.Error
        When it is not sound.
    """
    if raw.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise sqlite3.DatabaseError("database disk image is malformed")


def switch_to_log(raw: sqlite3.Connection) -> None:
    """Let readers and the writer work side by side: changes go to a log first (WAL)."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            raw.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:  # SQLite does not wait here: others are opening it too
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def empty_log(raw: sqlite3.Connection) -> bool:
    """Move the log into the file and cut it off; return whether nobody was reading it just then."""
    busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
