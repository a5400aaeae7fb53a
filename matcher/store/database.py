"""The database: opened, checked and brought up to date once; then transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, create_engine, event, text

from matcher.store import sqlite_file
from matcher.store.backup import back_up
from matcher.store.errors import StoreError
from matcher.store.failures import told
from matcher.store.places import VARIABLE, place, shown
from matcher.store.sqlite_file import PATIENCE
from matcher.store.upgrading import is_current, upgrade

__all__ = ["Database", "StoreError"]

_LOCK = 0x6D617463
"""The number under which PostgreSQL keeps two programs from upgrading at once."""


class Database:
    """A database that is ready: an SQLite file, or PostgreSQL.

    Made with :meth:`open`. Threads may share it; every transaction has a connection of its own.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.shown = shown(engine.url)
        self.is_file = engine.dialect.name == "sqlite"
        self._readers = self._writers = engine
        if self.is_file:
            self._writers = engine.execution_options(begin="BEGIN IMMEDIATE")
        else:  # readers see one moment, as they do with SQLite
            self._readers = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )

    @classmethod
    def open(cls, url: str | None = None, *, make: bool = True) -> Database:
        """Open a database, make it if there is none, and bring it up to date.

        Parameters
        ----------
        url
            A file, or a URL of SQLite or PostgreSQL; see :func:`matcher.store.places.place`.
        make
            Whether a file is made when there is none.

        Raises
        ------
        StoreError
            When it is missing, damaged, newer than this program, another program's, or out of reach. Nothing
            was changed then.
        """
        database = cls.unchecked(url, make=make)
        try:
            database._check()
            with database.reading() as connection:
                current = is_current(connection)
            if not current:
                with database.migrating() as connection:
                    upgrade(connection, database.shown)
            if database.is_file:  # only now it is certain that the file is ours
                sqlite_file.keep_private(Path(database.engine.url.database or ""))
                with database._raw() as raw:
                    sqlite_file.switch_to_log(raw)
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def unchecked(cls, url: str | None = None, *, make: bool = True) -> Database:
        """Return a database that may be of any age and in any state; see :meth:`open`."""
        where = place(url)
        if where.get_backend_name() == "sqlite":
            _find(Path(where.database or ""), make=make)
            engine = create_engine(where, connect_args={"timeout": PATIENCE}, hide_parameters=True)
            event.listen(engine, "connect", sqlite_file.prepare)
            event.listen(engine, "begin", _begin)
            return cls(engine)
        options = {"connect_timeout": PATIENCE, "application_name": "matcher"}
        engine = create_engine(
            where,
            connect_args={name: value for name, value in options.items() if name not in where.query},
            hide_parameters=True,
            pool_pre_ping=True,  # a server that was started again is not an error
            pool_timeout=PATIENCE,
        )
        return cls(engine)

    def _check(self) -> None:
        """Refuse what could only be half-read."""
        if self.is_file:
            with self._raw() as raw:
                sqlite_file.check(raw)
            return
        with self.reading() as connection:
            encoding = connection.execute(text("SHOW server_encoding")).scalar()
        if encoding != "UTF8":
            raise StoreError(
                f"The database {self.shown} keeps texts as {encoding}, which lacks the letters of many "
                "names; make one with the encoding UTF8."
            )

    @contextmanager
    def _raw(self) -> Iterator[sqlite3.Connection]:
        """SQLite's own connection, for what cannot be done inside a transaction."""
        with told(self.engine.url):
            held = self.engine.raw_connection()
            try:
                yield cast("sqlite3.Connection", held.driver_connection)
            finally:
                held.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read everything as it is at one moment."""
        with told(self.engine.url), self._readers.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write: all of it at the end of the block, or nothing when it raises.

        With SQLite there is one writer at a time, from the first line of the block on: what is read in it is
        still so when it is written. With PostgreSQL rows have to be locked for that.
        """
        with told(self.engine.url), self._writers.begin() as connection:
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Alter tables, with nobody else doing so at the same time."""
        with told(self.engine.url), self._writers.connect() as connection:
            if not self.is_file:
                with connection.begin():
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                    yield connection
                return
            # A table that is made again is dropped in between, and must not take what refers to it along.
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys = OFF")
            try:
                with connection.begin():
                    yield connection
                    if raw.execute("PRAGMA foreign_key_check").fetchone():
                        raise RuntimeError("A step leaves rows without what they belong to.")
            finally:
                raw.execute("PRAGMA foreign_keys = ON")

    def leave_no_trace(self) -> bool:
        """Overwrite what was deleted in SQLite's log too; return whether nobody was reading it just then."""
        if not self.is_file:
            return True
        with self._raw() as raw:
            return sqlite_file.empty_log(raw)

    def backup(self, target: Path) -> None:
        """Copy it into a file that is not there yet; see :func:`matcher.store.backup.back_up`.

        Raises
        ------
        StoreError
            When it cannot be copied, or is kept by PostgreSQL.
        """
        back_up(self.engine.url, target)

    def close(self) -> None:
        """Close every connection that nobody is using."""
        self.engine.dispose()


def _find(path: Path, *, make: bool) -> None:
    try:
        if make:
            sqlite_file.make(path)
        elif not path.exists():
            raise StoreError(f"There is no database “{path}”; name another one with {VARIABLE}.")
    except FileExistsError:
        if not path.is_file():
            raise StoreError(f"“{path}” is not a file; name one with {VARIABLE}.") from None
    except OSError as error:
        raise StoreError(
            f"The database “{path}” cannot be made: {error.strerror or error}. "
            f"Name a file in a folder that you may write to with {VARIABLE}."
        ) from None


def _begin(connection: Connection) -> None:
    # A writer that began as a reader would fail at once when another one was quicker; this way it waits.
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
