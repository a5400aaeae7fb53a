from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from matcher.store.database import Database
from matcher.store.documents import Codec
from matcher.store.errors import StoreError
from matcher.store.tables import nodes
from matcher.work.formats import CLASSES, HOOKS, NODES
from matcher.work.workspace import Workspace
from matcher.work.workspaces import SWEEP_EVERY, NoWorkspace, Workspaces, name_of


@pytest.fixture
def database(tmp_path):
    opened = Database.open(str(tmp_path / "workspaces.sqlite3"))
    yield opened
    opened.close()


@pytest.fixture
def workspaces(database):
    return Workspaces(database)


def process(database):
    """What another process has of the same database: nothing in memory is shared."""
    return Workspaces(database, codec=Codec(CLASSES, (*NODES, *HOOKS), HOOKS))


def longer(work, by=1):
    return replace(work, settings=replace(work.settings, seconds=work.settings.seconds + by))


def test_what_is_changed_is_there_for_a_process_that_begins_later(workspaces, database):
    id_ = workspaces.begin(Workspace().with_sample("twelve"))
    kept = workspaces.change(id_, longer)
    again = process(database).get(id_)
    assert again == kept
    assert again.id == id_
    assert again.roster == kept.roster


def test_one_that_nobody_changes_is_the_same_object_with_all_that_was_made_of_it(workspaces):
    id_ = workspaces.begin(Workspace().with_sample("twelve"))
    found = workspaces.get(id_)
    assert workspaces.get(id_) is found
    assert workspaces.change(id_, longer).roster is found.roster


def test_a_change_that_changes_nothing_is_no_save_and_makes_no_workspace(workspaces):
    id_ = workspaces.begin(Workspace())
    before = workspaces.rows.find(id_)
    workspaces.change(id_, lambda work: work)
    assert workspaces.rows.find(id_) == before
    new = workspaces.new_id()
    workspaces.change(new, lambda work: work, begin=True)
    assert workspaces.get(new) is None


def test_a_change_during_which_another_process_was_quicker_is_made_again(workspaces, database):
    other, tries = process(database), []
    id_ = workspaces.begin(Workspace())

    def change(work):
        tries.append(work.settings.seconds)
        if len(tries) == 1:
            other.change(id_, lambda theirs: replace(theirs, ranked=False))
        return longer(work)

    after = workspaces.change(id_, change)
    assert tries == [10, 10]
    assert (after.settings.seconds, after.ranked) == (11, False)
    assert other.get(id_) == after


def test_of_many_threads_none_overwrites_another(database):
    both = Workspaces(database), process(database)
    id_ = both[0].begin(Workspace())
    threads = [
        threading.Thread(target=lambda w=w: [w.change(id_, longer) for _ in range(5)]) for w in both * 2
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert both[0].get(id_).settings.seconds == 10 + 20


def test_one_that_was_deleted_takes_no_changes_and_comes_not_back(workspaces):
    id_ = workspaces.begin(Workspace())
    workspaces.delete(id_)
    with pytest.raises(NoWorkspace, match="This workspace was deleted"):
        workspaces.change(id_, longer)
    assert workspaces.get(id_) is None


def test_a_change_that_cannot_be_done_leaves_everything_as_it_is(workspaces):
    id_ = workspaces.begin(Workspace())
    before = workspaces.rows.find(id_)
    with pytest.raises(ZeroDivisionError):
        workspaces.change(id_, lambda work: 1 / 0)
    assert workspaces.rows.find(id_) == before


def test_documents_to_which_nothing_leads_any_more_are_swept_now_and_then(workspaces, database):
    id_ = workspaces.begin(Workspace())
    for _ in range(SWEEP_EVERY):
        workspaces.change(id_, longer)
    with database.reading() as connection:
        assert len(connection.execute(nodes.select()).all()) < 10
    assert process(database).get(id_).settings.seconds == 10 + SWEEP_EVERY


def test_one_that_is_damaged_is_a_sentence_that_says_what_to_do(workspaces, database):
    id_ = workspaces.begin(Workspace(), "Spring")
    with database.writing() as connection:
        connection.execute(nodes.update().values(text='{"Workspace":{}}'))
    with pytest.raises(StoreError, match=r"“Spring” cannot be read: .* bring back the last backup"):
        process(database).get(id_)


@pytest.mark.parametrize(
    ("file", "name"), [("my team.csv", "my team"), ("a.b.xlsx", "a.b"), ("the pasted text", "")]
)
def test_a_workspace_is_called_like_the_first_roster_file(file, name):
    from matcher.work.bringing import bring_in

    assert name_of(bring_in(Workspace(), "name,superpowers\nAnna,Vision\n", file)) == name
