"""Workspaces as rows: saves, two at a time, copies, deletion, and what is swept."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, insert, select

from matcher.store.database import Database
from matcher.store.errors import StoreError
from matcher.store.nodes import Texts, fetch, keep
from matcher.store.tables import answers, invitations, jobs, metadata, nodes, now, workspaces
from matcher.store.workspaces import Changed, Entry, WorkspaceRows


def documents(*names: str) -> Texts:
    """Documents that refer to nothing, by the names that stand for their digests."""
    return {name: lambda name=name: f'"{name}"' for name in names}  # type: ignore[misc]


def texts(database: Database, id: str, *digests: str) -> set[str]:
    with database.reading() as connection:
        return set(fetch(connection, id, digests))


def saved(rows: WorkspaceRows, id: str = "w", *, name: str = "") -> Entry:
    return rows.save(id, "root", documents("root", "roster"), based_on=None, name=name, people=3)


def test_an_unknown_workspace_is_not_found(rows: WorkspaceRows):
    assert rows.find("nobody knows") is None


def test_a_first_save_makes_the_workspace(rows: WorkspaceRows):
    entry = saved(rows, name="Spring")

    assert (entry.id, entry.name, entry.version, entry.root, entry.people) == ("w", "Spring", 1, "root", 3)
    assert entry.created == entry.changed <= now()
    assert entry.archived is None
    assert rows.find("w") == entry
    assert texts(rows.database, "w", "root", "roster", "other") == {"root", "roster"}


def test_a_later_save_adds_what_is_new_and_keeps_the_name(rows: WorkspaceRows):
    first = saved(rows, name="Spring")
    made = []

    def text() -> str:
        made.append("second")
        return "{}"

    def old() -> str:
        pytest.fail("A document that is kept already was made again.")

    entry = rows.save("w", "second", {"second": text, "roster": old}, based_on=1, people=4)

    assert (entry.name, entry.version, entry.root, entry.people) == ("Spring", 2, "second", 4)
    assert (entry.created, entry.archived) == (first.created, None)
    assert made == ["second"]
    assert rows.find("w") == entry


def test_of_two_that_changed_the_same_version_the_later_is_told_and_nothing_of_it_is_kept(url: str):
    one, other = Database.open(url), Database.open(url)
    first = saved(WorkspaceRows(one))
    theirs = WorkspaceRows(one).save("w", "theirs", documents("theirs"), based_on=1, people=5)

    with pytest.raises(Changed) as told:
        WorkspaceRows(other).save("w", "mine", documents("mine"), based_on=first.version, name="Mine")

    assert told.value.now == theirs
    assert WorkspaceRows(other).find("w") == theirs
    assert texts(other, "w", "mine", "theirs") == {"theirs"}
    one.close()
    other.close()


def test_somebody_who_saves_while_texts_are_made_is_not_overwritten(rows: WorkspaceRows):
    saved(rows)

    def slow() -> str:
        rows.save("w", "theirs", documents("theirs"), based_on=1)
        return "{}"

    with pytest.raises(Changed) as told:
        rows.save("w", "mine", {"mine": slow}, based_on=1)

    assert told.value.now == rows.find("w")
    assert texts(rows.database, "w", "mine", "theirs") == {"theirs"}


def test_a_save_whose_text_cannot_be_made_leaves_everything_as_it_was(rows: WorkspaceRows):
    before = saved(rows)

    def broken() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rows.save("w", "mine", {**documents("mine"), "broken": broken}, based_on=1)

    assert rows.find("w") == before
    assert texts(rows.database, "w", "mine") == set()


def test_a_workspace_is_made_once(rows: WorkspaceRows):
    before = saved(rows)

    with pytest.raises(Changed) as told:
        saved(rows)

    assert told.value.now == before


def test_of_two_that_make_a_workspace_at_once_the_later_is_told(rows: WorkspaceRows):
    told: list[Entry | None] = []

    def save() -> None:
        with pytest.raises(Changed) as changed:
            saved(rows)
        told.append(changed.value.now)

    later = threading.Thread(target=save)
    theirs = Entry("w", "Theirs", 1, "root", 0, 0, 0, None)
    with rows.database.writing() as connection:
        connection.execute(insert(workspaces), vars(theirs))
        later.start()
        later.join(0.2)  # it has seen by now that there is none
        assert not told
    later.join()

    assert told == [theirs] == rows.all()


def test_a_save_to_a_deleted_workspace_does_not_bring_it_back(rows: WorkspaceRows):
    saved(rows)
    rows.delete("w")

    with pytest.raises(Changed) as told:
        rows.save("w", "mine", documents("mine"), based_on=1)

    assert told.value.now is None
    assert rows.find("w") is None


def test_a_workspace_is_renamed_and_archived_without_another_version(rows: WorkspaceRows):
    before = saved(rows)

    assert rows.rename("w", "Autumn").name == "Autumn"
    archived = rows.archive("w", True)
    assert archived.archived is not None
    assert archived.archived >= before.created
    assert rows.archive("w", False).archived is None
    assert rows.find("w") == Entry(**{**vars(before), "name": "Autumn"})


@pytest.mark.parametrize(
    "act",
    [
        lambda rows: rows.rename("gone", "x"),
        lambda rows: rows.archive("gone", True),
    ],
    ids=["rename", "archive"],
)
def test_what_is_done_to_a_deleted_workspace_says_so(rows: WorkspaceRows, act):
    with pytest.raises(StoreError, match="There is no such workspace any more"):
        act(rows)

    assert rows.all() == []


def test_a_browser_lists_what_it_opened_the_latest_first(rows: WorkspaceRows):
    entries = {id: saved(rows, id) for id in "abc"}
    for id in ("a", "b", "a", "not kept yet"):
        rows.opened("browser", id)
        wait = now()
        while now() == wait:  # the next one is later by the clock
            pass
    rows.opened("another", "c")

    assert rows.of_browser("browser") == [entries["a"], entries["b"]]
    rows.leave("browser", "a")
    assert rows.of_browser("browser") == [entries["b"]]
    assert rows.of_browser("another") == [entries["c"]]
    assert {entry.id for entry in rows.all()} == {"a", "b", "c"}


def test_all_are_listed_the_last_changed_first(rows: WorkspaceRows):
    saved(rows, "a")
    saved(rows, "b")
    wait = now()
    while now() == wait:
        pass
    rows.save("a", "more", documents("more"), based_on=1)

    assert [entry.id for entry in rows.all()] == ["a", "b"]


def job(workspace: str, number: int = 1, **digests: str) -> dict[str, object]:
    return {
        "id": f"job {number} of {workspace}", "workspace_id": workspace, "kind": "k", "state": "queued",
        "created": 0, **digests,
    }  # fmt: skip


def fill(database: Database, workspace: str) -> None:
    """A row that belongs to the workspace in every table that has such rows."""
    invitation = {
        "id": f"i {workspace}", "workspace_id": workspace, "token_hash": f"i {workspace}", "created": 0,
        "asks_frictions": True, "asks_turns_to": False, "note": "",
    }  # fmt: skip
    answer = {
        "id": f"a {workspace}", "invitation_id": f"i {workspace}", "workspace_id": workspace, "name": "Ann",
        "who": "ann", "token_hash": f"a {workspace}", "superpowers": ["empathy"], "turns_to": [],
        "rather_not": [], "version": 1, "created": 0, "changed": 0,
    }  # fmt: skip
    with database.writing() as connection:
        connection.execute(insert(jobs), [job(workspace)])
        connection.execute(insert(invitations), [invitation])
        connection.execute(insert(answers), [answer])
    WorkspaceRows(database).opened("browser", workspace)


def counts(database: Database) -> dict[str, int]:
    with database.reading() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }


def test_a_deleted_workspace_leaves_nothing_behind_in_any_table(rows: WorkspaceRows):
    saved(rows, "other")
    fill(rows.database, "other")
    before = counts(rows.database)
    assert all(before.values()), "a table without a row would prove nothing"
    saved(rows)
    fill(rows.database, "w")

    rows.delete("w")

    assert counts(rows.database) == before
    rows.delete("w")  # nothing is left to delete, and that is no mistake
    rows.delete("other")
    assert not any(counts(rows.database).values())


HOSTILE = ["\0", "a\0b", "\ud83d", "\udfff!", "“quotes”'; DROP TABLE workspaces", "\U0001f9e9", "名前", ""]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_kept_alike(rows: WorkspaceRows, name: str):
    clean = "".join(
        "\N{REPLACEMENT CHARACTER}" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in name
    )
    entry = saved(rows, name=name)

    assert entry.name == clean
    assert rows.find("w") == entry
    assert rows.rename("w", name).name == clean


@pytest.mark.parametrize("id", HOSTILE)
def test_hostile_ids_find_nothing_and_break_nothing(rows: WorkspaceRows, id: str):
    assert rows.find(id) is None
    rows.opened("browser", id)
    rows.leave("browser", id)
    rows.delete(id)
    assert rows.sweep(id) == 0
    assert rows.of_browser("browser") == []


def test_more_documents_than_one_statement_takes_are_kept_and_found(rows: WorkspaceRows):
    many = [f"d{i}" for i in range(1234)]

    rows.save("w", "d0", documents(*many), based_on=None)

    assert texts(rows.database, "w", *many, "none") == set(many)


def test_documents_of_a_workspace_that_is_gone_are_not_kept(database: Database):
    with database.writing() as connection:
        assert not keep(connection, "gone", documents("a"))
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(nodes)) == 0
