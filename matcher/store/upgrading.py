"""Brings a database to the tables of this version, or refuses it."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, inspect, text

from matcher.store.errors import StoreError
from matcher.store.migrations import HEAD, VERSION_TABLE
from matcher.store.tables import metadata

STEPS = Path(__file__).parent / "migrations"

_ALEMBIC = Lock()
"""Alembic keeps in its modules what it is working on: one thread at a time."""


def revision(connection: Connection) -> str | None:
    """Return how far a database is: the name of its last step, none when it has had none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return found


def is_current(connection: Connection) -> bool:
    """Return whether nothing is left to do."""
    return revision(connection) == HEAD


def upgrade(connection: Connection, shown: str, steps: Path = STEPS) -> None:
    """Take the steps that are missing, all or none.

    Parameters
    ----------
    connection
        In a transaction that nobody else can write beside.
    shown
        The database as messages name it.
    steps
        Where the steps are.

    Raises
    ------
    StoreError
        When the database was written by a newer version, or by another program.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(steps).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    done = revision(connection)
    if done is None:
        _refuse_what_is_not_ours(connection, shown)
    elif done not in {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}:
        raise StoreError(
            f"The database {shown} was written by a newer version of this program (its step is “{done}”). "
            "Update the program, or name another database with MATCHER_DATABASE; nothing was changed."
        )
    with _ALEMBIC:
        command.upgrade(config, "head")


def _refuse_what_is_not_ours(connection: Connection, shown: str) -> None:
    tables = set(inspect(connection).get_table_names())
    if connection.dialect.name != "sqlite":  # a server's database may hold what others keep
        tables &= metadata.tables.keys()
    if tables:
        raise StoreError(
            f"The database {shown} holds the tables of another program (“{min(tables)}”). "
            "Name another one with MATCHER_DATABASE; nothing was changed."
        )
