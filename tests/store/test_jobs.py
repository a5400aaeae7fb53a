"""Jobs that threads of this process do, and what is seen of them, on both databases."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from matcher.people.errors import InputError, RulesConflict
from matcher.plan.options import FormingProgress
from matcher.store.database import Database
from matcher.store.documents import Codec
from matcher.store.errors import StoreError
from matcher.store.job import JobState
from matcher.store.queue import Queue
from matcher.store.workspaces import WorkspaceRows
from matcher.work import documents as kept
from matcher.work.formats import CLASSES, HOOKS, NODES
from matcher.work.jobs import JobManager, Look
from matcher.work.settings import Settings

PATIENCE = 30.0
FIRST = FormingProgress(50.0, 90.0, 0.1, (("Ann", "Ben"),), {"Duo 1": ("a", "b")})
LATER = FormingProgress(50.0, 80.0, 0.2)


@dataclass(frozen=True)
class Saying:
    """Work that says what it was given, or cannot."""

    words: str = "plan"

    def run(self, asked: Any, *, tell: Any, stop: Any, workers: int) -> Any:
        if self.words == "bad":
            raise InputError("No.")
        if self.words == "conflict":
            raise RulesConflict(["A is apart from B.", "A is with B."])
        if self.words == "broken":
            raise ZeroDivisionError("secret")
        return f"{self.words} for {asked}"

    def resumed(self, best: FormingProgress) -> Any:
        return self

    def found(self, asked: Any, best: FormingProgress) -> Any:
        return None


@dataclass(frozen=True)
class Seeking:
    """Work that goes on until it is told to stop; it says what it began from."""

    begun: str = "nothing"
    shows: bool = True

    def run(self, asked: Any, *, tell: Any, stop: Callable[[], bool], workers: int) -> Any:
        if self.shows:
            tell(FIRST)
            tell(LATER)
        while not stop():
            time.sleep(0.005)
        if asked == "too early":
            raise InputError("No plan was found in time.")
        return f"the best so far, begun from {self.begun}"

    def resumed(self, best: FormingProgress) -> Any:
        assert best.placed is not None
        return replace(self, begun=f"{', '.join(best.placed)}, at most {best.bound:.0f}")

    def found(self, asked: Any, best: FormingProgress) -> Any:
        if asked == "broken":
            raise ValueError("what was kept makes no sense")
        return f"what was found for {asked}: {best.placed}, at most {best.bound:.0f}"


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the works of these tests be kept."""
    codec = Codec((*CLASSES, Saying, Seeking), (*NODES, *HOOKS), HOOKS)
    monkeypatch.setattr(kept, "CODEC", codec)


@pytest.fixture
def manager(database: Database) -> Iterator[Callable[..., JobManager]]:
    """Makes managers on one database with one workspace, as processes would have them."""
    WorkspaceRows(database).save("w", "root", {"root": lambda: "{}"}, based_on=None)
    made: list[JobManager] = []

    def make(threads: int = 1, *, start: bool = True) -> JobManager:
        made.append(JobManager(database, threads, most=100))
        if start:
            made[-1].start()
        return made[-1]

    yield make
    for one in made:
        one.close()


def submit(jobs: JobManager, work: Any = None, asked: Any = "what was asked") -> str:
    return jobs.submit(work or Saying(), asked, workspace="w")


def look(jobs: JobManager, job: str) -> Look:
    found = jobs.look(job)
    assert found is not None
    return found


def until(jobs: JobManager, job: str, happened: Callable[[Look], bool]) -> Look:
    end = time.monotonic() + PATIENCE
    while not happened(found := look(jobs, job)):
        assert time.monotonic() < end, f"It did not happen in time: {found}"
        time.sleep(0.01)
    return found


def ended(jobs: JobManager, job: str) -> Look:
    return until(jobs, job, lambda seen: seen.done)


def running(jobs: JobManager, job: str) -> Look:
    return until(jobs, job, lambda seen: seen.state is JobState.RUNNING)


# --- from beginning to end ------------------------------------------------------------------------


def test_a_job_ends_with_its_plan(manager):
    jobs = manager()
    seen = ended(jobs, submit(jobs))

    assert (seen.state, seen.plan, seen.asked) == (
        JobState.FINISHED,
        "plan for what was asked",
        "what was asked",
    )
    assert (seen.reason, seen.error) == ("", None)


def test_a_stopped_job_ends_with_the_best_so_far(manager):
    jobs = manager()
    job = submit(jobs, Seeking())
    running(jobs, job)
    jobs.stop(job)
    seen = ended(jobs, job)

    assert (seen.state, seen.reason) == (JobState.STOPPED, "manager")
    assert seen.plan == "the best so far, begun from nothing"


def test_a_job_that_is_stopped_before_a_first_plan_has_none_and_no_error(manager):
    jobs = manager()
    job = submit(jobs, Seeking(shows=False), asked="too early")
    running(jobs, job)
    jobs.stop(job)
    seen = ended(jobs, job)

    assert (seen.state, seen.plan, seen.error) == (JobState.STOPPED, None, None)


def test_a_plan_that_was_told_of_is_not_lost_when_the_end_comes_too_early_for_a_better_one(manager):
    jobs = manager()
    job = submit(jobs, Seeking(), asked="too early")
    until(jobs, job, lambda seen: bool(seen.groups))
    jobs.stop(job)

    assert ended(jobs, job).plan == "what was found for too early: {'Duo 1': ('a', 'b')}, at most 80"


def test_a_job_is_stopped_by_another_process(manager):
    jobs, other = manager(), manager(0, start=False)
    job = submit(jobs, Seeking())
    running(other, job)
    other.stop(job)

    assert ended(jobs, job).plan == "the best so far, begun from nothing"
    assert look(other, job).state is JobState.STOPPED


def test_jobs_queue_and_a_waiting_one_can_be_stopped(manager):
    jobs = manager()
    first, second, third = (submit(jobs, Seeking()) for _ in range(3))
    running(jobs, first)
    assert (look(jobs, second).ahead, look(jobs, third).ahead) == (1, 2)

    jobs.stop(second)
    assert (look(jobs, second).state, look(jobs, second).plan) == (JobState.STOPPED, None)
    assert look(jobs, third).ahead == 1

    jobs.stop(first)
    running(jobs, third)
    jobs.stop(third)
    ended(jobs, third)


def test_bad_input_and_a_conflict_are_told_and_the_next_job_runs(manager):
    jobs = manager()
    bad, conflict, good = (submit(jobs, Saying(words)) for words in ("bad", "conflict", "plan"))
    ended(jobs, good)

    assert (look(jobs, bad).state, str(look(jobs, bad).error)) == (JobState.FAILED, "No.")
    error = look(jobs, conflict).error
    assert isinstance(error, RulesConflict)
    assert error.sentences == ("A is apart from B.", "A is with B.")


def test_a_fault_of_the_program_is_logged_and_said_without_its_details(manager, caplog):
    jobs = manager()
    seen = ended(jobs, submit(jobs, Saying("broken")))

    assert seen.state is JobState.FAILED
    assert "secret" not in str(seen.error)
    assert "ZeroDivisionError: secret" in caplog.text


def test_what_cannot_be_kept_is_a_fault_of_the_program(manager, caplog, monkeypatch):
    jobs = manager()
    monkeypatch.setattr(Saying, "run", lambda self, asked, **_: threading.Lock())
    seen = ended(jobs, submit(jobs))

    assert seen.state is JobState.FAILED
    assert "went wrong inside the program" in str(seen.error)


def test_what_is_finished_already_is_kept_like_a_job(manager):
    jobs = manager()
    job = jobs.add("a plan changed by hand", "then", workspace="w")

    assert look(jobs, job).plan == "a plan changed by hand"
    assert (look(jobs, job).state, look(jobs, job).asked) == (JobState.FINISHED, "then")


def test_a_job_for_a_workspace_that_is_gone_is_refused(manager):
    with pytest.raises(StoreError, match="deleted"):
        manager().submit(Saying(), "asked", workspace="gone")


def test_an_ended_job_gives_the_same_objects_each_time(manager):
    jobs = manager()
    job = submit(jobs, asked=Settings(seconds=3))
    first = ended(jobs, job)

    assert look(jobs, job).asked is first.asked
    assert look(jobs, job).value is first.value


# --- what is seen on the way ----------------------------------------------------------------------


def test_progress_and_the_best_plan_so_far_are_seen_from_everywhere(manager):
    jobs, other = manager(), manager(0, start=False)
    job = submit(jobs, Seeking())
    seen = until(other, job, lambda seen: seen.progress == LATER)

    assert seen.groups == (("Ann", "Ben"),)
    assert seen.seconds >= 0
    jobs.stop(job)
    ended(jobs, job)


def test_waiting_ends_with_the_first_plan(manager):
    jobs = manager()
    job = submit(jobs, Seeking())
    jobs.wait(job, PATIENCE)

    assert look(jobs, job).groups == (("Ann", "Ben"),)
    jobs.stop(job)
    jobs.wait(job, PATIENCE, PATIENCE)
    assert look(jobs, job).done


def test_waiting_ends_with_the_first_plan_of_another_process_too(manager):
    here, worker = manager(0), manager()
    job = submit(here, Seeking())
    here.wait(job, PATIENCE)

    assert look(here, job).groups == (("Ann", "Ben"),)
    worker.stop(job)
    here.wait(job, PATIENCE, PATIENCE)
    assert look(here, job).done


def test_waiting_for_nothing_takes_no_longer_than_it_may(manager):
    jobs = manager(start=False)
    job = submit(jobs)
    jobs.wait(job, 0.05, PATIENCE)
    jobs.wait("never was", PATIENCE, PATIENCE)

    assert look(jobs, job).state is JobState.QUEUED


# --- when a process ends --------------------------------------------------------------------------


def test_a_process_that_ends_gives_its_job_back_and_another_goes_on_from_its_best_plan(manager):
    first = manager()
    job = submit(first, Seeking())
    until(first, job, lambda seen: bool(seen.groups))
    first.close()
    assert (look(first, job).state, look(first, job).reason) == (JobState.QUEUED, "")

    second = manager()
    running(second, job)
    second.stop(job)
    assert ended(second, job).plan == "the best so far, begun from Duo 1, at most 80"


def test_what_was_queued_before_a_start_is_done_after_it(manager):
    job = submit(manager(start=False))

    assert ended(manager(), job).plan == "plan for what was asked"


def dead(database: Database, jobs: JobManager, **asked: Any) -> str:
    """A job whose process has died after its first plan."""
    job = submit(jobs, Seeking(), **asked)
    queue = Queue(database, lease=-1)
    assert queue.claim("a process that dies", "here", 100) is not None
    queue.beat(job, "a process that dies", best=kept.progress_text(FIRST, whole=True))
    queue.beat(job, "a process that dies", progress=kept.progress_text(LATER, whole=False))
    return job


def test_what_ran_in_a_process_that_died_is_found_with_its_best_plan(database, manager):
    jobs = manager(0)
    job = dead(database, jobs)
    seen = ended(jobs, job)

    assert (seen.state, seen.reason, seen.interrupted) == (JobState.STOPPED, "interrupted", True)
    assert seen.plan == "what was found for what was asked: {'Duo 1': ('a', 'b')}, at most 80"
    assert look(jobs, job).plan == seen.plan
    row = Queue(database).find(job)
    assert row is not None
    assert (row.best, row.task) == (None, None)


def test_what_was_kept_of_a_dead_process_and_makes_no_sense_is_no_plan(database, manager, caplog):
    jobs = manager(0)
    seen = ended(jobs, dead(database, jobs, asked="broken"))

    assert (seen.interrupted, seen.plan, seen.error) == (True, None, None)
    assert "makes no sense" in caplog.text


def test_a_job_that_was_taken_away_ends_without_a_trace(database, manager):
    jobs = manager()
    job = submit(jobs, Seeking())
    running(jobs, job)
    WorkspaceRows(database).delete("w")

    assert jobs.look(job) is None
    jobs.close()  # ends only once the work has: it was told to


def test_threads_outlive_no_server(manager):
    before = set(threading.enumerate())
    jobs = manager()
    ours = set(threading.enumerate()) - before
    assert {thread.name: thread.daemon for thread in ours} == {"forming": False, "heartbeat": False}

    jobs.close()
    assert not any(thread.is_alive() for thread in ours)
