"""What is refused: a sentence, no password in it, and everything left as it was."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert, make_url, select, text

from matcher.store.database import Database
from matcher.store.errors import StoreError
from matcher.store.places import without_secrets
from matcher.store.tables import nodes
from matcher.store.workspaces import WorkspaceRows
from tests.browser.serving import free_port
from tests.store.filled import filled


def refused(url: str) -> str:
    """The sentence with which a database is refused."""
    with pytest.raises(StoreError) as told:
        Database.open(url)
    (problem,) = told.value.problems
    assert problem.message.endswith(".")
    return problem.message


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("sqlite://", "has to name a file"),
        ("sqlite:///:memory:", "has to name a file"),
        ("sqlite:///a.db?mode=ro", "without options"),
        ("sqlite://host/a.db", "has to name a file"),
        ("mysql://ann:hush@host/work", "“mysql”"),
        ("nonsense://ann:hush@host/work", "“nonsense”"),
        ("postgresql://ann:hu@sh@host/work", "written as %40"),
        ("postgresql://ann:hush@host:port/work", "cannot be read"),
        ("://hush", "cannot be read"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(named: str, said: str):
    sentence = refused(named)

    assert said in sentence
    assert "MATCHER_DATABASE" in sentence
    assert "sh" not in sentence.replace("should", "")


def test_a_password_that_the_database_repeats_is_left_out():
    url = make_url("postgresql+psycopg://ann:hush@host/work?sslpassword=quiet")

    assert without_secrets("no user ann with hush or quiet", url) == "no user ann with … or …"


def overwritten(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xa5" * 4096 * 20)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def without_head(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(20)
        file.write(b"\xff" * 60)


@pytest.mark.parametrize("damage", [overwritten, cut, without_head])
def test_a_damaged_file_is_refused_and_left_as_it_is(tmp_path: Path, damage):
    path = tmp_path / "kept.sqlite3"
    filled(path)
    damage(path)
    before = path.read_bytes()

    sentence = refused(str(path))

    assert "is damaged" in sentence or "is not a database" in sentence
    assert str(path) in sentence
    assert path.read_bytes() == before


def test_damage_that_comes_later_is_told_too(tmp_path: Path):
    path = tmp_path / "kept.sqlite3"
    filled(path, 300)
    database = Database.open(str(path))
    database.close()  # the next connection remembers nothing of the file
    overwritten(path)

    with pytest.raises(StoreError, match="is damaged"), database.reading() as connection:
        connection.execute(select(nodes)).all()
    database.close()


@pytest.mark.parametrize("content", [b"name,superpowers\nAnn,Empathy\n" * 100, b"xy", b"\0" * 5000])
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes):
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    path.chmod(0o644)

    assert f"“{path}” is not a database" in refused(str(path))
    assert path.read_bytes() == content
    assert path.stat().st_mode & 0o777 == 0o644
    assert list(tmp_path.iterdir()) == [path]


def test_another_programs_file_is_refused_and_left_as_it_is(tmp_path: Path):
    path = tmp_path / "bookmarks.sqlite3"
    with closing(sqlite3.connect(path)) as theirs:
        theirs.execute("CREATE TABLE bookmarks (address)")
    before = path.read_bytes()

    assert "the tables of another program (“bookmarks”)" in refused(str(path))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_another_programs_tables_on_a_server_are_only_in_the_way_when_they_have_our_names(
    postgresql_url: str,
):
    engine = create_engine(postgresql_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE jobs (pay int)"))

    assert "another program (“jobs”)" in refused(postgresql_url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE jobs RENAME TO bookmarks"))
    engine.dispose()
    Database.open(postgresql_url).close()


def test_a_newer_database_is_refused_and_left_as_it_is(new_url: str):
    database = Database.open(new_url)
    with database.writing() as connection:
        connection.execute(text("UPDATE matcher_revision SET version_num = '2999'"))
        connection.execute(text("ALTER TABLE workspaces RENAME TO rooms"))
    database.close()

    assert "was written by a newer version of this program (its step is “2999”)" in refused(new_url)
    engine = create_engine(new_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM matcher_revision")).scalar() == "2999"
    engine.dispose()


def test_a_place_that_cannot_hold_a_file_is_refused(tmp_path: Path):
    (tmp_path / "file").touch()

    assert "is not a file" in refused(str(tmp_path))
    assert "No such file or directory" in refused(str(tmp_path / "missing" / "kept.sqlite3"))
    assert "Not a directory" in refused(str(tmp_path / "file" / "kept.sqlite3"))
    assert "cannot be made" in refused(str(tmp_path / ("long" * 100)))


@contextmanager
def anybody() -> Iterator[Path]:
    """A folder of somebody's who has no special rights, as whom the block runs."""
    with tempfile.TemporaryDirectory() as name:
        place, me = Path(name), os.geteuid()
        if me == 0:
            os.chown(place, 65534, 65534)
            os.seteuid(65534)
        try:
            yield place
        finally:
            place.chmod(0o700)
            os.seteuid(me)


def test_a_folder_that_may_not_be_written_to_is_refused():
    with anybody() as folder:
        folder.chmod(0o500)

        assert "cannot be made: Permission denied" in refused(str(folder / "kept.sqlite3"))


def test_a_file_that_may_not_be_written_to_is_refused():
    with anybody() as folder:
        path = folder / "kept.sqlite3"
        filled(path, 1)
        path.chmod(0o400)
        folder.chmod(0o500)

        assert "cannot be written" in refused(str(path))


def test_a_full_disk_is_told_and_what_was_kept_stays(sqlite_url: str):
    database = Database.open(sqlite_url)
    rows = WorkspaceRows(database)
    before = rows.save("w", "r", {"r": lambda: "{}"}, based_on=None)

    def write() -> None:
        with database.writing() as connection:
            connection.execute(text("PRAGMA max_page_count = 1"))  # no less than it has
            connection.execute(insert(nodes), {"workspace_id": "w", "digest": "d", "text": "x" * 100_000})

    with pytest.raises(StoreError, match="is full"):
        write()

    assert rows.find("w") == before
    database.close()


def test_a_server_that_is_not_there_is_told_without_the_password():
    sentence = refused(f"postgresql://ann:hush@127.0.0.1:{free_port()}/work?connect_timeout=2")

    assert "“postgresql://ann@127.0.0.1:" in sentence
    assert "cannot be reached" in sentence
    assert "hush" not in sentence


def test_a_database_that_the_server_lacks_is_told_without_the_password(postgresql_url: str):
    url = make_url(postgresql_url).set(database="nowhere", password="hush")

    sentence = refused(url.render_as_string(hide_password=False))

    assert "/nowhere” cannot be reached" in sentence
    assert 'database "nowhere" does not exist' in sentence
    assert "hush" not in sentence


def test_a_user_who_may_not_make_tables_is_told(postgresql_url: str):
    engine = create_engine(postgresql_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE ROLE guest LOGIN"))
        schema = connection.execute(text("SELECT current_schema()")).scalar()
        connection.execute(text(f"GRANT USAGE ON SCHEMA {schema} TO guest"))

    sentence = refused(make_url(postgresql_url).set(username="guest").render_as_string())

    with engine.begin() as connection:
        connection.execute(text("DROP OWNED BY guest"))
        connection.execute(text("DROP ROLE guest"))
    engine.dispose()
    assert "does not allow this" in sentence
