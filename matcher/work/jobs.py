"""Long work away from the pages: a queue in the database, progress, and a stop that always works.

Knows neither streamlit nor what is formed.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matcher.people.errors import InputError, RulesConflict
from matcher.store.documents import DocumentError
from matcher.store.job import INTERRUPTED, JobRow, JobState
from matcher.store.queue import Queue
from matcher.store.workspaces import WorkspaceRows
from matcher.work.documents import Documents, progress_of, reached
from matcher.work.solvers import Solvers

if TYPE_CHECKING:
    from matcher.plan.options import FormingProgress
    from matcher.plan.plan import Plan
    from matcher.store.database import Database
    from matcher.work.tasks import Work

__all__ = ["JobManager", "JobState", "Look", "cores_for_jobs"]

log = logging.getLogger(__name__)

GRACE = 600.0
"""Seconds for which a job that nothing refers to stays: what does may be about to be saved."""

AT_HAND = 200
"""Jobs of which the outcome is kept as an object."""

_LOOKS_EVERY = 0.1  # seconds between two looks at a job that another process does


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
        How many jobs are before it in the queue, those under way included.
    progress, groups
        The last progress, and the groups of the best plan so far.
    seconds
        For how long it has been running.
    value, error
        How it ended: a plan or another answer, or what stood against it; ``None`` for both when it was
        stopped too early.
    reason
        Why it was stopped: ``manager`` when somebody asked for it, ``interrupted`` when the process that
        did it is gone; else empty.
    """

    state: JobState
    asked: Any
    ahead: int = 0
    progress: FormingProgress | None = None
    groups: tuple[tuple[str, ...], ...] = ()
    seconds: float = 0.0
    value: Any = None
    error: InputError | RulesConflict | None = None
    reason: str = ""

    @property
    def plan(self) -> Plan | None:
        """The plan with which a run has ended."""
        plan: Plan | None = self.value
        return plan

    @property
    def done(self) -> bool:
        """Whether it has ended."""
        return self.state.done

    @property
    def interrupted(self) -> bool:
        """Whether it ended because the process that did it is gone."""
        return self.reason == INTERRUPTED


class _Watch:
    """What a page waits for."""

    def __init__(self) -> None:
        self.shown = threading.Event()  # set with the first plan, and at the end
        self.ended = threading.Event()


class JobManager:
    """The jobs in a database, and the threads of this process that do them.

    Parameters
    ----------
    database
        Where they are kept.
    threads
        Jobs that this process does at the same time, once it is told to :meth:`start`; the others wait, or
        other processes do them.
    workers
        Solver threads of each.
    most
        Jobs that may be under way on this machine, whoever does them; a core less than it has unless said.
    """

    def __init__(
        self, database: Database, threads: int = 1, workers: int = 1, *, most: int | None = None
    ) -> None:
        self._queue, self._documents = Queue(database), Documents(database)
        self._rows = WorkspaceRows(database)
        self._threads, self._workers = threads, workers
        self.most = max(1, (os.cpu_count() or 2) - 1) if most is None else most
        self._lock, self._recovering = threading.Lock(), threading.Lock()
        self._solvers: Solvers | None = None
        self._watches: dict[str, _Watch] = {}
        self._outcomes: OrderedDict[str, tuple[JobRow, tuple[Any, ...]]] = OrderedDict()

    def start(self) -> None:
        """Begin to do jobs, those that were queued before included."""
        with self._lock:
            if self._solvers is None:
                self._solvers = Solvers(
                    self._queue,
                    self._documents,
                    threads=self._threads,
                    workers=self._workers,
                    most=self.most,
                    shown=self._shown,
                    ended=self._ended,
                )

    def close(self) -> None:
        """Give back the jobs that this process does, and wait until its threads have ended."""
        with self._lock:
            solvers, self._solvers = self._solvers, None
        if solvers is not None:
            solvers.close()

    # --- asking -----------------------------------------------------------------------------------

    def submit(self, work: Work, asked: Any, *, workspace: str) -> str:
        """Put work into the queue and return its id, which cannot be guessed.

        Parameters
        ----------
        work
            What is to be done.
        asked
            What the job remembers, and the work is given.
        workspace
            Id of the workspace that it belongs to.

        Raises
        ------
        StoreError
            When the workspace is gone, or the database cannot be used.
        """
        id_ = secrets.token_urlsafe(16)
        (task, given), texts = self._documents.apart(work, asked)
        with self._lock:
            self._watches[id_] = _Watch()
        try:
            self._queue.put(id_, workspace, kind=type(work).__name__, task=task, asked=given, documents=texts)
        except BaseException:
            self._ended(id_)
            raise
        if self._solvers is not None:
            self._solvers.wake()
        return id_

    def add(self, value: Any, asked: Any, *, workspace: str) -> str:
        """Keep what is finished already as if it were a job's, and return the job's id.

        Raises
        ------
        StoreError
            When the workspace is gone, or the database cannot be used.
        """
        id_ = secrets.token_urlsafe(16)
        (result, given), texts = self._documents.apart(value, asked)
        self._queue.add(
            id_, workspace, kind=type(value).__name__, asked=given, result=result, documents=texts
        )
        return id_

    def look(self, id_: str) -> Look | None:
        """Return a job as it is now, or ``None`` when there is none of this id, or none that can be read.

        What it was given and how it ended are the same objects each time.
        """
        row = self._queue.find(id_) if id_ else None
        try:
            if row is not None and _cut_off(row):
                row = self._recovered(row)
            if row is None:
                return None
            asked, value, error = self._outcome(row)
        except DocumentError:
            log.exception("A job cannot be read.")
            return None
        best, progress = progress_of(row.best), progress_of(row.progress)
        return Look(
            row.state,
            asked,
            row.ahead,
            progress or best,
            () if best is None else best.groups or (),
            row.seconds,
            value,
            error,
            row.reason,
        )

    def stop(self, id_: str) -> None:
        """End a job with what it has, whoever does it; one that waits never begins."""
        state = self._queue.stop(id_)
        if state is JobState.STOPPED:
            self._ended(id_)
        elif state is not None and self._solvers is not None:
            self._solvers.stop(id_)

    def wait(self, id_: str, first: float, end: float = 0.0) -> None:
        """Wait so many seconds at most until a job has something to show, and then for its end."""
        if self._waited(id_, first, lambda watch: watch.shown, lambda row: row.best is not None):
            self._waited(id_, end, lambda watch: watch.ended, lambda row: False)

    def _waited(
        self,
        id_: str,
        seconds: float,
        event: Callable[[_Watch], threading.Event],
        reached: Callable[[JobRow], bool],
    ) -> bool:
        """Wait for what a job of this process tells by an event, and one of another in the database."""
        until = time.monotonic() + seconds
        watch = self._watches.get(id_)
        told = threading.Event() if watch is None else event(watch)
        while not told.is_set():
            here = watch is not None and self._solvers is not None and self._solvers.doing(id_)
            if not here and ((row := self._queue.find(id_)) is None or row.state.done or reached(row)):
                return True
            if (left := until - time.monotonic()) <= 0:
                return False
            told.wait(min(left, _LOOKS_EVERY))
        return True

    # --- what is no longer wanted -----------------------------------------------------------------

    def tidy(self, workspace: str, wanted: Collection[str]) -> None:
        """Drop, some time soon, the jobs of a workspace to which nothing in it refers any more.

        Parameters
        ----------
        workspace, wanted
            Whose jobs, and the ids of those that stay; so do those of the last minutes.
        """
        ids = frozenset(wanted)

        def errand() -> None:
            if self._queue.tidy(workspace, ids, GRACE):
                self._rows.sweep(workspace)

        if self._solvers is not None:
            self._solvers.later(errand)

    def rewrite(self, workspace: str, change: Callable[[Any], Any]) -> None:
        """Let all that the jobs of a workspace hold go through a change; those not done are dropped.

        Parameters
        ----------
        workspace
            Whose jobs.
        change
            Takes what a job was given, or how it ended, and returns what is kept instead.
        """
        changed: dict[str, dict[str, str | None]] = {}
        texts: dict[str, Callable[[], str]] = {}
        for each in self._queue.of(workspace):
            row = self._recovered(each) if _cut_off(each) else each
            if row is None or not row.state.done:
                continue
            now: dict[str, str | None] = {}
            for name in ("asked", "result", "error"):
                if (digest := getattr(row, name)) is not None:
                    (now[name],), more = self._documents.apart(
                        change(self._documents.read(workspace, digest))
                    )
                    texts |= more
            changed[row.id] = now
        self._queue.rewrite(workspace, changed, texts)
        with self._lock:
            for id_ in changed:
                self._outcomes.pop(id_, None)

    # --- inside -----------------------------------------------------------------------------------

    def _outcome(self, row: JobRow) -> tuple[Any, ...]:
        """Return what a job was given and how it ended, the same objects each time."""
        digests = row.asked, row.result, row.error
        with self._lock:
            before, found = self._outcomes.get(row.id, (None, ()))
        if before is None or (before.asked, before.result, before.error) != digests:
            found = tuple(self._documents.read(row.workspace, digest) for digest in digests)
        with self._lock:
            self._outcomes[row.id] = row, found
            self._outcomes.move_to_end(row.id)
            while len(self._outcomes) > AT_HAND:
                self._outcomes.popitem(last=False)
        return found

    def _recovered(self, row: JobRow) -> JobRow | None:
        """Return a job that was cut off with what the best found so far has come to, checked anew."""
        with self._recovering:
            found = self._queue.find(row.id)
            if found is None or found.best is None:
                return found  # somebody else was quicker
            try:
                task, asked = (
                    self._documents.read(row.workspace, digest) for digest in (found.task, found.asked)
                )
                best = reached(progress_of(found.best), progress_of(found.progress))
                value = task.found(asked, best)
            except Exception:
                log.exception("The best plan of a job that was cut off cannot be read.")
                value = None
            results, texts = self._documents.apart(*([] if value is None else [value]))
            self._queue.settle(found, results[0] if results else None, texts)
            return self._queue.find(row.id)

    def _shown(self, id_: str) -> None:
        if (watch := self._watches.get(id_)) is not None:
            watch.shown.set()

    def _ended(self, id_: str) -> None:
        with self._lock:
            watch = self._watches.pop(id_, None)
        if watch is not None:
            watch.shown.set()
            watch.ended.set()


def _cut_off(row: JobRow) -> bool:
    """Whether a job has ended with nothing but the best found so far, which nobody has looked at yet."""
    return row.state is JobState.STOPPED and row.best is not None


def cores_for_jobs(threads: int | None = None) -> tuple[int, int]:
    """Return how many jobs run at the same time, and the solver's workers in each.

    Measured: with two workers on two cores pages stay usable, with eight they stall; one worker
    alone proves little. Beyond that one core is left to the pages.

    Parameters
    ----------
    threads
        How many run at the same time, where somebody has said so.
    """
    cores = os.cpu_count() or 2
    threads = threads or (2 if cores >= 8 else 1)
    return threads, max(2, min(8, (cores - 1) // threads))
