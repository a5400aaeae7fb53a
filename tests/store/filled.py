"""A file with something in it."""

from __future__ import annotations

from pathlib import Path

from matcher.store.database import Database
from matcher.store.workspaces import WorkspaceRows


def filled(path: Path, size: int = 100) -> None:
    """A database with something in it, closed."""
    database = Database.open(str(path))
    rows = WorkspaceRows(database)
    rows.save("w", "d0", {f"d{i}": lambda: "x" * 3000 for i in range(size)}, based_on=None)
    database.close()
