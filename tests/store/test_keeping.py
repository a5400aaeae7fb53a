"""The commands of whoever owns the database: a copy of it, and the links that are in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.cli import main
from matcher.cli.status import BAD_INPUT, OK
from matcher.store.database import Database
from matcher.store.workspaces import WorkspaceRows


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "kept.sqlite3"
    monkeypatch.setenv("MATCHER_DATABASE", str(path))
    return path


def test_a_backup_is_one_command(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    database = Database.open()
    entry = WorkspaceRows(database).save("w", "r", {"r": lambda: "{}"}, based_on=None)

    assert main(["backup", str(tmp_path / "copy")]) == OK

    database.close()
    assert capsys.readouterr() == ("", f"Written: {tmp_path / 'copy'}\n")
    copy = Database.open(str(tmp_path / "copy"))
    assert WorkspaceRows(copy).all() == [entry]
    copy.close()


def test_the_workspaces_are_listed_with_their_links(
    url: str, monkeypatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("MATCHER_DATABASE", url)
    database = Database.open()
    rows = WorkspaceRows(database)
    rows.save("first", "r", {}, based_on=None, name="Spring\n\x1b[31mround", people=12)
    rows.archive("first", True)
    rows.save("second", "r", {}, based_on=None, people=1)
    database.close()

    assert main(["workspaces"]) == OK

    out, err = capsys.readouterr()
    lines = {line.split()[0]: line for line in out.splitlines()}
    assert lines.keys() == {"?workspace=first", "?workspace=second"}
    assert lines["?workspace=first"].endswith(
        "  12 members  Spring \N{REPLACEMENT CHARACTER}[31mround (archived)"
    )
    assert lines["?workspace=second"].endswith("   1 member  (no name)")
    assert "behind the app's address" in err


def test_a_database_without_workspaces_says_so(file: Path, capsys: pytest.CaptureFixture[str]):
    Database.open().close()

    assert main(["workspaces"]) == OK
    assert capsys.readouterr() == ("", f"The database “{file}” holds no workspace.\n")


@pytest.mark.parametrize("command", [["workspaces"], ["backup", "copy"]], ids=["workspaces", "backup"])
def test_a_database_that_is_not_there_is_not_made(file: Path, command: list[str], capsys, monkeypatch):
    monkeypatch.chdir(file.parent)

    assert main(command) == BAD_INPUT

    assert f"There is no database “{file}”" in capsys.readouterr().err
    assert list(file.parent.iterdir()) == []


@pytest.mark.parametrize("command", [["workspaces"], ["backup", "copy"]], ids=["workspaces", "backup"])
def test_a_database_that_is_refused_is_a_sentence(file: Path, command: list[str], capsys, monkeypatch):
    monkeypatch.chdir(file.parent)
    file.write_text("name\nAnn\n")

    assert main(command) == BAD_INPUT

    assert f"“{file}” is not a database." in capsys.readouterr().err
    assert list(file.parent.iterdir()) == [file]
