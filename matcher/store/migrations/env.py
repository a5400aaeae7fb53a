"""What Alembic runs: the steps, on the connection that it is given.

Called by :mod:`matcher.store.upgrading`, and by the command ``alembic`` with the database that is named by
``MATCHER_DATABASE``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from alembic import context
from sqlalchemy import Connection

from matcher.store.migrations import VERSION_TABLE
from matcher.store.tables import Words, metadata

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext


def _rendered(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own type of text as what it is in the database: a step must not change with the code."""
    return "sa.Text()" if kind == "type" and isinstance(item, Words) else False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table=VERSION_TABLE,
        render_as_batch=True,  # SQLite alters a table by making it again
        render_item=_rendered,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    from matcher.store.database import Database

    database = Database.unchecked()
    with database.migrating() as opened:
        _run(opened)
    database.close()
