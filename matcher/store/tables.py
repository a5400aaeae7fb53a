"""The tables, as they are after the last migration.

Ids and digests are texts. Times are milliseconds since the epoch in UTC: integers compare and subtract alike
on every database.
"""

from __future__ import annotations

import re
import time
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

_REFUSED = re.compile("[\0\ud800-\udfff]")


def now() -> int:
    """Return the time: milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


def insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that knows what to do when the row is there: ``on_conflict_do_nothing`` and so on."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


class Words(TypeDecorator[str]):
    """Text from outside: a NUL or half a character becomes a replacement character.

    PostgreSQL refuses the first and both databases the second, so that a hostile name or address would
    otherwise fail on one and be kept on the other.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return what is kept."""
        return None if value is None else _REFUSED.sub("\N{REPLACEMENT CHARACTER}", value)

    def process_literal_param(self, value: str | None, dialect: Dialect) -> Any:
        """Return what is kept, for a value that is written into the statement."""
        return self.process_bind_param(value, dialect)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
"""Constraints have names on every database, so that a migration can alter them."""


def _workspace(**options: Any) -> Column[str]:
    """A column that says whose row it is; the row goes with its workspace."""
    return Column(
        "workspace_id", Words, ForeignKey("workspaces.id", ondelete="CASCADE"), nullable=False, **options
    )


workspaces = Table(
    "workspaces",
    metadata,
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("version", Integer, nullable=False),  # one more with every save
    Column("root", Text, nullable=False),  # the digest of the whole
    Column("people", Integer, nullable=False),  # how many members, for the list
    Column("created", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("archived", BigInteger),
)

nodes = Table(
    "nodes",
    metadata,
    _workspace(primary_key=True),
    Column("digest", Text, primary_key=True),
    Column("text", Text, nullable=False),
)

browsers = Table(
    "browsers",
    metadata,
    Column("browser", Text, primary_key=True),  # SHA-256 of its cookie
    _workspace(primary_key=True, index=True),
    Column("opened", BigInteger, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    # SQLite numbers rows by itself only in a column that is the whole primary key
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    _workspace(index=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("reason", Text, nullable=False, default=""),
    Column("task", Text),
    Column("asked", Text),
    Column("host", Words),
    Column("owner", Words),
    Column("lease_until", BigInteger),
    Column("heartbeat", BigInteger),
    Column("created", BigInteger, nullable=False),
    Column("began", BigInteger),
    Column("ended", BigInteger),
    Column("stop_asked", BigInteger),
    Column("progress", Text),
    Column("best", Text),
    Column("result", Text),
    Column("error", Text),
    sqlite_autoincrement=True,  # a number is not given twice, even when the last job was deleted
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Words, primary_key=True),
    _workspace(index=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("created", BigInteger, nullable=False),
    Column("expires", BigInteger),
    Column("closed", BigInteger),
    Column("asks_frictions", Boolean, nullable=False),
    Column("asks_turns_to", Boolean, nullable=False),
    Column("note", Words, nullable=False),
)
Index(
    "uq_invitations_open",
    invitations.c.workspace_id,
    unique=True,  # a workspace has one open invitation
    sqlite_where=invitations.c.closed.is_(None),
    postgresql_where=invitations.c.closed.is_(None),
)

answers = Table(
    "answers",
    metadata,
    Column("id", Words, primary_key=True),
    Column("invitation_id", Words, ForeignKey("invitations.id", ondelete="CASCADE"), nullable=False),
    _workspace(index=True),
    Column("member_key", Words),  # none for somebody who is not on the roster
    Column("name", Words, nullable=False),
    Column("who", Words, nullable=False),  # the member's key or the folded name: one answer each
    Column("token_hash", Text, nullable=False, unique=True),
    Column("superpowers", JSON, nullable=False),
    Column("turns_to", JSON, nullable=False),
    Column("rather_not", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("taken", BigInteger),  # when the manager took it over
    Column("taken_version", Integer),  # and which version of it: what is corrected later, waits again
    Column("taken_turns_to", Boolean),  # whether that named people whom the member turns to
    UniqueConstraint("invitation_id", "who"),
)
