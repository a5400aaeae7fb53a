"""The queue: who gets which job, and what becomes of it, on both databases."""

from __future__ import annotations

import multiprocessing
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from matcher.store.database import Database
from matcher.store.errors import StoreError
from matcher.store.job import JobRow, JobState
from matcher.store.nodes import fetch
from matcher.store.queue import Queue
from matcher.store.workspaces import WorkspaceRows

ME, OTHER, HOST, MANY = "me", "somebody else", "here", 1000


def texts(*names: str) -> dict[str, Any]:
    """Documents by the names that stand for their digests."""
    return {name: partial(str, f'"{name}"') for name in names}


@pytest.fixture
def queue(database: Database) -> Queue:
    """The queue of a database with one workspace."""
    WorkspaceRows(database).save("w", "root", texts("root"), based_on=None)
    return Queue(database)


def put(queue: Queue, *ids: str, workspace: str = "w") -> None:
    for id_ in ids:
        documents = texts(f"task of {id_}", "asked")
        queue.put(id_, workspace, kind="Forming", task=f"task of {id_}", asked="asked", documents=documents)


def claimed(queue: Queue, owner: str = ME, host: str = HOST, most: int = MANY) -> JobRow:
    row = queue.claim(owner, host, most)
    assert row is not None
    return row


def found(queue: Queue, id_: str) -> JobRow:
    row = queue.find(id_)
    assert row is not None
    return row


def end(queue: Queue, row: JobRow, state: JobState = JobState.FINISHED, owner: str = ME, **how: Any) -> bool:
    result = how.get("result")
    return queue.end(row, owner, state, documents=texts(*([result] if result else [])), **how)


def state(queue: Queue, id_: str) -> tuple[JobState, str]:
    row = found(queue, id_)
    return row.state, row.reason


def hasty(queue: Queue) -> Queue:
    """A queue of the same database in which a lease has ended as soon as it is given."""
    return Queue(queue.database, lease=-1.0)


# --- in turn --------------------------------------------------------------------------------------


def test_jobs_are_claimed_in_the_order_in_which_they_came(queue: Queue):
    put(queue, "a", "b", "c")

    assert [claimed(queue).id for _ in range(3)] == ["a", "b", "c"]
    assert queue.claim(ME, HOST, MANY) is None


def test_a_claimed_job_says_what_it_is_about(queue: Queue):
    put(queue, "a")
    row = claimed(queue)

    assert (row.workspace, row.state, row.task, row.asked) == ("w", JobState.RUNNING, "task of a", "asked")
    assert found(queue, "a").state is JobState.RUNNING


def test_what_a_job_refers_to_is_kept_with_it(queue: Queue):
    put(queue, "a")

    with queue.database.reading() as connection:
        assert set(fetch(connection, "w", ["task of a", "asked"])) == {"task of a", "asked"}


def test_a_job_for_a_workspace_that_is_gone_is_refused(queue: Queue):
    with pytest.raises(StoreError, match="deleted in the meantime"):
        put(queue, "a", workspace="gone")

    assert queue.find("a") is None


def test_each_job_sees_how_many_are_before_it_those_under_way_included(queue: Queue):
    put(queue, "a", "b", "c")
    assert [found(queue, id_).ahead for id_ in "abc"] == [0, 1, 2]

    row = claimed(queue)
    assert [found(queue, id_).ahead for id_ in "abc"] == [0, 1, 2]

    end(queue, row)
    assert [found(queue, id_).ahead for id_ in "abc"] == [0, 0, 1]


def test_a_queued_job_that_is_stopped_makes_room_for_those_behind_it(queue: Queue):
    put(queue, "a", "b", "c")
    queue.stop("b")

    assert [found(queue, id_).ahead for id_ in "abc"] == [0, 0, 1]
    assert [claimed(queue).id, claimed(queue).id] == ["a", "c"]


def test_eight_threads_at_once_claim_every_job_once(queue: Queue):
    put(queue, *(f"job {i}" for i in range(40)))
    ready = threading.Barrier(8)

    def work(number: int) -> list[str]:
        ready.wait()
        mine = []
        while (row := queue.claim(f"thread {number}", HOST, MANY)) is not None:
            mine.append(row.id)
            assert end(queue, row, owner=f"thread {number}")
        return mine

    with ThreadPoolExecutor(8) as pool:
        taken = Counter(id_ for mine in pool.map(work, range(8)) for id_ in mine)

    assert taken == Counter(f"job {i}" for i in range(40))


def _claim_all(url: str, number: int) -> list[str]:
    database = Database.open(url)
    queue, mine = Queue(database), []
    while (row := queue.claim(f"process {number}", HOST, MANY)) is not None:
        mine.append(row.id)
    database.close()
    return mine


def test_processes_claim_every_job_once(queue: Queue, url: str):
    put(queue, *(f"job {i}" for i in range(24)))

    with multiprocessing.get_context("forkserver").Pool(3) as pool:
        taken = Counter(id_ for mine in pool.map(partial(_claim_all, url), range(3)) for id_ in mine)

    assert taken == Counter(f"job {i}" for i in range(24))


def test_no_more_jobs_are_under_way_on_a_host_than_it_allows(queue: Queue):
    put(queue, *"abcd")
    first = claimed(queue, most=2)
    claimed(queue, owner=OTHER, most=2)

    assert queue.claim(ME, HOST, 2) is None
    assert claimed(queue, host="elsewhere", most=2).id == "c"

    end(queue, first)
    assert claimed(queue, most=2).id == "d"


def test_threads_that_claim_at_once_stay_below_the_hosts_limit(queue: Queue):
    put(queue, *(f"job {i}" for i in range(8)))
    ready = threading.Barrier(6)

    def claim(number: int) -> JobRow | None:
        ready.wait()
        return queue.claim(f"thread {number}", HOST, 2)

    with ThreadPoolExecutor(6) as pool:
        rows = list(pool.map(claim, range(6)))

    assert sum(row is not None for row in rows) == 2


# --- how it ends ----------------------------------------------------------------------------------


def test_a_job_ends_with_its_result(queue: Queue):
    put(queue, "a")

    assert end(queue, claimed(queue), result="plan")
    row = found(queue, "a")
    assert (row.state, row.result, row.error, row.task) == (JobState.FINISHED, "plan", None, None)
    with queue.database.reading() as connection:
        assert fetch(connection, "w", ["plan"]) == {"plan": '"plan"'}


def test_finished_stopped_and_failed_are_told_apart(queue: Queue):
    put(queue, "a", "b", "c", "d")
    end(queue, claimed(queue))
    end(queue, claimed(queue), JobState.FAILED, error="why")
    queue.stop(claimed(queue).id)
    end(queue, found(queue, "c"), JobState.STOPPED, reason="manager")
    queue.stop("d")

    assert [state(queue, id_) for id_ in "abcd"] == [
        (JobState.FINISHED, ""),
        (JobState.FAILED, ""),
        (JobState.STOPPED, "manager"),
        (JobState.STOPPED, "manager"),
    ]
    assert found(queue, "b").error == "why"
    assert all(found(queue, id_).state.done for id_ in "abcd")


def test_what_is_added_finished_is_never_claimed(queue: Queue):
    queue.add("a", "w", kind="Plan", asked="asked", result="plan", documents=texts("asked", "plan"))

    assert queue.claim(ME, HOST, MANY) is None
    assert (found(queue, "a").state, found(queue, "a").result) == (JobState.FINISHED, "plan")


def test_a_running_job_is_asked_to_stop_and_its_owner_hears_of_it(queue: Queue):
    put(queue, "a")
    claimed(queue)

    assert queue.stop("a") is JobState.STOPPING
    assert queue.held(ME) == {"a": JobState.STOPPING}
    assert queue.beat("a", ME) is JobState.STOPPING
    assert not found(queue, "a").state.done


def test_a_job_that_is_stopped_between_claim_and_begin_is_known_to_be(queue: Queue):
    put(queue, "a")
    row = claimed(queue)
    queue.stop("a")

    assert row.state is JobState.RUNNING
    assert queue.held(ME) == {row.id: JobState.STOPPING}


def test_what_has_ended_or_never_was_cannot_be_stopped(queue: Queue):
    put(queue, "a")
    end(queue, claimed(queue))

    assert queue.stop("a") is None
    assert queue.stop("never") is None
    assert state(queue, "a") == (JobState.FINISHED, "")


def test_the_last_told_and_the_best_so_far_are_there_for_everybody(queue: Queue):
    put(queue, "a")
    claimed(queue)
    queue.beat("a", ME, progress="1", best="plan 1")
    queue.beat("a", ME, progress="2")

    assert (found(queue, "a").progress, found(queue, "a").best) == ("2", "plan 1")


# --- leases ---------------------------------------------------------------------------------------


def test_a_lease_that_is_renewed_stays(queue: Queue):
    put(queue, "a")
    hasty(queue).claim(ME, HOST, MANY)
    queue.beat("a", ME)

    assert queue.interrupt() == 0
    assert state(queue, "a") == (JobState.RUNNING, "")


def test_a_job_whose_lease_has_ended_is_interrupted_and_keeps_its_best_plan(queue: Queue):
    put(queue, "a")
    claimed(queue)
    hasty(queue).beat("a", ME, best="plan")

    assert queue.interrupt() == 1
    assert state(queue, "a") == (JobState.STOPPED, "interrupted")
    assert (found(queue, "a").best, found(queue, "a").task) == ("plan", "task of a")
    assert queue.claim(OTHER, HOST, MANY) is None


def test_a_job_whose_end_was_asked_for_is_not_called_interrupted(queue: Queue):
    put(queue, "a")
    hasty(queue).claim(ME, HOST, MANY)
    queue.stop("a")
    queue.interrupt()

    assert state(queue, "a") == (JobState.STOPPED, "manager")


def test_who_lost_the_lease_writes_nothing(queue: Queue):
    put(queue, "a")
    row = hasty(queue).claim(ME, HOST, MANY)
    assert row is not None
    queue.interrupt()

    assert queue.beat("a", ME, best="late") is None
    assert not end(queue, row, result="late")
    assert not queue.give_back("a", ME, "late")
    assert state(queue, "a") == (JobState.STOPPED, "interrupted")
    assert found(queue, "a").best is None
    with queue.database.reading() as connection:
        assert fetch(connection, "w", ["late"]) == {}


def test_nobody_else_ends_a_job(queue: Queue):
    put(queue, "a")
    row = claimed(queue)

    assert queue.beat("a", OTHER) is None
    assert not end(queue, row, owner=OTHER)
    assert not queue.give_back("a", OTHER)
    assert state(queue, "a") == (JobState.RUNNING, "")


def test_an_interrupted_host_has_room_again(queue: Queue):
    put(queue, "a", "b")
    hasty(queue).claim(ME, HOST, 1)
    assert queue.claim(OTHER, HOST, 1) is None

    queue.interrupt()
    assert claimed(queue, OTHER, most=1).id == "b"


def test_a_job_that_is_given_back_keeps_its_place_and_its_best_plan(queue: Queue):
    put(queue, "a", "b")
    claimed(queue)

    assert queue.give_back("a", ME, "plan")
    assert state(queue, "a") == (JobState.QUEUED, "")
    again = claimed(queue, OTHER)
    assert (again.id, again.best) == ("a", "plan")


def test_a_job_whose_end_was_asked_for_is_not_given_back(queue: Queue):
    put(queue, "a")
    claimed(queue)
    queue.stop("a")

    assert not queue.give_back("a", ME)


def test_what_an_interrupted_job_has_come_to_is_said_once(queue: Queue):
    put(queue, "a")
    claimed(queue)
    hasty(queue).beat("a", ME, best="plan")
    queue.interrupt()
    row = found(queue, "a")
    queue.settle(row, "first", texts("first"))
    queue.settle(row, "second", texts("second"))

    assert (found(queue, "a").result, found(queue, "a").best) == ("first", None)


# --- what is no longer wanted ---------------------------------------------------------------------


def test_jobs_that_nobody_wants_are_deleted_and_those_under_way_stopped(queue: Queue):
    put(queue, "done", "wanted", "running", "queued")
    end(queue, claimed(queue))
    end(queue, claimed(queue))
    claimed(queue)
    queue.tidy("w", ["wanted"], seconds=-1)

    assert queue.find("done") is None
    assert state(queue, "wanted") == (JobState.FINISHED, "")
    assert state(queue, "running") == (JobState.STOPPING, "")
    assert queue.find("queued") is None


def test_young_jobs_stay_and_so_do_those_of_others(queue: Queue):
    WorkspaceRows(queue.database).save("other", "root", texts("root"), based_on=None)
    put(queue, "young")
    put(queue, "theirs", workspace="other")
    queue.stop("young")
    queue.stop("theirs")

    assert queue.tidy("w", [], seconds=60) == 0
    assert queue.tidy("w", [], seconds=-1) == 1
    assert queue.find("theirs") is not None


def test_a_deleted_workspace_takes_its_jobs_along_and_their_owners_lose_them(queue: Queue):
    put(queue, "a")
    row = claimed(queue)
    WorkspaceRows(queue.database).delete("w")

    assert queue.find("a") is None
    assert not end(queue, row, result="plan")


def test_jobs_can_be_made_to_refer_to_other_documents(queue: Queue):
    put(queue, "ended", "running")
    end(queue, claimed(queue), result="plan")
    row = claimed(queue)
    queue.rewrite("w", {"ended": {"asked": "asked 2", "result": "plan 2"}}, texts("asked 2", "plan 2"))

    assert (found(queue, "ended").asked, found(queue, "ended").result) == ("asked 2", "plan 2")
    assert [row.id for row in queue.of("w")] == ["ended"]
    assert not end(queue, row, result="plan")
