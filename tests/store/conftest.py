"""An empty database of each kind for every test."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import URL, create_engine, text

from matcher.store.database import Database
from matcher.store.workspaces import WorkspaceRows
from tests.store import postgresql

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[URL]:
    """The address of a running PostgreSQL."""
    with postgresql.running() as url:
        if url is None:
            reason = (
                "No PostgreSQL on this machine; install it (Debian and Ubuntu: apt install postgresql), "
                f"or name a server's URL in {postgresql.NAMED}."
            )
            if os.environ.get("REQUIRE_POSTGRESQL") == "1":
                pytest.fail(reason)
            pytest.skip(reason)
        yield url


@contextmanager
def a_schema(server: URL) -> Iterator[str]:
    """The URL of an empty database: a schema of its own on the server."""
    schema = f"test_{secrets.token_hex(8)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
        url = server.update_query_dict({"options": f"-csearch_path={schema}"})
        yield url.render_as_string(hide_password=False)
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


# --- not made yet: for what opens a database, or alters its tables


@pytest.fixture
def postgresql_url(postgresql_server: URL) -> Iterator[str]:
    """The URL of a PostgreSQL without tables."""
    with a_schema(postgresql_server) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a file that is not there yet."""
    return f"sqlite:///{tmp_path / 'new.sqlite3'}"


@pytest.fixture(params=KINDS)
def new_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database without tables, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def new_database(new_url: str) -> Iterator[Database]:
    """A database whose tables the test may alter, once of each kind."""
    opened = Database.open(new_url)
    yield opened
    opened.close()


# --- with all tables and no rows: for everything else, in a tenth of the time


@pytest.fixture(scope="session")
def _file_to_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "kept.sqlite3"
    Database.open(str(path)).close()
    return path


@pytest.fixture(scope="session")
def _server_to_empty(postgresql_server: URL) -> Iterator[Database]:
    with a_schema(postgresql_server) as url:
        opened = Database.open(url)
        yield opened
        opened.close()


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database, once of each kind."""
    if request.param == "sqlite":
        copyfile(request.getfixturevalue("_file_to_copy"), tmp_path / "kept.sqlite3")
        yield f"sqlite:///{tmp_path / 'kept.sqlite3'}"
        return
    server: Database = request.getfixturevalue("_server_to_empty")
    yield server.engine.url.render_as_string(hide_password=False)
    with server.writing() as connection:
        connection.execute(text("DELETE FROM workspaces"))  # everything else goes with them


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An open, empty database, once of each kind."""
    opened = Database.open(url)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def database_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A file for all examples of a property; each cleans up after itself."""
    opened = Database.open(str(tmp_path_factory.mktemp("all") / "kept.sqlite3"))
    yield opened
    opened.close()


@pytest.fixture
def rows(database: Database) -> WorkspaceRows:
    """The workspaces of that database."""
    return WorkspaceRows(database)
