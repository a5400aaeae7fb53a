"""The command that forms what is queued: as a process of its own, beside a server that forms nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from matcher.cli import main
from matcher.people.brief import PlanKind
from matcher.store.database import Database
from matcher.store.job import JobState
from matcher.work.jobs import JobManager, Look
from matcher.work.runs import remembered
from matcher.work.settings import Settings
from matcher.work.tasks import Forming
from matcher.work.workspace import Workspace
from matcher.work.workspaces import Workspaces

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


@pytest.fixture
def server(sqlite_url: str) -> Iterator[Database]:
    database = Database.open(sqlite_url)
    yield database
    database.close()


@pytest.fixture
def worker(sqlite_url: str) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts workers on that database."""
    begun: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "matcher", "worker"],
            cwd=ROOT,
            text=True,
            encoding="utf-8",
            stderr=subprocess.PIPE,
            env={**os.environ, "MATCHER_DATABASE": sqlite_url, "PYTHONIOENCODING": "utf-8"},
        )
        begun.append(process)
        return process

    yield start
    for process in begun:
        process.kill()
        process.communicate()


def until(jobs: JobManager, job: str, happened: Callable[[Look], bool]) -> Look:
    end = time.monotonic() + PATIENCE
    while (look := jobs.look(job)) is None or not happened(look):
        assert time.monotonic() < end, f"It did not happen in time: {look}"
        time.sleep(0.05)
    return look


def test_a_worker_forms_what_is_queued_and_gives_it_back_when_it_is_ended(server: Database, worker):
    settings = Settings(kind=PlanKind.TEAMS, seconds=PATIENCE * 10)
    work = Workspace(settings=settings).with_sample("forty")
    workspaces, jobs = Workspaces(server), JobManager(server, threads=0)
    id_ = workspaces.begin(work)
    job = jobs.submit(Forming(), remembered(work), workspace=id_)
    first = worker()
    shown = until(jobs, job, lambda look: bool(look.groups))
    assert shown.state is JobState.RUNNING

    first.send_signal(signal.SIGTERM)
    _, said = first.communicate(timeout=PATIENCE)
    assert first.returncode == 0  # long before the time limit of the forming
    assert said.startswith("Waiting for plans to form in “")
    given_back = jobs.look(job)
    assert given_back is not None
    assert (given_back.state, given_back.groups != ()) == (JobState.QUEUED, True)

    other = JobManager(server)
    other.start()
    until(other, job, lambda look: look.state is JobState.RUNNING)
    other.stop(job)
    plan = until(other, job, lambda look: look.done).plan
    other.close()
    assert plan is not None
    assert shown.progress is not None
    assert plan.score >= shown.progress.score - 1e-6


def test_a_worker_forms_at_least_one_plan_at_a_time(capsys: pytest.CaptureFixture[str]):
    assert main(["worker", "--threads", "0"]) == 2
    assert "“0” has to be a whole number of 1 or more" in capsys.readouterr().err


def test_a_worker_without_its_database_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    broken = tmp_path / "kept.sqlite3"
    broken.write_bytes(b"no database at all, but long enough to be taken for a file of one" * 20)
    monkeypatch.setenv("MATCHER_DATABASE", str(broken))
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]

    assert main(["worker"]) == 2
    assert "is not a database" in capsys.readouterr().err
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == before


ENDING = """
from matcher.people.brief import PlanKind
from matcher.work.runs import start_run
from matcher.work.server import server
from matcher.work.settings import Settings
from matcher.work.workspace import Workspace

kept = server()
now = Workspace(settings=Settings(kind=PlanKind.TEAMS, seconds=600)).with_sample("forty")
id_ = kept.workspaces.begin(now)
run = kept.workspaces.change(id_, lambda now: start_run(now, now.settings)).run
kept.jobs.wait(run, 60)
print(run)
"""


def test_a_server_that_ends_in_good_order_gives_back_what_it_was_forming(server: Database, sqlite_url: str):
    ended = subprocess.run(
        [sys.executable, "-c", ENDING],
        cwd=ROOT,
        text=True,
        capture_output=True,
        timeout=PATIENCE,
        env={**os.environ, "MATCHER_DATABASE": sqlite_url},
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")

    look = JobManager(server, threads=0).look(ended.stdout.strip())
    assert look is not None
    assert (look.state, look.groups != ()) == (JobState.QUEUED, True)
