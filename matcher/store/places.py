"""Where the database is, and what may be said about it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from matcher.store.errors import StoreError

VARIABLE = "MATCHER_DATABASE"
"""The environment variable that names the database."""

_HOST = re.compile(r"[\w.\-:%\[\]]*")


def place(named: str | None = None) -> URL:
    """Return where the database is.

    Parameters
    ----------
    named
        A file, or a URL of SQLite or PostgreSQL. Without one ``MATCHER_DATABASE`` has the say, and without
        that it is ``workspaces.sqlite3`` beside ``app.py``.

    Raises
    ------
    StoreError
        When it names no database that could be used. What was named is not repeated where it may hold a
        password.
    """
    named = named or os.environ.get(VARIABLE) or str(Path(__file__).parents[2] / "workspaces.sqlite3")
    if "://" not in named:
        return _file(named)
    try:
        url = make_url(named)
    except (ArgumentError, ValueError):
        raise StoreError(_UNREADABLE) from None
    if url.drivername in ("sqlite", "sqlite+pysqlite"):
        if url.query or url.host or not url.database or url.database == ":memory:":
            raise StoreError(
                f"{VARIABLE} has to name a file after “sqlite:///”, without options; what is kept in memory "
                "would be gone with the server."
            )
        return _file(url.database)
    if url.get_backend_name() in ("postgresql", "postgres"):
        if not _HOST.fullmatch(url.host or ""):  # a password with “@” in it would be taken for the host
            raise StoreError(_UNREADABLE)
        return url.set(drivername="postgresql+psycopg")
    raise StoreError(
        f"{VARIABLE} names a kind of database that is not known here, “{url.get_backend_name()}”; "
        "it can be a file (SQLite) or begin with postgresql://."
    )


_UNREADABLE = (
    f"{VARIABLE} cannot be read; it has to be a file or look like postgresql://user:password@host:5432/name, "
    "with characters such as @ and / in the password written as %40 and %2F."
)


def _file(name: str) -> URL:
    path = Path(os.path.abspath(Path(name).expanduser()))  # the folder may be another one later
    return URL.create("sqlite", database=str(path))


def shown(url: URL) -> str:
    """Return the database as messages name it, which is never with a password."""
    if url.get_backend_name() == "sqlite":
        return f"“{url.database}”"
    user = f"{url.username}@" if url.username else ""
    port = f":{url.port}" if url.port else ""
    return f"“postgresql://{user}{url.host or ''}{port}/{url.database or ''}”"


def without_secrets(text: str, url: URL) -> str:
    """Return a text of the database's own without the password, should it ever repeat it."""
    secrets = [url.password, url.query.get("password"), url.query.get("sslpassword")]
    for secret in secrets:
        if isinstance(secret, str) and secret:
            text = text.replace(secret, "…")
    return text
