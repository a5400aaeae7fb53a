"""Copies of the database, while it is written to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from matcher.store.backup import back_up
from matcher.store.database import Database
from matcher.store.errors import StoreError
from matcher.store.nodes import fetch
from matcher.store.places import place
from matcher.store.workspaces import WorkspaceRows


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(str(tmp_path / "kept.sqlite3"))
    WorkspaceRows(database).save("w", "r1", {"r1": lambda: "x" * 200_000}, based_on=None, name="Spring")
    yield database
    database.close()


def test_a_backup_is_a_database_with_everything_in_it(file: Database, tmp_path: Path):
    file.backup(tmp_path / "backup")

    copy = Database.open(str(tmp_path / "backup"))
    assert WorkspaceRows(copy).all() == WorkspaceRows(file).all()
    with copy.reading() as connection:
        assert fetch(connection, "w", ["r1"]) == {"r1": "x" * 200_000}
    copy.close()
    left = {path.name for path in tmp_path.iterdir()} - {"kept.sqlite3-wal", "kept.sqlite3-shm"}
    assert left == {"kept.sqlite3", "backup"}


def test_a_backup_that_is_made_while_others_write_is_of_one_moment(file: Database, tmp_path: Path):
    done = threading.Event()

    def write() -> None:
        rows, version = WorkspaceRows(file), 1
        while not done.is_set():
            root = f"r{version + 1}"
            version = rows.save("w", root, {root: lambda: "x" * 20_000}, based_on=version).version

    writer = threading.Thread(target=write)
    writer.start()
    versions = []
    for number in range(5):
        file.backup(tmp_path / f"backup {number}")
        copy = Database.open(str(tmp_path / f"backup {number}"))
        entry = WorkspaceRows(copy).find("w")
        assert entry is not None
        assert entry.root == f"r{entry.version}"
        with copy.reading() as connection:
            every = [f"r{version}" for version in range(1, entry.version + 1)]
            assert fetch(connection, "w", [*every, f"r{entry.version + 1}"]).keys() == set(every)
        copy.close()
        versions.append(entry.version)
    done.set()
    writer.join()

    assert versions == sorted(versions)


def test_a_backup_never_replaces_a_file(file: Database, tmp_path: Path):
    target = tmp_path / "people.csv"
    target.write_text("name\nAnn\n")

    with pytest.raises(StoreError, match="is there already"):
        file.backup(target)
    with pytest.raises(StoreError, match="is there already"):
        file.backup(tmp_path / "kept.sqlite3")

    assert target.read_text() == "name\nAnn\n"


def test_a_backup_that_cannot_be_written_says_so_and_leaves_nothing(file: Database, tmp_path: Path):
    with pytest.raises(StoreError, match="missing/backup” cannot be written: No such file or directory"):
        file.backup(tmp_path / "missing" / "backup")

    assert not list(tmp_path.glob("*backup*"))


def test_there_is_no_backup_of_what_is_not_there(tmp_path: Path):
    with pytest.raises(StoreError, match="There is no database"):
        back_up(place(str(tmp_path / "none")), tmp_path / "backup")

    assert list(tmp_path.iterdir()) == []


def test_there_is_no_backup_of_a_damaged_database(file: Database, tmp_path: Path):
    file.close()
    path = tmp_path / "kept.sqlite3"
    path.write_bytes(path.read_bytes()[:40_000])

    with pytest.raises(StoreError, match="is damaged"):
        file.backup(tmp_path / "backup")

    assert not list(tmp_path.glob("backup*"))


def test_postgresql_is_copied_by_its_own_command(tmp_path: Path):
    with pytest.raises(StoreError, match="pg_dump") as told:
        back_up(make_url("postgresql+psycopg://ann:hush@host/work"), tmp_path / "backup")

    assert "hush" not in str(told.value)
