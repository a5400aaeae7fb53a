"""How the tables came to be what they are, a step a file in ``versions``.

A new step: change ``tables.py``, then ``alembic revision --autogenerate -m "…"`` with the settings in
``pyproject.toml``, and name it below.
"""

from __future__ import annotations

HEAD = "0001"
"""The last step; known without loading Alembic, which only a database that is behind has to wait for."""

VERSION_TABLE = "matcher_revision"
"""Where a database says how far it is; a name of its own, as PostgreSQL may hold other programs' tables."""
