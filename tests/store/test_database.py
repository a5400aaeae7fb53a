"""Opening a database: made, brought up to date, or refused with a sentence and left as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text, update

from matcher.store.database import Database
from matcher.store.errors import StoreError
from matcher.store.places import place
from matcher.store.tables import workspaces

ROOT = Path(__file__).parents[2]


def a_workspace(id: str = "w", name: str = "Spring") -> dict[str, object]:
    return {
        "id": id, "name": name, "version": 1, "root": "r", "people": 0, "created": 0, "changed": 0,
    }  # fmt: skip


# --- where it is ------------------------------------------------------------------------------------


def test_the_database_is_a_file_beside_the_app_unless_another_one_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.delenv("MATCHER_DATABASE", raising=False)
    assert place().database == str(ROOT / "workspaces.sqlite3")
    monkeypatch.setenv("MATCHER_DATABASE", "")
    assert place().database == str(ROOT / "workspaces.sqlite3")
    monkeypatch.setenv("MATCHER_DATABASE", str(tmp_path / "mine.sqlite3"))
    assert place().database == str(tmp_path / "mine.sqlite3")
    assert place(str(tmp_path / "other")).database == str(tmp_path / "other")


def test_a_file_is_named_by_its_path_or_by_a_url(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))

    for named in (
        "a b%.db",
        "sqlite:///a b%.db",
        f"sqlite:///{tmp_path}/a b%.db",
        "sqlite+pysqlite:///a b%.db",
    ):
        assert place(named).database == str(tmp_path / "a b%.db"), named
    assert place("~/a.db").database == str(tmp_path / "home" / "a.db")


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg", "postgresql+psycopg2"])
def test_every_way_to_say_postgresql_is_understood(scheme: str):
    url = place(f"{scheme}://ann@db.example:5433/work?sslmode=require")

    assert (url.drivername, url.host, url.port, url.database) == (
        "postgresql+psycopg", "db.example", 5433, "work",
    )  # fmt: skip


# --- made, and opened again -------------------------------------------------------------------------


def test_what_is_written_is_there_when_the_database_is_opened_again(new_url: str):
    for _ in range(2):
        database = Database.open(new_url)
        with database.reading() as connection:
            before = connection.scalars(select(workspaces.c.name)).all()
        with database.writing() as connection:
            connection.execute(insert(workspaces), a_workspace(str(len(before))))
        database.close()

    assert before == ["Spring"]


def test_a_block_that_raises_writes_nothing(database: Database):
    def write() -> None:
        with database.writing() as connection:
            connection.execute(insert(workspaces), a_workspace())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()

    with database.reading() as connection:
        assert connection.scalars(select(workspaces.c.id)).all() == []


def test_a_reader_sees_one_moment(database: Database):
    with database.writing() as connection:
        connection.execute(insert(workspaces), a_workspace())

    with database.reading() as reader:
        assert reader.scalar(select(workspaces.c.name)) == "Spring"
        with database.writing() as writer:
            writer.execute(update(workspaces).values(name="Autumn"))
        assert reader.scalar(select(workspaces.c.name)) == "Spring"

    with database.reading() as reader:
        assert reader.scalar(select(workspaces.c.name)) == "Autumn"


def test_a_file_is_written_to_a_log_first_and_waits_for_others(sqlite_url: str):
    database = Database.open(sqlite_url)
    with database.reading() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        found = [connection.execute(text(f"PRAGMA {pragma}")).scalar() for pragma in pragmas]
    database.close()

    assert found == ["wal", 1, 1, 1, 10_000]


def test_lines_that_the_server_has_cut_are_made_anew(postgresql_url: str):
    database, other = Database.open(postgresql_url), Database.open(postgresql_url)

    def line(connection: Connection) -> int:
        return connection.scalar(text("SELECT pg_backend_pid()")) or 0

    def cut(pid: int) -> None:
        with other.writing() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})

    with database.reading() as connection:
        before = line(connection)
    cut(before)
    with database.reading() as connection:
        assert line(connection) != before

    def read() -> None:
        with database.reading() as connection:
            cut(line(connection))
            connection.execute(select(workspaces.c.id))

    with pytest.raises(StoreError, match="Try again"):
        read()
    database.close()
    other.close()


# --- what starts without it -------------------------------------------------------------------------


def test_the_command_line_and_the_package_start_without_a_database():
    code = (
        "import sys, matcher, matcher.cli, matcher.store, matcher.store.errors\n"
        "try: matcher.cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print({'sqlalchemy', 'alembic', 'psycopg'} & set(sys.modules), file=sys.stderr)"
    )

    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert ran.stderr.strip() == "set()"


def test_a_database_that_is_up_to_date_is_opened_without_alembic(sqlite_url: str):
    Database.open(sqlite_url).close()
    code = (
        "import sys\nfrom matcher.store.database import Database\n"
        "Database.open(sys.argv[1]).close()\nprint({'alembic', 'psycopg'} & set(sys.modules))"
    )

    ran = subprocess.run(
        [sys.executable, "-c", code, sqlite_url], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert ran.stdout.strip() == "set()"
