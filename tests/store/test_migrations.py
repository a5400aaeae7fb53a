"""The steps lead to the tables that the code knows, and lose nothing on the way."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, inspect, select, text

from matcher.store import upgrading
from matcher.store.database import Database
from matcher.store.migrations import HEAD, VERSION_TABLE
from matcher.store.tables import metadata, nodes
from matcher.store.upgrading import STEPS, upgrade
from matcher.store.workspaces import WorkspaceRows

FUTURE = '''
"""A step that is still to come: a table is made again, as SQLite alters one."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade():
    with op.batch_alter_table("workspaces") as table:
        table.alter_column("people", new_column_name="members")
        table.add_column(sa.Column("colour", sa.Text(), nullable=False, server_default="blue"))
    {then}
'''


def steps_with(folder: Path, then: str = "pass") -> Path:
    copytree(STEPS, folder / "steps")
    (folder / "steps" / "versions" / "r9999_future.py").write_text(FUTURE.format(head=HEAD, then=then))
    return folder / "steps"


def differences(connection: Connection) -> list[tuple[object, ...]]:
    """What the tables of a database have that the code's have not, and the other way round."""
    options = {"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
    context = MigrationContext.configure(connection, opts=options | {"target_metadata": metadata})
    found: list[tuple[object, ...]] = compare_metadata(context, metadata)
    return found


def test_the_steps_lead_to_the_tables_that_the_code_knows(new_database: Database):
    with new_database.reading() as connection:
        assert differences(connection) == []


def test_a_table_that_the_steps_do_not_make_is_noticed(new_database: Database):
    with new_database.writing() as connection:
        connection.execute(text("ALTER TABLE jobs RENAME COLUMN kind TO sort"))
        found = differences(connection)

    assert {difference[0] for difference in found} == {"add_column", "remove_column"}


def test_the_last_step_is_the_one_that_is_known_without_alembic(new_database: Database):
    scripts = ScriptDirectory(str(STEPS))

    assert scripts.get_heads() == [HEAD]
    with new_database.reading() as connection:
        assert upgrading.revision(connection) == HEAD


def test_the_first_step_can_be_taken_back(new_database: Database):
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.set_main_option("path_separator", "os")
    with new_database.migrating() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        left = set(inspect(connection).get_table_names())

    assert left & metadata.tables.keys() == set()


def test_a_later_step_keeps_everything(new_database: Database, tmp_path: Path):
    database, rows = new_database, WorkspaceRows(new_database)
    before = rows.save("w", "r", {"r": lambda: "{}"}, based_on=None, name="Spring")

    with database.migrating() as connection:
        upgrade(connection, database.shown, steps_with(tmp_path))

    with database.reading() as connection:
        row = connection.execute(text("SELECT * FROM workspaces")).mappings().one()
        assert connection.scalar(select(func.count()).select_from(nodes)) == 1
    assert (row["name"], row["members"], row["colour"]) == (before.name, before.people, "blue")
    rows.delete("w")  # what belongs to it goes with it, as before
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(nodes)) == 0


def test_a_step_that_fails_changes_nothing(new_database: Database, tmp_path: Path):
    unchanged_after(WorkspaceRows(new_database), steps_with(tmp_path, "1 / 0"), ZeroDivisionError)


def test_a_step_that_leaves_rows_without_what_they_belong_to_changes_nothing(sqlite_url: str, tmp_path: Path):
    database = Database.open(sqlite_url)
    steps = steps_with(tmp_path, "op.execute('DELETE FROM workspaces')")

    unchanged_after(WorkspaceRows(database), steps, RuntimeError)

    database.close()


def unchanged_after(rows: WorkspaceRows, steps: Path, error: type[Exception]) -> None:
    database = rows.database
    before = rows.save("w", "r", {"r": lambda: "{}"}, based_on=None, name="Spring")

    def take() -> None:
        with database.migrating() as connection:
            upgrade(connection, database.shown, steps)

    with pytest.raises(error):
        take()

    assert rows.find("w") == before
    with database.reading() as connection:
        assert upgrading.revision(connection) == HEAD
        assert connection.scalar(select(func.count()).select_from(nodes)) == 1
        assert "colour" not in {column["name"] for column in inspect(connection).get_columns("workspaces")}
