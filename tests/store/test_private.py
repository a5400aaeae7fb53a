"""Files that only their owner reads, and nothing in them that was deleted."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from matcher.store.database import Database
from matcher.store.sqlite_file import make
from matcher.store.workspaces import WorkspaceRows
from tests.store.filled import filled


def modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}


@pytest.fixture(params=[0, 0o22, 0o777], ids=["umask 0", "umask 022", "umask 777"])
def umask(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def test_all_files_are_readable_by_their_owner_only(tmp_path: Path, umask: None):
    database = Database.open(str(tmp_path / "kept"))
    WorkspaceRows(database).save("w", "r", {"r": lambda: "{}"}, based_on=None)

    assert modes(tmp_path) == {"kept": 0o600, "kept-wal": 0o600, "kept-shm": 0o600}
    database.backup(tmp_path / "backup")
    assert modes(tmp_path)["backup"] == 0o600
    database.close()


def test_a_file_is_closed_to_others_from_its_first_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Path, "chmod", lambda *_: None)
    before = os.umask(0)
    try:
        make(tmp_path / "kept")
    finally:
        os.umask(before)

    assert modes(tmp_path) == {"kept": 0o600}


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path):
    path = tmp_path / "kept"
    filled(path)
    with closing(sqlite3.connect(path)) as theirs:  # somebody has it open, so that its log stays
        path.chmod(0o644)
        theirs.execute("SELECT count(*) FROM workspaces")
        assert modes(tmp_path) == {"kept": 0o644, "kept-wal": 0o644, "kept-shm": 0o644}
        Database.open(str(path)).close()
        assert modes(tmp_path) == {"kept": 0o600, "kept-wal": 0o600, "kept-shm": 0o600}


def test_a_deleted_text_is_not_in_the_files_any_more(tmp_path: Path):
    database = Database.open(str(tmp_path / "kept"))
    rows = WorkspaceRows(database)
    secret = "they do not get on"
    rows.save("w", "r", {"r": lambda: f'"{secret}"', "s": lambda: f'"{secret * 2000}"'}, based_on=None)
    rows.save("other", "r", {"r": lambda: '"nothing"'}, based_on=None, name=secret)
    assert secret.encode() in b"".join(path.read_bytes() for path in tmp_path.iterdir())

    rows.rename("other", "Other")
    rows.delete("w")

    assert secret.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    database.close()
