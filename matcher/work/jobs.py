"""Long work away from the pages: a few threads, a queue, progress, and a stop that always works.

Knows neither streamlit nor what is formed.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from matcher.people.errors import InputError, RulesConflict

if TYPE_CHECKING:
    from matcher.plan.options import FormingProgress
    from matcher.plan.plan import Plan

log = logging.getLogger(__name__)

Work = Callable[["Callable[[FormingProgress], None]", Callable[[], bool]], Any]
"""Takes a callback for progress and one that says whether to stop; returns a plan, or another answer."""


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True)
class Look:
    """A job at one moment.

    Parameters
    ----------
    state
        How far it is.
    asked
        What it was given to remember, such as the workspace that it was started from.
    ahead
        How many jobs are before it in the queue.
    progress, groups
        The last progress, and the groups of the best plan so far.
    seconds
        For how long it has been running.
    value, error
        How it ended: a plan or another answer, or what stood against it; ``None`` for both when it was
        stopped too early.
    """

    state: JobState
    asked: Any
    ahead: int = 0
    progress: FormingProgress | None = None
    groups: tuple[tuple[str, ...], ...] = ()
    seconds: float = 0.0
    value: Any = None
    error: InputError | RulesConflict | None = None

    @property
    def plan(self) -> Plan | None:
        """The plan with which a run has ended."""
        plan: Plan | None = self.value
        return plan

    @property
    def done(self) -> bool:
        """Whether it has ended."""
        return self.state not in (JobState.WAITING, JobState.RUNNING)


class _Job:
    def __init__(self, work: Work, asked: Any) -> None:
        self.work, self.asked = work, asked
        self.state = JobState.WAITING
        self.stop = threading.Event()
        self.shown = threading.Event()  # set with the first plan, and at the end
        self.ended = threading.Event()
        self.progress: FormingProgress | None = None
        self.groups: tuple[tuple[str, ...], ...] = ()
        self.began: float | None = None
        self.value: Any = None
        self.error: InputError | RulesConflict | None = None

    def tell(self, progress: FormingProgress) -> None:
        self.groups = progress.groups or self.groups
        self.progress = progress
        if self.groups:
            self.shown.set()

    def run(self) -> None:
        self.began = time.monotonic()
        try:
            self.value = self.work(self.tell, self.stopping)
            self.state = JobState.STOPPED if self.stop.is_set() else JobState.FINISHED
        except (InputError, RulesConflict) as error:
            self.error, self.state = error, JobState.FAILED
        except Exception:
            log.exception("A job failed.")
            message = "Something went wrong inside the program; the details are in the server's log."
            self.error, self.state = InputError(message), JobState.FAILED
        finally:
            self.end()

    def end(self) -> None:
        self.shown.set()
        self.ended.set()

    def stopping(self) -> bool:
        # a server that goes down must not wait for the time limit: threads that are no daemons are joined
        return self.stop.is_set() or not threading.main_thread().is_alive()


class JobManager:
    """Runs jobs in a few threads and queues the rest.

    Parameters
    ----------
    threads
        Jobs that run at the same time.
    most
        How many ended jobs are remembered.
    """

    def __init__(self, threads: int = 1, most: int = 200) -> None:
        self._threads, self._most = threads, most
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, _Job] = OrderedDict()
        self._waiting: deque[_Job] = deque()
        self._running = 0

    def submit(self, work: Work, asked: Any = None) -> str:
        """Put work into the queue and return its id, which cannot be guessed."""
        job, id_ = _Job(work, asked), secrets.token_urlsafe(16)
        with self._lock:
            self._jobs[id_] = job
            self._forget()
            self._waiting.append(job)
            if self._running < self._threads:
                self._running += 1
                # threads of a page are daemons, and theirs would be too: a solver killed that way aborts
                threading.Thread(target=self._drain, name="forming", daemon=False).start()
        return id_

    def add(self, value: Any, asked: Any = None) -> str:
        """Keep what is finished already as if it were a job's, and return the job's id."""
        job, id_ = _Job(lambda tell, stop: value, asked), secrets.token_urlsafe(16)
        job.value, job.state = value, JobState.FINISHED
        job.end()
        with self._lock:
            self._jobs[id_] = job
            self._forget()
        return id_

    def forget(self, id_: str) -> None:
        """Drop a job that has ended and that nobody will ask for any more."""
        with self._lock:
            if (job := self._jobs.get(id_)) is not None and job.ended.is_set():
                del self._jobs[id_]

    def look(self, id_: str) -> Look | None:
        """Return a job as it is now, or ``None`` when there is none of this id."""
        with self._lock:
            job = self._jobs.get(id_)
            if job is None:
                return None
            ahead = self._waiting.index(job) if job in self._waiting else 0
        seconds = 0.0 if job.began is None else time.monotonic() - job.began
        return Look(job.state, job.asked, ahead, job.progress, job.groups, seconds, job.value, job.error)

    def stop(self, id_: str) -> None:
        """End a job with what it has; one that waits never begins."""
        with self._lock:
            job = self._jobs.get(id_)
            if job is None:
                return
            job.stop.set()
            if job in self._waiting:
                self._waiting.remove(job)
                job.state = JobState.STOPPED
                job.end()

    def wait(self, id_: str, first: float, end: float = 0.0) -> None:
        """Wait so many seconds at most until a job has something to show, and then for its end."""
        with self._lock:
            job = self._jobs.get(id_)
        if job is not None and job.shown.wait(first):
            job.ended.wait(end)

    def _drain(self) -> None:
        while True:
            with self._lock:
                if not self._waiting or not threading.main_thread().is_alive():
                    self._running -= 1
                    return
                job = self._waiting.popleft()
                job.state = JobState.RUNNING
            job.run()

    def _forget(self) -> None:
        ended = (JobState.FINISHED, JobState.STOPPED, JobState.FAILED)
        for id_ in [i for i, job in self._jobs.items() if job.state in ended][: -self._most]:
            del self._jobs[id_]


def cores_for_jobs() -> tuple[int, int]:
    """Return how many jobs run at the same time, and the solver's workers in each.

    Measured: with two workers on two cores pages stay usable, with eight they stall; one worker
    alone proves little. Beyond that one core is left to the pages.
    """
    cores = os.cpu_count() or 2
    threads = 2 if cores >= 8 else 1
    return threads, max(2, min(8, (cores - 1) // threads))
