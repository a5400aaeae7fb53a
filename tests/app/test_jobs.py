from __future__ import annotations

import threading

import pytest

from matcher.people.errors import InputError
from matcher.work.jobs import JobManager, JobState


def wait_until(happened):
    for _ in range(500):
        if happened():
            return
        threading.Event().wait(0.01)
    pytest.fail("It did not happen in time.")


def until_stopped(tell, stop):
    while not stop():
        threading.Event().wait(0.005)
    return "the best so far"


def test_a_job_ends_with_its_plan():
    jobs = JobManager()
    job = jobs.submit(lambda tell, stop: "plan", asked="what was asked")
    wait_until(lambda: jobs.look(job).done)
    look = jobs.look(job)
    assert (look.state, look.plan, look.asked) == (JobState.FINISHED, "plan", "what was asked")


def test_a_stopped_job_ends_with_the_best_so_far():
    jobs = JobManager()
    job = jobs.submit(until_stopped)
    wait_until(lambda: jobs.look(job).state is JobState.RUNNING)
    jobs.stop(job)
    wait_until(lambda: jobs.look(job).done)
    assert (jobs.look(job).state, jobs.look(job).plan) == (JobState.STOPPED, "the best so far")


def test_jobs_queue_and_a_waiting_one_can_be_stopped():
    jobs = JobManager(threads=1)
    first, second, third = (jobs.submit(until_stopped) for _ in range(3))
    wait_until(lambda: jobs.look(first).state is JobState.RUNNING)
    assert (jobs.look(second).ahead, jobs.look(third).ahead) == (0, 1)
    jobs.stop(second)
    assert jobs.look(second).state is JobState.STOPPED
    assert jobs.look(third).ahead == 0
    jobs.stop(first)
    wait_until(lambda: jobs.look(third).state is JobState.RUNNING)
    jobs.stop(third)
    wait_until(lambda: jobs.look(third).done)


def test_bad_input_is_told_and_the_next_job_runs():
    def bad(tell, stop):
        raise InputError("No.")

    jobs = JobManager()
    failed, good = jobs.submit(bad), jobs.submit(lambda tell, stop: "plan")
    wait_until(lambda: jobs.look(good).done)
    assert jobs.look(failed).state is JobState.FAILED
    assert str(jobs.look(failed).error) == "No."


def test_a_fault_of_the_program_is_logged_and_said_without_its_details(caplog):
    def broken(tell, stop):
        raise ZeroDivisionError("secret")

    jobs = JobManager()
    job = jobs.submit(broken)
    wait_until(lambda: jobs.look(job).done)
    assert "secret" not in str(jobs.look(job).error)
    assert "ZeroDivisionError: secret" in caplog.text


def test_old_jobs_are_forgotten():
    jobs = JobManager(most=2)
    ids = []
    for _ in range(5):
        ids.append(jobs.submit(lambda tell, stop: "plan"))
        wait_until(lambda: jobs.look(ids[-1]).done)
    assert jobs.look(ids[0]) is None
    assert jobs.look(ids[-1]) is not None


def test_threads_outlive_no_server():
    jobs = JobManager()
    job = jobs.submit(until_stopped)
    wait_until(lambda: jobs.look(job).state is JobState.RUNNING)
    assert not next(t for t in threading.enumerate() if t.name == "forming").daemon
    jobs.stop(job)
    wait_until(lambda: jobs.look(job).done)
